"""Paging by place, not by number: a page costs the same wherever it lies, and new claims push nothing to the next page.

The place is in the address, as the moment and the key of the last row above it, so that an address can be shared; what is no
place that we gave out is refused (`places.py`).
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from factcheck.published import reading

from . import places
from .parameters import NotUnderstood

SIZE = 20
PAGE = "page"  # the parameter that names a place
ORDER = "readers' list"  # what places of readers' lists are spelled for
AFTER = "after"  # the parameter that names how many of the best matches lie above
MATCHES_ABOVE = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list. `older` is the query string of the next page, "" on the last; `newest` that of the first one."""

    rows: list
    older: str
    newest: str
    first: bool


def place_in(params):
    """Where a list is to go on, by a reader's `params` (a QueryDict); None at its beginning. Raises NotUnderstood."""
    if not params.get(PAGE):
        return None
    try:
        return places.place_in(params[PAGE], ORDER)
    except places.NoPlace:
        raise _no_place(PAGE) from None


def _no_place(name):
    sentence = _(
        "This is no place in a list of ours: the link was cut or changed on its way. Begin at the top of the list."
    )
    return NotUnderstood(sentence, name)


def above_in(params):
    """How many matches of a search lie above the page that a reader's `params` ask for. Raises NotUnderstood."""
    if not params.get(AFTER):
        return 0
    if not MATCHES_ABOVE.fullmatch(params[AFTER]):
        raise _no_place(AFTER)
    return int(params[AFTER])


def ranked_page(keys, rows_of, params, above):
    """The Page of a list that is in no order but its own: `keys` as they stand, and `rows_of` some of them."""
    last = above + SIZE
    older = _with(params, AFTER, str(last)) if len(keys) > last else ""
    return Page(rows_of(keys[above:last]), older, _without(params, AFTER), above == 0)


def page_of(queryset, params, place, order=reading.NEWEST_FIRST, moment="listed_at", size=SIZE):
    """The Page of `queryset` that a reader's `params` (a QueryDict) ask for, from `place` on.

    `order` names the two fields that the queryset is ordered by, `moment` the row's own attribute of the first. One query.
    """
    if place:
        queryset = reading.after(queryset, place, order)
    rows = list(queryset[: size + 1])
    older = ""
    if len(rows) > size:
        rows.pop()
        older = _with(params, PAGE, places.spelled(getattr(rows[-1], moment), rows[-1].pk, ORDER))
    return Page(rows, older, _without(params, PAGE), place is None)


def places_of(queryset, order=reading.NEWEST_FIRST, size=SIZE, pages=50):
    """The places of all pages of a list but its first, as addresses spell them; so many `pages` a query, by the keys alone."""
    place = None
    while True:
        rows = reading.after(queryset, place, order) if place else queryset
        keys = list(rows.values_list(*order)[: size * pages + 1])
        for last in range(size, len(keys), size):
            yield places.spelled(*keys[last - 1], ORDER)
        if len(keys) <= size * pages:
            return
        place = keys[size * pages - 1]


def _without(params, name):
    params = params.copy()
    params.pop(name, None)
    return params.urlencode()


def _with(params, name, value):
    params = params.copy()
    params[name] = value
    return params.urlencode()
