"""Two people on one record: the second save is refused, says what the first changed, and loses nothing that was typed."""

import re

import pytest
from django.urls import reverse

from factcheck.claims.models import Story
from factcheck.sources.models import Pseudonym

from .steps import address, fields_of, send, text_of, written


@pytest.fixture
def story(desk):
    return desk.parts.story


def typed(page, name):
    """What the form on the page holds in one field."""
    return fields_of(page, "story_form").get(name)


@pytest.fixture
def beaten(desk, story, at_desk):
    """The journalist opened the story; the editor changed outlet and byline meanwhile. Gives (client, url, form)."""
    client, url = at_desk(desk.journalist), address("claims_story", story)
    form = fields_of(client.get(url), "story_form")
    assert send(at_desk(desk.editor), url, "story_form", outlet="Radio NZ", byline="The editor").status_code == 302
    return client, url, form


def test_second_save_is_refused_and_shows_what_the_first_changed(beaten):
    client, url, form = beaten
    before = written()
    answer = client.post(url, {**form, "outlet": "RNZ National", "headline": "Mine"})
    assert answer.status_code == 409
    told = text_of(answer).partition("Somebody else saved this while you were writing")[2]
    assert re.search(r"Outlet RNZ Radio NZ yours: saving puts it in place of theirs", told)
    assert re.search(r"Byline – The editor theirs", told)
    assert written() == before
    assert Story.objects.get().headline == "Uyghurs in New Zealand on the UN report"


def test_second_save_loses_nothing_that_was_typed_and_takes_what_was_not_touched(beaten):
    client, url, form = beaten
    answer = client.post(url, {**form, "outlet": "RNZ National", "headline": "<b>Mine</b> & ours"})
    assert typed(answer, "headline") == "<b>Mine</b> & ours"
    assert typed(answer, "outlet") == "RNZ National"
    assert typed(answer, "byline") == "The editor"  # not touched here: the other's word stands
    assert client.post(url, fields_of(answer, "story_form")).status_code == 302
    story = Story.objects.get()
    assert (story.headline, story.outlet, story.byline) == ("<b>Mine</b> & ours", "RNZ National", "The editor")


def test_third_person_in_between_is_noticed_too(beaten, desk, at_desk):
    client, url, form = beaten
    answer = client.post(url, {**form, "headline": "Mine"})
    assert send(at_desk(desk.editor), url, "story_form", note="A worked example.").status_code == 302
    again = client.post(url, fields_of(answer, "story_form"))
    assert (again.status_code, typed(again, "headline"), typed(again, "note")) == (409, "Mine", "A worked example.")


@pytest.mark.parametrize("version", [None, "", "x", "-1", "999", "1" * 30])
def test_save_without_the_version_that_was_seen_is_refused(story, desk, at_desk, version):
    client, url = at_desk(desk.journalist), address("claims_story", story)
    form = {**fields_of(client.get(url), "story_form"), "headline": "Mine"}
    del form["version"]
    answer = client.post(url, form if version is None else {**form, "version": version})
    assert answer.status_code == 409
    assert typed(answer, "headline") == "Mine"
    assert Story.objects.get().headline != "Mine"


def test_save_that_changes_nothing_changes_nothing(story, desk, at_desk):
    before = written()
    assert send(at_desk(desk.journalist), address("claims_story", story), "story_form").status_code == 302
    assert (written(), Story.objects.get().version) == (before, story.version)


def test_choices_and_links_of_the_other_are_taken_over(desk, at_desk):
    client, url = at_desk(desk.journalist), address("claims_speaker", desk.parts.agency)
    form = fields_of(client.get(url), "speaker_form")
    assert send(at_desk(desk.editor), url, "speaker_form", kind="organisation").status_code == 302
    answer = client.post(url, {**form, "name": "Immigration NZ"})
    assert answer.status_code == 409
    assert "Kind Government body Organisation theirs" in text_of(answer)
    again = fields_of(answer, "speaker_form")
    assert (again["kind"], again["name"]) == ("organisation", "Immigration NZ")
    assert client.post(url, again).status_code == 302
    desk.parts.agency.refresh_from_db()
    assert (desk.parts.agency.kind, desk.parts.agency.name) == ("organisation", "Immigration NZ")


def test_every_record_with_a_version_is_guarded(desk, at_desk):
    client = at_desk(desk.journalist)
    for name, thing in (("claims_topic", desk.parts.topic), ("sources_pseudonym", desk.parts.jo)):
        url = address(name, thing)
        form = fields_of(client.get(url), "_form")
        field = "name" if name == "claims_topic" else "note"
        assert send(at_desk(desk.editor), url, "_form", **{field: "Theirs"}).status_code == 302
        assert client.post(url, {**form, field: "Mine"}).status_code == 409
    assert Pseudonym.objects.get().note == "Theirs"
    assert client.get(reverse("admin:claims_topic_changelist")).status_code == 200
