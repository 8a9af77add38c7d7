"""An answer after publication: one decision, two people, one update, on every page it belongs to (RR-7, CO-9)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.claims.models import Claim
from factcheck.desk import late_answers, publish
from factcheck.desk.gathering import gather
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.published.models import Edition, Notice
from factcheck.reply import actions as reply
from factcheck.reply import answering, late
from factcheck.reply.models import EarlierExcerpt, Response
from tests.builders import ANSWER, ask

from .late_steps import LATE, later, out_with_second, party_line, state


def test_update_is_ready_as_soon_as_the_answer_is_on_record(desk):
    desk.published()
    assert late_answers.planned_update(desk.claim) is None
    later(desk.parts.file, desk.journalist)
    update = late_answers.planned_update(desk.fresh())
    [each] = update.parties
    assert [response.verbatim for response in each.to_print] == [LATE]
    assert update.notice.kind == "update"
    assert update.notice.why.startswith("After publication, on ")
    assert update.notice.why.endswith("Immigration New Zealand answered what we had put to it.")


def test_late_answer_takes_one_decision_and_two_people(desk):
    desk.published()
    later(desk.parts.file, desk.journalist)
    claim = late_answers.draft_update(desk.claim, by=desk.journalist)
    assert (claim.status, Edition.objects.count()) == ("in_review", 1)
    late_answers.sign_off_update(claim, by=desk.editor, fingerprint=gather(claim).fingerprint)
    edition = publish.publish(claim, by=desk.editor)
    assert (edition.number, Notice.objects.get().kind) == (2, "update")
    [reply] = gather(claim).edition.replies
    assert (reply.quote, reply.late, reply.line[:17]) == (LATE, True, "After publication")
    assert Claim.objects.get().update_needed_at is None


def test_answer_that_was_printed_before_stays_printed_after_the_late_one(desk):
    desk.published()
    later(desk.parts.file, desk.journalist)
    late_answers.draft_update(desk.claim, by=desk.journalist)
    line = party_line(desk)
    assert (line.quote, [e.quote for e in line.earlier]) == (LATE, [ANSWER])
    assert line.earlier[0].line.startswith("Before that, on ")
    assert line.earlier[0].by_name == "Nicola Hogg"


def test_answer_of_thirty_thousand_characters_is_drafted_whole(desk):
    desk.published()
    long = "word " * 5999 + "last"
    later(desk.parts.file, desk.journalist, long)
    late_answers.draft_update(desk.claim, by=desk.journalist)
    assert party_line(desk).quote == long


def test_several_answers_make_one_update(desk):
    desk.published()
    later(desk.parts.file, desk.journalist, "The second answer.")
    later(desk.parts.file, desk.journalist, "The third answer.")
    late_answers.draft_update(desk.claim, by=desk.journalist)
    later(desk.parts.file, desk.journalist, "The fourth answer.")
    late_answers.draft_update(desk.fresh(), by=desk.journalist)
    line = party_line(desk)
    assert [line.quote, *(e.quote for e in line.earlier)] == [
        "The fourth answer.",
        "The third answer.",
        "The second answer.",
        ANSWER,
    ]
    assert desk.fresh().planned_notices.count() == 1
    late_answers.sign_off_update(desk.claim, by=desk.editor, fingerprint=desk.dossier().fingerprint)
    desk.publish()
    assert Edition.objects.count() == 2


def test_answer_while_the_update_is_in_review_takes_the_signature_away(desk):
    desk.published()
    later(desk.parts.file, desk.journalist)
    late_answers.draft_update(desk.claim, by=desk.journalist)
    late_answers.sign_off_update(desk.fresh(), by=desk.editor, fingerprint=desk.dossier().fingerprint)
    later(desk.parts.file, desk.journalist, "And one thing more.")
    with pytest.raises(Refused, match="found the excerpt"):
        desk.publish()


def test_update_that_is_drafted_is_not_drafted_again(desk):
    desk.published()
    later(desk.parts.file, desk.journalist)
    late_answers.draft_update(desk.claim, by=desk.journalist)
    before = state()
    with pytest.raises(Refused, match="No answer waits"):
        late_answers.draft_update(desk.claim, by=desk.journalist)
    assert state() == before


def test_nobody_signs_off_the_update_they_drafted(desk):
    desk.published()
    later(desk.parts.file, desk.journalist)
    late_answers.draft_update(desk.claim, by=desk.editor)
    before = state()
    with pytest.raises(NotAllowed, match="somebody else has to sign"):
        late_answers.sign_off_update(desk.claim, by=desk.editor, fingerprint=desk.dossier().fingerprint)
    assert state() == before


def test_signature_on_what_was_changed_meanwhile_is_refused(desk):
    desk.published()
    later(desk.parts.file, desk.journalist)
    late_answers.draft_update(desk.claim, by=desk.journalist)
    read = desk.dossier().fingerprint
    later(desk.parts.file, desk.journalist, "And one thing more.")
    answering.choose_excerpt(
        desk.parts.file, by=desk.journalist, response=Response.objects.last(), excerpt="one thing more"
    )
    before = state()
    with pytest.raises(Refused, match="changed while you were reading"):
        late_answers.sign_off_update(desk.claim, by=desk.editor, fingerprint=read)
    assert state() == before


def test_answer_we_had_before_publication_makes_the_notice_a_correction(desk):
    desk.published()
    later(desk.parts.file, desk.journalist, received_at=desk.parts.file.opened_at)
    notice = late_answers.planned_update(desk.fresh()).notice
    assert notice.kind == "correction"
    assert "before we published" in notice.why
    late_answers.draft_update(desk.claim, by=desk.journalist)
    late_answers.sign_off_update(desk.claim, by=desk.editor, fingerprint=desk.dossier().fingerprint)
    assert desk.publish().number == 2


def test_silence_that_ends_is_told_as_what_the_page_said(desk, settings):
    settings.ATTEMPTS_BEFORE_SILENCE = 2
    party = claims.add_speaker(by=desk.journalist, name="The Chinese Communist Party", kind="party")
    file = ask(desk, party, answer="")
    with time_machine.travel(file.deadline_at + timedelta(hours=1), tick=True):
        reply.log_attempt(
            file, by=desk.journalist, at=timezone.now(), channel="phone", to_role="x", text="y", outcome="voicemail"
        )
        reply.mark_no_response(file, by=desk.journalist)
        desk.published()
        later(file, desk.journalist, "We had no hand in it.")
        notice = late_answers.planned_update(desk.fresh()).notice
        assert "did not respond to 2 requests" in notice.was_wrong
        assert "The Chinese Communist Party" in notice.says_now


def test_no_comment_after_publication_is_an_update_without_a_quotation(desk):
    party = claims.add_speaker(by=desk.journalist, name="The Chinese Communist Party", kind="party")
    file = ask(desk, party, answer="We had no hand in it.")
    desk.published()
    later(file, desk.journalist, "No comment.", kind="no_comment")
    late_answers.draft_update(desk.claim, by=desk.journalist)
    assert "does not comment" in publish.open_notice(desk.fresh()).why
    assert late_answers.planned_update(desk.claim) is None


def test_answer_off_the_record_is_never_drafted(desk):
    desk.published()
    later(desk.parts.file, desk.journalist, on_record=False)
    assert late_answers.planned_update(desk.fresh()) is None
    assert desk.claim.update_needed_at


def test_answer_given_again_correctly_takes_the_place_of_the_wrong_one(desk):
    desk.published()
    wrong = Response.objects.get()
    later(desk.parts.file, desk.journalist, "Under no circumstances.", corrects=wrong)
    late_answers.draft_update(desk.fresh(), by=desk.journalist)
    line = party_line(desk)
    assert (line.quote, line.earlier) == ("Under no circumstances.", ())
    assert publish.open_notice(desk.claim).kind == "correction"


def test_correction_that_is_under_way_keeps_its_notice_and_says_the_answer_too(desk):
    desk.published()
    publish.correct(desk.claim, by=desk.editor, kind="correction", was_wrong="Two.", says_now="Three.", why="A reader.")
    later(desk.parts.file, desk.journalist)
    claim = late_answers.draft_update(desk.fresh(), by=desk.journalist)
    notice = publish.open_notice(claim)
    assert (claim.status, notice.kind, notice.was_wrong[:4], notice.why[:9]) == (
        "researching",
        "correction",
        "Two.",
        "A reader.",
    )
    assert "After publication" in notice.why


def test_retraction_that_is_proposed_comes_first(desk):
    desk.published()
    publish.propose_retraction(desk.claim, by=desk.editor, why="It was forged.")
    later(desk.parts.file, desk.journalist)
    with pytest.raises(Refused, match="retraction is proposed"):
        late_answers.draft_update(desk.claim, by=desk.journalist)


def test_legal_drafts_nothing_and_a_journalist_spares_nothing(desk):
    desk.published()
    later(desk.parts.file, desk.journalist)
    with pytest.raises(NotAllowed):
        late_answers.draft_update(desk.claim, by=desk.legal)
    with pytest.raises(NotAllowed):
        late_answers.spare_update(desk.claim, by=desk.journalist, because="No.")


def test_answer_asks_of_every_linked_page_of_the_party_whether_it_belongs_there(desk):
    desk.published()
    other, _file = out_with_second(desk)
    later(desk.parts.file, desk.journalist)
    assert "belongs with this one" in other.fresh().update_needed_because
    assert late_answers.planned_update(other.claim) is None


def test_answer_asks_of_every_page_that_was_put_in_one_go(desk):
    moment = timezone.now()
    with time_machine.travel(moment, tick=False):
        other, file = out_with_second(desk, link=False)
        fields = {"channel": "phone", "to_role": "press office", "text": "Both.", "outcome": "spoke"}
        for each in (desk.parts.file, file):
            reply.log_attempt(each, by=desk.journalist, at=moment, **fields)
    desk.published()
    later(desk.parts.file, desk.journalist)
    assert "belongs with this one" in other.fresh().update_needed_because


def test_answer_leaves_pages_alone_that_have_nothing_to_do_with_it(desk):
    desk.published()
    other, _file = out_with_second(desk, link=False)
    later(desk.parts.file, desk.journalist)
    assert other.fresh().update_needed_because == ""


def test_answer_is_carried_over_to_the_page_where_it_belongs(desk):
    desk.published()
    other, file = out_with_second(desk)
    given = later(desk.parts.file, desk.journalist)
    made = late.carry_over(file, by=desk.journalist, response=given)
    assert (made.file, made.verbatim, made.received_at) == (file, LATE, given.received_at)
    assert other.fresh().update_needed_because == "Immigration New Zealand answered after publication."
    late_answers.draft_update(other.claim, by=desk.journalist)
    assert party_line(other).quote == LATE
    with pytest.raises(Refused, match="on the file already"):
        late.carry_over(file, by=desk.journalist, response=given)


def test_answer_of_somebody_else_is_never_carried_over(desk):
    party = claims.add_speaker(by=desk.journalist, name="The Chinese Communist Party", kind="party")
    file = ask(desk, party, answer="We had no hand in it.")
    with pytest.raises(Refused, match="does not belong"):
        late.carry_over(file, by=desk.journalist, response=Response.objects.first())


def test_editor_says_in_writing_that_a_page_needs_no_update(desk):
    desk.published()
    other, _file = out_with_second(desk)
    later(desk.parts.file, desk.journalist)
    with pytest.raises(Refused, match="Say why"):
        late_answers.spare_update(other.claim, by=desk.editor, because=" ")
    claim = late_answers.spare_update(other.claim, by=desk.editor, because="It is about visas alone.")
    assert (claim.update_needed_at, claim.update_needed_because) == (None, "")
    with pytest.raises(Refused, match="waits to be printed"):
        late_answers.spare_update(desk.claim, by=desk.editor, because="No.")


def test_earlier_answer_taken_off_is_no_longer_printed_and_is_found_fair_anew(desk):
    desk.published()
    later(desk.parts.file, desk.journalist)
    late_answers.draft_update(desk.claim, by=desk.journalist)
    answering.find_fair(desk.parts.file, by=desk.editor)
    late.print_no_longer(EarlierExcerpt.objects.get(), by=desk.journalist, because="They withdrew it.")
    assert party_line(desk).earlier == ()
    assert not gather(desk.claim).replies[0].fair


def test_edited_sentence_for_readers_gives_way_to_the_facts(desk):
    answering.set_public_line(desk.parts.file, by=desk.journalist, line="The agency told us:")
    desk.published()
    later(desk.parts.file, desk.journalist)
    late_answers.draft_update(desk.claim, by=desk.journalist)
    assert party_line(desk).line.startswith("After publication, on ")


def test_retracted_page_is_not_marked(desk):
    desk.published()
    publish.propose_retraction(desk.claim, by=desk.editor, why="It was forged.")
    publish.retract(desk.claim, by=desk.senior_editor)
    later(desk.parts.file, desk.journalist)
    assert desk.fresh().update_needed_at is None
