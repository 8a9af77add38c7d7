"""What the server is handed: a HEAD has the headers of its GET and no body."""

from io import BytesIO

import pytest
from django.test import RequestFactory


def served(method, path):
    from factcheck.wsgi import application  # here, when there is a folder of static files to look into

    environ, told = RequestFactory().generic(method, path).environ, {}

    def start_response(status, headers, exc_info=None):
        told.update(status=status, headers=dict(headers))

    environ["wsgi.input"] = BytesIO()
    body = application(environ, start_response)
    return told["status"], told["headers"], b"".join(body)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/robots.txt", "/claims/", "/nowhere/", "/desk/login/"])
def test_head_is_get_without_its_body(path):
    status, headers, body = served("GET", path)
    assert body
    head_status, head_headers, head_body = served("HEAD", path)
    assert (head_status, head_body) == (status, b"")
    assert head_headers["Content-Length"] == headers["Content-Length"] == str(len(body))
