"""Sitemap and robots.txt: what machines are told of where things are."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine

from factcheck.published import press, reading
from factcheck.published.models import Check
from tests.published.documents import STORY, VISA, at, notice, numbered_document, publish, visa_document

from .addresses import publish_the_example

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://127.0.0.1:8000"


def addresses(client, path="/sitemap.xml"):
    tree = ElementTree.fromstring(client.get(path).content)
    return {url.findtext(f"{MAP}loc").removeprefix(SITE): url.findtext(f"{MAP}lastmod") for url in tree}


def test_the_sitemap_names_every_page_with_its_last_change(client):
    publish_the_example()
    found = addresses(client)
    for path in (f"/claims/{VISA.slug}/", f"/stories/{STORY.slug}/", "/speakers/jo/", "/topics/immigration/"):
        assert found[path]
        assert client.get(path).status_code == 200
    assert {"/", "/claims/", "/stories/", "/corrections/", "/ratings/", "/about/"} <= set(found)
    assert not [path for path in found if "editions" in path or "desk" in path]


def test_the_sitemap_names_every_standing_page_that_may_be_indexed_and_no_other(client):
    publish_the_example()
    found = set(addresses(client))
    for path in ("/", "/data/", "/ledger/", "/about/", "/about/copies/"):
        assert (path in found) == (b'content="noindex' not in client.get(path).content), path


def test_a_long_sitemap_comes_in_parts(client, monkeypatch):
    monkeypatch.setattr(reading, "PARTS", 2)
    for number in range(1, 6):
        publish(numbered_document(number))
    parts = addresses(client)
    assert all("?part=" in part for part in parts)
    pages = [path for part in parts for path in addresses(client, part)]
    assert sum(path.startswith("/claims/claim-") for path in pages) == 5
    assert len(pages) == len(set(pages))


def test_robots_may_read_everything_and_are_told_of_nothing_private(client):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert "desk" not in text
    assert f"Sitemap: {SITE}/news-sitemap.xml" in text


NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def news(client):
    """{address: (headline, when it was printed)} of what engines that list news are told."""
    tree = ElementTree.fromstring(client.get("/news-sitemap.xml").content)
    for url in tree:
        publication = url.find(f"{NEWS}news/{NEWS}publication")
        assert (publication.findtext(f"{NEWS}name"), publication.findtext(f"{NEWS}language")) == ("The Record", "en")
    return {
        url.findtext(f"{MAP}loc").removeprefix(SITE): [
            url.findtext(f"{NEWS}news/{NEWS}{name}") for name in ("title", "publication_date")
        ]
        for url in tree
    }


def test_news_are_the_checks_of_two_days_and_lead_with_their_rating(client):
    publish_the_example()
    printed_at = Check.objects.get(slug=VISA.slug).first_printed_at
    with time_machine.travel(printed_at + timedelta(hours=5), tick=False):
        title, told_at = news(client)[f"/claims/{VISA.slug}/"]
        assert title.startswith("Unproven: ")
        assert datetime.fromisoformat(told_at) == printed_at
    with time_machine.travel(printed_at + timedelta(days=2, minutes=1), tick=False):
        assert f"/claims/{VISA.slug}/" not in news(client)


@pytest.mark.parametrize(
    ("written_in", "told"),
    [
        ("mi-NZ", "mi"),
        ("yue", "yue"),
        ("zh-TW", "zh-tw"),
        ("zh-cn", "zh-cn"),
        ("zh-Hant-HK", "zh-tw"),
        ("zh-SG", "zh"),
        ("", "fr"),
    ],
)
def test_news_are_told_in_the_language_that_each_is_written_in(client, settings, written_in, told):
    settings.LANGUAGE_CODE = "fr-ca"
    publish(numbered_document(1), at=at(9))
    publish(numbered_document(2, language=written_in), at=at(9))
    with time_machine.travel(at(10), tick=False):
        tree = ElementTree.fromstring(client.get("/news-sitemap.xml").content)
    named = {url.findtext(f"{MAP}loc"): url.findtext(f".//{NEWS}language") for url in tree}
    assert named == {f"{SITE}/claims/claim-1/": "en", f"{SITE}/claims/claim-2/": told}


def test_an_older_claim_that_was_corrected_today_is_no_news(client):
    publish(visa_document(), at=at(9))
    with time_machine.travel(at(9) + timedelta(days=3), tick=False):
        publish(visa_document(why_chosen="It accuses."), notice=notice(), at=at(9) + timedelta(days=3))
        assert news(client) == {}


def test_a_claim_that_was_retracted_is_no_news(client):
    publish(visa_document(), at=at(9))
    press.print_retraction(visa_document().claim_ref, notice=notice("retraction"), printed_by="x", at=at(10))
    with time_machine.travel(at(11), tick=False):
        assert news(client) == {}


def test_news_move_on_though_nothing_is_printed(client):
    publish(visa_document(), at=at(9))
    with time_machine.travel(at(10), tick=False) as clock:
        first = client.get("/news-sitemap.xml")
        clock.shift(timedelta(days=2))
        later = client.get("/news-sitemap.xml", headers={"If-None-Match": first["ETag"]})
    assert (later.status_code, VISA.slug.encode() in later.content) == (200, False)
