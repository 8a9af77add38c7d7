"""How often a program may ask in a minute, and how much of that is left (API-1): told with every answer.

Each process counts for itself and in memory, so that counting costs no query and no address is written down. With several
processes more gets through than is told, never less, but for those whom a flood from everywhere makes count together; what
must hold against an attack belongs in the proxy.
"""

import time
from collections import Counter
from http import HTTPStatus
from threading import Lock

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

from factcheck.origin import network

WINDOW = 60  # seconds
MOST_NETWORKS = 100_000  # that one process tells apart in a minute: 10 MB
LATECOMERS = "latecomers"  # the name, which is no address, that all others count under until the minute is over


class TooOften(APIException):
    status_code = HTTPStatus.TOO_MANY_REQUESTS
    default_detail = _(
        "You asked as often as anybody may in a minute. Wait the seconds that “Retry-After” says, then go on."
    )


class _Minute:
    """Who asked how often since the minute began. Threads share it."""

    def __init__(self):
        self.lock, self.began, self.asked = Lock(), 0, Counter()

    def count(self, who, began):
        with self.lock:
            if began != self.began:
                self.began, self.asked = began, Counter()
            known = who in self.asked or len(self.asked) < MOST_NETWORKS
            name = who if known else LATECOMERS
            self.asked[name] += 1
            return self.asked[name]

    def forget(self):
        with self.lock:
            self.asked.clear()


minute = _Minute()


def told(request):
    """The headers that say how much is left, and whether this request was one too many (RateLimit header fields).

    Nothing is told or counted where the newsroom sets no limit, or where nobody knows where a request came from.
    """
    most, who = settings.API_REQUESTS_A_MINUTE, network(request)
    if not most or not who:
        return {}, False
    began, gone = divmod(int(time.time()), WINDOW)
    asked, rest = minute.count(who, began), WINDOW - gone
    headers = {
        "RateLimit-Policy": f'"minute";q={most};w={WINDOW}',
        "RateLimit": f'"minute";r={max(0, most - asked)};t={rest}',
    }
    if asked > most:
        headers["Retry-After"] = str(rest)
    return headers, asked > most
