"""The jigsaw's verbs: identifying details are decided one by one and signed by a second person (CS-10; `piecing.py`).

Both verbs take `by`, are atomic and journaled, and raise NotAllowed (the person), Refused (the state of things) or
ValidationError (the fields).
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.claims.actions import lock_open
from factcheck.newsroom.record import add, require_role
from factcheck.newsroom.refusals import NotAllowed, Refused

from .gathering import gather
from .models import Jigsaw, JigsawSignature
from .piecing import is_protected, latest, told_of_protected


@transaction.atomic
def decide_details(claim, *, by, decisions, **fields):
    """Decide about every identifying detail: {detail: decision}; other fields as in `Jigsaw`. A second person signs it."""
    require_role(by)
    claim = lock_open(claim)
    if not is_protected(gather(claim)):
        raise Refused(_("Nobody who is protected is on this page, so there is no such list to make."))
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
    """Answer, as a second person, for the list and for what the page tells of them now. Returns the JigsawSignature."""
    require_role(by)
    claim = lock_open(claim)
    jigsaw = latest(claim)
    if jigsaw is None:
        raise Refused(_("There is no list of identifying details yet."))
    if jigsaw.by_id == by.pk:
        raise NotAllowed(_("You made this list, so somebody else has to sign it."))
    facts = told_of_protected(gather(claim))
    if any(s.facts == facts and s.by_id == by.pk for s in jigsaw.signatures.all()):
        raise Refused(_("You have signed exactly this already."))
    signature = JigsawSignature(jigsaw=jigsaw, by=by, facts=facts)
    return add(signature, by=by, verb="signed jigsaw", claim=claim, authored=False)
