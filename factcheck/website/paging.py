"""Paging by place, not by number: a page costs the same wherever it lies, and new claims push nothing to the next page.

The place is in the address, as the moment and the key of the last row above it, so that an address can be shared. It gives
nothing away and opens nothing, so it is not signed; what is no such place is a 404.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import Http404

from factcheck.published import reading

SIZE = 20
PAGE = "page"  # the parameter that names a place
PLACE = re.compile(r"(-?[0-9]{1,18})\.([0-9]{1,18})")
SINCE = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


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
    """Where a list is to go on, by a reader's `params` (a QueryDict); None at its beginning. Raises Http404 for no place."""
    return _place(params[PAGE]) if params.get(PAGE) else None


def above_in(params):
    """How many matches of a search lie above the page that a reader's `params` ask for. Raises Http404 for no number."""
    if not params.get(AFTER):
        return 0
    if not MATCHES_ABOVE.fullmatch(params[AFTER]):
        raise Http404("There is no such place in this list.")
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
        moment = (getattr(rows[-1], moment) - SINCE) // MICROSECOND
        older = _with(params, PAGE, f"{moment}.{rows[-1].pk}")
    return Page(rows, older, _without(params, PAGE), place is None)


def _place(token):
    found = PLACE.fullmatch(token)
    try:
        return SINCE + int(found[1]) * MICROSECOND, int(found[2])
    except (TypeError, OverflowError) as wrong:
        raise Http404("There is no such place in this list.") from wrong


def _without(params, name):
    params = params.copy()
    params.pop(name, None)
    return params.urlencode()


def _with(params, name, value):
    params = params.copy()
    params[name] = value
    return params.urlencode()
