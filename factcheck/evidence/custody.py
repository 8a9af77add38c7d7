"""The custody record: append-only, hash-chained (EV-5). `write` adds an event in its caller's transaction; `walk` checks all."""

from factcheck.database import chain
from factcheck.sources import leak_guard

from .holdings import CustodyEvent

LOCK = 0x637573746F6479  # "custody": the advisory lock that makes writers queue on PostgreSQL
What = CustodyEvent.What


def write(what, *, by, item=None, file=None, tool="", note="", sha256=""):
    """Write down that `by` (a User, or None for a process of ours) did `what` with an Item, a File, or both.

    Call it inside the transaction of what it records; outside of one it raises TransactionManagementError.
    """
    if by and note:
        leak_guard.check([note], by=by)
    event = CustodyEvent(
        what=str(what),
        item_number=item.pk if item else None,
        sha256=file.sha256 if file else sha256,
        tool=tool[:100],
        note=note[:500],
        actor_id=by.pk if by else None,
        actor=by.get_username() if by else "system",
    )
    return chain.append(event, lock=LOCK)


def take_turn():
    """Keep everybody else from writing into the record until the caller's transaction ends, before something is looked up
    that only holds as long."""
    chain.queue(LOCK)


def hashed_as(file):
    """What the record says when a File is hashed, beside the hash: its size, its type, how it was made and of which file.

    Of a sealed one, all of it is of the sealed bytes, and the mark is told by which what is in them is known.
    """
    source = f" from {file.derived_from.sha256}" if file.derived_from else ""
    sealed = f", sealed, {file.mark}" if file.mark else ""
    return f"{file.size} bytes, {file.type}, {file.made}{source}{sealed}"


def walk(head=""):
    """Walk the whole custody record and say how far it holds, as a `chain.Walk`; `head` as in `chain.walk`."""
    return chain.walk(CustodyEvent.objects, head)
