"""A new edition tells its readers at once what became of the links it cites, and nothing that a newer copy overtook."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.claims.models import Claim
from factcheck.evidence import actions
from factcheck.evidence.keeping import keep_file
from factcheck.evidence.models import Capture, Host, Watch
from factcheck.evidence.printed import tell_readers
from factcheck.published.models import Check

pytestmark = pytest.mark.django_db
URL = "https://agency.example/statement"


@pytest.fixture
def published(desk):
    desk.parts.item = actions.edit(desk.parts.item, by=desk.journalist, url=URL)
    desk.published()
    return desk


def found(desk, state, *, ago, item=None):
    """What the last look found of the link, so many hours ago."""
    at = timezone.now() - timedelta(hours=ago)
    host, _made = Host.objects.get_or_create(name="agency.example", defaults={"busy_until": at})
    facts = {"url": URL, "host": host, "asked_at": at, "asked_by": desk.journalist, "since_at": at, "checked_at": at}
    later = timezone.now() + timedelta(days=9)
    return Watch.objects.create(item=item or desk.parts.item, state=state, due_at=later, **facts)


def copied(desk, *, ago):
    at = timezone.now() - timedelta(hours=ago)
    by = desk.journalist
    warc = keep_file(b"the page", by=by, made="captured", type="application/warc", item=desk.parts.item)
    Capture.objects.create(
        item=desk.parts.item, url=URL, state="done", warc=warc, asked_at=at, asked_by=by, captured_at=at, finished_at=at
    )


def told(desk):
    return list(Check.objects.get().link_states.values_list("url", "state"))


@pytest.mark.parametrize("state", ["changed", "gone", "moved"])
def test_link_that_was_lost_before_the_first_edition_is_told_with_it(desk, state):
    desk.parts.item = actions.edit(desk.parts.item, by=desk.journalist, url=URL)
    found(desk, state, ago=1)
    desk.published()
    assert told(desk) == [(URL, state)]


def test_change_that_a_newer_copy_overtook_is_told_no_more_and_looked_at_again(published):
    watched = found(published, "changed", ago=2)
    tell_readers(Claim.objects.get())
    assert told(published) == [(URL, "changed")]
    copied(published, ago=1)
    tell_readers(Claim.objects.get())
    assert told(published) == []
    watched.refresh_from_db()
    assert watched.due_at <= timezone.now()


def test_change_since_the_newest_copy_is_told(published):
    copied(published, ago=2)
    found(published, "changed", ago=1)
    tell_readers(Claim.objects.get())
    assert told(published) == [(URL, "changed")]


@pytest.mark.parametrize(
    "changes",
    [{"visibility": "internal"}, {"withdrawn_at": timezone.now(), "withdrawn_because": "It was the wrong one."}],
)
def test_what_readers_are_not_shown_is_not_told_of(published, changes):
    found(published, "gone", ago=1)
    type(published.parts.item).objects.filter(pk=published.parts.item.pk).update(**changes)
    tell_readers(Claim.objects.get())
    assert told(published) == []
