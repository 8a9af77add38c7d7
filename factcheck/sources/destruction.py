"""How long a source is kept: review days, legal holds, and destruction that leaves a tombstone (CS-12).

It takes two custodians: one proposes it with a reason, another confirms it. The only one says that they are it.
Destroyed is the source's own data key, and with it everything that was sealed with it, files too, also in the journal of the
database and in copies made later. Copies of the database made before still hold it: backups need an end of their own.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.newsroom import journal
from factcheck.newsroom.record import keep
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.newsroom.roles import Role

from . import file_keys, overwriting
from .custody import barred, is_custodian, lock, require_custodian
from .guarding import renew_generation
from .models import Source

HOLDERS = frozenset({Role.LEGAL, Role.SENIOR_EDITOR})
ALONE_AFTER = timedelta(days=30)  # how long somebody whose custody was ended can still object


def may_hold(source, by):
    """Whether this person may put a source under a legal hold: legal, a senior editor, or a custodian. A hold reads nothing."""
    return by.has_role(*HOLDERS) or is_custodian(source, by)


@transaction.atomic
def set_review(source, *, by, review_on):
    """Set the day on which the desk asks again whether this has to be kept. Returns the Source."""
    source = lock(source)
    require_custodian(source, by)
    if review_on <= timezone.localdate():
        raise Refused(_("The day of the next review is still to come. Choose a later one."))
    source.review_on = review_on
    keep(source, by=by)
    journal.write(by=by, verb="set the review of", record=source, review_on=review_on)
    return source


@transaction.atomic
def hold(source, *, by, because):
    """Keep everything about a source until the hold is lifted: proceedings are under way or to be expected. Returns the Source."""
    source = lock(source)
    if not may_hold(source, by):
        raise NotAllowed(_("Only legal, a senior editor or a custodian may hold a source."))
    if source.held_at:
        raise Refused(_("This source is under a legal hold already."))
    source.held_at, source.held_by, source.held_because = timezone.now(), by, because
    keep(source, by=by)
    journal.write(by=by, verb="held", record=source, because=because)
    return source


@transaction.atomic
def lift_hold(source, *, by, because):
    """End a legal hold, with the reason. Legal or a senior editor may; a custodian alone may not. Returns the Source."""
    source = lock(source)
    if not by.has_role(*HOLDERS):
        raise NotAllowed(_("Only legal or a senior editor may lift a legal hold."))
    if not source.held_at:
        raise Refused(_("This source is under no legal hold."))
    if not because.strip():
        raise Refused(_("Say why the hold is lifted. It stays on the record."))
    source.held_at, source.held_by, source.held_because = None, None, ""
    keep(source, by=by)
    journal.write(by=by, verb="lifted the hold on", record=source, because=because)
    return source


def who_confirms(source, by):
    """The custodians beside `by` who could confirm that what is kept is destroyed: people who work here, as a list."""
    others = source.custodies.filter(revoked_at=None).exclude(person=by).select_related("person")
    return [custody.person for custody in others if barred(custody.person) is None]


def why_not_proposed(source, by):
    """Every reason why nobody proposes to destroy this now, in sentences."""
    if source.proposed_at:
        return [_("It is proposed already: another custodian confirms it, or keeps it.")]
    return [] if who_confirms(source, by) else [_("You are its only custodian, so nobody could confirm it.")]


def why_not_confirmed(source, by):
    """Every reason why `by` does not confirm the destruction now, in sentences."""
    if not source.proposed_at:
        return [_("Nobody proposed to destroy this.")]
    if source.proposed_by_id == by.pk:
        return [_("You proposed it, so another custodian has to confirm it.")]
    if not is_custodian(source, source.proposed_by):
        return [_("Whoever proposed it is no custodian any more. Keep it, or keep it and propose it anew.")]
    return []


def why_not_alone(source, by):
    """Every reason why `by` does not destroy this alone, in sentences. Ending the other custody first is no way round."""
    if who_confirms(source, by):
        return [_("There is another custodian: propose it, and they confirm it.")]
    lately = source.custodies.filter(revoked_by=by, revoked_at__gt=timezone.now() - ALONE_AFTER).exclude(person=by)
    if any(barred(custody.person) is None for custody in lately.select_related("person")):
        return [_("You ended somebody’s custody less than thirty days ago. Make them, or somebody else, a custodian.")]
    return []


@transaction.atomic
def propose_destruction(source, *, by, because):
    """Propose to destroy what is kept about a source. Another custodian confirms it, or keeps it. Returns the Source."""
    source = _to_be_destroyed(source, by, why_not_proposed)
    source.proposed_at, source.proposed_by, source.proposed_because = timezone.now(), by, because
    keep(source, by=by)
    journal.write(by=by, verb="proposed to destroy", record=source, because=because)
    return source


@transaction.atomic
def keep_after_all(source, *, by, because):
    """Take back that a source is to be destroyed, one's own proposal too, with the reason. Returns the Source."""
    source = lock(source)
    require_custodian(source, by)
    if not source.proposed_at:
        raise Refused(_("Nobody proposed to destroy this."))
    if not because.strip():
        raise Refused(_("Say why it is kept. It stays on the record."))
    source.proposed_at, source.proposed_by, source.proposed_because = None, None, ""
    keep(source, by=by)
    journal.write(by=by, verb="kept after all", record=source, because=because)
    return source


@transaction.atomic
def confirm_destruction(source, *, by):
    """Destroy, as a second custodian, what another proposed to destroy. The proposal's reason stays. Returns the Source."""
    source = _to_be_destroyed(source, by, why_not_confirmed)
    return _destroyed(source, by, source.proposed_because, verb="destroyed", proposed_by=source.proposed_by_id)


@transaction.atomic
def destroy_alone(source, *, by, because, alone):
    """Destroy what is kept about a source as its only custodian. `alone` is that one knows to be it. Returns the Source."""
    source = _to_be_destroyed(source, by, why_not_alone)
    if not alone:
        raise Refused(_("Say that you are its only custodian and answer for this alone."))
    source.proposed_at, source.proposed_by, source.proposed_because = None, None, ""
    return _destroyed(source, by, because, verb="destroyed alone")


def _to_be_destroyed(source, by, why_not):
    """The source, locked. Raises NotAllowed unless `by` is a custodian, and Refused under a hold or for what `why_not` says."""
    source = lock(source)
    require_custodian(source, by)
    if source.held_at:
        raise Refused(_("This source is under a legal hold: nothing of it may be destroyed."))
    if reasons := why_not(source, by):
        raise Refused(*reasons)
    return source


def _destroyed(source, by, because, *, verb, **details):
    """The key goes, and all it sealed. The leak guard forgets the source's terms: nobody knows what it would look for."""
    source.destroyed_at, source.destroyed_by, source.destroyed_because = timezone.now(), by, because
    source.sealed_key = ""
    keep(source, by=by)  # checked against the source's own terms, so that the reason does not tell
    journal.write(by=by, verb=verb, record=source, because=because, **details)
    source.sealed.all().delete()
    source.terms.all().delete()
    file_keys.empty(source)
    renew_generation()
    transaction.on_commit(overwriting.overwrite_at_once, robust=True)  # it is destroyed, whatever becomes of this
    return source


def to_review(person, by_day):
    """Sources of this custodian whose review falls on `by_day` or before, the first due first. They are told by reference alone."""
    mine = Source.objects.filter(custodies__person=person, custodies__revoked_at=None, destroyed_at=None)
    return mine.filter(review_on__lte=by_day).order_by("review_on")
