"""Every address of the entrance and of the private page carries the headers that are owed, whoever asks, and refused, too."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.canary.places import ENTRANCE
from tests.entering import come_in
from tests.headers import missing_headers, strangers_told

WHO = ("nobody", "journalist", "administrator")


@pytest.fixture
def browsers(request):
    def of(who):
        return Client() if who == "nobody" else come_in(Client(), request.getfixturevalue(who))

    return of


@pytest.mark.parametrize("who", WHO)
def test_every_page_of_the_entrance_carries_its_headers(browsers, db, who):
    statuses = set()
    for name, arguments in ENTRANCE.items():
        url = reverse(name, args=arguments)
        for method in ("get", "post"):
            answer = getattr(browsers(who), method)(url, secure=True)
            statuses.add(answer.status_code)
            assert answer.status_code < 500, (name, method)
            assert missing_headers(answer, staff=True) == [], (name, method, answer.status_code)
            assert strangers_told(answer) == [], (name, method)
    assert {200, 302, 404} <= statuses


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/desk/newsroom/invitation/", 403),
        ("get", "/desk/no-such-page/", 404),
        ("get", "/desk/sessions/end/", 405),
        ("post", "/desk/login/", 400),
        ("get", "/desk/claims/claim/999999/change/", 302),
    ],
)
def test_refused_pages_of_the_desk_carry_them_too(browsers, journalist, method, address, status):
    browser = browsers("nobody" if "login" in address else "journalist")
    answer = getattr(browser, method)(address, {"login": "x"}, secure=True)
    assert answer.status_code == status
    assert missing_headers(answer, staff=True) == []


def test_form_without_its_token_is_refused_with_every_header(db):
    answer = Client(enforce_csrf_checks=True).post("/desk/login/", {"login": "x"}, secure=True)
    assert (answer.status_code, missing_headers(answer, staff=True)) == (403, [])
