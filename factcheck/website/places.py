"""A place in a list, as text: the moment and the key of the last row above it, and a check sum.

It gives nothing away and opens nothing, so it is not signed: a process of readers' pages alone has no key to sign with. The sum
is over the place and the order it belongs to, so that one that was mistyped, cut, or taken from another list is told as such.
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta

PLACE = re.compile(r"(-?[0-9]{1,18})\.([0-9]{1,18})\.([0-9a-f]{8})", re.ASCII)
SINCE = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class NoPlace(ValueError):
    """The text is no place in a list of this order."""


def spelled(moment, key, order):
    """The text of a place: an aware datetime and a row's key, in a list that is in this `order` (its name)."""
    place = f"{(moment - SINCE) // MICROSECOND}.{key}"
    return f"{place}.{_sum(place, order)}"


def place_in(text, order):
    """The (moment, key) that a text spells. Raises NoPlace."""
    found = PLACE.fullmatch(text)
    if not found or found[3] != _sum(f"{found[1]}.{found[2]}", order):
        raise NoPlace(text)
    try:
        return SINCE + int(found[1]) * MICROSECOND, int(found[2])
    except OverflowError as wrong:
        raise NoPlace(text) from wrong


def _sum(place, order):
    return hashlib.sha256(f"{order} {place}".encode()).hexdigest()[:8]
