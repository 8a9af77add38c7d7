"""A page taken with what it is shown with, kept in an archive file that tools of others open, and never a wall for the page."""

import io
import shutil
import subprocess
import sys

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from factcheck.fetching import capturing, pictures, warc
from factcheck.fetching.capturing import NotThePage
from factcheck.fetching.refusals import Forbidden

from .web import Answer, to

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000000030001"
    "00180dd98d0000000049454e44ae426082"
)
ARTICLE = """<!DOCTYPE html><html><head><title>The report</title><link rel="stylesheet" href="/style.css">
<script src="/script.js"></script></head><body><h1>The report</h1><img src="/picture.png" alt="">
<img src="/missing.png" alt=""><p>It found that serious human rights violations had been committed in the region.</p>
</body></html>"""


@pytest.fixture
def article(web):
    """A page with a stylesheet, and what that asks for in turn, a script and a picture."""
    web.pages |= {
        "/article": Answer(ARTICLE),
        "/style.css": Answer('@import "/more.css"; h1 { color: rgb(200, 0, 0) }', type="text/css"),
        "/more.css": Answer("body { background: url(/back.png) }", type="text/css"),
        "/back.png": Answer(PIXEL, type="image/png"),
        "/picture.png": Answer(PIXEL, type="image/png"),
        "/script.js": Answer("document.title = 'changed'", type="text/javascript"),
    }
    return web.url("/article")


def archived(taken):
    file = io.BytesIO()
    warc.write(taken.exchanges, {"software": "tests"}, file)
    return file.getvalue()


def test_page_is_taken_with_what_it_is_shown_with(web, fetcher, article):
    taken = capturing.take(article, fetcher)
    assert "serious human rights violations" in taken.page.text
    parts = ["/article", "/style.css", "/script.js", "/picture.png", "/missing.png", "/more.css", "/back.png"]
    assert sorted(web.paths) == sorted(["/robots.txt", *parts])
    assert sorted(e.url for e in taken.exchanges) == sorted(map(web.url, parts))


def test_part_that_leads_to_a_private_address_is_left_out(web, fetcher, article):
    web.pages["/article"] = Answer(
        f'<p>Hello.</p><img src="http://127.0.0.2:{web.port}/x"><img src="http://10.0.0.1/">'
    )
    taken = capturing.take(article, fetcher)
    assert [e.url for e in taken.exchanges] == [article]
    assert set(web.called_on) == {"127.0.0.1"}


def test_archive_file_passes_the_check_of_its_own_tool(fetcher, article, tmp_path):
    (tmp_path / "page.warc.gz").write_bytes(archived(capturing.take(article, fetcher)))
    checked = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "warcio.cli", "check", "-v", str(tmp_path / "page.warc.gz")],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count("digest pass") >= 8


def test_archive_file_is_read_whole_by_a_reader_of_others(web, fetcher, article):
    web.pages["/start"] = to("/article", 301)
    taken = capturing.take(web.url("/start"), fetcher)
    records = list(ArchiveIterator(io.BytesIO(archived(taken)), verify_digests=True, parse_http=True))
    answers = {r.headers["WARC-Target-URI"]: r for r in records if r.record_type == WarcRecordType.response}
    requests = [r for r in records if r.record_type == WarcRecordType.request]
    assert (len(answers), len(requests)) == (8, 8)
    assert answers[web.url("/start")].http_headers.status_code == 301
    assert answers[article].headers["WARC-IP-Address"] == "127.0.0.1"
    assert {r.headers["WARC-Concurrent-To"] for r in requests} == {r.record_id for r in answers.values()}
    bodies = {
        r.headers["WARC-Target-URI"]: r.reader.read()
        for r in ArchiveIterator(io.BytesIO(archived(taken)), record_types=WarcRecordType.response)
    }
    assert bodies[article] == ARTICLE.encode()
    assert bodies[web.url("/picture.png")] == PIXEL


def test_archive_file_keeps_strange_headers_and_packed_bodies(web, fetcher):
    def strange(handler):
        handler.raw(
            "HTTP/1.1 200 Tout va très bien\r\nX-Place: Orléans\r\nContent-Type: text/html\r\n".encode("latin-1")
        )
        handler.raw(b"Transfer-Encoding: chunked\r\n\r\n6\r\n<p>Hi.\r\n4\r\n</p>\r\n0\r\n\r\n")

    web.pages["/strange"] = strange
    for path, said in (("/strange", b"<p>Hi.</p>"), ("/gzip", b"<p>Packed.</p>")):
        stored = archived(capturing.take(web.url(path), fetcher))
        [(url, status, _headers, body)] = warc.answers(io.BytesIO(stored))
        assert (url, status, body) == (web.url(path), 200, said)
        assert len(list(ArchiveIterator(io.BytesIO(stored), verify_digests=True))) == 3


