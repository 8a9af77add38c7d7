"""Tables whose rows are chained: each has a number, the hash of the row before and its own over everything it says.

For append-only tables with the fields `number`, `at`, `previous_hash` and `hash`. Nothing inside a database can show by
itself that its newest rows are gone; a head noted down somewhere else can.
"""

import hashlib
import json
import re
from datetime import UTC
from typing import NamedTuple

from django.core.management import CommandError
from django.db import connection, transaction
from django.utils import timezone

GENESIS = "0" * 64
HEAD_GONE = "the chain ends without the head that was noted: later entries are gone, or all were rewritten"


def append(row, *, lock, hash_of=None):
    """Number, date, chain and save `row` in the caller's transaction, so that the deed and its entry stand or fall together.

    `lock` is the number of the advisory lock by which writers `queue`; `hash_of` says what a row's hash is, by default
    `row_hash`. Outside of a transaction it raises TransactionManagementError.
    """
    queue(lock)
    last = type(row).objects.order_by("-number").first()
    row.at = timezone.now()  # after the wait for the lock, so that moments run as numbers do
    row.number = last.number + 1 if last else 1
    row.previous_hash = last.hash if last else GENESIS
    row.hash = (hash_of or row_hash)(row)
    row.save()
    return row


def queue(lock):
    """Wait until no other transaction holds the advisory lock of this number, and hold it to the end of this one.

    On SQLite writers queue already, because transactions begin IMMEDIATE. Raises TransactionManagementError outside of one.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an entry belongs inside the transaction of what it records")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])


def row_hash(row):
    """SHA-256 over everything a row says and the hash of the one before."""
    said = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in ("id", "hash")}
    said["at"] = said["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def noted_head(text, printed_by):
    """A head that somebody noted, as `walk` compares it; "" is none. Raises CommandError, naming the command that prints them."""
    if not re.fullmatch(r"(?i)[0-9a-f]{64}|", text):
        raise CommandError(f"A head is what {printed_by} printed earlier: 64 hexadecimal digits.")
    return text.lower()


class Walk(NamedTuple):
    """What a walk along a chain found."""

    held: int  # how many rows hold, from the first on
    head: str  # the hash of the last of them
    broken: int | None = None  # the number of the first row that does not hold
    why: str = ""


def walk(rows, head="", hash_of=None):
    """Walk a whole chain, given as the queryset of its rows, and say how far it holds; `hash_of` as in `append`.

    `head` is the hash of a row noted down earlier, somewhere else: a chain that holds but no longer contains it was cut off
    at its end, or written anew.
    """
    previous, number, head_seen = GENESIS, 0, not head
    for row in rows.order_by("number").iterator(chunk_size=2000):
        if why := why_broken(row, number + 1, previous, hash_of or row_hash):
            return Walk(number, previous, number + 1, why)
        previous, number = row.hash, row.number
        head_seen = head_seen or row.hash == head
    if not head_seen:
        return Walk(number, previous, number + 1, HEAD_GONE)
    return Walk(number, previous)


def why_broken(row, expected, previous, hash_of):
    """Why `row` is not entry `expected` after the one whose hash is `previous`, in words; "" where it is."""
    if row.number != expected:
        return "it is missing"
    if row.previous_hash != previous:
        return "it does not follow the entry before it"
    if hash_of(row) != row.hash:
        return "it does not say what was written"
    return ""
