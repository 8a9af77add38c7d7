"""Copies of a cited page at the desk: asked for on a page that says what goes out, shown with their hash and the passage found."""

import pytest

from factcheck.evidence import actions, archiving, capturing
from factcheck.evidence.models import Capture, PublicCopy
from factcheck.fetching import pictures
from tests.evidence.conftest import PASSAGE

from .steps import address, send, text_of, written

VERB = "verb-form"


@pytest.fixture(autouse=True)
def no_browser(monkeypatch):
    monkeypatch.setattr(pictures, "BROWSERS", ())


@pytest.fixture
def captured(cited, journalist):
    capturing.ask(cited, by=journalist)
    capturing.capture_one()
    return cited


def page(client, item):
    return client.get(address("evidence_item", item))


def test_page_of_the_verb_says_what_goes_out_and_sends_nothing(web, cited, journalist, at_desk, settings):
    told = text_of(at_desk(journalist).get(address("evidence_item", cited, "capture")))
    assert web.url("/report") in told
    assert settings.USER_AGENT in told
    assert "whoever reads that log learns" in told
    assert web.called_on == []


def test_capture_is_asked_for_and_leads_back_to_the_item(web, cited, journalist, at_desk):
    client = at_desk(journalist)
    answer = send(client, address("evidence_item", cited, "capture"), VERB)
    assert (answer.status_code, answer["Location"]) == (302, f"{address('evidence_item', cited)}#copies")
    assert Capture.objects.get().asked_by == journalist
    assert web.called_on == []
    told = text_of(page(client, cited))
    assert "Waiting" in told
    assert client.get(address("evidence_item", cited, "capture")).status_code == 409


def test_copy_is_shown_with_its_hash_and_what_it_says_of_itself(captured, journalist, at_desk):
    told = text_of(page(at_desk(journalist), captured))
    capture = Capture.objects.get()
    for said in (capture.warc.sha256, "Human Rights Office", "Jane Roe", "31 Aug 2022", "Asked for by journalist"):
        assert said in told


@pytest.mark.parametrize(
    ("passage", "mark"),
    [
        (PASSAGE, "found in the copy, word for word"),
        ("“Serious human rights violations … in the region”", "found in the copy, word for word"),
        ("minor human rights violations", "not found in the copy. Check the wording."),
    ],
)
def test_passage_is_marked_by_whether_it_stands_in_the_copy(captured, journalist, at_desk, passage, mark):
    actions.edit(captured, by=journalist, passage=passage)
    assert mark in text_of(page(at_desk(journalist), captured))


def test_nothing_is_said_of_a_passage_where_there_is_no_copy(cited, journalist, at_desk):
    told = text_of(page(at_desk(journalist), cited))
    assert "The passage relied on:" not in told
    assert "We hold no copy of this page" in told


def test_copy_that_could_not_be_made_says_why(web, cited, journalist, at_desk):
    del web.pages["/report"]
    capturing.ask(cited, by=journalist)
    capturing.capture_one()
    assert "There is no page at this address any more" in text_of(page(at_desk(journalist), cited))


@pytest.mark.parametrize("verb", ["capture", "archive"])
@pytest.mark.parametrize("changes", [{"visibility": "restricted"}, {"confidential": True}])
def test_nothing_goes_out_for_what_must_not_be_known(web, cited, journalist, at_desk, settings, verb, changes):
    settings.INTERNET_ARCHIVE_KEYS = "key:secret"
    item, client = actions.edit(cited, by=journalist, **changes), at_desk(journalist)
    assert address("evidence_item", item, verb) not in page(client, item).content.decode()
    before = written()
    assert client.get(address("evidence_item", item, verb)).status_code == 409
    assert client.post(address("evidence_item", item, verb)).status_code == 409
    assert written() == before
    assert not Capture.objects.exists() and not PublicCopy.objects.exists()


def test_archiving_publicly_is_offered_where_there_are_keys_alone(cited, journalist, at_desk, settings):
    client, url = at_desk(journalist), address("evidence_item", cited, "archive")
    assert url not in page(client, cited).content.decode()
    assert "no keys for the Internet Archive" in text_of(client.get(url))
    settings.INTERNET_ARCHIVE_KEYS = "key:secret"
    assert url in page(client, cited).content.decode()
    assert "everybody can open" in text_of(client.get(url))
    assert send(client, url, VERB).status_code == 302
    assert PublicCopy.objects.get().asked_by == journalist


def test_public_copy_that_readers_are_not_shown_says_so(cited, journalist, at_desk, settings):
    settings.INTERNET_ARCHIVE_KEYS = "key:secret"
    archiving.ask(cited, by=journalist)
    copy = PublicCopy.objects.get()
    copy.state, copy.archive_url = "done", "https://web.archive.org/web/2026/x"
    copy.archived_at = copy.finished_at = copy.asked_at
    copy.save()
    assert "Readers are not shown this address" in text_of(page(at_desk(journalist), cited))
    actions.edit(cited, by=journalist, archived_url=copy.archive_url)
    assert "Readers are not shown this address" not in text_of(page(at_desk(journalist), cited))


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_number_of_queries_for_one_copy_and_three(
    captured, journalist, at_desk, django_assert_num_queries, count
):
    for _again in range(count - 1):
        capturing.ask(captured, by=journalist)
        capturing.capture_one()
    client = at_desk(journalist)
    page(client, captured)
    with django_assert_num_queries(17):
        page(client, captured)


@pytest.mark.parametrize(
    ("url", "told"), [("https://agency.example/copy", True), ("https://perma.cc/T8U2-994F", False), ("", False)]
)
def test_address_that_is_of_no_archive_is_told_not_to_count(cited, journalist, at_desk, url, told):
    actions.edit(cited, by=journalist, archived_url=url)
    page = text_of(at_desk(journalist).get(address("evidence_item", cited)))
    assert ("does not count as a stored copy" in page) == told
