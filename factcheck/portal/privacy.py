"""Nothing under the private pages' address is kept, listed or told to another site, whatever answered there, errors too."""

from factcheck.letters.keys import PATH

HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class NothingTold:
    """Middleware, before all others, so that their answers pass through it, too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(PATH) or request.path == PATH.rstrip("/"):
            for name, value in HEADERS.items():
                response.headers[name] = value
        return response
