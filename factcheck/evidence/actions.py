"""The verbs of the evidence room: add, edit, withdraw. Raise NotAllowed, ValidationError, Refused, ChangedMeanwhile."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.claims.actions import lock_open
from factcheck.newsroom import record
from factcheck.newsroom.refusals import Refused

from .confided import require_unsealed
from .models import Item


@transaction.atomic
def add(claim, *, by, **fields):
    """Add an evidence item to an open claim. Fields as in `Item`."""
    record.require_role(by)
    lock_open(claim)
    return record.add(Item(claim=claim, **fields), by=by, verb="added evidence", claim=claim)


@transaction.atomic
def edit(item, *, by, version=None, **changes):
    """Change an item of an open claim."""
    record.require_role(by)
    lock_open(item.claim)
    if changes.get("visibility", Item.Visibility.PUBLIC) != Item.Visibility.PUBLIC or changes.get("confidential"):
        _require_nothing_released(item)
    if changes.keys() & {"confidential", "source"}:
        require_unsealed(Item.objects.get(pk=item.pk), by=by)
    return record.amend(item, by=by, verb="edited evidence", version=version, claim=item.claim, **changes)


@transaction.atomic
def withdraw(item, *, by, because):
    """Stop relying on an item. The row stays, with the reason; editions that printed it keep it."""
    if not because.strip():
        raise Refused(_("Say why this evidence is withdrawn."))
    record.require_role(by)
    lock_open(item.claim)
    _require_nothing_released(item)
    return record.amend(
        item, by=by, verb="withdrew evidence", claim=item.claim, withdrawn_because=because, withdrawn_at=timezone.now()
    )


def _require_nothing_released(item):
    if item.exhibits.filter(released_at__isnull=False).exists():
        raise Refused(_("A file of it is released to readers: an editor has to take it back first."))
