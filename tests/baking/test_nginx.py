"""The baked folder as the README has it served: by nginx, with the application stopped, as the live site answers."""

import gzip
import shutil

import pytest

from factcheck.baking.tree import COMPRESSED
from tests.website.addresses import VISA

from .conftest import every_address

pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed, and this is about it.")
SAME = ("Cache-Control", "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")
SAME += ("Cross-Origin-Opener-Policy", "Access-Control-Allow-Origin")


def kind_of(content_type):
    """A content type in one spelling."""
    return content_type.replace('"', "").replace(" ", "").lower()


def headers_of(told):
    """Those that are to be the same, a policy's directives in one order."""
    return {name: sorted(told.get(name, "").split("; ")) for name in SAME}


def test_every_address_answers_as_it_does_live(served, client):
    looked_at = 0
    for wanted in every_address():
        if wanted.status != 200:
            continue
        status, headers, body = served.ask(wanted.address)
        assert status == 200, wanted.address
        assert headers["ETag"] and headers["Last-Modified"]
        if not wanted.address.startswith("/static/"):  # these are served by a library of their own, live
            live = client.get(wanted.address)
            assert body == (live.getvalue() if live.streaming else live.content), wanted.address
            assert kind_of(headers["Content-Type"]) == kind_of(live["Content-Type"]), wanted.address
            assert headers_of(headers) == headers_of(live), wanted.address
            saved = [told.get("Content-Disposition", "") for told in (headers, live)]
            assert saved[0] == saved[1] or (saved[0] == "attachment" and "/files/" in wanted.address), wanted.address
        looked_at += 1
    assert looked_at > 30


def test_text_goes_out_compressed_to_whoever_takes_it(served, client):
    for wanted in every_address():
        status, headers, body = served.ask(wanted.address, **{"Accept-Encoding": "gzip"})
        if status == 200 and headers["Content-Type"].startswith(COMPRESSED):
            assert headers["Content-Encoding"] == "gzip", wanted.address
            assert gzip.decompress(body) == served.ask(wanted.address)[2]


def test_an_unchanged_page_is_304(served):
    tag = served.ask(f"/claims/{VISA}/")[1]["ETag"]
    assert served.ask(f"/claims/{VISA}/", **{"If-None-Match": tag})[0] == 304


@pytest.mark.parametrize(
    "address",
    ["/no/such/page", "/claims/no-such-claim/", "/.baked/", "/.baked/inventory.sqlite3", "/404.html", "/desk/"],
)
def test_what_is_not_there_is_our_own_404(served, address):
    status, headers, body = served.ask(address)
    assert status == 404
    assert b"There is no page at this address" in body
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_address_without_its_slash_leads_to_the_page(served):
    status, headers, _body = served.ask(f"/claims/{VISA}")
    assert (status, headers["Location"]) == (301, f"/claims/{VISA}/")


def test_a_file_is_saved_and_never_shown(served):
    [address] = {w.address for w in every_address() if "/files/" in w.address and VISA in w.address}
    assert served.ask(address)[1]["Content-Disposition"] == "attachment"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_baked_page_cannot_be_written_to(served, method):
    assert served.ask(f"/claims/{VISA}/", method)[0] == 405
