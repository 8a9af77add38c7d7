"""Holding a right of reply still while something is done to it: what all verbs of this room share."""

from factcheck.claims.actions import require_open
from factcheck.claims.models import Claim
from factcheck.newsroom import record

from .models import ReplyFile
from .states import after


def lock(file):
    """The file as it is now, locked with its claim until the transaction ends.

    The claim first, always: two people who lock in turn never wait for each other, and nothing that comes in is lost
    between an editor's last look and the press.
    """
    claim = Claim.objects.select_for_update().get(pk=file.claim_id)
    file = ReplyFile.objects.select_for_update().get(pk=file.pk)
    file.claim = claim
    return file


def lock_to_print(file):
    """The file, locked, where the claim is open to changes of what is printed."""
    file = lock(file)
    require_open(file.claim)
    return file


def advance(file, event, *, by, verb, authored, **changes):
    """Move the file along `event`, with other changes of its fields, as one journaled change. Returns the fresh file."""
    return record.amend(
        file, by=by, verb=verb, claim=file.claim, authored=authored, state=after(file.state, event), **changes
    )
