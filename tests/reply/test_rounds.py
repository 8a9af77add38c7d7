"""What silence may rest on, and what counts as put."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.newsroom.refusals import Refused
from factcheck.reply import actions as reply
from factcheck.reply.models import Attempt
from factcheck.reply.states import State

from .steps import OTHER_WORDS, answer, attempt, call, drafted, everything, fresh, past_the_deadline


@pytest.fixture
def unexplained(clock, file, journalist):
    """Asked two days before a deadline that nobody gave a reason for."""
    reply.draft_allegation(file, by=journalist, text="That.")
    reply.set_deadline(file, by=journalist, deadline_at=timezone.now() + timedelta(days=2))
    reply.ready(file, by=journalist)
    reply.put(file, by=journalist, **attempt())
    return fresh(file)


def more_time(file, by, **fields):
    fields = {"asked_at": timezone.now(), "asked_by_role": "press office", "reason": "They asked.", **fields}
    return reply.decide_extension(file, by=by, **fields)


def silence_refused(file, by):
    """The sentences with which silence is refused; nothing may have changed."""
    before = everything()
    with pytest.raises(Refused) as refusal:
        reply.mark_no_response(file, by=by)
    assert everything() == before
    return " ".join(refusal.value.reasons)


def test_silence_counts_after_two_attempts_on_two_channels(clock, asked, journalist):
    call(asked, journalist)
    past_the_deadline(asked, clock)
    assert reply.mark_no_response(asked, by=journalist).state == "no_response"


def test_attempt_that_came_back_is_no_ground_for_silence(clock, asked, journalist):
    reply.log_attempt(asked, by=journalist, **attempt(channel="letter", outcome="bounced"))
    past_the_deadline(asked, clock)
    assert "there have been 1" in silence_refused(asked, journalist)


def test_email_that_came_back_later_is_no_ground_for_silence(clock, asked, journalist):
    call(asked, journalist)
    reply.log_attempt(asked, by=journalist, **attempt(outcome="bounced"))
    past_the_deadline(asked, clock)
    assert "there have been 1" in silence_refused(asked, journalist)


def test_email_that_came_back_and_was_sent_again_is_one_attempt(clock, file, journalist):
    drafted(file, journalist)
    reply.put(file, by=journalist, **attempt(outcome="bounced"))
    clock.shift(timedelta(hours=1))
    reply.put(file, by=journalist, **attempt())
    past_the_deadline(file, clock)
    assert "there have been 1" in silence_refused(file, journalist)


def test_email_that_came_back_from_another_address_takes_nothing_away(clock, asked, journalist):
    call(asked, journalist)
    reply.log_attempt(asked, by=journalist, **attempt(outcome="bounced", address_used="old@agency.example"))
    past_the_deadline(asked, clock)
    assert reply.mark_no_response(asked, by=journalist).state == "no_response"


def test_attempt_that_was_answered_is_no_ground_for_silence(clock, asked, journalist):
    call(asked, journalist)
    clock.shift(timedelta(hours=1))
    answer(asked, journalist, on_record=False)
    past_the_deadline(asked, clock)
    assert "there have been 0" in silence_refused(asked, journalist)


def test_attempts_for_other_words_are_no_ground_for_silence(clock, asked, journalist):
    call(asked, journalist)
    clock.shift(timedelta(hours=1))
    claims.edit_claim(asked.claim, by=journalist, wording=OTHER_WORDS)
    reply.put(asked, by=journalist, **attempt())
    past_the_deadline(asked, clock)
    assert "there have been 1" in silence_refused(asked, journalist)


def test_asking_once_more_for_the_same_counts_as_a_second_attempt(clock, unexplained, journalist):
    """And needs no more time than is left of the deadline they were given."""
    asked = unexplained
    clock.shift(timedelta(days=1, hours=12))
    reply.log_attempt(asked, by=journalist, **attempt(channel="letter"))
    past_the_deadline(asked, clock)
    assert reply.mark_no_response(asked, by=journalist).state == "no_response"


def test_second_round_wants_a_deadline_of_its_own(clock, asked, journalist):
    call(asked, journalist)
    past_the_deadline(asked, clock)
    reply.mark_no_response(asked, by=journalist)
    claims.edit_claim(asked.claim, by=journalist, wording=OTHER_WORDS)
    before = everything()
    with pytest.raises(Refused, match="already past"):
        reply.put(asked, by=journalist, **attempt())
    assert everything() == before
    reply.set_deadline(asked, by=journalist, deadline_at=timezone.now() + timedelta(days=2))
    reply.put(asked, by=journalist, **attempt())
    assert fresh(asked).current_state == State.SENT


def test_more_that_is_put_late_leaves_time_to_answer_or_says_why_not(clock, unexplained, journalist):
    clock.shift(timedelta(days=1, hours=12))
    reply.draft_allegation(unexplained, by=journalist, text="And that it kept quiet.")
    with pytest.raises(Refused, match="less than 24 hours"):
        reply.put(unexplained, by=journalist, **attempt())


def test_putting_the_same_to_a_party_that_answered_wants_a_new_deadline(clock, asked, journalist):
    answer(asked, journalist)
    past_the_deadline(asked, clock)
    with pytest.raises(Refused, match="already past"):
        reply.put(asked, by=journalist, **attempt())
    assert fresh(asked).state == "responded"


def test_what_is_put_late_leaves_time_to_answer_or_says_why_not(clock, file, journalist):
    reply.draft_allegation(file, by=journalist, text="That.")
    reply.set_deadline(file, by=journalist, deadline_at=timezone.now() + timedelta(days=2))
    reply.ready(file, by=journalist)
    clock.shift(timedelta(days=1, hours=20))
    with pytest.raises(Refused, match="less than 24 hours"):
        reply.put(file, by=journalist, **attempt())
    assert (fresh(file).state, Attempt.objects.count()) == ("ready", 0)


def test_allegation_not_put_yet_is_reworded_and_rewording_nothing_leaves_no_trace(file, journalist):
    row = reply.draft_allegation(file, by=journalist, text="That.")
    before = everything()
    reply.edit_allegation(row, by=journalist, text="That.", material=True)
    assert everything() == before
    reply.edit_allegation(row, by=journalist, material=False)
    assert (file.allegations.get().text, file.allegations.get().material) == ("That.", False)


def test_nothing_cannot_be_put(file, journalist):
    row = drafted(file, journalist)
    reply.drop_allegation(row, by=journalist, because="Mistaken.")
    with pytest.raises(Refused, match="Nothing is drafted"):
        reply.put(file, by=journalist, **attempt())
    assert Attempt.objects.count() == 0


@pytest.mark.parametrize("outcome", ["bounced", "no_answer"])
def test_renewed_attempt_in_vain_leaves_what_was_put_before(asked, journalist, outcome):
    was = asked.wording_put
    claims.edit_claim(asked.claim, by=journalist, wording=OTHER_WORDS)
    reply.put(asked, by=journalist, **attempt(outcome=outcome))
    file = fresh(asked)
    assert (file.state, file.wording_put, file.current_state) == ("sent", was, State.NEEDS_REPUT)
    assert [row.wording for row in file.allegations.all()] == [was]
    assert file.attempts.count() == 2


def test_putting_again_notes_the_new_wording_and_keeps_the_old_in_the_history(asked, journalist):
    was = asked.wording_put
    claims.edit_claim(asked.claim, by=journalist, wording=OTHER_WORDS)
    reply.put(asked, by=journalist, **attempt())
    row = asked.allegations.get()
    assert row.wording == OTHER_WORDS
    assert [old.wording for old in row.history.all()] == [OTHER_WORDS, was, ""]


def test_phone_that_nobody_answers_has_put_nothing(file, journalist):
    drafted(file, journalist)
    reply.put(file, by=journalist, **attempt(channel="phone", outcome="no_answer"))
    assert fresh(file).state == "undeliverable"


def test_party_is_unreachable_when_every_way_has_failed_by_now(asked, journalist):
    reply.log_attempt(asked, by=journalist, **attempt(channel="phone", outcome="no_answer"))
    with pytest.raises(Refused, match="all failed"):
        reply.mark_undeliverable(asked, by=journalist)
    reply.log_attempt(asked, by=journalist, **attempt(outcome="bounced"))
    assert reply.mark_undeliverable(asked, by=journalist).state == "undeliverable"


def test_party_that_spoke_off_the_record_was_reached(asked, journalist):
    answer(asked, journalist, on_record=False)
    for fields in ({"outcome": "bounced"}, {"channel": "phone", "outcome": "no_answer"}):
        reply.log_attempt(asked, by=journalist, **attempt(**fields))
    with pytest.raises(Refused, match="all failed"):
        reply.mark_undeliverable(asked, by=journalist)


def test_deadline_once_given_is_not_made_shorter(asked, journalist):
    before = everything()
    with pytest.raises(Refused, match="more time, not less"):
        reply.set_deadline(
            asked, by=journalist, deadline_at=asked.deadline_at - timedelta(hours=1), basis="We are in a hurry."
        )
    assert everything() == before
    later = asked.deadline_at + timedelta(hours=1)
    assert reply.set_deadline(asked, by=journalist, deadline_at=later).deadline_at == later


def test_more_time_ends_in_the_future(clock, asked, journalist):
    past_the_deadline(asked, clock)
    before = everything()
    with pytest.raises(Refused, match="already past"):
        more_time(
            asked, journalist, granted=True, new_deadline_at=asked.deadline_at + timedelta(seconds=30), reason="Late."
        )
    assert everything() == before


def test_more_time_was_not_asked_for_tomorrow(asked, journalist):
    with pytest.raises(Refused, match="still to come"):
        more_time(asked, journalist, granted=False, asked_at=timezone.now() + timedelta(days=1))
    assert asked.extensions.count() == 0


def test_more_time_for_the_rest_does_not_undo_the_part_that_was_answered(file, journalist):
    first = drafted(file, journalist)
    reply.draft_allegation(file, by=journalist, text="And that it kept quiet.")
    reply.ready(file, by=journalist)
    reply.put(file, by=journalist, **attempt())
    answer(file, journalist, answers=[first])
    later = fresh(file).deadline_at + timedelta(days=1)
    more_time(file, journalist, granted=True, new_deadline_at=later)
    assert (fresh(file).state, fresh(file).deadline_at) == ("partial", later)
