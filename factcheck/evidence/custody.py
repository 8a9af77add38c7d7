"""The custody record: append-only, hash-chained (EV-5). `write` adds an event in its caller's transaction; `walk` checks all."""

import hashlib
import json
from datetime import UTC
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from factcheck.sources import leak_guard

from .holdings import CustodyEvent

GENESIS = "0" * 64
LOCK = 0x637573746F6479  # "custody": the advisory lock that makes writers queue on PostgreSQL
HEAD_GONE = "the chain ends without the head that was noted: later events are gone, or all were rewritten"
What = CustodyEvent.What


def write(what, *, by, item=None, file=None, tool="", note="", sha256=""):
    """Write down that `by` (a User, or None for a process of ours) did `what` with an Item, a File, or both.

    Call it inside the transaction of what it records; outside of one it raises TransactionManagementError.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("custody.write belongs inside the transaction of what it records")
    if by and note:
        leak_guard.check([note], by=by)
    last = _last_event()
    event = CustodyEvent(
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        what=what,
        item_number=item.pk if item else None,
        sha256=file.sha256 if file else sha256,
        tool=tool[:100],
        note=note[:500],
        actor_id=by.pk if by else None,
        actor=by.get_username() if by else "system",
        previous_hash=last.hash if last else GENESIS,
    )
    event.hash = event_hash(event)
    event.save()
    return event


def _last_event():
    if connection.vendor == "postgresql":  # SQLite writers queue already: transactions begin IMMEDIATE
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return CustodyEvent.objects.order_by("-number").first()


def event_hash(event):
    """SHA-256 over everything an event says and the hash of the one before."""
    said = {
        f.attname: getattr(event, f.attname) for f in event._meta.concrete_fields if f.attname not in ("id", "hash")
    }
    said["what"], said["at"] = str(said["what"]), said["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Walk(NamedTuple):
    """What a walk along the chain found."""

    held: int  # how many events hold, from the first on
    head: str  # the hash of the last of them
    broken: int | None = None  # the number of the first event that does not hold
    why: str = ""


def hashed_as(file):
    """What the record says when a File is hashed, beside the hash: its size and its type."""
    return f"{file.size} bytes, {file.type}"


def walk(head=""):
    """Walk the whole chain and say how far it holds.

    `head` is the hash of an event noted down earlier, somewhere else: a chain that holds and no longer contains it was cut
    off at its end, or written anew.
    """
    previous, number, head_seen = GENESIS, 0, not head
    for event in CustodyEvent.objects.order_by("number").iterator(chunk_size=2000):
        if why := _why_broken(event, number + 1, previous):
            return Walk(number, previous, number + 1, why)
        previous, number = event.hash, event.number
        head_seen = head_seen or event.hash == head
    if not head_seen:
        return Walk(number, previous, number + 1, HEAD_GONE)
    return Walk(number, previous)


def _why_broken(event, expected, previous):
    if event.number != expected:
        return "it is missing"
    if event.previous_hash != previous:
        return "it does not follow the event before it"
    if event_hash(event) != event.hash:
        return "it does not say what was written"
    return ""
