"""What editors decide about a right of reply: waive it, spare it, ask for it after all, rule a change of wording immaterial."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.claims.models import Concerned
from factcheck.newsroom import journal, record
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.newsroom.roles import EDITORS, Role

from .files import advance, lock_to_print
from .models import Ruling, Waiver
from .states import require_possible


def waiving_own_work(claim, by):
    """Why this person may not waive anybody's right of reply to `claim`, in a sentence; None where they wrote no part of it."""
    if by.pk in journal.author_numbers(claim):
        return _("You wrote or edited part of this claim, so another senior editor has to decide on a waiver.")
    return None


@transaction.atomic
def waive(file, *, by, reason, note):
    """Publish without asking this party: a senior editor who wrote no part of the claim, with a reason that readers see."""
    record.require_role(by, {Role.SENIOR_EDITOR})
    file = lock_to_print(file)
    if own_work := waiving_own_work(file.claim, by):
        raise NotAllowed(own_work)
    require_possible(file, "waive")
    if reason not in Waiver or not note.strip():
        raise Refused(_("Choose why they are not asked, and write the note that readers see."))
    return advance(
        file,
        "waive",
        by=by,
        verb="waived",
        authored=False,
        waiver_reason=reason,
        waiver_note=note,
        waived_by=by,
        waived_at=timezone.now(),
    )


@transaction.atomic
def not_required(file, *, by, because):
    """An editor's word that this party need not be asked, with the reason."""
    record.require_role(by, EDITORS)
    file = lock_to_print(file)
    require_possible(file, "not_require")
    if file.claim.concerned.filter(party=file.party, concerned_as=Concerned.As.ACCUSED).exists():
        raise Refused(_("%(party)s is accused: ask, or have a senior editor waive it.") % {"party": file.party})
    if not because.strip():
        raise Refused(_("Say why no reply is needed."))
    return advance(
        file,
        "not_require",
        by=by,
        verb="no reply required",
        authored=True,
        not_required_because=because,
        not_required_by=by,
        not_required_at=timezone.now(),
    )


@transaction.atomic
def require_after_all(file, *, by):
    """Take back a waiver or a "not required": the party is to be asked. The journal keeps what was decided before."""
    record.require_role(by, EDITORS)
    file = lock_to_print(file)
    require_possible(file, "require")
    nothing = dict.fromkeys(("waived_by", "waived_at", "not_required_by", "not_required_at"))
    return advance(
        file,
        "require",
        by=by,
        verb="reply required after all",
        authored=True,
        waiver_reason="",
        waiver_note="",
        not_required_because="",
        **nothing,
    )


@transaction.atomic
def rule_immaterial(file, *, by, reason):
    """An editor's word that the claim's new wording does not touch what the party was asked."""
    record.require_role(by, EDITORS)
    file = lock_to_print(file)
    if not file.wording_put or file.wording_put == file.claim.wording:
        raise Refused(_("The claim is worded as it was put: there is nothing to rule on."))
    row = Ruling(file=file, by=by, wording_before=file.wording_put, wording_now=file.claim.wording, reason=reason)
    record.add(row, by=by, verb="ruled change immaterial", claim=file.claim, authored=False)
    record.amend(
        file, by=by, verb="stands for new wording", claim=file.claim, authored=False, wording_put=file.claim.wording
    )
    return row
