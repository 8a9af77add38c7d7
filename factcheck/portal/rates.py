"""How often somebody may knock: by token and by address, counted where every process sees it.

A bucket has as many slots as it allows; whoever takes one keeps it for the whole window, so at no moment do more than that
go through. An address is kept as a keyed digest that changes every day, for a window and no longer.
"""

import hashlib
import time
from typing import NamedTuple

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from factcheck.newsroom.models import CacheEntry
from factcheck.origin import network


class Limit(NamedTuple):
    """So many, in so many seconds."""

    most: int
    seconds: int


OPENED = Limit(90, 600)  # by token: pages of it looked at, checked or changed
FILED = Limit(12, 3600)  # by token: answers sent
CAME = Limit(180, 600)  # by address: pages of any token, since a whole press office may share one
NOWHERE = "nowhere"  # who asks by a socket, or by a proxy that says nothing: all of them count together
GUESSED = Limit(20, 600)  # by address: tokens that open nothing


def wait(limit, name, what):
    """Take a slot of `limit` for `what` (text), and return 0; where none is free, the seconds until one is."""
    _sweep()
    bucket = hashlib.sha256(f"{name}:{what}".encode()).hexdigest()[:32]
    slots = [f"reply:{bucket}:{number}" for number in range(limit.most)]
    taken, now = cache.get_many(slots), int(time.time())
    for slot in slots:
        if slot not in taken and cache.add(slot, now, limit.seconds):  # another process may have been quicker
            return 0
    return max(1, min(taken.values(), default=now) + limit.seconds - now)


def _sweep():
    """Once a minute, what counts no more is taken out: the cache itself would keep it until it is full."""
    if cache.add("reply:swept", 1, 60):
        CacheEntry.objects.filter(expires__lt=timezone.now()).delete()


def of_address(request):
    """What stands for where a request came from: today's keyed digest of its address (of its network, for IPv6)."""
    return salted_hmac(
        "factcheck.portal.rates", f"{time.strftime('%F', time.gmtime())} {network(request) or NOWHERE}"
    ).hexdigest()
