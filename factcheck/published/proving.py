"""Whether the ledger still says what readers have, seen from inside: what `check_published` reports.

From outside the same is found with what the ledger hands out; here it is also seen what was printed past it.
"""

from typing import NamedTuple

from django.db.models import Exists, F, Max, OuterRef
from django.utils.translation import gettext as _

from factcheck.database import chain

from . import ledger, listing, provable
from .canonical import digest
from .models import Check, Edition, LedgerEntry, Notice
from .printed import printed


class Proof(NamedTuple):
    """What a walk of the whole ledger found."""

    faults: list  # a sentence each
    entries: int
    head: str


def not_as_printed(found):
    """The names of what lists and the head of a Reading's page show, where it is not what its edition says."""
    last = found.changes[0]
    told = listing.shown_of(found.check, found.document) | {
        "retracted": last.withdraws,
        "printed_at": last.edition.printed_at,
        "first_printed_at": found.changes[-1].edition.printed_at,
    }
    return [name for name, value in told.items() if getattr(found.check, name) != value]


def prove(kept=""):
    """Walk every entry, compare each with the text it was taken of, and look for what no entry tells of. Returns a Proof.

    `kept` is the hash of an entry noted down earlier, somewhere else: it has to be there still.
    """
    faults, number, previous, seen = [], 0, chain.GENESIS, not kept
    for entry in ledger.with_text().order_by("number").iterator(chunk_size=500):
        faults += _broken(entry, number + 1, previous)
        number, previous = entry.number, entry.hash
        seen = seen or entry.hash == kept
    if not seen:
        faults.append(_("The ledger does not hold: %(why)s.") % {"why": chain.HEAD_GONE})
    return Proof(faults + list(_not_entered()) + list(_not_shown()), number, previous)


def _broken(entry, expected, previous):
    why = chain.why_broken(entry, expected, previous, provable.hash_of)
    if not why and digest(ledger.text_of(entry)) != entry.sha256:
        why = _("its text is not the one that was printed")
    if why:
        words = {"entry": expected, "why": why}
        yield _("Entry %(entry)d of the ledger does not hold: %(why)s.") % words


def _not_entered():
    for rows, kind, edition in ((Edition, "edition", "pk"), (Notice, "notice", "edition")):
        its_own = printed(LedgerEntry).filter(edition=OuterRef(edition), kind=kind)
        missing = printed(rows).filter(~Exists(its_own)).order_by("pk").values_list("page__slug", "number")
        for slug, number in missing.iterator(chunk_size=500):
            words = {"kind": LedgerEntry.Kind(kind).label, "number": number, "slug": slug}
            yield _("%(kind)s %(number)d of /claims/%(slug)s/ is not in the ledger.") % words


def _not_shown():
    """Pages that show another edition than their last one."""
    shown = printed(Check).annotate(last=Max("editions__number")).exclude(last=F("edition")).order_by("pk")
    for slug, edition, last in shown.values_list("slug", "edition", "last").iterator(chunk_size=500):
        words = {"slug": slug, "edition": edition, "last": last or 0}
        yield _("/claims/%(slug)s/ shows edition %(edition)d, and the last one printed is %(last)d.") % words
