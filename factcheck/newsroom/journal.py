"""The journal: append-only, hash-chained. `write` adds an entry inside the caller's transaction; `first_broken` walks the chain."""

import hashlib
import json
from datetime import UTC

from django.db import connection, transaction
from django.utils import timezone

from .models import JournalEntry

GENESIS = "0" * 64
LOCK = 0x6661637463686563  # "factchec": the advisory lock that makes writers queue on PostgreSQL


def record_name(thing):
    """How the journal names a record: `claim:<ref>` where it has a ref of its own, else `<model>:<primary key>`."""
    return f"{thing._meta.model_name}:{getattr(thing, 'ref', thing.pk)}"


def write(*, by, verb, record, claim=None, authored=False, **details):
    """Write down that `by` (a User, or None for the system) did `verb` to `record`.

    `claim` is the claim it belongs to, if any; `authored` says that it wrote something a sign-off judges, which is what keeps
    its author from signing it off. `details` must fit into JSON. Call it inside the action's own transaction, so that the
    deed and its entry stand or fall together; outside of one it raises TransactionManagementError.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("journal.write belongs inside the transaction of what it records")
    if connection.vendor == "postgresql":  # SQLite writers queue already: transactions begin IMMEDIATE
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = JournalEntry.objects.order_by("-number").first()
    entry = JournalEntry(
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        verb=verb,
        record=record_name(record),
        claim_ref=str(claim.ref) if claim else "",
        authored=authored,
        details=json.loads(json.dumps(details, default=str)),
        actor_id=by.pk if by else None,
        actor=by.get_username() if by else "system",
        previous_hash=last.hash if last else GENESIS,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    return entry


def entry_hash(entry):
    """SHA-256 over everything an entry says and the hash of the one before."""
    said = {f.attname: getattr(entry, f.attname) for f in entry._meta.concrete_fields if f.attname not in ("id", "hash")}
    said["at"] = said["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def first_broken():
    """Walk the whole chain. Returns (how many entries hold, the first that does not, or None, and why in words)."""
    previous, number = GENESIS, 0
    for entry in JournalEntry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            return number, entry, f"entry {number + 1} is missing"
        if entry.previous_hash != previous:
            return number, entry, "it does not follow the entry before it"
        if entry_hash(entry) != entry.hash:
            return number, entry, "its text is not what was written"
        previous, number = entry.hash, entry.number
    return number, None, ""
