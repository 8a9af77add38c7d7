"""A second factor: of whom it is demanded, how it is set up and shown, and what asks for a fresh one."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client, RequestFactory

from factcheck.newsroom import second_factor
from factcheck.newsroom.models import JournalEntry, User
from tests.backoffice.steps import text_of
from tests.entering import code_of, come_in, give_app, secret_of, show_second_factor

from .conftest import PASSWORD

SET_UP = "/desk/second-factor/"
APP = "/desk/second-factor/app/"


def journal():
    return [(entry.verb, entry.actor) for entry in JournalEntry.objects.order_by("number")][-5:]


@pytest.mark.parametrize(
    ("who", "demanded"),
    [("editor", True), ("senior_editor", True), ("administrator", True), ("journalist", False), ("legal", False)],
)
def test_first_log_in_leads_to_setting_up_whoever_must(request, with_password, log_in, browser, who, demanded):
    person = with_password(request.getfixturevalue(who))
    assert log_in(browser, person.username).headers["Location"] == "/desk/"
    answer = browser.get("/desk/")
    assert answer.status_code == (302 if demanded else 200)
    if demanded:
        assert answer.headers["Location"] == f"{SET_UP}?next=%2Fdesk%2F"
        assert "Until you have one, nothing else opens here" in text_of(browser.get(SET_UP))
        sent = browser.post("/desk/claims/story/add/", {"headline": "One"})
        assert (sent.status_code, sent.headers["Location"].startswith(SET_UP)) == (302, True)


def test_superuser_of_the_command_line_must_have_one(browser, log_in):
    User.objects.create_superuser("root", password=PASSWORD)
    log_in(browser, "root")
    assert browser.get("/desk/").headers["Location"].startswith(SET_UP)


def test_setting_demands_one_of_everybody(settings, journalist, with_password, log_in, browser):
    settings.SECOND_FACTOR_FOR_ALL = True
    log_in(browser, with_password(journalist).username)
    assert browser.get("/desk/").headers["Location"].startswith(SET_UP)


def test_people_of_the_example_are_let_off_and_told(editor, with_password, log_in, browser):
    User.objects.filter(pk=with_password(editor).pk).update(is_example=True)
    assert "people of the worked example log in with their password alone" in text_of(browser.get("/desk/login/"))
    log_in(browser, "editor")
    assert browser.get("/desk/").status_code == 200
    assert "You are one of the people of the worked example" in text_of(browser.get(SET_UP))


def set_up_app(browser):
    """Set an app up as a person does. Returns its secret and the answer to the code."""
    page = browser.get(APP)
    secret = page.context_data["form"].secret
    assert "<svg" in page.content.decode() and secret in page.content.decode()
    return secret, browser.post(APP, {"code": code_of(secret)})


def test_app_is_set_up_and_codes_are_shown_once(editor, with_password, log_in, browser):
    log_in(browser, with_password(editor).username)
    _secret, answer = set_up_app(browser)
    assert answer.headers["Location"] == "/desk/second-factor/codes/"
    page = text_of(browser.get("/desk/second-factor/codes/"))
    codes = [word for word in page.split() if len(word) == 10 and word.isdigit()]
    assert len(codes) == 10
    assert not set(codes) & set(text_of(browser.get("/desk/second-factor/codes/")).split())
    assert browser.get("/desk/").status_code == 200
    assert journal()[-1] == ("set up second factor of", "editor")


def test_log_in_with_app_asks_for_its_code_and_takes_each_once(editor, with_password, log_in, browser):
    secret = give_app(with_password(editor))
    assert log_in(browser, "editor").headers["Location"] == "/desk/login/second-factor/"
    assert browser.get("/desk/").status_code == 302
    with time_machine.travel(time.time(), tick=False):
        wrong = browser.post("/desk/login/second-factor/", {"code": "000000"})
        assert (wrong.status_code, "That did not match" in text_of(wrong)) == (400, True)
        assert browser.post("/desk/login/second-factor/", {"code": code_of(secret)}).headers["Location"] == "/desk/"
        assert browser.get("/desk/").status_code == 200
        other = Client()
        log_in(other, "editor")
        assert other.post("/desk/login/second-factor/", {"code": code_of(secret)}).status_code == 400
        assert other.get("/desk/").status_code == 302
    said = [(entry.verb, entry.details) for entry in JournalEntry.objects.order_by("-number")[:3]]
    assert said[1] == ("logged in", {"how": ["password", "totp"]})
    assert said[0] == said[2] == ("refused log-in of", {"why": "second factor"})


def test_recovery_code_lets_in_once(editor, with_password, log_in, browser):
    log_in(browser, with_password(editor).username)
    set_up_app(browser)
    code = next(w for w in text_of(browser.get("/desk/second-factor/codes/")).split() if len(w) == 10 and w.isdigit())
    for status in (302, 400):
        other = Client()
        log_in(other, "editor")
        assert other.post("/desk/login/second-factor/", {"code": code}).status_code == status


def test_too_many_wrong_codes_lock_the_second_step(editor, with_password, log_in, browser):
    secret = give_app(with_password(editor))
    log_in(browser, "editor")
    for _ in range(5):
        browser.post("/desk/login/second-factor/", {"code": "000000"})
    answer = browser.post("/desk/login/second-factor/", {"code": code_of(secret)})
    assert (answer.status_code, "wrong too often" in text_of(answer)) == (400, True)
    assert browser.get("/desk/").status_code == 302


def test_session_from_before_a_second_factor_was_set_up_elsewhere_ends(editor, with_password, log_in, browser):
    log_in(browser, with_password(editor).username)
    give_app(editor)
    assert browser.get("/desk/").headers["Location"] == "/desk/login/?next=%2Fdesk%2F"
    assert browser.get(SET_UP).status_code == 302


def test_taking_the_last_one_away_leads_back_to_setting_up(editor, at_desk_with_app):
    browser = at_desk_with_app
    assert browser.post("/desk/second-factor/app/remove/").status_code == 302
    assert journal()[-1] == ("took away second factor of", "editor")
    assert not Authenticator.objects.filter(user=editor).exists()
    assert come_in_again(User.objects.get(pk=editor.pk)).get("/desk/").headers["Location"].startswith(SET_UP)


@pytest.fixture
def at_desk_with_app(editor, with_password):
    return come_in(Client(), with_password(editor))


def come_in_again(person):
    client = Client()
    client.force_login(person)
    return client


def test_changing_second_factors_asks_again_who_it_is(editor, with_password):
    browser = come_in(Client(), with_password(editor), ago=400)
    for page in (
        "/desk/second-factor/app/remove/",
        "/desk/second-factor/passkeys/add/",
        "/desk/second-factor/codes/new/",
    ):
        answer = browser.get(page)
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/desk/again/"), page


def request_of(client, person):
    request = RequestFactory().get("/desk/some/page/?x=1")
    request.session, request.user = client.session, person
    return request


@pytest.mark.parametrize(("ago", "fresh"), [(0, True), (290, True), (310, False), (-60, False)])
def test_second_factor_is_fresh_for_five_minutes(editor, ago, fresh):
    client = come_in(Client(), editor, ago=ago)
    assert second_factor.fresh_second_factor(request_of(client, editor)) is fresh


def test_somebody_elses_second_factor_is_nobodys(editor, journalist):
    client = come_in(Client(), editor)
    assert not second_factor.fresh_second_factor(request_of(client, journalist))


def test_asking_for_a_second_factor_leads_there_and_back(editor, journalist):
    for person, page in ((editor, "/desk/second-factor/again/"), (journalist, SET_UP)):
        client = come_in(Client(), person, ago=600)
        answer = second_factor.ask_second_factor(request_of(client, person))
        where = f"{page}?next=%2Fdesk%2Fsome%2Fpage%2F%3Fx%3D1"
        assert answer.headers["Location"] == where + ("&wanted=1" if page == SET_UP else "")


def test_whoever_has_no_second_factor_is_told_why_one_is_asked_for(journalist):
    client = come_in(Client(), journalist)
    why = "What you were about to open asks for a second factor"
    assert why in text_of(client.get(f"{SET_UP}?next=%2Fdesk%2F&wanted=1"))
    assert why not in text_of(client.get(SET_UP))


def test_second_factor_is_shown_again_and_goes_back(editor):
    client = come_in(Client(), editor, ago=600)
    secret, page = secret_of(editor), "/desk/second-factor/again/?next=/desk/claims/claim/"
    assert client.post(page, {"code": "000000", "next": "/desk/claims/claim/"}).status_code == 400
    answer = client.post(page, {"code": code_of(secret), "next": "/desk/claims/claim/"})
    assert answer.headers["Location"] == "/desk/claims/claim/"
    assert second_factor.fresh_second_factor(request_of(client, editor))
    assert journal()[-2:] == [("refused log-in of", "system"), ("confirmed second factor", "editor")]


def test_going_on_never_leads_to_another_site(editor, with_password, log_in, browser):
    client = come_in(Client(), editor, ago=600)
    given = {"code": code_of(secret_of(editor)), "next": "https://evil.example/"}
    assert client.post("/desk/second-factor/again/", given).headers["Location"] == "/desk/"
    assert (
        log_in(browser, with_password(editor).username, next="//evil.example").headers["Location"].startswith("/desk/")
    )


def test_secret_of_an_app_is_not_in_the_database(editor, settings):
    secret = give_app(editor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        assert secret not in str(cursor.fetchall())


def test_under_another_secret_key_codes_are_refused_in_a_sentence(editor, with_password, log_in, browser, settings):
    secret = give_app(with_password(editor))
    settings.SECRET_KEY = "another " * 10
    log_in(browser, "editor")
    answer = browser.post("/desk/login/second-factor/", {"code": code_of(secret)})
    assert (answer.status_code, "SECRET_KEY is not the one" in text_of(answer)) == (400, True)


def test_shown_second_factor_costs_no_query_of_its_own(editor, journalist, django_assert_num_queries):
    for person in (editor, journalist):
        client = come_in(Client(), person)
        show_second_factor(client, person)
        with django_assert_num_queries(3):  # the session, the person, their roles
            client.get("/desk/nowhere/")
