"""A wall is told as a wall; an article that has a log-in box or a cookie notice on it is an article."""

import json

import pytest

from factcheck.fetching.reading import read

from .test_reading import HTML

PARAGRAPH = "<p>In its year {n} the office published what it had found in region {n} after {n} years of work.</p>"
LONG = "<article>" + "".join(PARAGRAPH.format(n=n) for n in range(30)) + "</article>"


def wall(body, url="https://news.example/report", head=""):
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), HTML, url).wall


def free(value, **more):
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "isAccessibleForFree": value, **more}
    return f'<script type="application/ld+json">{json.dumps({"@graph": [data]})}</script>'


LOGIN = "<h1>Sign in</h1><form><input name=u><input type=password name=p><button>Sign in</button></form>"
NOTICE = (
    "<div><h2>We value your privacy</h2><p>We use cookies.</p><button>Accept all</button><button>Manage</button></div>"
)
SEALED = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".sealed"}

WALLS = {
    "a password box and little else": (LOGIN, {}, "login"),
    "the address of a log-in page": (
        "<form><input name=mail></form>",
        {"url": "https://n.example/login?next=/a"},
        "login",
    ),
    "a consent notice and little else": (NOTICE, {}, "consent"),
    "a consent site": ("<p>Hello.</p>", {"url": "https://consent.news.example/?continue=x"}, "consent"),
    "a consent notice with an input": (
        "<p>Before you continue to News</p><input type=submit value='I agree'>",
        {},
        "consent",
    ),
    "a teaser of what costs": ("<p>The first lines.</p>", {"head": free(False)}, "paywall"),
    "a teaser, in schema.org's other spelling": ("<p>The first lines.</p>", {"head": free("False")}, "paywall"),
    "a sealed section that is empty": (
        LONG + "<div class='x sealed'></div>",
        {"head": free(False, hasPart=SEALED)},
        "paywall",
    ),
    "a locked tier": ("<p>Lines.</p>", {"head": '<meta property="article:content_tier" content="locked">'}, "paywall"),
    "words of a paywall": ("<p>Lines.</p><p>Subscribe to continue reading.</p>", {}, "paywall"),
}
NO_WALLS = {
    "an article": (LONG, {}),
    "an article with a log-in box": (LONG + LOGIN, {}),
    "an article with a cookie notice": (LONG + NOTICE, {}),
    "an article that costs and is there": (LONG, {"head": free(False)}),
    "an article whose sealed section is there": (
        LONG + f"<div class=sealed>{LONG}</div>",
        {"head": free(False, hasPart=SEALED)},
    ),
    "an article that is free": ("<p>Short.</p>", {"head": free(True)}),
    "an article about cookies": ("<p>Today we use cookies in baking.</p><button>Share</button>", {}),
    "broken linked data": ("<p>Short.</p>", {"head": '<script type="application/ld+json">{oops</script>'}),
}


@pytest.mark.parametrize(("body", "options", "kind"), WALLS.values(), ids=WALLS)
def test_wall_is_told_as_what_it_is(body, options, kind):
    assert wall(body, **options) == kind


@pytest.mark.parametrize(("body", "options"), NO_WALLS.values(), ids=NO_WALLS)
def test_page_that_can_be_read_is_no_wall(body, options):
    assert wall(body, **options) == ""