PAYWALL = '<meta property="article:content_tier" content="locked"><p>The first lines.</p>'
NOT_THE_PAGE = {
    "a log-in page": (Answer("<form><input type=password></form>"), "login"),
    "a log-in page behind a redirect": (to("/login?next=/page"), "login"),
    "a consent notice": (Answer("<h1>Before you continue</h1><button>Accept all</button>"), "consent"),
    "a teaser": (Answer(PAYWALL), "paywall"),
    "nothing": (Answer(""), "empty"),
    **{
        f"status {status}": (Answer("<p>Sorry.</p>", status), code)
        for status, code in {
            401: "login", 402: "paywall", 403: "refused", 404: "gone", 410: "gone", 418: "refused", 429: "busy",
            451: "refused", 500: "busy", 503: "busy",
        }.items()
    },
}  # fmt: skip


@pytest.mark.parametrize(("answer", "code"), NOT_THE_PAGE.values(), ids=NOT_THE_PAGE)
def test_what_is_not_the_page_is_told_as_what_it_is(web, fetcher, answer, code):
    web.pages |= {"/page": answer, "/login": Answer("<form><input name=who><input type=password></form>")}
    with pytest.raises(NotThePage) as refused:
        capturing.take(web.url("/page"), fetcher)
    assert refused.value.code == code
    assert refused.value.sentence.endswith(".")
    assert "%(" not in refused.value.sentence


ROBOTS = "User-agent: *\nDisallow: /private\nAllow: /private/but-this\n\nUser-agent: Tests\nDisallow: /not-us\nDisallow: /*.pdf$"


@pytest.mark.parametrize(
    ("path", "robots", "allowed"),
    [
        ("/not-us", Answer(ROBOTS, type="text/plain"), False),
        ("/a.pdf", Answer(ROBOTS, type="text/plain"), False),
        ("/private", Answer(ROBOTS, type="text/plain"), True),  # the rules for everybody are not for those named
        ("/page", Answer("User-agent: *\nDisallow: /", type="text/plain"), False),
        ("/page", Answer("", 404), True),
        ("/page", Answer("<html>no rules</html>"), True),
        ("/page", Answer("", 503), False),
        ("/page", to("/robots.txt"), False),
    ],
)
def test_what_a_site_asks_of_robots_is_kept_to(web, fetcher, path, robots, allowed):
    web.pages |= {"/robots.txt": robots, path: Answer("<p>Hello.</p>")}
    if allowed:
        assert capturing.take(web.url(path), fetcher).page.text == "Hello."
        return
    with pytest.raises(Forbidden, match="robots"):
        capturing.take(web.url(path), fetcher)
    assert path not in web.paths


def test_redirect_into_what_robots_may_not_see_is_not_kept(web, fetcher):
    web.pages |= {
        "/robots.txt": Answer("User-agent: *\nDisallow: /private", type="text/plain"),
        "/start": to("/private"),
        "/private": Answer("<p>Hello.</p>"),
    }
    with pytest.raises(Forbidden, match="robots"):
        capturing.take(web.url("/start"), fetcher)


needs_browser = pytest.mark.skipif(not pictures.browser(), reason="no Chromium is installed: apt install chromium")


@pytest.mark.browser
@needs_browser
def test_picture_is_made_from_the_copy_with_no_call_on_the_web(web, fetcher, article):
    web.pages["/article"] = Answer(
        ARTICLE.replace("</body>", f'<iframe src="{web.url("/frame")}"></iframe><img src="http://localhost:{web.port}/i">'
        '<iframe src="file:///etc/passwd"></iframe><meta http-equiv="refresh" content="0;url=/elsewhere"></body>')
    )  # fmt: skip
    stored = archived(capturing.take(article, fetcher))
    web.called_on.clear()
    made, _why = pictures.of(stored, article, "text/html")
    assert web.called_on == []
    assert made.picture.startswith(b"\x89PNG") and made.pdf.startswith(b"%PDF-")
    assert _has_colour(made.picture, (200, 0, 0)), "the stylesheet of the copy was not used"


@pytest.mark.browser
@needs_browser
def test_picture_wants_nothing_of_the_site_any_more(web, fetcher, article):
    stored = archived(capturing.take(article, fetcher))
    web.close()
    assert pictures.of(stored, article, "text/html")[0].picture.startswith(b"\x89PNG")


def test_nothing_is_pictured_where_there_is_no_browser(fetcher, article, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    made, why = pictures.of(archived(capturing.take(article, fetcher)), article, "text/html")
    assert made is None
    assert "cannot be pictured on this server" in why


def _has_colour(png, colour):
    from PIL import Image

    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return any(near == colour for _count, near in picture.getcolors(1 << 24))
