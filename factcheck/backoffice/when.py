"""When a verb on a claim is possible, and whose it is: asked of the rules, for the buttons and for the pages behind them.

Each is a function of (by, case); `may` answers with a sentence or None, all others with a list of sentences.
"""

from django.utils.translation import gettext as _

from factcheck.claims.actions import require_open
from factcheck.claims.models import Closing, Status
from factcheck.desk import permissions, workflow
from factcheck.desk.corrections import changes
from factcheck.desk.dossier import document
from factcheck.desk.gates import blockers, findings, ready_to_sign
from factcheck.newsroom.refusals import Refused


def may(verb):
    return lambda by, case: permissions.refusal(by, verb, case.dossier)


def in_process(verb):
    """Where the process does not know `verb` for a claim in this status."""

    def not_now(by, case):
        status = case.claim.status
        return [] if workflow.may_move(status, verb) else list(workflow.not_from_here(status, verb).reasons)

    return not_now


def open_to_edits(by, case):
    try:
        require_open(case.claim)
    except Refused as refusal:
        return list(refusal.reasons)
    return []


def to_be_signed(capacity):
    def not_now(by, case):
        if case.claim.status not in (Status.IN_REVIEW, Status.CLEARED):
            return [_("Only a claim that is in review can be signed off.")]
        if any(s.by_id == by.pk for s in case.dossier.standing(capacity)):
            return [_("You have signed exactly this off already.")]
        if capacity == "legal" and not case.claim.legal_risk:
            return [_("The legal-risk flag is not set, so legal has nothing to sign off.")]
        return [blocker.sentence for blocker in ready_to_sign(case.dossier)]

    return not_now


def to_be_published(by, case):
    return in_process("publish")(by, case) or [blocker.sentence for blocker in blockers(case.dossier)]


def to_be_explained(by, case):
    if open_to_edits(by, case) or not case.claim.has_page:
        return open_to_edits(by, case) or [
            _("Readers have no edition of this yet, so there is no change to explain to them.")
        ]
    return _retraction_proposed(case) and [_("A retraction is proposed: make it, or give it up first.")] or []


def standing(by, case):
    """Standing by the edition: there is one, and the record still says what it says."""
    if reasons := in_process("stand_by")(by, case):
        return reasons
    if not case.dossier.edition:
        return [_("Readers have no edition of this to stand by.")]
    differs = changes(case.dossier.edition, document(case.dossier))
    return (
        [_("The record no longer says what readers have. Set it back, or publish the correction.")] if differs else []
    )


def _retraction_proposed(case):
    return case.dossier.retraction_proposed_by is not None


def to_be_withdrawn(by, case):
    if not case.claim.has_page or case.claim.status == Status.CLOSED:
        return [_("Readers have no standing page of this to retract.")]
    return [_("A retraction is proposed already.")] if _retraction_proposed(case) else []


def withdrawal_proposed(by, case):
    return [] if _retraction_proposed(case) else [_("Nobody has proposed a retraction.")]


def to_be_closed(by, case):
    if case.claim.has_page:
        return [_("Readers have a page of this. Correct it, stand by it, or retract it.")]
    return in_process("close")(by, case)


def to_be_reopened(by, case):
    if case.claim.closed_as == Closing.RETRACTED:
        return [_("This was retracted before readers, and stays so. Log a new claim.")]
    return in_process("reopen")(by, case)


def to_be_let_pass(by, case):
    standing = any(sentences and gate.can_override for gate, sentences, _passed in findings(case.dossier))
    return open_to_edits(by, case) or (
        [] if standing else [_("No gate that could be overridden has anything against it.")]
    )
