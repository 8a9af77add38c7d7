"""The queue of claims to sign off, held to the rule that decides for one claim: what somebody finds in it, they may sign."""

import pytest

from factcheck.claims import actions as claims
from factcheck.desk import gates, permissions, review
from factcheck.desk.gathering import gather
from factcheck.desk.waiting import to_sign_off
from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.roles import Role
from factcheck.reply import actions as reply
from factcheck.reply import rulings
from factcheck.sources import actions as sources
from tests.builders import add_evidence, make_publishable_claim, propose


@pytest.fixture
def desk(journalist, editor, senior_editor, legal):
    return make_publishable_claim(journalist, editor, senior_editor, legal).submit()


def nothing_more(desk):
    """Everything as the journalist left it."""


def edited_claim(desk):
    claims.edit_claim(desk.fresh(), by=desk.editor, said_where="to RNZ, by telephone")


def planned_only(desk):
    claims.edit_claim(desk.fresh(), by=desk.editor, priority=1)


def edited_story(desk):
    claims.edit_surroundings(desk.parts.story, by=desk.editor, outlet="Radio New Zealand")


def edited_topic(desk):
    claims.edit_surroundings(desk.parts.topic, by=desk.editor, name="Visas")


def edited_party(desk):
    claims.edit_surroundings(desk.parts.agency, by=desk.editor, name="Immigration NZ")


def edited_pseudonym(desk):
    sources.edit_pseudonym(desk.parts.jo, by=desk.editor, description="a person in New Zealand")


def named_somebody_concerned(desk):
    party = claims.add_speaker(by=desk.editor, name="The party", kind="party")
    claims.name_party(desk.fresh(), by=desk.journalist, party=party, concerned_as="concerned")


def added_evidence(desk):
    add_evidence(desk, title="Another")
    claims.need_update(desk.fresh(), by=desk.editor, because="Not written, only marked.")


def proposed_verdict(desk):
    propose(desk, by=desk.editor)


def signed(desk):
    desk.sign_off(by=desk.editor)


def signed_then_edited(desk):
    desk.sign_off(by=desk.editor)
    claims.edit_claim(desk.fresh(), by=desk.journalist, said_where="to RNZ, by telephone")


def signed_then_story_edited(desk):
    desk.sign_off(by=desk.editor)
    claims.edit_surroundings(desk.parts.story, by=desk.journalist, outlet="Radio New Zealand")


def signed_by_another(desk):
    desk.sign_off(by=desk.senior_editor)


def flagged_and_signed_by_legal(desk):
    claims.edit_claim(desk.fresh(), by=desk.journalist, legal_risk=True)
    desk.sign_off(by=desk.legal, capacity="legal")


def flagged_and_signed_by_the_editor(desk):
    claims.edit_claim(desk.fresh(), by=desk.journalist, legal_risk=True)
    desk.sign_off(by=desk.editor)


def sent_back(desk):
    review.send_back(desk.claim, by=desk.senior_editor, note="More, please.")


SITUATIONS = [
    nothing_more, edited_claim, planned_only, edited_story, edited_topic, edited_party, edited_pseudonym,
    named_somebody_concerned, added_evidence, proposed_verdict, signed, signed_then_edited, signed_then_story_edited,
    signed_by_another, flagged_and_signed_by_legal, flagged_and_signed_by_the_editor, sent_back,
]  # fmt: skip


def wanted(person, desk, capacity):
    """What the rules for one claim say: it is in review, a signature is missing, and this person may give it."""
    dossier = gather(desk.fresh())
    verb = "sign_off" if capacity == "editor" else "sign_off_legal"
    needed = capacity == "editor" or dossier.claim.legal_risk
    missing = [b for b in gates.blockers(dossier) if b.gate.code in gates.SIGNING_GATES] if needed else []
    standing = dossier.standing(capacity)
    return (
        dossier.status in ("in_review", "cleared")
        and needed
        and bool(missing)
        and not standing
        and permissions.refusal(person, verb, dossier) is None
    )


@pytest.mark.parametrize("happened", SITUATIONS, ids=lambda function: function.__name__)
def test_queue_holds_what_the_rules_for_one_claim_say(desk, happened):
    happened(desk)
    for person, capacity in ((desk.editor, "editor"), (desk.senior_editor, "editor"), (desk.legal, "legal")):
        queue = to_sign_off(person, capacity)
        assert queue == ([desk.claim.pk] if wanted(person, desk, capacity) else []), person


def test_whoever_waived_a_reply_signs_nothing_off(desk, senior_editor):
    other = newsroom.hire(by=None, username="senior-editor-2", roles=[Role.SENIOR_EDITOR])
    party = claims.add_speaker(by=desk.journalist, name="The party", kind="party")
    claims.name_party(desk.fresh(), by=desk.journalist, party=party)
    file = reply.open_file(desk.fresh(), by=desk.journalist, party=party)
    rulings.waive(file, by=other, reason="already_on_record", note="Its position is public.")
    assert (to_sign_off(other, "editor"), to_sign_off(senior_editor, "editor")) == ([], [desk.claim.pk])
