"""How much may be sent to us at once. What is larger is refused in a sentence, before it is read."""

from django.conf import settings

from factcheck.website.errors import too_large

MEGABYTE = 1024 * 1024
BESIDE_FILES = 3  # MB that a form may be long beside the files in it


class NotTooLarge:
    """Middleware: 413 for what says by its Content-Length that it is longer than the desk takes.

    What nobody but the desk takes (a party's own page) has limits of its own.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(settings.STAFF_PATH) and _length(request) > most():
            return too_large(request)
        return self.get_response(request)


def _length(request):
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def most():
    """The longest request that the desk takes, in bytes."""
    return (settings.LARGEST_UPLOAD_MB + BESIDE_FILES) * MEGABYTE
