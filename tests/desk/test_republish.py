"""Promise 5: corrections add, they never overwrite; a retraction takes two people; a late answer is not forgotten."""

import pytest

from factcheck.claims import actions as claims
from factcheck.claims.models import Claim
from factcheck.desk import jigsaw, publish, review
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.published.models import Check, Edition, Notice
from factcheck.reply import actions as reply
from factcheck.reply import answering, rulings
from tests.builders import answer_with


def state():
    return (
        JournalEntry.objects.count(),
        Edition.objects.count(),
        Check.objects.values_list("pk", "edition", "changed_at").first(),
        Claim.objects.values_list("status", "version", "check_slug").first(),
    )


def corrected(desk, kind="correction", role="A Uyghur living in New Zealand", **notice):
    texts = {
        "was_wrong": "It gave the role wrongly.",
        "says_now": "It gives it as it was.",
        "why": "A reader told us.",
    } | notice
    publish.correct(desk.fresh(), by=desk.senior_editor, kind=kind, **texts)
    if role:
        claims.edit_claim(desk.claim, by=desk.journalist, speaker_role=role)
        jigsaw.sign_details(desk.claim, by=desk.editor)
    desk.claim = review.submit(desk.fresh(), by=desk.journalist)
    return desk


def test_correction_prints_a_second_edition_and_keeps_the_first(desk):
    corrected(desk.published()).sign_off()
    edition = desk.publish()
    assert (edition.number, Edition.objects.count(), desk.fresh().status) == (2, 2, "published")
    notice = Notice.objects.get(edition=edition)
    assert (notice.kind, notice.was_wrong, notice.why) == (
        "correction",
        "It gave the role wrongly.",
        "A reader told us.",
    )


def test_who_wrote_the_notice_does_not_sign_it_off(desk):
    corrected(desk.published())
    with pytest.raises(NotAllowed, match="wrote or edited part"):
        desk.sign_off(by=desk.senior_editor)


def test_notice_changed_after_sign_off_blocks_publication(desk):
    corrected(desk.published()).sign_off()
    publish.plan_notice(desk.claim, by=desk.journalist, why="For another reason.")
    with pytest.raises(publish.NotPublishable, match="the notice to readers"):
        desk.publish()


def test_correction_given_up_goes_back_to_published_with_nothing_printed(desk):
    desk.published()
    publish.correct(desk.claim, by=desk.editor, kind="clarification", why="It could mislead.")
    assert publish.stand_by(desk.fresh(), by=desk.editor).status == "published"
    assert Edition.objects.count() == 1
    assert desk.claim.planned_notices.get().settled_as == "given up"


def test_correction_with_edits_cannot_be_given_up(desk):
    corrected(desk.published())
    with pytest.raises(Refused, match="no longer says what readers have"):
        publish.stand_by(desk.claim, by=desk.editor)


def test_retraction_takes_two_people_and_keeps_the_page(desk):
    desk.published()
    publish.propose_retraction(desk.claim, by=desk.editor, why="The record was forged.")
    edition = publish.retract(desk.claim, by=desk.senior_editor)
    assert (edition.page.retracted, edition.number, desk.fresh().closed_as) == (True, 2, "retracted")
    with pytest.raises(Refused, match="stays so"):
        review.reopen(desk.claim, by=desk.editor, note="Again.")


def test_retraction_is_not_made_by_whoever_proposed_it(desk):
    desk.published()
    publish.propose_retraction(desk.claim, by=desk.senior_editor, why="The record was forged.")
    before = state()
    with pytest.raises(NotAllowed, match="another senior editor"):
        publish.retract(desk.claim, by=desk.senior_editor)
    assert state() == before


def test_retraction_that_nobody_proposed_is_refused(desk):
    desk.published()
    with pytest.raises(Refused, match="Nobody has proposed"):
        publish.retract(desk.claim, by=desk.senior_editor)


def test_reply_after_publication_marks_the_claim_and_blocks_until_it_is_printed(desk):
    desk.published()
    answer_with_more = "We have looked again and have nothing to add."
    answering.record_response(
        desk.parts.file,
        by=desk.journalist,
        received_at=desk.parts.file.opened_at,
        channel="email",
        by_name="Nicola Hogg",
        by_role="border and visa operations manager",
        verbatim=answer_with_more,
        language="en",
        kind="statement",
    )
    assert desk.fresh().update_needed_because
    publish.correct(desk.claim, by=desk.senior_editor, kind="update", why="The agency answered again.")
    desk.claim = review.submit(desk.fresh(), by=desk.journalist)
    with pytest.raises(Refused, match="found the excerpt"):
        desk.sign_off()


def test_update_prints_the_late_answer_and_clears_the_mark(desk):
    test_reply_after_publication_marks_the_claim_and_blocks_until_it_is_printed(desk)
    desk.parts.file.refresh_from_db()
    answer_with(desk, desk.parts.file, "A third answer, which we print.")
    desk.sign_off()
    assert "A third answer, which we print." in desk.publish().document
    assert desk.fresh().update_needed_because == ""


def test_waived_party_that_answers_late_is_printed_without_being_asked_again(desk):
    party = claims.add_speaker(by=desk.journalist, name="The Chinese Communist Party", kind="party")
    claims.name_party(desk.claim, by=desk.journalist, party=party)
    file = reply.open_file(desk.claim, by=desk.journalist, party=party)
    reply.draft_allegation(file, by=desk.journalist, text="That it influenced immigration.")
    rulings.waive(file, by=desk.senior_editor, reason="reportage", note="A report of what was public already.")
    desk.published()
    publish.correct(desk.claim, by=desk.senior_editor, kind="update", why="The party answered.")
    answer_with(desk, file, "We had no hand in it.")
    desk.claim = review.submit(desk.fresh(), by=desk.journalist)
    desk.sign_off()
    assert "We had no hand in it." in desk.publish().document


def test_standing_by_keeps_a_late_answer_waiting_for_its_update(desk):
    desk.published()
    answering.record_response(
        desk.parts.file,
        by=desk.journalist,
        received_at=desk.parts.file.opened_at,
        channel="email",
        by_role="press office",
        verbatim="There is more to say.",
        language="en",
        kind="statement",
    )
    publish.correct(desk.fresh(), by=desk.editor, kind="update", why="They answered.")
    assert publish.stand_by(desk.fresh(), by=desk.editor).update_needed_because


def test_stale_copy_of_a_retracted_claim_is_not_reopened(desk):
    desk.published()
    stale = Claim.objects.get()
    publish.propose_retraction(desk.claim, by=desk.editor, why="The record was forged.")
    publish.retract(desk.claim, by=desk.senior_editor)
    with pytest.raises(Refused, match="stays so"):
        review.reopen(stale, by=desk.editor, note="Again.")
