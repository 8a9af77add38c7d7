"""What is too large is refused in a sentence; a form of ours is taken though its page tells nobody where it is from."""

import pytest
from django.test import Client

from tests.backoffice.steps import text_of
from tests.headers import missing_headers

OWN = {"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "same-origin"}
TOO_LARGE = "That is more than can be sent at once"


def test_form_with_too_much_text_is_413(journalist, at_desk):
    answer = at_desk(journalist).post("/desk/claims/topic/add/", {"name": "x" * 3_000_000}, secure=True)
    assert (answer.status_code, TOO_LARGE in text_of(answer)) == (413, True)
    assert missing_headers(answer, staff=True) == []


def test_form_with_too_many_fields_is_413(journalist, at_desk):
    answer = at_desk(journalist).post("/desk/claims/topic/add/", {f"x{number}": "" for number in range(1100)})
    assert (answer.status_code, TOO_LARGE in text_of(answer)) == (413, True)


def test_body_that_says_it_is_too_long_is_refused_unread(client):
    class Unread:
        def read(self, *size):
            raise AssertionError("it was read")

        readline = read

    answer = client.generic(
        "POST", "/desk/login/", b"", CONTENT_LENGTH=str(200 * 1024 * 1024), **{"wsgi.input": Unread()}
    )
    assert (answer.status_code, TOO_LARGE in text_of(answer)) == (413, True)


@pytest.mark.parametrize("length", ["nonsense", "-1", ""])
def test_length_that_is_none_is_no_error(client, length):
    assert client.generic("POST", "/desk/login/", b"", CONTENT_LENGTH=length).status_code in (200, 400)


@pytest.fixture
def strict(journalist):
    """A browser whose forms are checked, with the token of the page before it."""
    browser = Client(enforce_csrf_checks=True)
    browser.get("/desk/login/", secure=True)
    return browser


@pytest.mark.parametrize(
    ("from_where", "taken"),
    [
        (OWN, True),
        ({"HTTP_ORIGIN": "https://testserver"}, True),
        ({"HTTP_ORIGIN": "null"}, False),
        ({"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "cross-site"}, False),
        ({"HTTP_ORIGIN": "https://evil.example", "HTTP_SEC_FETCH_SITE": "same-origin"}, False),
        ({}, False),
    ],
    ids=str,
)
def test_form_is_taken_from_our_own_pages_alone(strict, from_where, taken):
    token = strict.cookies["csrftoken"].value
    sent = {"login": "journalist", "password": "wrong", "csrfmiddlewaretoken": token}
    answer = strict.post("/desk/login/", sent, secure=True, **from_where)
    assert answer.status_code == (400 if taken else 403)
    assert ("No account has this log-in name" in text_of(answer)) is taken


def test_own_form_without_its_token_is_refused(strict):
    assert strict.post("/desk/login/", {"login": "journalist"}, secure=True, **OWN).status_code == 403
