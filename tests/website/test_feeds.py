"""Feeds, sitemap and robots.txt: what machines are told, and that a corrected verdict is told again."""

from xml.etree import ElementTree

import pytest

from factcheck.published import press, reading
from tests.published.documents import (
    MIXED,
    STORY,
    VISA,
    at,
    notice,
    numbered_document,
    publish,
    visa_document,
)

from .addresses import publish_the_example

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://127.0.0.1:8000"


def entries(client, of="claims"):
    response = client.get(f"/feeds/{of}.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    return [{child.tag.removeprefix(ATOM): child.text for child in entry} for entry in feed.iter(f"{ATOM}entry")]


def test_an_entry_begins_with_the_finding_and_gives_a_pseudonym_its_note(client):
    publish()
    (entry,) = entries(client)
    assert entry["title"] == f"Unproven: {VISA.short_form}"
    assert entry["id"] == f"{SITE}/claims/{VISA.slug}/"
    assert "Jo (Name has been changed to protect the speaker from reprisal)" in entry["summary"]


def test_a_correction_updates_the_entry_and_keeps_its_name(client):
    publish()
    before = entries(client)[0]
    publish(visa_document(why_chosen="x"), notice=notice(), at=at(12))
    after = entries(client)[0]
    assert (after["id"], after["title"], after["published"]) == (before["id"], before["title"], before["published"])
    assert after["updated"] > before["updated"]


@pytest.mark.parametrize(("kind", "word"), [("correction_verdict", "Corrected"), ("update", "Updated")])
def test_a_changed_verdict_is_issued_again(client, kind, word):
    publish()
    publish(numbered_document(1), at=at(10))
    before = entries(client)[-1]
    publish(visa_document(MIXED), notice=notice(kind), at=at(12))
    first = entries(client)[0]
    assert first["title"] == f"{word}: Mixed: {VISA.short_form}"
    assert first["id"] != before["id"]


def test_a_retraction_is_issued_again_without_its_finding(client):
    publish()
    press.print_retraction(VISA.claim_ref, notice=notice("retraction"), printed_by="senior-editor", at=at(12))
    (entry,) = entries(client)
    assert entry["title"] == f"Retracted: {VISA.short_form}"
    assert "none in hand" not in entry["summary"]


def test_the_feed_of_corrections_leaves_minor_edits_out(client):
    publish()
    publish(visa_document(why_chosen="a"), notice=notice("minor_edit", why="A comma."), at=at(11))
    publish(visa_document(why_chosen="b"), notice=notice("clarification", why="It could mislead."), at=at(12))
    (entry,) = entries(client, "corrections")
    assert entry["title"] == f"Clarification: {VISA.short_form}"
    assert entry["summary"].endswith("It could mislead.")
    assert entry["id"] == f"{SITE}/claims/{VISA.slug}/editions/3/"


def test_letters_that_xml_cannot_write_are_left_out(client):
    publish(visa_document(short_form="bell\x07 <b>&"))
    assert entries(client)[0]["title"] == "Unproven: bell <b>&"


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
