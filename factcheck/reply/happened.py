"""What merely happened to a right of reply, noted by whatever carried it: a letter that left, a reminder, a message that
came back. Nobody is asked for a role here, because the deed is done; `by` is whoever gave it to be sent."""

from django.db import transaction

from factcheck.newsroom import record

from .correspondence import Channel
from .files import advance, lock
from .models import Attempt
from .rounds import UNREACHED
from .states import possible


@transaction.atomic
def note_attempt(file, *, by, at, **fields):
    """Note an attempt by e-mail. `fields` as in `Attempt`. Returns it."""
    file = lock(file)
    attempt = Attempt(file=file, at=at, channel=Channel.EMAIL, logged_by=by, **fields)
    record.add(attempt, by=by, verb="logged attempt", claim=file.claim)
    if attempt.outcome not in UNREACHED:
        advance(file, "reach", by=by, verb="reached party", authored=False)
    return attempt


@transaction.atomic
def note_letter(file, *, by, at, wording, allegations, outcome, **fields):
    """Note that a letter put `allegations`, with the claim worded as `wording`: in the words it had, whatever the file says now.

    Whom it did not reach, it was put to in vain. Where the file has come to an end that nothing can be put to any more, the
    attempt alone is noted. Returns the Attempt.
    """
    file = lock(file)
    attempt = Attempt(file=file, at=at, channel=Channel.EMAIL, logged_by=by, outcome=outcome, **fields)
    record.add(attempt, by=by, verb="logged attempt", claim=file.claim)
    event = "put_in_vain" if outcome in UNREACHED else "put"
    if possible(file.state, event):
        _stamp(allegations, wording, by=by, at=at)
        advance(file, event, by=by, verb="put to party", authored=True, wording_put=wording)
    return attempt


def _stamp(allegations, wording, *, by, at):
    for row in allegations:
        if row.wording != wording:
            row.put_at, row.wording = at, wording
            record.keep(row, by=by)
