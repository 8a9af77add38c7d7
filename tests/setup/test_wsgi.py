"""What the server is handed: a HEAD has the headers of its GET and no body, and a request is read to its end."""

from io import BytesIO

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory


@pytest.fixture(autouse=True)
def connection_of_the_test():
    """A request would begin by closing the connection of the test's transaction. Django's own client spares it likewise."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def served(method, path, sent=b""):
    from factcheck.wsgi import application  # here, when there is a folder of static files to look into

    environ, told = RequestFactory().generic(method, path, sent).environ, {}

    def start_response(status, headers, exc_info=None):
        told.update(status=status, headers=dict(headers))

    environ["wsgi.input"] = waiting = BytesIO(sent)
    body = application(environ, start_response)
    return told["status"], told["headers"], b"".join(body), waiting.read()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/robots.txt", "/claims/", "/nowhere/", "/desk/login/"])
def test_head_is_get_without_its_body(path):
    status, headers, body, _unread = served("GET", path)
    assert body
    head_status, head_headers, head_body, _unread = served("HEAD", path)
    assert (head_status, head_body) == (status, b"")
    assert head_headers["Content-Length"] == headers["Content-Length"] == str(len(body))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/claims/", "/nowhere/", "/reply/no-such-token/", "/desk/login/"])
def test_what_is_answered_before_its_end_is_read_to_its_end(path):
    status, _headers, body, unread = served("POST", path, b"x" * 2_800_000)
    assert (status[0], unread) == ("4", b"")


@pytest.mark.django_db
def test_what_goes_on_for_longer_than_anything_we_take_is_not_read_to_its_end(settings):
    settings.LARGEST_UPLOAD_MB = 1
    status, _headers, _body, unread = served("POST", "/claims/", b"x" * 9_000_000)
    assert (status[:3], bool(unread)) == ("405", True)
