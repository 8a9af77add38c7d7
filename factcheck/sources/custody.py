"""Need to know: who may learn who a source is (CS-3). Its custodians and nobody else; roles give nothing here.

Every verb takes `by`, is atomic and journaled with the source's reference alone, and raises NotAllowed (the person), Refused
(the state of things) or ValidationError (the fields).
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.newsroom import journal
from factcheck.newsroom.record import keep, require_role
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.newsroom.roles import AUTHORS, EDITORS, Role

from .file_keys import hand_over
from .keys import new_sealed_key
from .models import Custody, Source


def is_custodian(source, person):
    """Whether this person may know who `source` is. Superusers and administrators never may."""
    return barred(person) is None and source.custodies.filter(person=person, revoked_at=None).exists()


def holds_custody(person):
    """Whether somebody is a custodian of any source whose identity still exists."""
    return person.custodies.filter(revoked_at=None, source__destroyed_at=None).exists()


def require_no_custody(person):
    """Raise Refused where somebody keeps a source, and so nobody may make way for a new second factor of theirs (CS-3).

    Whoever took the old one away and gave a password could come in as them, and learn alone who the source is.
    """
    if holds_custody(person):
        raise Refused(
            _(
                "They keep a protected source, and whoever came in as them with a new second factor could read who it is. "
                "Another custodian ends their custody first, and gives it back once they are in again. Recovery codes work "
                "meanwhile."
            )
        )


def barred(person):
    """Why this person can be nobody's custodian, in a sentence; None where they can."""
    if person is None or not person.is_active:
        return _("Only somebody who works here can be a custodian.")
    if person.is_superuser or person.has_role(Role.ADMINISTRATOR):
        return _(
            "Whoever runs the system or manages its people is nobody’s custodian: what opens every door must not open this one."
        )
    if not person.has_role(*AUTHORS, Role.LEGAL):
        return _("Custodians are journalists, editors or legal.")
    return None


def for_custodians(person):
    """What somebody who is no custodian of a source is told, with what they can do about it: a sentence or two."""
    how = barred(person) or _("A custodian can make you one, with a reason.")
    return _("Only custodians of this source may do this. %(how)s") % {"how": how}


def require_custodian(source, by):
    """Raise NotAllowed unless `by` is a custodian of `source`. What the source is called is not said."""
    if not is_custodian(source, by):
        raise NotAllowed(for_custodians(by))


def lock(source):
    """The source as it is now, locked, and not destroyed. Raises Refused."""
    current = Source.objects.select_for_update().get(pk=source.pk)
    if current.destroyed_at:
        raise Refused(_("What was kept about this source is destroyed. Only the reference is left."))
    return current


@transaction.atomic
def open_source(*, by, editor, review_on, pseudonym=None):
    """Take somebody under protection: you and one named editor are the custodians. Returns the Source. Raises VaultShut."""
    require_role(by)
    if editor == by or not editor.has_role(*EDITORS):
        raise Refused(_("Name an editor other than yourself who knows who the source is, too."))
    for person in (by, editor):
        if reason := barred(person):
            raise Refused(reason)
    source = Source(sealed_key=new_sealed_key(), pseudonym=pseudonym, review_on=review_on, opened_by=by)
    keep(source, by=by)
    if pseudonym:
        hand_over(pseudonym, source)
    journal.write(by=by, verb="took under protection", record=source)
    for person in (by, editor):
        _grant(source, person, by=by, because=_("Custodian from the beginning."))
    return source


@transaction.atomic
def grant(source, *, by, person, because):
    """Make somebody a custodian, with the reason why they need to know. Returns the Custody."""
    source = lock(source)
    require_custodian(source, by)
    if reason := barred(person):
        raise Refused(reason)
    if is_custodian(source, person):
        raise Refused(_("They are a custodian of this source already."))
    return _grant(source, person, by=by, because=because)


def _grant(source, person, *, by, because):
    custody = keep(Custody(source=source, person=person, granted_by=by, granted_because=because), by=by)
    journal.write(by=by, verb="granted custody of", record=source, person=person.pk, because=because)
    return custody


@transaction.atomic
def revoke(custody, *, by, because):
    """End a custody, one's own too, with the reason. One custodian who works here stays. Returns the Custody."""
    source = lock(custody.source)
    require_custodian(source, by)
    custody = Custody.objects.select_for_update().select_related("person").get(pk=custody.pk)
    if custody.revoked_at:
        raise Refused(_("They are no custodian of this source any more."))
    others = source.custodies.filter(revoked_at=None).exclude(pk=custody.pk).select_related("person")
    if all(barred(other.person) for other in others):
        raise Refused(_("Somebody has to know who the source is. Make somebody else a custodian first."))
    custody.revoked_at, custody.revoked_by, custody.revoked_because = timezone.now(), by, because
    keep(custody, by=by)
    journal.write(by=by, verb="revoked custody of", record=source, person=custody.person_id, because=because)
    return custody
