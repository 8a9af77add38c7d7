"""Replies sought and received: numbers that add up, and say what they count."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.desk import replies_report as counting
from factcheck.reply import actions as reply
from factcheck.reply import answering, rulings
from factcheck.reply.contacts import keep_contact
from factcheck.reply.states import STORED
from tests.builders import answer_with, ask

DAY = date(2026, 3, 2)
NOON = timezone.make_aware(datetime(2026, 3, 2, 12, 0))


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def many(clock, desk, settings):
    """One of each: answered, declined, silent, waiting, waived without asking; the builder's own answered at once."""
    settings.ATTEMPTS_BEFORE_SILENCE = 2
    silent, waiting = asked(desk, "Silent"), asked(desk, "Waiting")
    declined, late = asked(desk, "Declined"), asked(desk, "Late")
    spared = reply.open_file(desk.claim, by=desk.journalist, party=party(desk, "Spared"))
    rulings.waive(spared, by=desk.senior_editor, reason="urgent", note="It could not wait.")
    clock.move_to(NOON + timedelta(hours=10))
    say(desk, declined, kind="no_comment", verbatim="No comment.")
    clock.move_to(silent.deadline_at + timedelta(hours=1))
    call = {"channel": "phone", "to_role": "press office", "text": "Again.", "outcome": "voicemail"}
    reply.log_attempt(silent, by=desk.journalist, at=timezone.now(), **call)
    reply.mark_no_response(silent, by=desk.journalist)
    answer_with(desk, late, "Only now.")
    return desk, waiting


def party(desk, name):
    return claims.add_speaker(by=desk.journalist, name=name, kind="organisation")


def asked(desk, name):
    return ask(desk, party(desk, name), answer="")


def say(desk, file, **fields):
    said = {"channel": "email", "by_role": "press office", "language": "en", "received_at": timezone.now()}
    return answering.record_response(file, by=desk.journalist, **(said | fields))


def whole(by=""):
    return counting.report(counting.gather(DAY, DAY), by)


def outcomes(count):
    return {code: number for code, _label, number in count.outcomes if number}


def test_every_right_of_reply_asked_for_has_one_outcome(many):
    total = whole().total
    assert outcomes(total) == {"answered": 2, "declined": 1, "silent": 1, "waiting": 1}
    assert sum(number for _code, _label, number in total.outcomes) == total.asked == 5
    assert (total.not_asked, total.answers) == (1, 3)


def test_every_state_of_a_right_of_reply_is_an_outcome():
    assert set(counting.OUTCOME_OF) == {state.value for state in STORED}


def test_late_is_a_part_of_those_who_answered(many):
    assert whole().total.late == 1


def test_median_is_from_the_first_attempt_to_the_first_answer(many):
    total = whole().total
    assert (total.median_hours, total.timed) == (10.0, 3)  # at once, after ten hours, after three days and an hour


def test_median_in_working_hours_leaves_out_nights_and_the_parties_holidays(desk, clock):
    places = {"Here": ("NZ", ""), "In Auckland": ("NZ", "AUK"), "Abroad": ("US", "")}
    clock.move_to(timezone.make_aware(datetime(2026, 1, 23, 16)))  # a Friday; Monday is Auckland's anniversary day
    files = {}
    for name, (country, region) in places.items():
        whom = party(desk, name)
        keep_contact(whom, by=desk.journalist, zone="Pacific/Auckland", country=country, region=region)
        files[name] = ask(desk, whom, answer="")
    clock.move_to(timezone.make_aware(datetime(2026, 1, 27, 10)))
    for file in files.values():
        say(desk, file, kind="denial", verbatim="We did not.")
    taken = {row.party: (row.hours, row.working_hours) for row in counting.gather(date(2026, 1, 23), date(2026, 1, 23))}
    assert taken == {"Here": (90, 10), "In Auckland": (90, 2), "Abroad": (90, 10)}
    assert counting.report(counting.gather(date(2026, 1, 23), date(2026, 1, 23))).total.median_working == 10


def test_waivers_are_counted_by_their_reason(many):
    assert whole().waivers == (("Urgent public interest", 1),)


@pytest.mark.parametrize("by", ["party", "story"])
def test_groups_add_up_to_the_total(many, by):
    report = whole(by)
    assert sum(group.asked for group in report.groups) == report.total.asked
    assert sum(group.not_asked for group in report.groups) == report.total.not_asked
    assert sum(group.late for group in report.groups) == report.total.late


def test_it_belongs_to_the_day_it_was_first_asked_whatever_came_later(many):
    desk, waiting = many
    assert counting.gather(DAY + timedelta(days=1), DAY + timedelta(days=9)) == ()
    assert len(counting.gather(DAY - timedelta(days=9), DAY)) == 6


@pytest.mark.parametrize(("minutes", "counted"), [(-1, 0), (0, 1), (23 * 60 - 1, 1), (23 * 60, 0)])
def test_days_are_the_newsrooms_and_both_are_included(desk, minutes, counted):
    midnight = timezone.make_aware(datetime(2026, 9, 27)).astimezone(
        UTC
    )  # New Zealand's clocks go forward: the day has 23 hours
    with time_machine.travel(midnight + timedelta(minutes=minutes), tick=False):
        asked(desk, "On the day")
        assert len(counting.gather(date(2026, 9, 27), date(2026, 9, 27))) == counted


def test_one_query_however_many(many, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(counting.gather(DAY, DAY)) == 6


def test_answer_recorded_wrongly_keeps_the_time_of_the_first(many):
    desk, waiting = many
    first = desk.parts.file.responses.get()
    say(desk, desk.parts.file, kind="denial", verbatim="As it was.", corrects=first, received_at=timezone.now())
    assert whole().total.median_hours == 10.0
