"""Paging by place, not by number: a page costs the same wherever it lies, and new claims push nothing to the next page.

The place is in the address, signed, so that an address can be shared and a made-up one is a 404.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.http import Http404

from factcheck.published import reading

SIZE = 20
SALT = "website.page"


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list. `older` is the query string of the next page, "" on the last; `newest` that of the first one."""

    rows: list
    older: str
    newest: str
    first: bool


def page_of(queryset, params, order=reading.NEWEST_FIRST, moment="listed_at"):
    """The Page of `queryset` that a reader's `params` (a QueryDict) ask for. Raises Http404 for a token we did not make.

    `order` names the two fields that the queryset is ordered by, `moment` the row's own attribute of the first. One query.
    """
    token = params.get("page", "")
    if token:
        queryset = reading.after(queryset, _place(token), order)
    rows = list(queryset[: SIZE + 1])
    older = ""
    if len(rows) > SIZE:
        rows.pop()
        older = _with_place(params, getattr(rows[-1], moment), rows[-1].pk)
    return Page(rows, older, _without_place(params), not token)


def _place(token):
    try:
        moment, key = signing.Signer(salt=SALT).unsign_object(token)
        return datetime.fromisoformat(moment), int(key)
    except (signing.BadSignature, ValueError, TypeError) as wrong:
        raise Http404("This page's token is not one of ours.") from wrong


def _without_place(params):
    params = params.copy()
    params.pop("page", None)
    return params.urlencode()


def _with_place(params, moment, key):
    params = params.copy()
    params["page"] = signing.Signer(salt=SALT).sign_object([moment.isoformat(), key])
    return params.urlencode()
