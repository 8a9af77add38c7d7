"""Taking a page: the page itself, what it is shown with, what it says; and knowing when what came is not the page."""

import contextlib
from dataclasses import dataclass
from time import monotonic

from django.utils.translation import gettext as _

from . import apart, walls
from .charsets import to_text
from .fetch import Limits
from .reading import Page
from .refusals import Forbidden, NotFetched
from .requisites import needed_by_css
from .robots import Robots

MB = 1024 * 1024
PART = Limits(seconds=15, received=8 * MB, unpacked=16 * MB, redirects=4)
SECONDS_FOR_PARTS = 90
MOST_PARTS = 120
MOST_OF_PARTS = 60 * MB


class NotThePage(NotFetched):
    """Something answered, but not the page that was cited: a wall, an error, an empty sheet. It is no evidence."""


@dataclass(frozen=True)
class Taken:
    """A page in hand: how it was reached, what it says, and every exchange there was, for the archive file."""

    fetched: object  # fetch.Fetched
    page: Page
    exchanges: tuple

    @property
    def last(self):
        return self.fetched.last


def look(url, fetcher, *, headers=(), limits=None, robots=None):
    """Fetch and read one page without what it is shown with. Returns Taken. Raises Forbidden, Failed, NotThePage."""
    robots = robots or Robots(fetcher)
    robots.require(url)
    fetched = fetcher.fetch(url, headers=headers, limits=limits)
    last = fetched.last
    if last.url != fetched.asked_for:
        robots.require(last.url)
    require_a_page(last)
    page = apart.read(last.body, last.header("content-type"), last.url)
    if page.wall:
        raise NotThePage(page.wall, told_wall(page.wall))
    return Taken(fetched, page, fetched.exchanges)


def take(url, fetcher):
    """Fetch a page with what it is shown with. Returns Taken. Raises Forbidden, Failed, NotThePage.

    What cannot be had of the parts is left out: a page with a picture missing is still the page.
    """
    robots = Robots(fetcher)
    taken = look(url, fetcher, robots=robots)
    return Taken(taken.fetched, taken.page, (*taken.exchanges, *_parts_of(taken, fetcher, robots)))


def _parts_of(taken, fetcher, robots):
    """The exchanges that bring what the page is shown with, as far as time, number and room allow."""
    ends, room = monotonic() + SECONDS_FOR_PARTS, MOST_OF_PARTS
    waiting, seen = list(taken.page.needs), {exchange.url for exchange in taken.exchanges}
    for _turn in range(MOST_PARTS):
        waiting = [url for url in waiting if url not in seen]
        if not waiting or room <= 0 or monotonic() > ends:
            return
        seen.add(url := waiting.pop(0))
        with contextlib.suppress(NotFetched):
            exchanges = _part(url, fetcher, robots)
            yield from exchanges
            room -= sum(len(exchange.raw) for exchange in exchanges)
            waiting += _needed_in_turn(exchanges[-1])


def _part(url, fetcher, robots):
    if not robots.allow(url):
        raise Forbidden("robots", _("The site asks programs not to fetch this."))
    return fetcher.fetch(url, limits=PART).exchanges


def _needed_in_turn(exchange):
    if exchange.media_type != "text/css" or exchange.status != 200:
        return []
    return needed_by_css(to_text(exchange.body, exchange.header("content-type")), exchange.url)


def told_wall(wall):
    """A wall in a sentence for whoever asked for the page."""
    return {
        walls.LOGIN: _("The page wants a log-in. What a visitor sees there is not what was cited."),
        walls.CONSENT: _("The site shows a consent notice instead of the page, and we do not consent for you."),
        walls.PAYWALL: _("The page is for subscribers, and what everybody gets of it is not what was cited."),
    }[wall]


def require_a_page(exchange):
    """Raise NotThePage where the status of an answer says that the page is not there, or not for us."""
    status = exchange.status
    if status == 304 or (200 <= status < 300 and exchange.body):
        return
    code, sentence = _STATUSES.get(status) or _by_hundreds(status)
    raise NotThePage(code, sentence() % {"status": status})


_STATUSES = {
    401: ("login", lambda: _("The page wants a log-in (status %(status)d).")),
    402: ("paywall", lambda: _("The page wants to be paid for (status %(status)d).")),
    403: ("refused", lambda: _("The site refuses us the page (status %(status)d).")),
    404: ("gone", lambda: _("There is no page at this address any more (status %(status)d).")),
    410: ("gone", lambda: _("The page was removed for good (status %(status)d).")),
    429: ("busy", lambda: _("The site asks us to come back later (status %(status)d).")),
    451: ("refused", lambda: _("The page is withheld for legal reasons (status %(status)d).")),
    503: ("busy", lambda: _("The site is not serving pages at the moment (status %(status)d).")),
}


def _by_hundreds(status):
    if 200 <= status < 300:
        return "empty", lambda: _("The page is empty (status %(status)d).")
    if status >= 500:
        return "busy", lambda: _("The site has a fault (status %(status)d).")
    return "refused", lambda: _("The site does not give us the page (status %(status)d).")
