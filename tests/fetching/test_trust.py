"""Sites that speak https: believed where a known authority signed for their name, for today; else nothing of theirs is read."""

from datetime import timedelta

import pytest

from factcheck.fetching.addresses import named_allowance
from factcheck.fetching.fetch import Fetcher
from factcheck.fetching.refusals import Failed

from .certificates import DAY, Authority, signed_by_itself
from .conftest import SMALL, names_of_examples
from .web import AWKWARD, Answer, Web, to

NAME = "records.example"
HOUR = timedelta(hours=1)


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """The one authority that this machine knows, as OpenSSL is told of it."""
    known = Authority(tmp_path / "known")
    monkeypatch.setenv("SSL_CERT_FILE", str(known.root))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    return known


@pytest.fixture
def serve():
    """`serve(context)` is a Web that speaks https."""
    running = []

    def start(context):
        running.append(Web(AWKWARD, tls=context))
        return running[-1]

    yield start
    for web in running:
        web.close()


def fetcher_for(*webs):
    allowed = [named_allowance(f"127.0.0.1:{web.port}") for web in webs]
    return Fetcher("Tests/1", allowances=allowed, limits=SMALL, resolve=names_of_examples)


def test_site_with_a_certificate_for_its_name_is_fetched(authority, serve):
    web = serve(authority.serving(NAME))
    last = fetcher_for(web).fetch(web.url("/", host=NAME)).last
    assert (last.status, last.body) == (200, b"<title>Home</title><p>Hello.</p>")
    assert (last.url, last.address) == (f"https://{NAME}:{web.port}/", "127.0.0.1")


REFUSED = {
    "another name": (lambda authority, folder: authority.serving("other.example"), "of another site"),
    "expired": (lambda authority, folder: authority.serving(NAME, begins=-2 * DAY, ends=-HOUR), "has expired"),
    "not yet": (lambda authority, folder: authority.serving(NAME, begins=HOUR), "not valid yet"),
    "signed by itself": (lambda authority, folder: signed_by_itself(folder / "alone", NAME), "signed itself"),
    "unknown": (lambda authority, folder: Authority(folder / "unknown", "Unknown").serving(NAME), "that nobody knows"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_site_that_does_not_prove_who_it_is_is_refused_with_the_reason(authority, serve, tmp_path, case):
    made, told = REFUSED[case]
    web = serve(made(authority, tmp_path))
    with pytest.raises(Failed) as refused:
        fetcher_for(web).fetch(web.url("/", host=NAME))
    assert (refused.value.code, told in refused.value.sentence) == ("certificate", True)
    assert refused.value.sentence.startswith(NAME)
    assert web.called_on and web.asked == []  # it was called, and not one request was made


def test_redirect_to_a_site_that_does_not_prove_who_it_is_is_refused(authority, serve):
    good, bad = serve(authority.serving(NAME)), serve(authority.serving("other.example"))
    good.pages["/on"] = to(bad.url("/", host=NAME))
    with pytest.raises(Failed, match="certificate"):
        fetcher_for(good, bad).fetch(good.url("/on", host=NAME))
    assert (good.paths, bad.asked) == (["/on"], [])


def test_site_that_speaks_no_tls_is_told_as_that(web):
    with pytest.raises(Failed, match="tls: .* does not speak https"):
        fetcher_for(web).fetch(f"https://{NAME}:{web.port}/")
    assert web.asked == []


def test_address_without_tls_is_not_answered_by_a_site_that_demands_it(authority, serve):
    web = serve(authority.serving(NAME))
    web.pages["/"] = Answer("")
    with pytest.raises(Failed, match="broken"):
        fetcher_for(web).fetch(f"http://{NAME}:{web.port}/")
