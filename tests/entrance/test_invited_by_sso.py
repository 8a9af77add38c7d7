"""An invitation is taken up by single sign-on alone; and whoever has no password shows by it that it is still them."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from factcheck.newsroom import invitations, sign_on
from factcheck.newsroom.models import JournalEntry, SignOn, User
from factcheck.newsroom.refusals import Refused
from tests.backoffice.steps import text_of
from tests.entering import give_app

from .test_single_sign_on import come_back, provider, told  # noqa: F401 - a fixture

CHOOSE = "/desk/invited/by-sso/"
CHOSEN = {"username": "newcomer", "byline": "New Comer"}


@pytest.fixture
def invited(provider, administrator):  # noqa: F811
    """The provider vouches for somebody who was invited as an editor, and spells the address its own way."""
    invitation, _token = invitations.invite(by=administrator, email="new@record.example", roles=["editor"])
    provider.claims |= {"email": "New@Record.example", "sub": "u-new"}
    return invitation


@pytest.fixture
def newcomer(provider, invited, browser):  # noqa: F811
    come_back(provider, browser)
    browser.post(CHOOSE, CHOSEN)
    return User.objects.get(username="newcomer")


def test_invited_person_chooses_a_name_and_is_in_without_a_password(provider, invited, browser):  # noqa: F811
    assert come_back(provider, browser).headers["Location"] == CHOOSE
    page = browser.get(CHOOSE)
    assert "You need no password" in text_of(page) and "password1" not in page.content.decode()
    assert browser.post(CHOOSE, CHOSEN).headers["Location"] == "/desk/"
    person = User.objects.get(username="newcomer")
    assert (person.email, sorted(person.roles), person.has_usable_password()) == (
        "new@record.example",
        ["editor"],
        False,
    )
    assert (SignOn.objects.get().person, SignOn.objects.get().subject) == (person, "u-new")
    assert list(JournalEntry.objects.filter(actor="newcomer").values_list("verb", flat=True))[::-1] == [
        "came by invitation",
        "linked single sign-on of",
        "logged in",
    ]
    assert browser.get("/desk/").headers["Location"].startswith("/desk/second-factor/")


def test_next_time_they_are_in_at_once(provider, newcomer):  # noqa: F811
    again = Client()
    assert come_back(provider, again).headers["Location"] == "/desk/"
    assert again.session["_auth_user_id"] == str(newcomer.pk)


def test_page_of_the_mailed_link_offers_it(invited, administrator, browser, settings):
    _row, token = invitations.send_again(invited, by=administrator)
    link = f"/desk/invited/{token}/"
    assert "Come in with Single sign-on instead" in text_of(browser.get(link))
    settings.SSO = None
    assert "Single sign-on" not in text_of(browser.get(link))


def test_address_that_the_provider_does_not_vouch_for_takes_nothing_up(provider, invited, browser):  # noqa: F811
    provider.claims["email_verified"] = False
    assert come_back(provider, browser).status_code == 403
    assert browser.get(CHOOSE).status_code == 410


def test_nobody_chooses_a_name_without_coming_from_the_provider(invited, browser):
    for answer in (browser.get(CHOOSE), browser.post(CHOOSE, CHOSEN)):
        assert (answer.status_code, "Begin the log-in again" in text_of(answer)) == (410, True)
    assert not User.objects.filter(username="newcomer").exists()


def test_what_the_provider_said_holds_for_a_quarter_of_an_hour(provider, invited, browser):  # noqa: F811
    come_back(provider, browser)
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=16)):
        assert browser.post(CHOOSE, CHOSEN).status_code == 410


def test_invitation_that_was_taken_back_meanwhile_opens_nothing(provider, invited, browser, administrator):  # noqa: F811
    come_back(provider, browser)
    invitations.revoke(invited, by=administrator)
    assert browser.post(CHOOSE, CHOSEN).status_code == 410
    assert not User.objects.filter(username="newcomer").exists()


def test_name_that_is_taken_loses_nothing(provider, invited, browser, journalist):  # noqa: F811
    come_back(provider, browser)
    answer = browser.post(CHOOSE, {**CHOSEN, "username": journalist.username})
    assert (answer.status_code, "New Comer" in answer.content.decode()) == (400, True)
    assert browser.post(CHOOSE, CHOSEN).status_code == 302


def test_sent_twice_it_makes_one_account(provider, invited, newcomer, browser):  # noqa: F811
    assert browser.post(CHOOSE, {**CHOSEN, "username": "second"}).status_code == 410
    with pytest.raises(Refused, match="opens an account here already"):
        sign_on.take_up(invited, issuer=provider.issuer, subject="u-new", username="second")
    assert not User.objects.filter(username="second").exists()


# Whoever has no password


def test_it_is_them_when_the_provider_has_just_asked_them(provider, newcomer, browser):  # noqa: F811
    """What comes next on these pages asks for a password of those who have one."""
    set_up = "/desk/second-factor/app/"
    assert browser.get(set_up).status_code == 200  # they came in a moment ago
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=20)):
        asked = browser.get(set_up).headers["Location"]
        assert asked.startswith("/desk/login/sso/?next=")
        location = browser.get(asked).headers["Location"]
        assert "prompt=login" in location and "max_age=0" in location
        assert browser.get(provider.log_in(location).partition("8000")[2]).headers["Location"] == set_up
        assert browser.get(set_up).status_code == 200


@pytest.mark.parametrize(
    "changed", [{"sub": "u-1", "email": "moana@record.example"}, {"auth_time": None}, {"auth_time": 1_700_000_000}]
)
def test_somebody_else_or_long_ago_is_not_them(provider, newcomer, browser, changed):  # noqa: F811
    provider.claims |= changed
    answer = come_back(provider, browser)
    assert (answer.status_code, "did not confirm that it is you" in text_of(answer)) == (403, True)
    assert browser.session["_auth_user_id"] == str(newcomer.pk)


def test_own_factor_is_asked_for_as_ever(provider, newcomer, browser):  # noqa: F811
    give_app(newcomer)
    assert come_back(provider, Client()).headers["Location"].startswith("/desk/login/second-factor/")


def test_page_of_ones_own_password_says_that_there_is_none(provider, newcomer, browser, settings):  # noqa: F811
    settings.SSO_SECOND_FACTOR = True
    page = browser.get("/desk/password_change/")
    assert "You have no password here" in text_of(page) and "old_password" not in page.content.decode()
    assert told("logged in")[-1][1] == {"how": ["sso"]}
