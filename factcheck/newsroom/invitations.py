"""Invitations: an administrator asks somebody in by e-mail, with roles; a link that works once lets them in.

The token of a link is in its mail and nowhere else: a row keeps its hash. An invitation opens for as long as whoever made it
is an administrator. No address and no token goes into the journal.
"""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import journal, record
from .actions import _administrator, _known, _named, let_in
from .models import Invitation, User
from .refusals import Refused
from .roles import Role

DAYS = 7  # for which a link works
INVITED_ALREADY = gettext_lazy("This address was invited already. Send that invitation again, or take it back.")


class Closed(Refused):
    """The link of an invitation opens nothing any more."""


@transaction.atomic
def invite(*, by, email, roles):
    """Ask somebody in by their address. Returns the Invitation and the token that its link carries, which is kept nowhere.

    Raises NotAllowed, ValidationError, and Refused where the address is somebody's who works here, or was invited already.
    """
    _administrator(by)
    roles = _known(roles)
    if User.objects.filter(email__iexact=email, is_active=True).exists():
        raise Refused(_("Somebody who works here has this address already."))
    for row in _undecided().filter(email__iexact=email):
        if row.expires_at > timezone.now():
            raise Refused(INVITED_ALREADY)
        _close(row, by=by)
    return _made(by=by, email=email, roles=_named(roles), verb="invited")


@transaction.atomic
def send_again(invitation, *, by):
    """A new invitation in place of one that nobody took up; the old link is dead. Returns both as `invite` does."""
    _administrator(by)
    row = _still_undecided(invitation)
    _close(row, by=by)
    return _made(by=by, email=row.email, roles=row.roles, verb="invited again")


@transaction.atomic
def revoke(invitation, *, by):
    """Take an invitation back: its link opens nothing from now on. Returns the fresh Invitation."""
    _administrator(by)
    row = _close(_still_undecided(invitation), by=by)
    journal.write(by=by, verb="took back invitation", record=row)
    return row


@transaction.atomic
def was_sent(invitation):
    """Note that a mail server took the letter."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    row.sent_at = timezone.now()
    row.save(update_fields=["sent_at"])
    return row


def open_with(token):
    """The Invitation whose link this is; None where there never was one. Raises Closed where it opens nothing any more."""
    return _opening(Invitation.objects.filter(token_sha256=_hash(token)).first())


def for_address(email):
    """The Invitation that this address could take up now; None where there is none."""
    row = _undecided().filter(email__iexact=email).first()
    return row if row and not why_closed(row) else None


@transaction.atomic
def accept(invitation, *, username, password, **details):
    """Take an invitation up: an account with its address and roles, and what the person chose. Returns the User.

    Raises Closed where somebody was quicker or it was closed meanwhile, ValidationError where a field is wrong.
    """
    row = _opening(Invitation.objects.select_for_update().get(pk=invitation.pk))
    person = let_in(by=None, username=username, roles=row.roles, password=password, email=row.email, **details)
    row.accepted_at, row.accepted_by = timezone.now(), person
    row.save(update_fields=["accepted_at", "accepted_by"])
    journal.write(by=person, verb="came by invitation", record=person, roles=row.roles, invitation=row.pk)
    return person


def why_closed(invitation):
    """Why an invitation opens nothing (any more), in a sentence; nothing where it does."""
    if invitation.accepted_at:
        return _("It was used already.")
    if invitation.revoked_at:
        return _("It was taken back, or a newer one was sent in its place.")
    if invitation.expires_at <= timezone.now():
        return _("It was not used in time.")
    if not _lets_people_in(invitation.invited_by):
        return _("Whoever sent it does not let people in any more.")
    return ""


def _lets_people_in(person):
    return person.is_active and any(group.name == Role.ADMINISTRATOR for group in person.groups.all())  # as prefetched


def _opening(row):
    if row and (why := why_closed(row)):
        raise Closed(why)
    return row


def _undecided():
    return Invitation.objects.filter(accepted_at=None, revoked_at=None)


def _still_undecided(invitation):
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.accepted_at or row.revoked_at:
        raise Refused(why_closed(row))
    return row


def _close(row, *, by):
    row.revoked_at, row.revoked_by = timezone.now(), by
    row.save(update_fields=["revoked_at", "revoked_by"])
    return row


def _made(*, by, email, roles, verb):
    token, now = secrets.token_urlsafe(32), timezone.now()
    row = Invitation(email=email, roles=roles, token_sha256=_hash(token), invited_at=now, invited_by=by)
    row.expires_at = now + timedelta(days=DAYS)
    try:
        with transaction.atomic():
            record.keep(row, by=by)
    except (IntegrityError, ValidationError):  # two administrators at the same time; or the address is none
        if _undecided().filter(email__iexact=email).exists():
            raise Refused(INVITED_ALREADY) from None
        raise
    journal.write(by=by, verb=verb, record=row, roles=roles)
    return row, token


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()
