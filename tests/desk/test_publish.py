"""Promises 1 and 2: readers see what was published, and nothing is published that was not signed off by somebody else."""

import json

import pytest

from factcheck.claims import actions as claims
from factcheck.claims.models import Claim
from factcheck.desk import publish, review
from factcheck.desk.dossier import document
from factcheck.evidence import actions as evidence
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.published.document import as_json
from factcheck.published.models import Check, Edition
from factcheck.reply import answering, rulings
from tests.builders import ANSWER, add_evidence, propose


def sentences(refusal):
    return " ".join(str(reason) for reason in refusal.value.reasons)


def state():
    return (
        JournalEntry.objects.count(),
        Edition.objects.count(),
        Check.objects.values_list("pk", "edition", "changed_at").first(),
        Claim.objects.values_list("status", "version", "check_slug").first(),
    )


def test_claim_goes_from_log_to_readers(desk):
    desk.submit()
    assert desk.claim.status == "in_review"
    desk.sign_off()
    assert desk.fresh().status == "cleared"
    edition = desk.publish()
    assert desk.fresh().status == "published"
    assert desk.claim.check_slug == edition.page.slug == "the-ccp-kept-uyghurs-from-getting-new-zealand-visas"


def test_edition_is_value_for_value_what_was_signed_off(desk):
    desk.cleared()
    dossier = desk.dossier()
    edition = desk.publish()
    assert edition.document == as_json(document(dossier, edition.page.slug))
    assert edition.fingerprint == dossier.fingerprint == dossier.sign_offs[0].fingerprint


def test_edition_names_who_wrote_and_who_signed(desk):
    printed = json.loads(desk.published().fresh() and Edition.objects.get().document)
    assert printed["written_by"] == ["journalist"]
    assert printed["signed_off_by"] == ["editor"]


def test_internal_evidence_is_judged_but_not_printed(desk):
    add_evidence(desk, title="A note for ourselves", visibility="internal")
    desk.published()
    assert "A note for ourselves" not in Edition.objects.get().document
    assert "A note for ourselves" in desk.claim.sign_offs.get().judged


CHANGES = {
    "the wording of the claim": lambda d: claims.edit_claim(d.claim, by=d.journalist, wording="Other words"),
    "the short form": lambda d: claims.edit_claim(d.claim, by=d.journalist, short_form="Shorter"),
    "the verdict": lambda d: propose(d, finding="Another finding."),
    "the evidence": lambda d: evidence.edit(d.parts.item, by=d.journalist, shows="Something else."),
    "the right of reply": lambda d: answering.choose_excerpt(
        d.parts.file, by=d.journalist, response=d.parts.file.responses.get(), excerpt=ANSWER[:60]
    ),
    "the story": lambda d: claims.edit_surroundings(d.parts.story, by=d.journalist, headline="Another headline"),
    "the topics": lambda d: claims.edit_surroundings(d.parts.topic, by=d.journalist, name="Visas"),
    "the legal-risk flag": lambda d: claims.edit_claim(d.claim, by=d.journalist, legal_risk=True),
}


@pytest.mark.parametrize("part", CHANGES)
def test_edit_after_sign_off_blocks_publication_and_says_what_changed(desk, part):
    desk.cleared()
    CHANGES[part](desk)
    before = state()
    with pytest.raises(publish.NotPublishable) as refusal:
        desk.publish()
    assert f"editor signed it off before it changed: {part}" in sentences(refusal)
    assert state() == before


def test_withdrawn_evidence_voids_the_sign_off(desk):
    add_evidence(desk, title="Second")
    desk.cleared()
    evidence.withdraw(desk.parts.item, by=desk.journalist, because="It proved to be about another year.")
    with pytest.raises(publish.NotPublishable, match="before it changed: the evidence"):
        desk.publish()


def test_change_that_is_taken_back_stands_as_signed_off(desk):
    desk.cleared()
    was = desk.claim.wording
    claims.edit_claim(desk.claim, by=desk.journalist, wording="Other words")
    claims.edit_claim(desk.claim, by=desk.journalist, wording=was)
    assert desk.publish().number == 1


def test_journalist_cannot_sign_off_their_own_claim(desk):
    desk.submit()
    with pytest.raises(NotAllowed, match="Only these roles"):
        desk.sign_off(by=desk.journalist)


