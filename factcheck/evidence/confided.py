"""What a protected person gave us: its original, with all that is hidden in it, is for custodians alone (CS-8)."""

from django.utils.translation import gettext as _

from factcheck.newsroom.refusals import Refused
from factcheck.sources.custody import is_custodian
from factcheck.sources.models import Source


def brought(item, person):
    """Whether this person brought the first file of an Item. A later one proves nothing: whoever writes can add one."""
    first = item.exhibits.order_by("pk").first()
    return first is not None and first.received_by_id == person.pk


def require_unsealed(item, *, by):
    """Raise Refused before whoever may not open the originals of an Item changes what seals them."""
    if item.exhibits.exists() and (reason := why_sealed(by, item)):
        raise Refused(_("Whose account it is, and that it is confidential, is not yours to change."), reason)


def is_a_sources(item):
    """Whether an Item comes from somebody who must not be known by it."""
    return item.confidential or bool(item.source and item.source.pseudonym_id)


def why_sealed(by, item):
    """Why this person may not open originals of an Item, in a sentence; None where they may.

    Where the vault does not know whose account it is, whoever brought its first file, and so has seen it, may open them.
    """
    if not is_a_sources(item):
        return None
    pseudonym = item.source.pseudonym_id if item.source else None
    source = Source.objects.filter(pseudonym=pseudonym).first() if pseudonym else None
    if source and is_custodian(source, by):
        return None
    if source is None and brought(item, by):
        return None
    return _(
        "It comes from a confidential source, so its original is for the custodians of that source alone, and where none "
        "is known, for whoever brought it. Everybody else works with the copy without hidden data."
    )
