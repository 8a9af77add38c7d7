"""Going for a page: what comes back, and what does not however the other side goes about it."""

import time

import pytest

from factcheck.fetching.fetch import Fetcher, Limits
from factcheck.fetching.refusals import Failed, Forbidden

from .conftest import SMALL
from .web import Answer, to


def test_page_comes_with_its_headers_and_who_answered(web, fetcher):
    got = fetcher.fetch(web.url("/?q=1#part"))
    assert (got.last.status, got.last.body) == (200, b"<title>Home</title><p>Hello.</p>")
    assert (got.last.url, got.last.address, got.last.media_type) == (web.url("/?q=1"), "127.0.0.1", "text/html")
    assert web.paths == ["/?q=1"]


def test_request_names_who_asks_and_nothing_else(web, fetcher):
    fetcher.fetch(web.url())
    [(_method, _path, headers)] = web.asked
    assert headers["User-Agent"] == "Tests/1"
    assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Language", "Accept-Encoding", "Connection"}


def test_packed_page_is_kept_as_it_came_and_unpacked(web, fetcher):
    last = fetcher.fetch(web.url("/gzip")).last
    assert last.body == b"<p>Packed.</p>"
    assert last.raw[:2] == b"\x1f\x8b"


@pytest.mark.parametrize("status", [404, 410, 401, 403, 500, 304])
def test_every_status_is_an_answer(web, fetcher, status):
    web.pages["/"] = Answer("", status)
    assert fetcher.fetch(web.url()).last.status == status


def test_redirects_are_followed_and_kept(web, fetcher):
    web.pages["/start"] = to("/moved", 308)
    got = fetcher.fetch(web.url("/start"))
    assert [exchange.status for exchange in got.exchanges] == [308, 301, 200]
    assert got.moved_for_good == web.url("/")
    assert fetcher.fetch(web.url("/for-now")).moved_for_good == ""
    assert fetcher.fetch(web.url("/")).moved_for_good == ""


def test_conditional_headers_do_not_travel_to_another_host(web, fetcher):
    web.pages["/away"] = to(f"http://elsewhere.example:{web.port}/")
    fetcher.fetch(web.url("/away"), headers={"If-None-Match": '"mine"'})
    assert [headers.get("If-None-Match") for _m, _p, headers in web.asked] == ['"mine"', None]


CASES = {
    "/slow": "slow",
    "/dripping": "slow",
    "/silent": "slow",
    "/100": "slow",
    "/endless": "big",
    "/lies-about-length": "big",
    "/broken-off": "broken",
    "/garbage": "broken",
    "/not-gzip": "broken",
    "/headers": "headers",
    "/bomb": "bomb",
    "/bomb-in-bomb": "bomb",
    "/loop": "loop",
    "/ping": "loop",
    "/on": "loop",
    "/nonsense": "link",
    "/to-file": "scheme",
}


@pytest.mark.parametrize(("path", "code"), CASES.items())
def test_awkward_page_is_given_up_in_time_with_a_sentence(web, fetcher, path, code):
    began = time.monotonic()
    with pytest.raises((Failed, Forbidden)) as refused:
        fetcher.fetch(web.url(path))
    assert refused.value.code == code
    assert refused.value.sentence.endswith(".")
    assert time.monotonic() - began < SMALL.seconds + 1


def test_time_is_for_the_whole_errand_and_not_for_each_step(web, fetcher):
    def step(handler):
        time.sleep(0.4)
        return to(f"/step?{time.monotonic()}")

    web.pages["/step"] = step
    began = time.monotonic()
    with pytest.raises(Failed, match="slow"):
        fetcher.fetch(web.url("/step"), limits=Limits(seconds=1, redirects=50))
    assert time.monotonic() - began < 2


def test_name_that_nobody_has_is_told_so(web):
    def nobody(host, port, **kind):
        raise OSError("no such name")

    with pytest.raises(Failed, match="no-such-host"):
        Fetcher("Tests/1", resolve=nobody).fetch("http://nobody.example/")


def test_look_up_that_hangs_is_given_up():
    def hanging(host, port, **kind):
        time.sleep(3)
        return []

    began = time.monotonic()
    with pytest.raises(Failed):
        Fetcher("Tests/1", resolve=hanging, limits=Limits(seconds=0.5)).fetch("http://slow.example/")
    assert time.monotonic() - began < 1.5


def test_machine_that_does_not_answer_is_told_so(web, fetcher):
    web.close()
    with pytest.raises(Failed, match="unreachable"):
        fetcher.fetch(web.url())
