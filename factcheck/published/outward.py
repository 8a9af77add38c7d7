"""The public text of an edition: what API, feeds, open data and ledger hand out, and nothing beside it.

It is the stored document without the two keys by which the house finds its way: the claim's reference, and the references
of claims tied to it, which may not be published. Who printed it and what was signed off stand beside the document, not in
it. Ties between published claims are asked of `reading.linked`.
"""

import json

from .canonical import canonical, digest
from .models import NoticeKind

KEPT_BACK = frozenset({"claim_ref", "links"})


def public_document(edition):
    """What readers of an Edition were told, as plain values: the keys of `Document` but those of `KEPT_BACK`."""
    return {key: value for key, value in json.loads(edition.document).items() if key not in KEPT_BACK}


def public_text(edition):
    """The public document in canonical form: the same edition, the same text, byte for byte, for good."""
    return canonical(public_document(edition))


def public_digest(edition):
    """SHA-256 of the public text in UTF-8, in hexadecimal."""
    return digest(public_text(edition))


# What the page of a retracted claim still shows: what was claimed, not what we found, nor what anybody answered to it.
STANDS = frozenset(
    [
        *(
            "slug",
            "wording",
            "short_form",
            "language",
            "claim_type",
            "claim_type_label",
            "quotation",
            "speaker",
            "said",
        ),
        *("story", "topics", "written_by", "signed_off_by"),
    ]
)


def document_of(reading):
    """The public document of a Reading as it may be told now: of a claim that was retracted, only what `STANDS`."""
    document = public_document(reading.edition)
    if reading.check.retracted:
        return {key: value for key, value in document.items() if key in STANDS}
    return document


WORDS = ("was_wrong", "says_now", "why", "rating_before", "rating_after")


def told_of(notice, retracted):
    """What is told now of a Notice beside its kind and its day, under `WORDS`, and whether its claim was `retracted`.

    That something was corrected is told for good. Of a claim that was retracted since, what a correction said stands no more
    than the finding that it corrected: its words are empty, and so is the rating that a retraction ended. The ledger has
    every notice as it was printed.
    """
    told = {name: getattr(notice, name, "") for name in WORDS}  # one that is only planned knows of no ratings yet
    if retracted:
        stands = ("was_wrong", "says_now", "why") if notice.kind == NoticeKind.RETRACTION else ()
        told = {name: value if name in stands else "" for name, value in told.items()}
    return {**told, "retracted": bool(retracted)}
