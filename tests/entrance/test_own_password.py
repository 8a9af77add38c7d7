"""Somebody at an open desk cannot guess the password of whoever left it; and one ends what one left open elsewhere."""

import pytest
from django.test import Client

from factcheck.newsroom import sessions
from factcheck.newsroom.models import JournalEntry, User
from tests.backoffice.steps import text_of
from tests.entering import come_in

from .conftest import PASSWORD

BETTER = "an even longer one 7"
CHANGE, AGAIN = "/desk/password_change/", "/desk/again/"
TOO_OFTEN = "That was wrong too often"


def form(page, password):
    changed = {"old_password": password, "new_password1": BETTER, "new_password2": BETTER}
    return changed if page == CHANGE else {"password": password}


@pytest.fixture
def theirs(journalist, with_password):
    return come_in(Client(), with_password(journalist))


def refusals():
    return [entry.details["why"] for entry in JournalEntry.objects.filter(verb="refused log-in of").order_by("number")]


@pytest.mark.parametrize("page", [CHANGE, AGAIN])
def test_wrong_passwords_are_in_the_journal_and_lock_both_boxes(theirs, journalist, page):
    for _ in range(5):
        assert "That is not your password" in text_of(theirs.post(page, form(page, "wrong")))
    for locked in (page, CHANGE, AGAIN):
        assert TOO_OFTEN in text_of(theirs.post(locked, form(locked, PASSWORD)))
    assert refusals() == ["own password"] * 5 + ["locked, own password"]
    assert User.objects.get(pk=journalist.pk).check_password(PASSWORD)


def test_right_password_begins_the_count_anew(theirs):
    for _ in range(2):
        for _ in range(4):
            theirs.post(AGAIN, form(AGAIN, "wrong"))
        assert theirs.post(AGAIN, form(AGAIN, PASSWORD)).status_code == 302


def test_lock_is_of_one_person_alone(theirs, editor, with_password):
    for _ in range(6):
        theirs.post(CHANGE, form(CHANGE, "wrong"))
    other = come_in(Client(), with_password(editor))
    assert other.post(CHANGE, form(CHANGE, PASSWORD)).status_code == 302


def test_all_other_sessions_are_ended_by_one_button(theirs, journalist, editor):
    other, somebody = come_in(Client(), journalist), come_in(Client(), editor)
    assert "End all but this one" in text_of(theirs.get("/desk/second-factor/"))
    assert theirs.get("/desk/sessions/end-others/").status_code == 405
    theirs.post("/desk/sessions/end-others/")
    assert [client.get("/desk/").status_code for client in (theirs, other, somebody)] == [200, 302, 200]
    assert "End all but this one" not in text_of(theirs.get("/desk/second-factor/"))
    assert JournalEntry.objects.latest("number").verb == "ended other sessions of"
    assert sessions.of(journalist).count() == 1
