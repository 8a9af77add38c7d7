"""What silence may rest on, what counts as put, and which answers still stand."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.newsroom.refusals import Refused
from factcheck.reply import actions as reply
from factcheck.reply import answering, rulings
from factcheck.reply.models import Attempt
from factcheck.reply.states import State

from .steps import answer, attempt, drafted, everything, fresh

OTHER_WORDS = "The agency turned people away"


@pytest.fixture
def clock():
    """A clock that stands still until a test moves it."""
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as traveller:
        yield traveller


def past_the_deadline(file, clock):
    clock.move_to(fresh(file).deadline_at + timedelta(minutes=1))


def call(file, by, **fields):
    reply.log_attempt(file, by=by, **attempt(channel="phone", outcome="voicemail", **fields))


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
    assert "there is 1" in silence_refused(asked, journalist)


def test_email_that_came_back_later_is_no_ground_for_silence(clock, asked, journalist):
    call(asked, journalist)
    reply.log_attempt(asked, by=journalist, **attempt(outcome="bounced"))
    past_the_deadline(asked, clock)
    assert "there is 1" in silence_refused(asked, journalist)


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
    assert "there is 0" in silence_refused(asked, journalist)


def test_attempts_for_other_words_are_no_ground_for_silence(clock, asked, journalist):
    call(asked, journalist)
    clock.shift(timedelta(hours=1))
    claims.edit_claim(asked.claim, by=journalist, wording=OTHER_WORDS)
    reply.put(asked, by=journalist, **attempt())
    past_the_deadline(asked, clock)
    assert "there is 1" in silence_refused(asked, journalist)


def test_asking_once_more_for_the_same_counts_as_a_second_attempt(clock, asked, journalist):
    clock.shift(timedelta(days=1, hours=12))
    reply.put(asked, by=journalist, **attempt(channel="letter"))
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


def test_what_is_put_late_leaves_time_to_answer_or_says_why_not(clock, file, journalist):
    reply.draft_allegation(file, by=journalist, text="That.")
    reply.set_deadline(file, by=journalist, deadline_at=timezone.now() + timedelta(days=2))
    reply.ready(file, by=journalist)
    clock.shift(timedelta(days=1, hours=20))
    with pytest.raises(Refused, match="less than 24 hours"):
        reply.put(file, by=journalist, **attempt())
    assert (fresh(file).state, Attempt.objects.count()) == ("ready", 0)


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


def test_more_time_for_the_rest_does_not_undo_the_part_that_was_answered(file, journalist):
    first = drafted(file, journalist)
    reply.draft_allegation(file, by=journalist, text="And that it kept quiet.")
    reply.ready(file, by=journalist)
    reply.put(file, by=journalist, **attempt())
    answer(file, journalist, answers=[first])
    later = fresh(file).deadline_at + timedelta(days=1)
    more_time(file, journalist, granted=True, new_deadline_at=later)
    assert (fresh(file).state, fresh(file).deadline_at) == ("partial", later)


def test_answer_off_the_record_settles_nothing(asked, journalist):
    answer(asked, journalist, on_record=False)
    assert fresh(asked).state == "sent"


def test_answer_off_the_record_ends_a_silence(clock, asked, journalist):
    call(asked, journalist)
    past_the_deadline(asked, clock)
    reply.mark_no_response(asked, by=journalist)
    answer(asked, journalist, on_record=False)
    assert fresh(asked).state == "sent"


def test_no_comment_after_an_answer_does_not_undo_it(asked, journalist):
    answer(asked, journalist)
    answer(asked, journalist, kind="no_comment", verbatim="Nothing to add.")
    assert fresh(asked).state == "responded"


def test_no_comment_on_other_words_is_declined(clock, asked, journalist):
    answer(asked, journalist)
    clock.shift(timedelta(hours=1))
    claims.edit_claim(asked.claim, by=journalist, wording=OTHER_WORDS)
    reply.put(asked, by=journalist, **attempt())
    answer(asked, journalist, kind="no_comment", verbatim="No comment.")
    assert fresh(asked).state == "declined"


def test_answer_recorded_wrongly_gives_way_and_its_excerpt_with_it(asked, journalist, editor):
    wrong = answer(asked, journalist, verbatim="Under some circumstances.")
    answering.choose_excerpt(asked, by=journalist, response=wrong, excerpt="some circumstances")
    right = answer(asked, journalist, corrects=wrong)
    file = fresh(asked)
    assert (file.state, file.excerpt, file.responses.count()) == ("responded", "", 2)
    with pytest.raises(Refused, match="recorded wrongly"):
        answering.choose_excerpt(asked, by=journalist, response=wrong, excerpt="some circumstances")
    assert answering.choose_excerpt(asked, by=journalist, response=right, excerpt="no circumstances").excerpt


@pytest.mark.parametrize(
    ("fields", "state"),
    [({"kind": "no_comment", "verbatim": "No comment."}, "declined"), ({"on_record": False}, "sent")],
    ids=["it was a no comment", "it was off the record"],
)
def test_correction_says_what_the_answer_was_after_all(asked, journalist, fields, state):
    wrong = answer(asked, journalist)
    answer(asked, journalist, corrects=wrong, **fields)
    assert fresh(asked).state == state


def test_correction_after_the_deadline_does_not_make_the_answer_late(clock, asked, journalist):
    wrong = answer(asked, journalist)
    past_the_deadline(asked, clock)
    assert answer(asked, journalist, corrects=wrong).late is False


def test_correction_of_somebody_elses_answer_is_refused(asked, claim, journalist):
    party = claims.add_speaker(by=journalist, name="The party", kind="party")
    other = answer(reply.open_file(claim, by=journalist, party=party), journalist)
    before = everything()
    with pytest.raises(Refused, match="somebody else"):
        answer(asked, journalist, corrects=other)
    assert everything() == before


def test_answer_names_in_the_journal_what_it_addresses(asked, journalist):
    from factcheck.newsroom.models import JournalEntry

    row = asked.allegations.get()
    answer(asked, journalist, answers=[row])
    assert JournalEntry.objects.get(verb="recorded response").details["answers"] == [row.pk]


def test_party_that_was_asked_and_not_waited_for_can_be_waived(asked, senior_editor):
    assert rulings.waive(asked, by=senior_editor, reason="urgent", note="It could not wait.").state == "waived"
