"""Promise 3: the accused were asked, and the record proves it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from factcheck.newsroom.refusals import Refused
from factcheck.reply import actions as reply
from factcheck.reply import deadlines
from factcheck.reply.models import Attempt, ReplyFile

from .steps import answer, attempt, call, drafted, everything, fresh, past_the_deadline

AUCKLAND = ZoneInfo("Pacific/Auckland")


def test_file_goes_from_opened_to_answered(file, journalist):
    seen = [file.state]
    drafted(file, journalist)
    seen.append(fresh(file).state)
    reply.put(file, by=journalist, **attempt())
    seen.append(fresh(file).state)
    answer(file, journalist)
    seen.append(fresh(file).state)
    assert seen == ["required", "ready", "sent", "responded"]


def test_put_stamps_each_allegation_with_the_wording_then(asked, claim):
    row = asked.allegations.get()
    assert (row.wording, asked.wording_put) == (claim.wording, claim.wording)
    assert row.put_at == asked.attempts.get().at


def test_one_party_has_one_file(file, claim, agency, journalist):
    with pytest.raises(ValidationError):
        reply.open_file(claim, by=journalist, party=agency)
    assert ReplyFile.objects.count() == 1


@pytest.mark.parametrize("missing", ["allegation", "deadline"])
def test_file_is_not_ready_without_what_it_wants(file, journalist, missing):
    if missing == "deadline":
        reply.draft_allegation(file, by=journalist, text="That.")
        words = "no deadline"
    else:
        reply.draft_allegation(file, by=journalist, text="That.")
        reply.drop_allegation(file.allegations.get(), by=journalist, because="Mistaken.")
        reply.set_deadline(file, by=journalist, deadline_at=timezone.now() + timedelta(days=2))
        words = "Nothing is drafted"
    with pytest.raises(Refused, match=words):
        reply.ready(file, by=journalist)
    assert fresh(file).state == "drafting"


def test_attempt_before_anything_was_put_is_refused(file, journalist):
    with pytest.raises(Refused, match="Nothing was put"):
        reply.log_attempt(file, by=journalist, **attempt())
    assert Attempt.objects.count() == 0


def test_attempt_without_the_role_that_was_asked_is_refused(asked, journalist):
    """RR-6"""
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        reply.log_attempt(asked, by=journalist, **attempt(to_role=""))
    assert list(refusal.value.message_dict) == ["to_role"]
    assert everything() == before


def test_attempt_in_the_future_is_refused(asked, journalist):
    with pytest.raises(Refused, match="still to come"):
        reply.log_attempt(asked, by=journalist, **attempt(at=timezone.now() + timedelta(hours=1)))


def test_put_allegation_stands(asked, journalist):
    row = asked.allegations.get()
    with pytest.raises(Refused, match="its words stand"):
        reply.edit_allegation(row, by=journalist, text="Softer words.")
    assert asked.allegations.get().text == row.text


def test_dropped_allegation_stays_on_the_file_with_its_reason(asked, journalist):
    reply.drop_allegation(asked.allegations.get(), by=journalist, because="We no longer say so.")
    assert asked.allegations.get().dropped_because == "We no longer say so."


@pytest.mark.parametrize(
    ("ahead", "basis", "words"),
    [
        (timedelta(minutes=-1), "Because.", "already past"),
        (timedelta(hours=3), "", "less than 24 hours"),
        (timedelta(hours=3), "It goes out tonight, and they have known for a week.", None),
        (timedelta(hours=25), "", None),
    ],
)
def test_deadline_is_to_come_and_fair_or_explained(file, journalist, ahead, basis, words):
    """RR-4"""
    if words is None:
        reply.set_deadline(file, by=journalist, deadline_at=timezone.now() + ahead, basis=basis)
        assert fresh(file).deadline_at
        return
    before = everything()
    with pytest.raises(Refused, match=words):
        reply.set_deadline(file, by=journalist, deadline_at=timezone.now() + ahead, basis=basis)
    assert everything() == before


# In Auckland clocks go forward on 27 September 2026 at 2:00 (to 3:00) and back on 5 April 2026 at 3:00 (to 2:00).
@pytest.mark.parametrize(
    ("asked_at", "deadline", "one_minute_before", "one_minute_after"),
    [
        (
            datetime(2026, 9, 26, 3, 30, tzinfo=AUCKLAND),
            datetime(2026, 9, 27, 3, 30, tzinfo=AUCKLAND),
            datetime(2026, 9, 26, 14, 29, tzinfo=UTC),
            datetime(2026, 9, 26, 14, 31, tzinfo=UTC),
        ),
        (
            datetime(2026, 4, 4, 3, 30, tzinfo=AUCKLAND),
            datetime(2026, 4, 5, 3, 30, tzinfo=AUCKLAND),
            datetime(2026, 4, 4, 15, 29, tzinfo=UTC),
            datetime(2026, 4, 4, 15, 31, tzinfo=UTC),
        ),
    ],
    ids=["clocks-forward", "clocks-back"],
)
def test_silence_counts_only_after_the_deadline_by_the_newsrooms_clock(
    file, journalist, asked_at, deadline, one_minute_before, one_minute_after
):
    """RR-3"""
    with time_machine.travel(asked_at, tick=False):
        reply.draft_allegation(file, by=journalist, text="That.")
        reply.set_deadline(file, by=journalist, deadline_at=deadline, basis="A day.")
        reply.ready(file, by=journalist)
        reply.put(file, by=journalist, **attempt())
        reply.log_attempt(file, by=journalist, **attempt(channel="phone", outcome="voicemail"))
    with time_machine.travel(one_minute_before, tick=False), pytest.raises(Refused, match="not past yet"):
        reply.mark_no_response(file, by=journalist)
    assert fresh(file).state == "sent"
    with time_machine.travel(one_minute_after, tick=False):
        assert reply.mark_no_response(file, by=journalist).state == "no_response"


def test_silence_names_everything_that_is_missing(asked, journalist):
    before = everything()
    with pytest.raises(Refused) as refusal:
        reply.mark_no_response(asked, by=journalist)
    said = " ".join(refusal.value.reasons)
    for words in ("not past yet", "there have been 1: 1 to go", "two channels"):
        assert words in said
    assert everything() == before


def test_silence_wants_as_many_attempts_as_the_newsroom_says(clock, asked, journalist, settings):
    settings.ATTEMPTS_BEFORE_SILENCE = 5
    for _each in range(3):
        call(asked, journalist)
    past_the_deadline(asked, clock)
    with pytest.raises(Refused, match="there have been 4: 1 to go"):
        reply.mark_no_response(asked, by=journalist)
    call(asked, journalist)
    assert reply.mark_no_response(asked, by=journalist).state == "no_response"


def test_silence_wants_two_channels_not_two_calls(asked, journalist):
    reply.log_attempt(asked, by=journalist, **attempt())
    with time_machine.travel(timezone.now() + timedelta(days=3)), pytest.raises(Refused) as refusal:
        reply.mark_no_response(asked, by=journalist)
    assert len(refusal.value.reasons) == 1
    assert "two channels" in refusal.value.reasons[0]


def test_deadline_is_told_with_weekday_and_zone():
    assert deadlines.told(datetime(2026, 9, 26, 14, 30, tzinfo=UTC)) == "Sunday 27 September 2026, 03:30 NZDT"


def test_more_time_moves_the_deadline_and_is_on_the_record(asked, journalist):
    later = asked.deadline_at + timedelta(days=1)
    fields = {"asked_at": timezone.now(), "asked_by_role": "press office", "reason": "They asked their lawyers."}
    reply.decide_extension(asked, by=journalist, granted=True, new_deadline_at=later, **fields)
    assert (fresh(asked).state, fresh(asked).deadline_at) == ("extended", later)
    reply.decide_extension(asked, by=journalist, granted=False, **fields)
    assert (fresh(asked).state, fresh(asked).deadline_at, asked.extensions.count()) == ("extended", later, 2)


def test_more_time_is_not_less_time(asked, journalist):
    with pytest.raises(Refused, match="later than the one it extends"):
        reply.decide_extension(
            asked,
            by=journalist,
            asked_at=timezone.now(),
            asked_by_role="press office",
            granted=True,
            reason="They asked.",
            new_deadline_at=asked.deadline_at - timedelta(hours=1),
        )


def test_bounced_letter_makes_the_file_undeliverable_until_another_way_works(file, journalist):
    drafted(file, journalist)
    reply.put(file, by=journalist, **attempt(outcome="bounced"))
    assert fresh(file).state == "undeliverable"
    reply.log_attempt(file, by=journalist, **attempt(channel="phone", outcome="spoke"))
    assert fresh(file).state == "sent"


def test_party_that_was_reached_does_not_count_as_unreachable(asked, journalist):
    with pytest.raises(Refused, match="two attempts that all failed"):
        reply.mark_undeliverable(asked, by=journalist)


def test_same_is_not_put_twice_by_a_second_window(asked, journalist):
    before = everything()
    with pytest.raises(Refused, match="All of this was put already"):
        reply.put(asked, by=journalist, **attempt())
    assert everything() == before


def test_what_another_outlet_asked_is_no_attempt_of_ours(file, journalist):
    drafted(file, journalist)
    before = everything()
    with pytest.raises(Refused, match="no attempt of ours"):
        reply.put(file, by=journalist, **attempt(channel="via_report"))
    assert everything() == before
