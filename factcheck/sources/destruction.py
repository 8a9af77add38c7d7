"""How long a source is kept: review days, legal holds, and destruction that leaves a tombstone (CS-12).

Destroyed is the source's own data key, and with it everything that was sealed with it, also in the journal of the database and
in copies made later. Copies of the database made before still hold it: backups need an end of their own.
"""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.newsroom import journal
from factcheck.newsroom.record import keep
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.newsroom.roles import Role

from .custody import is_custodian, lock, require_custodian
from .guarding import renew_generation
from .models import Source

HOLDERS = frozenset({Role.LEGAL, Role.SENIOR_EDITOR})


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


@transaction.atomic
def destroy(source, *, by, because):
    """Destroy what is kept about a source, for good. The reference stays, with when, who and why. Returns the Source.

    Refused under a legal hold. The leak guard forgets the source's terms, too: nobody knows any more what it would look for.
    """
    source = lock(source)
    require_custodian(source, by)
    if source.held_at:
        raise Refused(_("This source is under a legal hold: nothing of it may be destroyed."))
    source.destroyed_at, source.destroyed_by, source.destroyed_because = timezone.now(), by, because
    source.sealed_key = ""
    keep(source, by=by)  # checked against the source's own terms, so that the reason does not tell
    journal.write(by=by, verb="destroyed", record=source, because=because)
    source.sealed.all().delete()
    source.terms.all().delete()
    renew_generation()
    transaction.on_commit(_overwrite, robust=True)  # it is destroyed, whatever becomes of this
    return source


def _overwrite():
    """Take what was deleted out of the database's own files as well, as far as it can be told to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # FULL writes the tables anew: a plain one leaves the bytes of what was deleted where they were.
            cursor.execute("VACUUM FULL sources_source, sources_sealed, sources_guardedterm, sources_guardtoken")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # deleted rows are overwritten: secure_delete is on


def to_review(person, by_day):
    """Sources of this custodian whose review falls on `by_day` or before, the first due first. They are told by reference alone."""
    mine = Source.objects.filter(custodies__person=person, custodies__revoked_at=None, destroyed_at=None)
    return mine.filter(review_on__lte=by_day).order_by("review_on")
