"""The jigsaw: details that each tell nothing and together tell who somebody is. Decided one by one, signed by a second person.

Both verbs take `by`, are atomic and journaled, and raise NotAllowed (the person), Refused (the state of things) or
ValidationError (the fields).
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.claims.actions import lock_open
from factcheck.claims.types import Precision
from factcheck.newsroom.record import add, require_role
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.published.canonical import canonical, digest

from .models import Jigsaw, JigsawSignature

FINENESS = (Precision.UNKNOWN, Precision.YEAR, Precision.MONTH, Precision.DAY)


@dataclass(frozen=True, slots=True)
class JigsawFacts:
    """The latest list, as the dossier holds it. Whoever signs the claim off judges the decisions, too."""

    decisions: dict
    note: str
    others: str
    said_precision: str


@dataclass(frozen=True, slots=True)
class JigsawStanding:
    """How far the list is: by whom it was made, and for which facts somebody else signed it."""

    by: str
    signed_facts: frozenset


def latest(claim):
    """The list that counts, with its signatures, or None. Two queries where there is one."""
    return claim.jigsaws.select_related("by").prefetch_related("signatures").first()


def facts_of(jigsaw):
    if jigsaw is None:
        return None
    return JigsawFacts(jigsaw.decisions, jigsaw.note, jigsaw.others, jigsaw.said_precision)


def standing_of(jigsaw):
    if jigsaw is None:
        return None
    return JigsawStanding(jigsaw.by.shown_as, frozenset(s.facts for s in jigsaw.signatures.all()))


def shown_precision(claim, jigsaw):
    """How exactly readers get the day a claim was said: what is known, and no more than the list allows."""
    if jigsaw is None or not (claim.speaker and claim.speaker.pseudonym_id):
        return claim.said_precision
    return min(Precision(claim.said_precision), Precision(jigsaw.said_precision), key=FINENESS.index)


def is_protected(dossier):
    """Whether the page shows somebody who is protected, as the speaker."""
    return bool(dossier.claim.speaker and dossier.claim.speaker.is_pseudonym)


def told_of_speaker(dossier):
    """SHA-256 of everything the page tells of the speaker: change one word of it, and the list is signed anew."""
    claim, speaker = dossier.claim, dossier.claim.speaker
    who = [speaker.name, speaker.role, speaker.affiliation, speaker.description]
    return digest(canonical([who, claim.said, claim.quotation, claim.appearances]))


def pieced_together(dossier):
    """What could give a protected speaker away is kept, generalised or dropped, and a second person signed that (CS-10)."""
    if not is_protected(dossier):
        return []
    standing = dossier.jigsaw_standing
    if standing is None:
        return [
            _(
                "The speaker is protected: decide for each identifying detail whether it is kept, generalised or dropped."
            )
        ]
    if not standing.signed_facts:
        return [_("Somebody other than %(by)s has to sign the list of identifying details.") % {"by": standing.by}]
    if told_of_speaker(dossier) not in standing.signed_facts:
        return [_("What readers are told of the speaker has changed since the list of identifying details was signed.")]
    return []


@transaction.atomic
def decide_details(claim, *, by, decisions, **fields):
    """Decide about every identifying detail: {detail: decision}; other fields as in `Jigsaw`. A second person signs it."""
    require_role(by)
    claim = lock_open(claim)
    if not (claim.speaker and claim.speaker.pseudonym_id):
        raise Refused(_("Nobody who is protected speaks here, so there is no such list to make."))
    _check(decisions)
    jigsaw = Jigsaw(claim=claim, by=by, decisions=dict(decisions), **fields)
    return add(jigsaw, by=by, verb="wrote jigsaw", claim=claim)


def _check(decisions):
    undecided = [detail.label for detail in Jigsaw.Detail if decisions.get(detail) not in Jigsaw.Decision]
    if undecided:
        raise ValidationError(
            _("Decide about each of these, too: %(details)s.") % {"details": ", ".join(map(str, undecided))}
        )
    if strange := decisions.keys() - set(Jigsaw.Detail):
        raise ValidationError(_("There is no such detail: %(details)s.") % {"details": ", ".join(sorted(strange))})


@transaction.atomic
def sign_details(claim, *, by):
    """Answer, as a second person, for the list and for what the page tells of the speaker now. Returns the JigsawSignature."""
    from .gathering import gather  # which reads this module's facts

    require_role(by)
    claim = lock_open(claim)
    jigsaw = latest(claim)
    if jigsaw is None:
        raise Refused(_("There is no list of identifying details yet."))
    if jigsaw.by_id == by.pk:
        raise NotAllowed(_("You made this list, so somebody else has to sign it."))
    facts = told_of_speaker(gather(claim))
    if any(s.facts == facts and s.by_id == by.pk for s in jigsaw.signatures.all()):
        raise Refused(_("You have signed exactly this already."))
    signature = JigsawSignature(jigsaw=jigsaw, by=by, facts=facts)
    return add(signature, by=by, verb="signed jigsaw", claim=claim, authored=False)