AUTHORSHIP = {
    "claim": lambda d, by: claims.edit_claim(d.claim, by=by, wording=d.claim.wording + "."),
    "evidence": lambda d, by: evidence.edit(d.parts.item, by=by, shows="Another thing."),
    "verdict": lambda d, by: propose(d, by=by),
    "story": lambda d, by: claims.edit_surroundings(d.parts.story, by=by, byline="Staff"),
    "speaker": lambda d, by: claims.edit_surroundings(d.parts.agency, by=by, name="Immigration NZ"),
    "topic": lambda d, by: claims.edit_surroundings(d.parts.topic, by=by, name="Visas"),
    "reply": lambda d, by: answering.set_public_line(d.parts.file, by=by, line="Immigration New Zealand said:"),
}


@pytest.mark.parametrize("superuser", [False, True], ids=["editor", "superuser"])
@pytest.mark.parametrize("part", AUTHORSHIP)
def test_whoever_edited_any_part_cannot_sign_it_off(desk, part, superuser):
    desk.editor.is_superuser = superuser
    desk.editor.save()
    AUTHORSHIP[part](desk, desk.editor)
    if part == "claim":
        rulings.rule_immaterial(desk.parts.file, by=desk.senior_editor, reason="A full stop.")
    desk.submit()
    with pytest.raises(NotAllowed, match="You wrote or edited part of this"):
        desk.sign_off()
    desk.editor.groups.clear()
    with pytest.raises(NotAllowed):
        review.sign_off(
            desk.claim, by=type(desk.editor).objects.get(pk=desk.editor.pk), fingerprint=desk.dossier().fingerprint
        )


def test_author_who_signed_before_becoming_one_no_longer_counts(desk):
    desk.cleared()
    was = desk.claim.wording
    claims.edit_claim(desk.claim, by=desk.editor, wording="Other words")
    claims.edit_claim(desk.claim, by=desk.editor, wording=was)
    with pytest.raises(publish.NotPublishable, match="1 more sign-off"):
        desk.publish()


def test_sign_off_of_a_page_that_changed_while_it_was_read_is_refused(desk):
    desk.submit()
    fingerprint = desk.dossier().fingerprint
    propose(desk, finding="Changed in between.")
    with pytest.raises(Refused, match="changed while you were reading"):
        review.sign_off(desk.claim, by=desk.editor, fingerprint=fingerprint)


def test_nothing_is_published_without_a_sign_off(desk):
    desk.submit()
    Claim.objects.filter(pk=desk.claim.pk).update(status="cleared")
    before = state()
    with pytest.raises(publish.NotPublishable, match="1 more sign-off by an editor who wrote no part of it"):
        desk.publish()
    assert state() == before


def test_number_of_sign_offs_is_a_setting(desk, settings):
    settings.SIGN_OFFS_NEEDED = 2
    desk.submit()
    desk.sign_off()
    assert desk.fresh().status == "in_review"
    desk.sign_off(by=desk.senior_editor)
    assert desk.fresh().status == "cleared"


def test_legal_signs_off_where_the_flag_is_set(desk):
    claims.edit_claim(desk.claim, by=desk.editor, legal_risk=True)
    desk.submit()
    desk.sign_off()
    assert desk.fresh().status == "in_review"
    desk.sign_off(by=desk.legal, capacity="legal")
    assert desk.fresh().status == "cleared"
    assert json.loads(desk.publish().document)["signed_off_by"] == ["editor", "legal"]


@pytest.mark.parametrize("role", ["journalist", "legal"])
def test_publishing_is_for_editors(desk, role):
    desk.cleared()
    before = state()
    with pytest.raises(NotAllowed):
        desk.publish(by=getattr(desk, role))
    assert state() == before


def test_editing_during_a_correction_changes_nothing_that_readers_have(desk):
    desk.published()
    edition = Edition.objects.get()
    publish.correct(desk.claim, by=desk.editor, kind="correction", was_wrong="A", says_now="B", why="C")
    claims.edit_claim(desk.claim, by=desk.journalist, speaker_role="A Uyghur living in New Zealand")
    assert Edition.objects.get() == edition
    assert Check.objects.get().edition == 1


def test_one_person_does_not_sign_as_editor_and_as_legal(desk):
    claims.edit_claim(desk.claim, by=desk.journalist, legal_risk=True)
    desk.editor.groups.add(*desk.legal.groups.all())
    both = type(desk.editor).objects.get(pk=desk.editor.pk)
    desk.submit()
    desk.sign_off(by=both)
    with pytest.raises(NotAllowed, match="in another capacity"):
        desk.sign_off(by=both, capacity="legal")
