"""What came back, word for word: answers, excerpts, fairness, waivers and rulings."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.reply import actions as reply
from factcheck.reply import answering, rulings
from factcheck.reply.models import ReplyFile
from factcheck.reply.states import State

from .steps import answer, attempt, drafted, everything, fresh


def test_answer_to_part_of_it_is_partial_and_to_the_rest_complete(file, journalist):
    first = drafted(file, journalist)
    second = reply.draft_allegation(file, by=journalist, text="And that it kept quiet.")
    reply.ready(file, by=journalist)
    reply.put(file, by=journalist, **attempt())
    answer(file, journalist, answers=[first])
    assert fresh(file).state == "partial"
    answer(file, journalist, answers=[second])
    assert fresh(file).state == "responded"


def test_no_comment_is_declined_and_a_later_answer_counts(asked, journalist):
    answer(asked, journalist, kind="no_comment", verbatim="No comment.")
    assert fresh(asked).state == "declined"
    later = answer(asked, journalist)
    assert (fresh(asked).state, later.late) == ("responded", True)


def test_answer_after_the_deadline_is_marked_late(asked, journalist):
    with time_machine.travel(asked.deadline_at + timedelta(minutes=1)):
        assert answer(asked, journalist).late is True


def test_answer_to_somebody_elses_allegation_is_refused(asked, journalist, claim):
    other = reply.open_file(
        claim, by=journalist, party=claims.add_speaker(by=journalist, name="The party", kind="party")
    )
    row = reply.draft_allegation(other, by=journalist, text="That.")
    before = everything()
    with pytest.raises(Refused, match="somebody else"):
        answer(asked, journalist, answers=[row])
    assert everything() == before


@pytest.mark.parametrize("excerpt", ["Absolutely  under\nno circumstances.", "under no circumstances"])
def test_excerpt_stands_in_the_answer(asked, journalist, excerpt):
    answering.choose_excerpt(asked, by=journalist, response=answer(asked, journalist), excerpt=excerpt)
    assert fresh(asked).excerpt == excerpt


@pytest.mark.parametrize("excerpt", ["", "Under certain circumstances", "circumstances no under"])
def test_excerpt_that_was_not_said_is_refused(asked, journalist, excerpt):
    response = answer(asked, journalist)
    with pytest.raises(Refused, match="do not stand in the answer"):
        answering.choose_excerpt(asked, by=journalist, response=response, excerpt=excerpt)


def test_background_answer_is_not_printed(asked, journalist):
    response = answer(asked, journalist, on_record=False)
    with pytest.raises(Refused, match="not given on the record"):
        answering.choose_excerpt(asked, by=journalist, response=response, excerpt="Absolutely")


def test_excerpt_is_found_fair_by_an_editor_who_did_not_choose_it(asked, journalist, editor, senior_editor):
    answering.choose_excerpt(asked, by=editor, response=answer(asked, journalist), excerpt="Absolutely")
    with pytest.raises(NotAllowed, match="another editor"):
        answering.find_fair(asked, by=editor)
    with pytest.raises(NotAllowed):
        answering.find_fair(asked, by=journalist)
    assert answering.find_fair(asked, by=senior_editor).found_fair_by == senior_editor


@pytest.mark.parametrize("event", ["answer", "excerpt"])
def test_finding_of_fairness_ends_with_the_next_answer_or_excerpt(asked, journalist, editor, event):
    response = answer(asked, journalist)
    answering.choose_excerpt(asked, by=journalist, response=response, excerpt="Absolutely")
    answering.find_fair(asked, by=editor)
    if event == "answer":
        answer(asked, journalist)
    else:
        answering.choose_excerpt(asked, by=journalist, response=response, excerpt="under no circumstances")
    assert fresh(asked).found_fair_at is None


def test_waiver_is_a_senior_editors_who_wrote_nothing(file, senior_editor, editor):
    with pytest.raises(NotAllowed):
        rulings.waive(file, by=editor, reason="urgent", note="We could not wait.")
    waived = rulings.waive(file, by=senior_editor, reason="urgent", note="We could not wait.")
    assert (waived.state, waived.waived_by, waived.waiver_note) == ("waived", senior_editor, "We could not wait.")


def test_waiver_of_ones_own_claim_is_refused(file, senior_editor):
    claims.edit_claim(file.claim, by=senior_editor, why_chosen="It is mine.")
    before = everything()
    with pytest.raises(NotAllowed, match="another senior editor"):
        rulings.waive(file, by=senior_editor, reason="urgent", note="We could not wait.")
    assert everything() == before


def test_one_senior_editor_waives_for_two_parties(file, claim, senior_editor, journalist):
    other = reply.open_file(
        claim, by=journalist, party=claims.add_speaker(by=journalist, name="The party", kind="party")
    )
    for each in (file, other):
        assert rulings.waive(each, by=senior_editor, reason="urgent", note="We could not wait.").state == "waived"


@pytest.mark.parametrize(("reason", "note"), [("", "Why."), ("laziness", "Why."), ("urgent", " ")])
def test_waiver_wants_its_reason_and_note(file, senior_editor, reason, note):
    with pytest.raises(Refused):
        rulings.waive(file, by=senior_editor, reason=reason, note=note)
    assert fresh(file).state == "required"


def test_waiver_taken_back_leaves_the_file_required(file, senior_editor, editor):
    rulings.waive(file, by=senior_editor, reason="urgent", note="We could not wait.")
    again = rulings.require_after_all(file, by=editor)
    assert (again.state, again.waived_by, again.waiver_note) == ("required", None, "")


def test_changed_wording_needs_to_be_put_again(asked, journalist):
    claims.edit_claim(asked.claim, by=journalist, wording="The agency turned people away")
    assert fresh(asked).current_state == State.NEEDS_REPUT
    assert ReplyFile.objects.with_current_state().get().state_now == "needs_reput"
    reply.put(asked, by=journalist, **attempt())
    assert fresh(asked).current_state == State.SENT


def test_ruling_on_a_change_is_an_editors_and_ends_with_the_next_change(asked, journalist, editor):
    claims.edit_claim(asked.claim, by=journalist, wording="The agency kept people from getting visas.")
    with pytest.raises(NotAllowed):
        rulings.rule_immaterial(asked, by=journalist, reason="A full stop.")
    rulings.rule_immaterial(asked, by=editor, reason="A full stop.")
    assert fresh(asked).current_state == State.SENT
    claims.edit_claim(asked.claim, by=journalist, wording="The agency turned people away")
    assert fresh(asked).current_state == State.NEEDS_REPUT


def test_answer_becomes_a_claim_linked_both_ways(asked, journalist, claim):
    """CL-3"""
    response = answer(asked, journalist)
    made = answering.make_claim_of(response, by=journalist, wording="The agency never profiles by ethnicity alone")
    assert (made.quotation, made.speaker, made.speaker_role) == (response.verbatim, asked.party, response.by_role)
    assert claim.linked_from.get().claim == made
    assert (made.said_on, made.said_precision) == (timezone.localdate(), "day")


def test_answer_taken_from_a_report_becomes_a_claim_without_a_day(asked, journalist):
    made = answering.make_claim_of(
        answer(asked, journalist, channel="via_report"), by=journalist, wording="It never does"
    )
    assert (made.said_on, made.said_precision) == (None, "unknown")


def test_answer_too_long_to_quote_is_not_cut_behind_anybodys_back(asked, journalist):
    response = answer(asked, journalist, verbatim="No. " * 1000)
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        answering.make_claim_of(response, by=journalist, wording="It never does")
    assert list(refusal.value.message_dict) == ["quotation"]
    assert everything() == before
    assert answering.make_claim_of(response, by=journalist, wording="It never does", quotation="No.").quotation == "No."


def test_answer_is_recorded_when_the_claim_is_closed(asked, journalist, editor):
    from factcheck.desk import review

    review.close(asked.claim, by=editor, closed_as="dropped", note="No time.")
    assert answer(fresh(asked), journalist).pk
    with pytest.raises(Refused, match="closed"):
        reply.draft_allegation(fresh(asked), by=journalist, text="More.")
