"""Judging a claim: the verdict, the sign-offs, the overrides, and the plain moves through the process.

Every verb takes `by`, is atomic and journaled, and raises NotAllowed (the person), Refused (the state of things) or
ValidationError (the fields).
"""

from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.claims.actions import edit_claim, link_claims, lock_open
from factcheck.claims.models import Claim, ClaimLink, Closing, Status
from factcheck.newsroom import record
from factcheck.newsroom.refusals import Refused

from . import permissions, workflow
from .gates import PUBLICATION_GATES, findings, ready_to_sign
from .gathering import gather
from .models import Override, SignOff, Verdict


def start(claim, *, by, why_chosen=""):
    """Take a logged claim into research, saying why it is worth it where that is not said yet."""
    permissions.require(by, "start")
    if not (why_chosen or claim.why_chosen):
        raise Refused(_("Say why this claim was chosen: its reach, the harm it could do, its importance."))
    with transaction.atomic():
        if why_chosen and why_chosen != claim.why_chosen:
            claim = edit_claim(claim, by=by, why_chosen=why_chosen)
        return workflow.move(claim, "start", by=by)


def submit(claim, *, by):
    """Hand a claim to the editors. What is missing does not stop it: the checklist shows it to them too."""
    permissions.require(by, "submit")
    return workflow.move(claim, "submit", by=by)


def send_back(claim, *, by, note):
    """Give a claim back to the journalist, with what is wanted."""
    permissions.require(by, "send_back")
    return _noted_move(claim, "send_back", by=by, note=note)


@transaction.atomic
def _noted_move(claim, verb, *, by, note):
    if not note.strip():
        raise Refused(_("Say why, in a note for whoever works on it next."))
    claim = workflow.move(claim, verb, by=by)
    record.journal.write(by=by, verb=f"{verb} note", record=claim, claim=claim, note=note)
    return claim


@transaction.atomic
def close(claim, *, by, closed_as, note, duplicate_of=None):
    """End work on a claim that readers have no page of: not checkable, a duplicate (of which one), or dropped."""
    permissions.require(by, "close")
    claim = lock_open(claim)
    if claim.has_page:
        raise Refused(_("Readers have a page of this. Correct it, stand by it, or retract it."))
    if closed_as not in (Closing.NOT_CHECKABLE, Closing.DUPLICATE, Closing.DROPPED) or not note.strip():
        raise Refused(_("Say as what it is closed, and why."))
    if closed_as == Closing.DUPLICATE:
        if duplicate_of is None:
            raise Refused(_("Say which claim it is a duplicate of."))
        link_claims(claim, by=by, to=duplicate_of, relation=ClaimLink.Relation.DUPLICATE_OF)
    return workflow.move(claim, "close", by=by, closed_as=closed_as, closed_note=note)


def reopen(claim, *, by, note):
    """Take a closed claim back into research. What was retracted stays retracted: log a new claim instead."""
    permissions.require(by, "reopen")
    if not note.strip():
        raise Refused(_("Say why, in a note for whoever works on it next."))
    with transaction.atomic():
        claim = Claim.objects.select_for_update().get(pk=claim.pk)
        if claim.closed_as == Closing.RETRACTED:
            raise Refused(_("This was retracted before readers, and stays so. Log a new claim."))
        claim = workflow.move(claim, "reopen", by=by, closed_as="", closed_note="")
        record.journal.write(by=by, verb="reopen note", record=claim, claim=claim, note=note)
    return claim


@transaction.atomic
def propose_verdict(claim, *, by, rating, **fields):
    """Propose what was found: a Rating and the fields of `Verdict`. A new proposal takes the place of the one before."""
    permissions.require(by, "propose_verdict")
    claim = lock_open(claim)
    verdict = Verdict(claim=claim, rating=rating, proposed_by=by, **fields)
    verdict.full_clean()
    verdict.save()
    record.journal.write(
        by=by, verb="proposed verdict", record=verdict, claim=claim, authored=True, rating=rating.code, **_texts(fields)
    )
    return verdict


def _texts(fields):
    return {name: str(value) for name, value in fields.items() if value}


@transaction.atomic
def sign_off(claim, *, by, fingerprint, capacity=SignOff.Capacity.EDITOR, note=""):
    """Answer for exactly the text with this fingerprint. The last sign-off that is needed clears the claim."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    dossier = gather(claim)
    permissions.require(by, "sign_off" if capacity == SignOff.Capacity.EDITOR else "sign_off_legal", dossier)
    if claim.status not in (Status.IN_REVIEW, Status.CLEARED):
        raise Refused(_("Only a claim that is in review can be signed off."))
    if fingerprint != dossier.fingerprint:
        raise Refused(_("It was changed while you were reading. Read it again before you sign it off."))
    if standing := ready_to_sign(dossier):
        raise Refused(*[blocker.sentence for blocker in standing])
    if any(s.by_id == by.pk for s in dossier.standing(capacity)):
        raise Refused(_("You have signed exactly this off already."))
    signature = SignOff(
        claim=claim, by=by, capacity=capacity, fingerprint=fingerprint, judged=dossier.judged, note=note
    )
    signature.full_clean()
    signature.save()
    record.journal.write(
        by=by, verb="signed off", record=signature, claim=claim, capacity=capacity, fingerprint=fingerprint, note=note
    )
    if claim.status == Status.IN_REVIEW and not any(sentences for _g, sentences, _p in findings(gather(claim))):
        workflow.move(claim, "clear", by=by)
    return signature


@transaction.atomic
def override(claim, *, by, gate, reason):
    """Let pass what one gate says now, by name and with a written reason. For the coming edition only; a gate
    that says something else, or speaks again after it was printed, is not covered."""
    claim = lock_open(claim)
    dossier = gather(claim)
    permissions.require(by, "override", dossier)
    known = {g.code: g for g in PUBLICATION_GATES}
    if gate not in known or not known[gate].can_override:
        raise Refused(_("Nobody can override this gate."))
    if not reason.strip():
        raise Refused(_("Write down why this may pass. It stays on the record under your name."))
    sentences = next(sentences for g, sentences, _passed in findings(dossier) if g.code == gate)
    if not sentences:
        raise Refused(_("This gate has nothing against the claim: there is nothing to override."))
    let_pass = [str(s) for s in sentences]
    granted = Override(
        claim=claim, by=by, gate=gate, sentences=let_pass, for_edition=dossier.next_edition, reason=reason
    )
    granted.full_clean()
    granted.save()
    record.journal.write(
        by=by, verb="overrode gate", record=granted, claim=claim, gate=gate, let_pass=granted.sentences, reason=reason
    )
    return granted
