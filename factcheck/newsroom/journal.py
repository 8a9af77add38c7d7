"""The journal: append-only, hash-chained. `write` adds an entry in its caller's transaction; `walk` checks them all."""

import hashlib
import json
from datetime import UTC
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from . import checks
from .models import JournalEntry

GENESIS = "0" * 64
HEAD_GONE = "the chain ends without the head that was noted: later entries are gone, or all were rewritten"
LOCK = 0x6661637463686563  # "factchec": the advisory lock that makes writers queue on PostgreSQL


def record_name(thing):
    """How the journal names a record: `claim:<ref>` where it has a ref of its own, else `<model>:<primary key>`."""
    return f"{thing._meta.model_name}:{getattr(thing, 'ref', thing.pk)}"


def write(*, by, verb, record, claim=None, authored=False, **details):
    """Write down that `by` (a User, or None for the system) did `verb` to `record`. Returns the JournalEntry.

    `claim` is the claim it belongs to, if any; `authored` says that it wrote something a sign-off judges, which is what
    keeps its author from signing it off. `details` must fit into JSON. Call it inside the action's own transaction, so
    that the deed and its entry stand or fall together; outside of one it raises TransactionManagementError. Raises
    Refused where the details could tell who a protected source is (CS-7): an entry can never be taken out again.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("journal.write belongs inside the transaction of what it records")
    kept = _as_kept(details)
    checks.check_details(kept, by=by)
    last = _last_entry()
    entry = JournalEntry(
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        verb=verb,
        record=record_name(record),
        claim_ref=str(claim.ref) if claim else "",
        authored=authored,
        details=kept,
        actor_id=by.pk if by else None,
        actor=by.get_username() if by else "system",
        previous_hash=last.hash if last else GENESIS,
    )
    entry.hash = entry_hash(entry)
    entry.save()
    return entry


def _last_entry():
    if connection.vendor == "postgresql":  # SQLite writers queue already: transactions begin IMMEDIATE
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return JournalEntry.objects.order_by("-number").first()


def _as_kept(details):
    """The details as any database gives them back. Fractions become text: PostgreSQL would spell some of them anew."""
    return json.loads(json.dumps(details, default=str), parse_float=str, parse_constant=str)


def entry_hash(entry):
    """SHA-256 over everything an entry says and the hash of the one before."""
    said = {
        f.attname: getattr(entry, f.attname) for f in entry._meta.concrete_fields if f.attname not in ("id", "hash")
    }
    said["at"] = said["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Walk(NamedTuple):
    """What a walk along the chain found."""

    held: int  # how many entries hold, from the first on
    head: str  # the hash of the last of them
    broken: int | None = None  # the number of the first entry that does not hold
    why: str = ""


def walk(head=""):
    """Walk the whole chain and say how far it holds.

    `head` is the hash of an entry noted down earlier, somewhere else: a chain that holds but no longer contains it was
    cut off at its end, or written anew. Nothing inside the database can show that by itself.
    """
    previous, number, head_seen = GENESIS, 0, not head
    for entry in JournalEntry.objects.order_by("number").iterator(chunk_size=2000):
        if why := _why_broken(entry, number + 1, previous):
            return Walk(number, previous, number + 1, why)
        previous, number = entry.hash, entry.number
        head_seen = head_seen or entry.hash == head
    if not head_seen:
        return Walk(number, previous, number + 1, HEAD_GONE)
    return Walk(number, previous)


def _why_broken(entry, expected, previous):
    if entry.number != expected:
        return "it is missing"
    if entry.previous_hash != previous:
        return "it does not follow the entry before it"
    if entry_hash(entry) != entry.hash:
        return "it does not say what was written"
    return ""


def author_numbers(claim, records=()):
    """The numbers of everybody who wrote or edited any part of `claim`, or of the `records` (names) that it prints."""
    written = JournalEntry.objects.filter(Q(claim_ref=str(claim.ref)) | Q(record__in=records), authored=True)
    return set(written.exclude(actor_id=None).order_by().values_list("actor_id", flat=True).distinct())
