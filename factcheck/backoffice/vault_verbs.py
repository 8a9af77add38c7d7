"""The verbs on a protected source. Who may is asked of custody alone, and again by every action."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from factcheck.newsroom.roles import EDITORS
from factcheck.sources import custody, destruction, guarding, identity
from factcheck.sources.custody import for_custodians, is_custodian
from factcheck.sources.keys import vault_is_open

from . import vault_forms as forms
from .verbs import Verb, role_needed


@dataclass(frozen=True)
class SourceVerb(Verb):
    """`fresh`: it opens the vault, so a second factor is asked for once more."""

    fresh: bool = False

    def address(self, thing):
        return reverse(f"admin:{self.url_name(type(thing))}", args=[thing.ref])


def a_custodian(by, case):
    if is_custodian(case.thing, by):
        return None
    return for_custodians(by)


def an_approver(by, case):
    return a_custodian(by, case) or role_needed(EDITORS)(by, case)


def a_holder(by, case):
    if destruction.may_hold(case.thing, by):
        return None
    return _("Only legal, a senior editor or a custodian may hold a source.")


def kept(by, case):
    if case.thing.destroyed_at:
        return [_("What was kept about this source is destroyed. Only the reference is left.")]
    return []


def opened(by, case):
    if kept(by, case) or vault_is_open():
        return kept(by, case)
    return [_("The vault has no key: whoever runs the server sets VAULT_KEYS.")]


def not_held(by, case):
    return kept(by, case) or ([_("This source is under a legal hold.")] if case.thing.held_at else [])


def held(by, case):
    return kept(by, case) or ([] if case.thing.held_at else [_("This source is under no legal hold.")])


def _when(why_not):
    """The rule that it is kept and not held, and that `why_not(source, by)` names no reason."""
    return lambda by, case: not_held(by, case) or why_not(case.thing, by)


def proposed(by, case):
    return kept(by, case) or ([] if case.thing.proposed_at else [_("Nobody proposed to destroy this.")])


def some_guarded(by, case):
    none = not case.thing.terms.filter(removed_at=None).exists()
    return kept(by, case) or ([_("Nothing of this source is guarded.")] if none else [])


def _unapproved(case, by):
    return case.thing.promises.filter(approved_at=None).exclude(recorded_by=by).first()


def to_approve(by, case):
    return kept(by, case) or ([] if _unapproved(case, by) else [_("There is no promise that you could approve.")])


def _act(action):
    return lambda case, by, data: action(case.thing, by=by, **data)


READ = SourceVerb(
    "read",
    _l("Read who it is"),
    _l(
        "What the vault holds is shown once, on the next page. That you read it stays on the record; what it says does not."
    ),
    None,  # the page itself answers: see vault_pages
    forms.ReadForm,
    a_custodian,
    opened,
    fresh=True,
    tone="main",
)
WRITE = SourceVerb(
    "write",
    _l("Write who it is"),
    _l(
        "Every part is sealed by itself. What you leave empty stays as it was; what you fill in takes the place of what was there."
    ),
    None,
    forms.WriteForm,
    a_custodian,
    opened,
    fresh=True,
)
SOURCE_VERBS = (
    READ,
    WRITE,
    SourceVerb(
        "promise",
        _l("Record a promise"),
        _l(
            "What was promised, by whom and when: the law protects a promise that can be shown. Its words go into the vault."
        ),
        _act(identity.record_promise),
        forms.PromiseForm,
        a_custodian,
        kept,
        done=_l("The promise is on the record. An editor who knows the source approves it."),
    ),
    SourceVerb(
        "approve",
        _l("Approve the promise"),
        _l("You answer for the promise, and for it that the source is in a position to know."),
        lambda case, by, data: identity.approve_promise(_unapproved(case, by), by=by),
        may=an_approver,
        not_now=to_approve,
        done=_l("Approved."),
    ),
    SourceVerb(
        "guard",
        _l("Guard another term"),
        _l(
            "No text with it in is saved, sent or published from now on, whoever writes it. Copies of cited pages that we hold "
            "are gone through within minutes, and those that say it are withheld. What people wrote before stays as it is: "
            "look for it, and change it."
        ),
        _act(guarding.guard_term),
        forms.GuardForm,
        a_custodian,
        opened,
        done=_l("Guarded from now on."),
        fresh=True,
    ),
    SourceVerb(
        "unguard",
        _l("Stop guarding a term"),
        _l("It may be written, sent and published again, by everybody. This is the only way past the leak guard."),
        lambda case, by, data: guarding.stop_guarding(data["term"], by=by, because=data["because"]),
        forms.UnguardForm,
        a_custodian,
        some_guarded,
        done=_l("It is guarded no more."),
        tone="grave",
        fresh=True,
    ),
    SourceVerb(
        "grant",
        _l("Add a custodian"),
        _l("They will be able to read who the source is."),
        _act(custody.grant),
        forms.GrantForm,
        a_custodian,
        kept,
        done=_l("They are a custodian now."),
        fresh=True,
    ),
    SourceVerb(
        "revoke",
        _l("End a custody"),
        _l("They cannot read any more who the source is. What they have read, they know."),
        lambda case, by, data: custody.revoke(data["custody"], by=by, because=data["because"]),
        forms.RevokeForm,
        a_custodian,
        kept,
        done=_l("The custody is ended."),
    ),
    SourceVerb(
        "review",
        _l("Set the day of review"),
        _l("On that day the desk asks the custodians whether this still has to be kept."),
        _act(destruction.set_review),
        forms.ReviewForm,
        a_custodian,
        kept,
        done=_l("The day is set."),
    ),
    SourceVerb(
        "hold",
        _l("Put under a legal hold"),
        _l(
            "Nothing of it can be destroyed until legal or a senior editor lifts the hold. It lets nobody read anything."
        ),
        _act(destruction.hold),
        forms.BecauseForm,
        a_holder,
        not_held,
        done=_l("Held."),
    ),
    SourceVerb(
        "lift-hold",
        _l("Lift the legal hold"),
        _l("What is kept about the source can be destroyed again."),
        _act(destruction.lift_hold),
        forms.BecauseForm,
        role_needed(destruction.HOLDERS),
        held,
        done=_l("The hold is lifted."),
    ),
    SourceVerb(
        "propose-destruction",
        _l("Propose to destroy what is kept"),
        _l(
            "Another custodian has to confirm it, and sees your reason. Until then everything stays as it is, and either of you "
            "can keep it after all."
        ),
        lambda case, by, data: destruction.propose_destruction(case.thing, by=by, because=data["because"]),
        forms.ReferenceForm,
        a_custodian,
        _when(destruction.why_not_proposed),
        done=_l("Proposed. The other custodians see it on their desk, and confirm it or keep it."),
        fresh=True,
    ),
    SourceVerb(
        "confirm-destruction",
        _l("Confirm the destruction"),
        _l(
            "The key of this source is destroyed, and everything sealed with it, for good: nobody can bring it back. "
            "The leak guard forgets it, too."
        ),
        lambda case, by, data: destruction.confirm_destruction(case.thing, by=by),
        forms.ConfirmForm,
        a_custodian,
        _when(destruction.why_not_confirmed),
        shows=("backoffice/sources/proposed.html",),
        done=_l("Destroyed. The reference, the day, both names and the reason stay."),
        tone="grave",
        fresh=True,
    ),
    SourceVerb(
        "keep",
        _l("Keep it after all"),
        _l("The proposal to destroy it is taken back, on the record. Everything stays as it is."),
        _act(destruction.keep_after_all),
        forms.BecauseForm,
        a_custodian,
        proposed,
        shows=("backoffice/sources/proposed.html",),
        done=_l("It is kept."),
    ),
    SourceVerb(
        "destroy",
        _l("Destroy alone what is kept"),
        _l(
            "The key of this source is destroyed, and everything sealed with it, for good: nobody can bring it back. "
            "The leak guard forgets it, too. You are its only custodian, so nobody else looks at this first: where you can, "
            "make somebody else a custodian, and propose it to them."
        ),
        lambda case, by, data: destruction.destroy_alone(
            case.thing, by=by, because=data["because"], alone=data["alone"]
        ),
        forms.AloneForm,
        a_custodian,
        _when(destruction.why_not_alone),
        done=_l("Destroyed. The reference, the day, your reason, and that you did it alone, stay."),
        tone="grave",
        fresh=True,
    ),
)
