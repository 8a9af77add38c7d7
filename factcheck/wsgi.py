"""What a WSGI server loads: `factcheck.wsgi:application`."""

import contextlib
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from .database import patient
from .limits import most

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

patient.of_pages()


def without_body_on_head(answer):
    """HEAD is answered with the headers of GET alone, its Content-Length too. Django leaves the body to the server."""

    def application(environ, start_response):
        body = answer(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        getattr(body, "close", lambda: None)()
        return []

    return application


def hearing_out(answer):
    """What was answered before its end is read to its end, as far as the desk takes anything.

    A connection that is closed with bytes unread takes the answer on its way with it (RFC 9112, 9.6): "this is too large"
    would come to the reader as the proxy's 502.
    """

    def application(environ, start_response):
        body = answer(environ, start_response)
        if environ.get("CONTENT_LENGTH") or "HTTP_TRANSFER_ENCODING" in environ:
            _read_on(environ["wsgi.input"])
        return body

    return application


def _read_on(sent, piece=65_536):
    left = most()
    with contextlib.suppress(OSError):  # whoever sent it has gone
        while left > 0 and (read := len(sent.read(piece))):
            left -= read


try:
    application = hearing_out(without_body_on_head(get_wsgi_application()))
except ImproperlyConfigured as wrong:
    sys.exit(str(wrong))
