"""Pages that were made once and are handed out until they change: kept under what they depend on, so none is ever stale.

The name of an entry is the page's own tag, which stands for the moment its rows last changed, for this release's templates
and for every setting that a page prints; a correction changes the tag, and with it where the next request looks. What is no
longer asked for falls out of the cache by itself (CACHE_URL).
"""

import hashlib

from django.core.cache import caches
from django.http import HttpResponse

CACHE = "pages"


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
