"""Holding a right of reply still while something is done to it: what all verbs of this room share."""

from factcheck.claims.actions import lock_open
from factcheck.newsroom import record

from .models import ReplyFile
from .states import after


def lock(file):
    """The file as it is now, locked until the transaction ends."""
    return ReplyFile.objects.select_for_update().get(pk=file.pk)


def lock_to_print(file):
    """The file, locked, where the claim is open to changes of what is printed."""
    lock_open(file.claim)
    return lock(file)


def advance(file, event, *, by, verb, authored, **changes):
    """Move the file along `event`, with other changes of its fields, as one journaled change. Returns the fresh file."""
    return record.amend(
        file, by=by, verb=verb, claim=file.claim, authored=authored, state=after(file.state, event), **changes
    )
