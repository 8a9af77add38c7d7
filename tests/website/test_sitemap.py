"""Sitemap and robots.txt: what machines are told of where things are."""

from xml.etree import ElementTree

import pytest

from factcheck.published import reading
from tests.published.documents import STORY, VISA, numbered_document, publish

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
