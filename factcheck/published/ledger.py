"""The public ledger: every edition and every notice, as an entry in a chain of hashes that anybody can walk from outside.

`enter` adds to it in the press's own transaction; all else here reads it, through the readers' database.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from factcheck.database import chain

from . import provable
from .canonical import digest
from .models import LedgerEntry
from .printed import printed

LOCK = 0x6C6564676572  # "ledger": the advisory lock by which presses queue on PostgreSQL
BLOCK = 100  # entries that are handed out at once
HIGHEST = 2**62 // BLOCK  # a block beyond is nobody's, and no database is asked for it


def queue():
    """Wait for the ledger and keep it to the end of the transaction. Raises TransactionManagementError outside of one."""
    chain.queue(LOCK)


def enter(edition):
    """Enter a printed Edition, and after it the notice that it came with, in the press's own transaction."""
    notice = getattr(edition, "notice", None)
    for kind in [LedgerEntry.Kind.EDITION] + [LedgerEntry.Kind.NOTICE] * bool(notice):
        sha256 = digest(provable.text(kind, provable.RULE, edition, notice))
        entry = LedgerEntry(kind=kind, rule=provable.RULE, sha256=sha256, edition=edition)
        chain.append(entry, lock=LOCK, hash_of=provable.hash_of)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the ledger ends: how many entries it has, the hash of the last, and when that was entered (None: nothing yet)."""

    entries: int
    hash: str
    at: datetime | None


def head():
    """The Head of the ledger: what whoever wants to prove something later keeps. One query."""
    last = printed(LedgerEntry).order_by("-number").values_list("number", "hash", "at").first()
    return Head(*last) if last else Head(0, chain.GENESIS, None)


def newest():
    """The entries, newest first, with what a page shows of each."""
    rows = printed(LedgerEntry).select_related("edition__page", "edition__notice").order_by("-number")
    return rows.defer("edition__document", "edition__page__search_text", "edition__page__wording")


@dataclass(frozen=True, slots=True)
class Block:
    """So many entries at once, in order; `more` says whether there is a block after it."""

    entries: list
    more: bool

    @property
    def at(self):
        """When the last of them was entered, or None where there are none."""
        return self.entries[-1].at if self.entries else None


def block(number, whole=False):
    """Block `number` of the ledger, from 1 on; with all that their texts are made of where it is to be `whole`. One query."""
    found = list(_of_block(with_text() if whole else newest(), number).order_by("number"))
    entries = [entry for entry in found if entry.number <= number * BLOCK]
    return Block(entries, more=len(found) > len(entries))


def block_of(entry):
    """The number of the block in which the entry of this number stands, for good."""
    return (entry - 1) // BLOCK + 1


def shown_in_block(number):
    """What the page of a block depends on: the number of the last entry it knows of, and when a page it names last changed.

    None and None where the block is empty. One query.
    """
    rows = _of_block(printed(LedgerEntry).order_by(), number)
    return tuple(rows.aggregate(last=Max("number"), changed_at=Max("edition__page__changed_at")).values())


def _of_block(rows, number):
    """Those of a block, and the first of the block after it, by which it is known that there is one."""
    if not 0 < number < HIGHEST:
        return rows.none()
    return rows.filter(number__gt=(number - 1) * BLOCK, number__lte=number * BLOCK + 1)


def entry(number):
    """One entry with all that its text is made of, or None where there is none. One query."""
    return with_text().filter(number=number).first() if 0 < number < HIGHEST else None


def with_text():
    """Every entry with all that its text is made of."""
    rows = printed(LedgerEntry).select_related("edition__page", "edition__notice")
    return rows.defer("edition__page__search_text", "edition__page__wording")


def text_of(entry):
    """The public text of an entry, as its edition and notice say it now."""
    return provable.text(entry.kind, entry.rule, entry.edition, getattr(entry.edition, "notice", None))
