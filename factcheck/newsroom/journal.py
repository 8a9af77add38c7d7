"""The journal: append-only, hash-chained. `write` adds an entry in its caller's transaction; `walk` checks them all."""

import json

from django.db.models import Q

from factcheck.database import chain

from . import checks
from .models import JournalEntry

LOCK = 0x6661637463686563  # "factchec": the advisory lock that makes writers queue on PostgreSQL


def record_name(thing):
    """How the journal names a record: `claim:<ref>` where it has a ref of its own, else `<model>:<primary key>`."""
    return name_of(thing, getattr(thing, "ref", thing.pk))


def name_of(model, key):
    """The same from the model and the reference or primary key alone."""
    return f"{model._meta.model_name}:{key}"


def write(*, by, verb, record, claim=None, authored=False, **details):
    """Write down that `by` (a User, or None for the system) did `verb` to `record`. Returns the JournalEntry.

    `claim` is the claim it belongs to, if any; `authored` says that it wrote something a sign-off judges, which is what
    keeps its author from signing it off. `details` must fit into JSON. Call it inside the action's own transaction, so
    that the deed and its entry stand or fall together; outside of one it raises TransactionManagementError. Raises
    Refused where the details could tell who a protected source is (CS-7): an entry can never be taken out again.
    """
    kept = _as_kept(details)
    checks.check_details(kept, by=by)
    entry = JournalEntry(
        verb=verb,
        record=record_name(record),
        claim_ref=str(claim.ref) if claim else "",
        authored=authored,
        details=kept,
        actor_id=by.pk if by else None,
        actor=by.get_username() if by else "system",
    )
    return chain.append(entry, lock=LOCK)


def _as_kept(details):
    """The details as any database gives them back. Fractions become text: PostgreSQL would spell some of them anew."""
    return json.loads(json.dumps(details, default=str), parse_float=str, parse_constant=str)


def walk(head=""):
    """Walk the whole journal and say how far it holds, as a `chain.Walk`; `head` as in `chain.walk`."""
    return chain.walk(JournalEntry.objects, head)


def author_numbers(claim, records=()):
    """The numbers of everybody who wrote or edited any part of `claim`, or of the `records` (names) that it prints."""
    written = JournalEntry.objects.filter(Q(claim_ref=str(claim.ref)) | Q(record__in=records), authored=True)
    return set(written.exclude(actor_id=None).order_by().values_list("actor_id", flat=True).distinct())
