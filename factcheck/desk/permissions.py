"""May this person do this to this claim? One table of roles by verb, and the rules that keep people from judging their own work.

Asked twice: for the buttons on the claim's page, and again by every action on every POST. Being a superuser changes nothing.
*Is it ready?* is answered in `gates.py`.
"""

from django.utils.translation import gettext as _

from factcheck.newsroom.refusals import NotAllowed
from factcheck.newsroom.roles import AUTHORS, DISCLOSERS, EDITORS, Role

MAY = {
    "start": AUTHORS,
    "submit": AUTHORS,
    "propose_verdict": AUTHORS,
    "plan_notice": AUTHORS,
    "close": AUTHORS,
    "draft_update": AUTHORS,
    "spare_update": EDITORS,
    "court_file": AUTHORS | {Role.LEGAL},
    "court_file_whole": DISCLOSERS,
    "send_back": EDITORS | {Role.LEGAL},
    "sign_off": EDITORS,
    "sign_off_legal": frozenset({Role.LEGAL}),
    "publish": EDITORS,
    "correct": EDITORS,
    "stand_by": EDITORS,
    "reopen": EDITORS,
    "propose_retraction": EDITORS,
    "retract": frozenset({Role.SENIOR_EDITOR}),
    "override": frozenset({Role.SENIOR_EDITOR}),
}


def role_refusal(user, verb):
    """Why this person's roles do not allow `verb`, in a sentence; None where they do."""
    if user.has_role(*MAY[verb]):
        return None
    names = ", ".join(str(role.label) for role in Role if role in MAY[verb])
    return _("Only these roles may do this: %(names)s.") % {"names": names}


def refusal(user, verb, dossier):
    """Why this person may not do `verb` to this claim, in a sentence; None where they may."""
    return role_refusal(user, verb) or OWN_WORK.get(verb, lambda user, dossier: None)(user, dossier)


def require(user, verb, dossier=None):
    """Raise NotAllowed with the reason. Without a dossier only the role is asked."""
    reason = refusal(user, verb, dossier) if dossier else role_refusal(user, verb)
    if reason:
        raise NotAllowed(reason)


def _wrote_part(user, dossier):
    if user.pk in dossier.authors:
        return _("You wrote or edited part of this, so somebody else has to sign it off.")
    if user.pk in dossier.deciders:
        return _("You waived or overrode something here, or ruled on it, so somebody else has to sign it off.")
    return None


def _signs_as_editor(user, dossier):
    return _wrote_part(user, dossier) or _signed_already(user, dossier.standing("legal"))


def _signs_as_legal(user, dossier):
    return _wrote_part(user, dossier) or _signed_already(user, dossier.standing("editor"))


def _signed_already(user, sign_offs):
    if any(sign_off.by_id == user.pk for sign_off in sign_offs):
        return _("You signed this off in another capacity, so somebody else has to sign it off in this one.")
    return None


def _overrides_own_work(user, dossier):
    if user.pk in dossier.authors:
        return _("You wrote or edited part of this, so another senior editor has to answer for the override.")
    return None


def _retracts_own_proposal(user, dossier):
    if user.pk == dossier.retraction_proposed_by:
        return _("You proposed this retraction, so another senior editor has to make it.")
    return None


OWN_WORK = {
    "sign_off": _signs_as_editor,
    "sign_off_legal": _signs_as_legal,
    "override": _overrides_own_work,
    "retract": _retracts_own_proposal,
}
