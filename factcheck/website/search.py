"""A search by words: the best matches first, and how many there are, as far as it is known."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.published import finding

from .paging import AFTER, PAGE, Page, ranked_page
from .parameters import NotUnderstood

ORDER = "order"
NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a search, and what a reader is told of it in a sentence."""

    listing: Page
    told: str


def found(asked, params, above):
    """What a ClaimFilter finds for its words, from the match `above` on; None where a list in order of time answers better.

    That is so without words, where the reader asked for it, and where words that are in very many claims are narrowed by
    other filters as well: to weigh the newest of them would miss the older ones that all of it fits.
    """
    if params.get(ORDER, NEWEST) != NEWEST:
        raise NotUnderstood(_("“order” is “newest”, or left out for the best matches first."), ORDER)
    if not asked.words or params.get(ORDER) == NEWEST:
        return None
    best = finding.best(asked.words)
    if not best.whole and len(asked.filters) > 1:
        return None
    keys = asked.among(best.keys)
    return Found(ranked_page(keys, finding.in_this_order, params, above), _told(len(keys), best))


def _told(number, best):
    if not number:
        return ""
    if best.whole:
        told = ngettext("%d claim, the best match first.", "%d claims, the best matches first.", number)
        return told % number
    if best.weighed:
        return _("More than %s claims match. These are the best of the newest of them.") % f"{number:,}"
    return (
        _("More than %s claims match. Of the newest of them, those that say it in the claim itself come first.")
        % f"{number:,}"
    )


def orders(params):
    """The two orders of a search, as (what it is called, its query string, whether it is this page's)."""
    newest = params.get(ORDER) == NEWEST
    return [
        (_("Best matches first"), _ordered(params, ""), not newest),
        (_("Newest first"), _ordered(params, NEWEST), newest),
    ]


def _ordered(params, order):
    kept = params.copy()
    for name in (PAGE, AFTER, ORDER):
        kept.pop(name, None)
    if order:
        kept[ORDER] = order
    return kept.urlencode()
