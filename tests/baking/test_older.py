"""Older pages of lists are baked where the live site's own links lead; what files cannot answer is told, and never guessed at."""

import re
import shutil
from html import unescape

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from factcheck.baking import addresses
from factcheck.published import reading
from factcheck.website import paging, search
from factcheck.website.filters import ClaimFilter
from tests.published.documents import STORY, at, notice, numbered_document, publish, visa_document

from .conftest import contents
from .nginx import readmes_blocks

pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed, and this is about it.")
LISTS = ("/claims/", f"/stories/{STORY.slug}/", "/speakers/jo/", "/topics/immigration/", "/corrections/")
NEXT = re.compile(r'href="(\?[^"]+)" rel="next"')
PAGES = 3


@pytest.fixture
def many(site):
    """Enough of everything for three pages of each list, many rows at one moment."""
    for number in range(1, 42):
        publish(numbered_document(number), at=at(1 + number // 20))
    for number in range(41):
        publish(visa_document(why_chosen=f"Reason {number}."), notice=notice(), at=at(16 + number // 30))


@pytest.fixture
def two_pages(site):
    """Two pages of claims."""
    for number in range(1, 24):
        publish(numbered_document(number), at=at(1 + number // 20))


def pages_of(client, address):
    """The addresses of a list's pages, one after the other, as the live site links them."""
    first = address.partition("?")[0]
    while True:
        yield address
        older = NEXT.search(client.get(address).content.decode())
        if not older:
            return
        address = f"{first}{unescape(older[1])}"


def test_every_older_page_is_served_as_it_is_live_and_is_not_made_twice(many, served, client, bake):
    kind = notice().kind
    for address in (*LISTS, f"/corrections/?kind={kind}"):
        pages = list(pages_of(client, address))
        assert len(pages) == PAGES, address
        for asked in pages:
            status, headers, body = served.ask(asked)
            assert (status, body) == (200, client.get(asked).content), asked
            assert headers["Content-Type"] == "text/html; charset=utf-8"
            assert headers["Content-Security-Policy"] and headers["ETag"]
    assert "0 written, 0 removed" in bake()


def test_places_of_many_queries_are_those_of_one(many):
    rows = reading.shown()
    assert list(paging.places_of(rows, pages=1)) == list(paging.places_of(rows))
    assert len(list(paging.places_of(rows))) == PAGES - 1


def test_places_that_no_page_begins_at_any_more_are_removed(two_pages, bake, folder):
    bake()
    before = {path for path in contents(folder) if path.startswith("asked/claims/")}
    publish(numbered_document(99), at=at(25))
    bake()
    after = {path for path in contents(folder) if path.startswith("asked/claims/")}
    assert before and after and not before & after
    assert "every link leads somewhere" in bake("--verify")


def test_verify_names_an_older_page_that_is_altered_or_gone(two_pages, bake, folder):
    bake()
    [altered], [gone, *_others] = ([*folder.glob(f"asked/{of}/*.html")] for of in ("claims", "corrections"))
    altered.write_text("Nothing to see.")
    gone.unlink()
    with pytest.raises(CommandError, match="makes the files anew"):
        call_command("bake", folder, "--verify")
    bake()
    assert "every link leads somewhere" in bake("--verify")


def test_the_parts_of_a_large_sitemap_are_baked(bake, folder, client, monkeypatch):
    monkeypatch.setattr(reading, "PARTS", 2)
    bake()
    parts = re.findall(r"<loc>[^<]+(/sitemap\.xml\?part=[0-9]+)</loc>", (folder / "sitemap.xml").read_text())
    assert len(parts) > 1
    for number, part in enumerate(parts):
        assert (folder / f"asked/sitemap.xml/part={number}.xml").read_bytes() == client.get(part).content


QUESTIONS = (
    *(
        "claims/?q=visas",
        "claims/?rating=false&topic=x",
        "claims/?page=1.1.00000000",
        "claims/?page=x",
        "stories/?page=1",
    ),
    *("claims/?q=two%20words", "claims/?q=/../../index", "claims/?%71=visas", "claims/?topic=&q=a"),
    *("feeds/claims.atom?page=1.1.00000000", "corrections/?kind=nonsense", "api/v1/claims/", "oembed?url=x"),
    *("v1alpha1/claims:search?query=x", "claims/?q=" + "a" * 3000),
)


def test_what_files_cannot_answer_is_told_in_a_sentence(served):
    for asked in QUESTIONS:
        status, headers, body = served.ask(f"/{asked}")
        assert (status, b"A copy of this site cannot answer this" in body) == (404, True), asked
        assert headers["Content-Type"].startswith("text/html"), asked
        assert headers["X-Frame-Options"] == "DENY" and headers["Content-Security-Policy"], asked


def test_what_asks_nothing_gets_the_page_itself(served, client):
    page = f"claims/{visa_document().slug}/"
    for asked in ("claims/?utm_source=x", "claims/?q=", "claims/?q=&topic=", "?fbclid=a.b-c", f"{page}?page=2&q=x"):
        assert served.ask(f"/{asked}")[2] == client.get(f"/{asked.partition('?')[0]}").content, asked


def test_the_server_of_the_files_knows_all_that_a_list_heeds():
    [known] = re.findall(r"\|\(([a-z_|]+)\)=\[\^&\]", readmes_blocks())
    heeded = {*ClaimFilter.base_filters, paging.PAGE, paging.AFTER, search.ORDER}
    heeded |= {name for names in addresses.ASKED.values() for name in names}
    assert heeded == set(known.split("|"))
