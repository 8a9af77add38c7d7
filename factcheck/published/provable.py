"""What an entry of the ledger is taken of, so that anybody can take it again: the public text of an edition or a notice, and
the line that is hashed into the chain.

A rule stands for ever: what was entered under it has to come out byte for byte, whatever is printed later. Where something
else is to be taken, it gets a rule of its own, with a number of its own. These functions know rows by what they carry, so
that a migration can use them on the rows of its own time.
"""

import json
from datetime import UTC

from .canonical import canonical, digest

RULE = 1  # under which editions are entered now
# What of a document never leaves the house, and what the page of one that was withdrawn still says: `outward`, as it was then.
KEPT_BACK = {1: frozenset({"claim_ref", "links"})}
STANDS = {
    1: frozenset(
        ["claim_type", "claim_type_label", "language", "quotation", "said", "short_form", "signed_off_by"]
        + ["slug", "speaker", "story", "topics", "wording", "written_by"]
    )
}
TOLD_OF_A_MINOR_EDIT = ("kind", "slug", "number", "title", "language")  # readers get no word of such a notice
TOLD_OF_A_NOTICE = (*TOLD_OF_A_MINOR_EDIT, "was_wrong", "says_now", "why", "rating_before", "rating_after")
UNREADABLE = "null"  # the text of what is no document any more: it is nobody's text, and so has nobody's digest


def text(kind, rule, edition, notice):
    """The public text of an entry, as canonical JSON: of an Edition ("edition") or of the Notice it came with ("notice").

    `notice` is None for an edition that came without one.
    """
    return notice_text(notice) if kind == "notice" else edition_text(edition.document, rule, notice)


def edition_text(document, rule, notice):
    """The public text of an edition, from its stored `document` (text). One that withdrew its page says no more than the page."""
    withdrawn = bool(notice) and notice.kind == "retraction"
    try:
        told = {key: value for key, value in json.loads(document).items() if key not in KEPT_BACK[rule]}
        if withdrawn:
            told = {key: value for key, value in told.items() if key in STANDS[rule]}
        return canonical(told).encode().decode()
    except (ValueError, KeyError, AttributeError, RecursionError):
        return UNREADABLE


def notice_text(notice):
    """The public text of a notice: what readers are told of the change."""
    if notice is None:
        return UNREADABLE
    told = TOLD_OF_A_MINOR_EDIT if notice.kind == "minor_edit" else TOLD_OF_A_NOTICE
    return canonical({**{name: getattr(notice, name) for name in told}, "printed_at": moment(notice.printed_at)})


def line(entry):
    """What is hashed of an entry, as plain values: all that outsiders are told of it, but for the hash itself."""
    edition = entry.edition
    return {
        "entry": entry.number,
        "rule": entry.rule,
        "kind": entry.kind,
        "address": edition.page.slug,
        "edition": edition.number,
        "printed_at": moment(edition.printed_at),
        "entered_at": moment(entry.at),
        "sha256": entry.sha256,
        "previous": entry.previous_hash,
    }


def hash_of(entry):
    """SHA-256 of the canonical line of an entry."""
    return digest(canonical(line(entry)))


def moment(at):
    """A moment as the ledger writes it: in UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
