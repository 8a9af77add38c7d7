"""A reminder before the deadline and one at it: never after an answer, read or not, and never by a date that was extended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.inbox.actions import file_statement
from factcheck.letters import keys, reminders, sending
from factcheck.letters.models import Outgoing
from factcheck.reply import actions as reply
from factcheck.reply.contacts import switch_reminders
from factcheck.reply.models import ReplyFile

HOUR = timedelta(hours=1)


@pytest.fixture
def sent(queued, worker, box):
    """A letter that has left, a week before its deadline."""
    sending.send_one(worker)
    return queued


@pytest.fixture
def clock(sent, time_machine):
    """Moves to so long before (or, negative, after) the deadline."""

    def before(span):
        time_machine.move_to(sent.deadline_at - span, tick=False)

    return before


def purposes():
    return list(Outgoing.objects.exclude(purpose="letter").order_by("pk").values_list("purpose", flat=True))


def remind(worker):
    """All that the worker would do now."""
    while reminders.queue_one(worker) or sending.send_one(worker):
        pass


def test_party_is_reminded_before_the_deadline_and_at_it_and_no_more(sent, file, worker, box, clock):
    for span in (25 * HOUR, 24 * HOUR, 23 * HOUR, -HOUR / 60, -2 * HOUR, -48 * HOUR):
        clock(span)
        remind(worker)
    assert purposes() == ["reminder", "last_reminder"]
    assert ReplyFile.objects.get(pk=file.pk).attempts.count() == 3
    assert [m["In-Reply-To"] for m in box.messages[1:]] == [box.messages[0]["Message-ID"]] * 2
    assert {m["Auto-Submitted"] for m in box.messages[1:]} == {"auto-generated"}


def test_reminder_opens_no_page_and_says_nothing_of_the_matter(sent, claim, worker, box, clock):
    clock(23 * HOUR)
    remind(worker)
    told = box.arrived[1].original_content.decode()
    assert keys.token_of(sent.keys.get()) not in told.replace("=\r\n", "")
    assert claim.wording not in told.replace("=\r\n", "")


def test_nobody_is_reminded_after_an_answer_that_nobody_has_read(sent, file, worker, clock):
    file_statement([ReplyFile.objects.get(pk=file.pk)], text="We reject this.")
    clock(23 * HOUR)
    remind(worker)
    assert purposes() == []


def test_answer_that_comes_while_a_reminder_waits_stops_it(sent, file, worker, box, clock):
    clock(23 * HOUR)
    assert reminders.queue_one(worker)
    file_statement([ReplyFile.objects.get(pk=file.pk)], text="We reject this.")
    sending.send_one(worker)
    assert Outgoing.objects.get(purpose="reminder").state == "cancelled"
    assert len(box.arrived) == 1


def test_more_time_moves_the_reminders_along(sent, file, journalist, worker, clock):
    clock(23 * HOUR)
    reminders.queue_one(worker)
    more = {"asked_at": timezone.now(), "asked_by_role": "adviser", "granted": True, "reason": "They asked in time."}
    reply.decide_extension(file, by=journalist, new_deadline_at=sent.deadline_at + timedelta(days=5), **more)
    remind(worker)
    assert Outgoing.objects.get(purpose="reminder").state == "cancelled"
    clock(-HOUR)
    remind(worker)
    assert purposes() == ["reminder"]
    clock(-timedelta(days=4, hours=1))
    remind(worker)
    assert purposes() == ["reminder", "reminder"]
    assert Outgoing.objects.filter(purpose="reminder", state="sent").count() == 1


def test_switched_off_nobody_is_reminded(sent, file, journalist, worker, clock):
    switch_reminders(file, by=journalist, on=False)
    for span in (23 * HOUR, -HOUR):
        clock(span)
        remind(worker)
    assert purposes() == []


def test_worker_that_was_away_sends_no_stale_reminder(sent, worker, clock):
    clock(-timedelta(days=2))
    remind(worker)
    assert purposes() == []
