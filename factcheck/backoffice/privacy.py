"""No page of the desk is kept by a browser or a proxy, whatever answered: a view, a refusal or an error."""

from django.conf import settings
from django.utils.cache import add_never_cache_headers


class NothingKept:
    """Middleware: `Cache-Control: no-store` on everything under STAFF_PATH."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(settings.STAFF_PATH):
            add_never_cache_headers(response)
        return response
