"""What a WSGI server loads: `factcheck.wsgi:application`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")


def without_body_on_head(answer):
    """HEAD is answered with the headers of GET alone, its Content-Length too. Django leaves the body to the server."""

    def application(environ, start_response):
        body = answer(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        getattr(body, "close", lambda: None)()
        return []

    return application


try:
    application = without_body_on_head(get_wsgi_application())
except ImproperlyConfigured as wrong:
    sys.exit(str(wrong))
