"""Which answers stand: off the record, in another round, recorded wrongly; and parties that are waived."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import Refused
from factcheck.reply import actions as reply
from factcheck.reply import answering, rulings
from factcheck.reply.models import ReplyFile
from factcheck.reply.states import State

from .steps import OTHER_WORDS, answer, attempt, call, drafted, everything, fresh, past_the_deadline


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


@pytest.mark.parametrize("when", ["received", "claim of it"])
def test_answer_that_cannot_have_been_given_or_quoted_is_refused(asked, journalist, when):
    off_record = answer(asked, journalist, on_record=False)
    before = everything()
    with pytest.raises(Refused, match="still to come" if when == "received" else "not given on the record"):
        if when == "received":
            answer(asked, journalist, received_at=timezone.now() + timedelta(minutes=5))
        else:
            answering.make_claim_of(off_record, by=journalist, wording="It never does")
    assert everything() == before


def test_answer_to_all_beside_an_answer_to_part_is_no_partial_answer(file, journalist):
    first = drafted(file, journalist)
    reply.draft_allegation(file, by=journalist, text="And that it kept quiet.")
    reply.ready(file, by=journalist)
    reply.put(file, by=journalist, **attempt())
    answer(file, journalist)
    answer(file, journalist, answers=[first])
    assert fresh(file).state == "responded"


def test_late_record_of_an_early_answer_counts(clock, asked, journalist):
    early = timezone.now()
    clock.shift(timedelta(hours=1))
    claims.edit_claim(asked.claim, by=journalist, wording=OTHER_WORDS)
    reply.put(asked, by=journalist, **attempt())
    answer(asked, journalist, received_at=early - timedelta(minutes=1))
    assert fresh(asked).state == "responded"


def test_answer_names_in_the_journal_what_it_addresses(asked, journalist):
    row = asked.allegations.get()
    answer(asked, journalist, answers=[row])
    assert JournalEntry.objects.get(verb="recorded response").details["answers"] == [row.pk]


def test_waived_party_is_not_asked_again_when_the_wording_changes(asked, journalist, senior_editor):
    rulings.waive(asked, by=senior_editor, reason="urgent", note="It could not wait.")
    claims.edit_claim(asked.claim, by=journalist, wording=OTHER_WORDS)
    assert fresh(asked).current_state == State.WAIVED
    assert ReplyFile.objects.with_current_state().get().state_now == "waived"


def test_party_that_was_asked_and_not_waited_for_can_be_waived(asked, senior_editor):
    assert rulings.waive(asked, by=senior_editor, reason="urgent", note="It could not wait.").state == "waived"
