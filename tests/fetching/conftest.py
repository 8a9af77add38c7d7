import socket

import pytest

from factcheck.fetching.addresses import named_allowance
from factcheck.fetching.fetch import Fetcher, Limits

from .web import AWKWARD, Web

SMALL = Limits(seconds=1.5, received=2_000_000, unpacked=4_000_000, redirects=5)


@pytest.fixture
def web():
    """A local web server with the awkward cases of the web."""
    served = Web(AWKWARD)
    yield served
    served.close()


@pytest.fixture
def fetcher(web):
    """May go to that server on 127.0.0.1, and nowhere else that is not public."""
    return Fetcher(
        "Tests/1", allowances=[named_allowance(f"127.0.0.1:{web.port}")], limits=SMALL, resolve=names_of_examples
    )


def names_of_examples(host, port, **kind):
    """Every site under .example is on this machine; other names are looked up as ever."""
    return socket.getaddrinfo("127.0.0.1" if host.endswith(".example") else host, port, **kind)
