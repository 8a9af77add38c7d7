"""Pages that were made once and are handed out until they change: kept under what they depend on, so none is ever stale.

The name of an entry is the page's own tag, which stands for the moment its rows last changed, for this release's templates
and for every setting that a page prints; a correction changes the tag, and with it where the next request looks. What is no
longer asked for falls out of the cache by itself (CACHE_URL).
"""

import hashlib

from django.core.cache import caches
from django.http import HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from .release import release

CACHE = "pages"


def part(changed_at, what, build):
    """The text that `build` makes, a part of pages that are the same until something is published.

    `changed_at` is when that last happened; `what` is a tuple of strings (or None) that names the part and what it shows.
    """
    if changed_at is None:
        return build()
    named = "\0".join((release(), changed_at.isoformat(), get_language() or "", *(text or "" for text in what)))
    name = hashlib.sha256(named.encode()).hexdigest()
    if kept := caches[CACHE].get(name):
        return mark_safe(kept[0].decode())
    text = build()
    caches[CACHE].set(name, (text.encode(), {}))
    return text


def handed_out(request, etag, asked, build):
    """The HttpResponse of `build`, kept from an earlier request or kept for later ones.

    `asked` is what the page depends on of all that may stand behind its address. Errors and streamed files are not kept.
    """
    name = hashlib.sha256(f"{etag}\0{request.path_info}\0{asked}".encode()).hexdigest()
    if kept := caches[CACHE].get(name):
        content, headers = kept
        return HttpResponse(content, headers=headers)
    response = build()
    if request.method == "GET" and response.status_code == 200 and not response.streaming:
        caches[CACHE].set(name, (response.content, dict(response.headers)))
    return response
