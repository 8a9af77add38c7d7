"""Time that was given to a party who had answered, to say more: until it is over, or they said it, it is promised (RR-3)."""

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from .correspondence import Extension
from .states import ANSWERED


def of_the_last_promise(name):
    """A field of the last time that was granted and is not over, as a column of reply files."""
    granted = Extension.objects.filter(file=OuterRef("pk"), granted=True, new_deadline_at__gt=timezone.now())
    return Subquery(granted.order_by("-pk").values(name)[:1])


def promised_until(file):
    """Until when a party that answered may still say more, or None. `file` has `given_at` and `given_until`, as above."""
    if file.state not in ANSWERED or not file.given_at:
        return None
    said_since = any(response.received_at > file.given_at for response in file.responses.all())
    return None if said_since else file.given_until
