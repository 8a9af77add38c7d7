"""Archive publicly: asked for by a person, followed to its end, hard-blocked for what must not be known, silent without keys."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.evidence import actions, archiving
from factcheck.evidence.models import CustodyEvent, Item, PublicCopy
from factcheck.fetching.addresses import named_allowance
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.sources import actions as sources
from tests.fetching.archive import STAMP, Archive
from tests.fetching.web import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(settings):
    opened = Archive(turns=1)
    settings.INTERNET_ARCHIVE_URL, settings.INTERNET_ARCHIVE_KEYS = opened.address, "key:secret"
    settings.ALLOW_PRIVATE_CAPTURE = [named_allowance(f"127.0.0.1:{opened.port}")]
    yield opened
    opened.close()


@pytest.fixture
def item(journalist):
    claim = claims.log_claim(by=journalist, wording="The office found violations", type="institutional_finding")
    return actions.add(claim, by=journalist, title="The report", url="https://office.example/report")


def step():
    """One round of a process, a while later."""
    PublicCopy.objects.filter(state__in=PublicCopy.UNFINISHED).update(due_at=timezone.now())
    assert archiving.archive_one()


def rounds(item, count):
    for _round in range(count):
        step()
    return item.public_copies.first()


def test_page_is_kept_and_its_address_and_time_are_stored(archive, item, journalist):
    archiving.ask(item, by=journalist)
    copy = rounds(item, 3)
    assert (copy.state, copy.archived_at) == ("done", datetime(2026, 11, 25, 12, tzinfo=UTC))
    assert copy.archive_url == f"{archive.address}/web/{STAMP}/https://office.example/report"
    item.refresh_from_db()
    assert item.archived_url == copy.archive_url
    assert archive.kept == ["https://office.example/report"]
    assert CustodyEvent.objects.get().what == "archived"


def test_nothing_is_sent_until_somebody_asks(archive, item):
    assert not archiving.archive_one()
    assert archive.called_on == []


def test_without_keys_nothing_is_sent_and_asking_is_refused(archive, item, journalist, settings):
    archiving.ask(item, by=journalist)
    settings.INTERNET_ARCHIVE_KEYS = ""
    assert not archiving.archive_one()
    with pytest.raises(Refused, match="no keys"):
        archiving.ask(item, by=journalist)
    assert archive.called_on == []


CLOSED = {
    "restricted": {"visibility": "restricted"},
    "internal": {"visibility": "internal"},
    "confidential": {"confidential": True},
    "without an address": {"url": ""},
}


@pytest.mark.parametrize("changes", CLOSED.values(), ids=CLOSED)
@pytest.mark.parametrize("when", ["before asking", "after asking"])
def test_what_must_not_be_known_is_never_sent(archive, item, journalist, changes, when):
    if when == "after asking":
        archiving.ask(item, by=journalist)
    item = actions.edit(item, by=journalist, **changes)
    with pytest.raises(Refused):
        archiving.ask(item, by=journalist)
    if when == "after asking":
        step()
        assert item.public_copies.get().state == "failed"
    assert archive.called_on == []


def test_account_of_a_protected_person_is_never_sent(archive, item, journalist):
    jo = sources.give_pseudonym(
        by=journalist, shown_as="Jo", note="Name has been changed", description="a Uyghur national"
    )
    item = actions.edit(item, by=journalist, source=claims.add_speaker(by=journalist, pseudonym=jo))
    with pytest.raises(Refused, match="protected"):
        archiving.ask(item, by=journalist)


def test_legal_sends_nothing(archive, item, legal):
    with pytest.raises(NotAllowed):
        archiving.ask(item, by=legal)


def test_page_that_readers_have_is_not_changed_by_itself(archive, item, journalist):
    archiving.ask(item, by=journalist)
    rounds(item, 2)
    type(item.claim).objects.filter(pk=item.claim.pk).update(status="published")
    assert rounds(item, 1).state == "done"
    assert Item.objects.get(pk=item.pk).archived_url == ""


def test_address_that_was_typed_in_meanwhile_stays(archive, item, journalist):
    archiving.ask(item, by=journalist)
    actions.edit(item, by=journalist, archived_url="https://archive.example/1")
    rounds(item, 3)
    assert Item.objects.get(pk=item.pk).archived_url == "https://archive.example/1"


def test_refusal_of_the_archive_is_told(archive, item, journalist):
    archive.fails = {"status": "error", "status_ext": "error:blocked-url", "message": "This URL is blocked."}
    archiving.ask(item, by=journalist)
    copy = rounds(item, 3)
    assert (copy.state, "This URL is blocked." in copy.told) == ("failed", True)


def test_busy_archive_is_asked_again_later(archive, item, journalist):
    archive.refuses = Answer("", 503)
    archiving.ask(item, by=journalist)
    step()
    assert not archiving.archive_one()
    archive.refuses = None
    assert rounds(item, 3).state == "done"


def test_archive_that_comes_to_no_end_is_given_up(archive, item, journalist):
    archiving.ask(item, by=journalist)
    PublicCopy.objects.update(tries=archiving.MOST_TRIES)
    assert rounds(item, 1).state == "failed"


def test_second_request_waits_for_the_first(archive, item, journalist, editor):
    archiving.ask(item, by=journalist)
    with pytest.raises(Refused, match="already"):
        archiving.ask(item, by=editor)
