"""No page of the desk is kept by a browser or a proxy, whatever answered, and none tells another where somebody came from."""

import re

from django.conf import settings
from django.utils.cache import add_never_cache_headers

LOCAL = ("localhost", "127.0.0.1", "[::1]")


class NothingKept:
    """Middleware: `Cache-Control: no-store` and `Referrer-Policy: no-referrer` on everything under STAFF_PATH.

    Where browsers do not say that a form comes from our own page (plain http, and not this machine), the policy is the
    site's own: nothing is told to others either, and forms can still be sent.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(settings.STAFF_PATH):
            add_never_cache_headers(response)
            if request.is_secure() or _name(request) in LOCAL:
                response.headers["Referrer-Policy"] = "no-referrer"
        return response


def _name(request):
    return re.sub(r":[0-9]+$", "", request.headers.get("Host", ""))


class OwnForms:
    """Middleware before Django's check of forms. From a page with `no-referrer`, a browser says its Origin is "null"; beside
    it, in a header that no page can write, it says whether the form was a page's of ours. The token is asked for as ever.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        said = request.META
        if said.get("HTTP_ORIGIN") == "null" and said.get("HTTP_SEC_FETCH_SITE") == "same-origin":
            said["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        return self.get_response(request)
