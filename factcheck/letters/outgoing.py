"""What is to leave by e-mail: `queue` is the one way out of the building. `sending` does the rest."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from . import held
from .models import Outgoing
from .states import OutgoingState


@transaction.atomic
def queue(*, purpose, once, to_address, subject, body, by=None, due_at=None, **fields):
    """Queue one e-mail. Returns the Outgoing; asked again with the same `once`, the one that is there.

    `once` names what it is sent once for ("letter:12:1", "digest:3:2026-11-26"), so that no two workers and no second
    click send it twice. `body` is plain text; `letters.keys.MARK` in it becomes the private page's address where `key` is
    given. `due_at` is aware, now where it is left out. Raises ValidationError for an address or a line that cannot be sent.
    """
    if there := _queued_before(once):
        return there
    fields = {"to_address": to_address, "subject": subject, "body": body, "queued_by": by, **fields}
    outgoing = Outgoing(purpose=purpose, once=once, due_at=due_at or timezone.now(), **fields)
    try:
        with transaction.atomic():
            return _save(outgoing)
    except (IntegrityError, ValidationError):
        if there := _queued_before(once):  # another worker queued it in the same moment
            return there
        raise


def _queued_before(once):
    return Outgoing.objects.filter(once=once).first()


def _save(outgoing):
    outgoing.full_clean()
    if outgoing.purpose == Outgoing.Purpose.RECEIPT:
        held.set_aside(outgoing)
    outgoing.save()
    return outgoing


def due(now=None):
    """The e-mails that are to be sent now and that no worker has taken, oldest first: due work is a query."""
    now = now or timezone.now()
    return Outgoing.objects.filter(state=OutgoingState.QUEUED, due_at__lte=now).order_by("due_at", "pk")


def cancel(rows, *, because):
    """Cancel those of `rows` (Outgoing) that nobody has taken yet. Returns how many. The caller's transaction locks them."""
    waiting = rows.select_for_update().filter(state=OutgoingState.QUEUED, taken_until=None)
    for row in waiting:
        row.state, row.answered = OutgoingState.CANCELLED, because[:300]
        row.save(update_fields=["state", "answered"])
    return len(waiting)


def cancel_all(rows, *, because):
    """Cancel all of `rows` that wait. Returns whether none of them is in a worker's hands."""
    cancel(rows, because=because)
    return not rows.filter(state__in=[OutgoingState.QUEUED, OutgoingState.SENDING]).exists()
