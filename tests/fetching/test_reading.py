"""What a page says of itself and in words, in any charset; and what cannot be read does not take us along."""

import json

import pytest

from factcheck.fetching import apart
from factcheck.fetching.charsets import to_text
from factcheck.fetching.reading import Page, read, tidy
from factcheck.fetching.refusals import Failed

HTML = "text/html; charset=utf-8"
URL = "https://news.example/2022/report"
BODY = (
    "<article><h1>The report</h1><p>It found that serious human rights violations had been committed in the region, "
    "and that the evidence of torture was credible.</p><p>The office said the detention was arbitrary.</p></article>"
)


def page(head="", body=BODY, about=HTML):
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), about, URL)


def test_open_graph_is_read():
    found = page(
        '<title>Home | Site</title><meta property="og:title" content="The report">'
        '<meta property="og:site_name" content="Human Rights Office">'
        '<meta property="article:published_time" content="2022-08-31T23:30:00Z"><meta name="author" content="Jane Roe">'
    )
    said = (found.title, found.publisher, found.author, found.published_on)
    assert said == ("The report", "Human Rights Office", "Jane Roe", "2022-08-31")


def test_linked_data_is_read():
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "The report",
        "datePublished": "2022-09-01",
        "author": {"@type": "Person", "name": "Jane Roe"},
        "publisher": {"@type": "Organization", "name": "The Herald"},
    }
    found = page(f'<script type="application/ld+json">{json.dumps(data)}</script>')
    said = (found.title, found.publisher, found.author, found.published_on)
    assert said == ("The report", "The Herald", "Jane Roe", "2022-09-01")


def test_plain_meta_is_read():
    found = page(
        '<title>The report</title><meta name="date" content="2022-08-31"><meta name="author" content="Jane Roe">'
    )
    assert (found.title, found.author, found.published_on) == ("The report", "Jane Roe", "2022-08-31")


def test_day_in_the_text_is_no_day_of_publication():
    assert page(body=BODY + "<p>Updated on 3 March 2021, and again on 2020-01-01.</p>").published_on == ""


def test_readable_text_leaves_out_menus_and_advertisements():
    around = "<nav><a href=/>Home</a> <a href=/b>About</a></nav>", "<aside class=ad>Buy shoes, 20 % off</aside>"
    text = page(body=around[0] + BODY + around[1]).text
    assert "the evidence of torture was credible" in text
    assert "Buy shoes" not in text and "About" not in text
    assert text == page(body=BODY).text


def test_short_page_keeps_its_words():
    assert page(body="<p>Hello.</p>").text == "Hello."


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Māori, žluťoučký, 維吾爾".encode(), "text/html; charset=utf-8"),
        ("Māori, žluťoučký, 維吾爾".encode(), "text/html; charset=iso-8859-99"),
        (b"\xef\xbb\xbf" + "Māori, žluťoučký, 維吾爾".encode(), "text/html; charset=iso-8859-1"),
        ('<meta charset="utf-8">Māori, žluťoučký, 維吾爾'.encode(), "text/html"),
        ("Māori, žluťoučký, 維吾爾".encode("utf-16"), "text/html"),
        ("Māori, žluťoučký, 維吾爾".encode("gb18030"), "text/html; charset=gb2312"),
    ],
)
def test_charset_is_found(body, content_type):
    assert "Māori, žluťoučký, 維吾爾" in to_text(body, content_type)


def test_page_whose_header_names_the_wrong_charset_is_read_by_what_fits():
    said = "Der Prüfbericht über die Lage in der Region, vorgelegt für die Öffentlichkeit, heißt anders. " * 5
    body = f'<meta charset="windows-1252"><p>{said}</p>'.encode("cp1252")
    assert "Prüfbericht über" in to_text(body, "text/html; charset=utf-8")
    unnamed = f"<p>{said}</p>".encode("cp1252")
    assert "Prüfbericht über" in to_text(unnamed, "text/html; charset=utf-8")


@pytest.mark.parametrize("name", ["utf-7", "rot13", "zlib", "base64", "idna", "no-such", "\x00"])
def test_charset_that_is_no_charset_of_a_page_is_passed_over(name):
    assert to_text(b"plain words", f"text/html; charset={name}") == "plain words"


def test_what_the_page_is_shown_with_is_named_with_whole_addresses():
    found = page(
        '<base href="/a/"><link rel="stylesheet" href="s.css"><link rel="preload" href="no.woff"><script src="//cdn.example/x.js">'
        "</script><style>@import 'more.css'; p { background: url(  'p.png') }</style>",
        '<img src="i.png#x" srcset="i2.png 2x, i3.png 3x"><img src="data:image/png;base64,AA"><div style="background:url(b.png)">'
        '<img src="http://[::1"><img src=""><video poster="v.jpg"></video>'
        '<a href="/not-needed">x</a><iframe src="/frame"></iframe>',
    )
    base = "https://news.example/a/"
    assert set(found.needs) == {
        *(base + name for name in ("s.css", "i.png", "i2.png", "i3.png", "more.css", "p.png", "b.png", "v.jpg")),
        "https://cdn.example/x.js",
    }


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00" * 1000,
        b"<" * 50_000,
        b"<div>" * 20_000,
        b"<p>" + b"&#x110000;&#0;&nbsp;" * 50,
        b"<?xml version='1.0' encoding='utf-16'?><html><p>Hello.</p></html>",
        b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>Hello.</p>",
        b'<meta property="article:published_time" content="99999-99-99"><p>Hello.</p>',
    ],
)
def test_nonsense_is_read_without_harm(body):
    assert isinstance(apart.read(body, HTML, URL), Page)


def test_other_types_have_the_text_they_have():
    assert read(b"One\r\n\r\n\r\n\r\nTwo  three\x00", "text/plain", URL).text == "One\n\nTwo three"
    assert read(b"\x89PNG", "image/png", URL) == Page()
    with pytest.raises(Failed, match="unreadable"):
        apart.read(b"%PDF-1.7 and then nothing", "application/pdf", URL)


def test_words_are_tidied_and_not_changed():
    assert tidy("It\xad is\xa0 so.\t\n\n\n\nYes\u200b") == "It is so.\n\nYes"


def test_reader_that_takes_too_long_is_ended():
    with pytest.raises(Failed, match="unreadable"):
        apart.read(b"<p>Hello.</p>", HTML, URL, seconds=0.01)


def test_reader_knows_no_secret_of_ours(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    assert "SECRET_KEY" not in apart._surroundings()
