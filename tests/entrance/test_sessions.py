"""Sessions: seen and ended by their owner, ended at once by an administrator, by idling and by a new password, stolen by nobody."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from factcheck.newsroom import actions, sessions
from factcheck.newsroom.models import JournalEntry, Session, User
from factcheck.newsroom.refusals import NotAllowed, Refused
from tests.backoffice.steps import text_of
from tests.entering import come_in

from .conftest import PASSWORD

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def last_verb():
    return JournalEntry.objects.order_by("number").last().verb


def gets_in(client):
    return client.get("/desk/").status_code == 200


def test_key_of_a_session_is_not_in_the_database(journalist, browser):
    come_in(browser, journalist)
    key = browser.cookies["sessionid"].value
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key, session_data FROM newsroom_session")
        assert key not in str(cursor.fetchall())
    stolen = Client()
    stolen.cookies["sessionid"] = Session.objects.get().session_key
    assert not gets_in(stolen)
    assert gets_in(browser)


def test_own_sessions_are_listed_and_one_is_ended(journalist, with_password, log_in):
    with_password(journalist)
    here, there = Client(headers={"User-Agent": FIREFOX}), Client(headers={"User-Agent": "strange"})
    log_in(here, "journalist")
    log_in(there, "journalist")
    page = text_of(here.get("/desk/second-factor/"))
    assert "Firefox on Linux" in page
    assert "A browser that does not say what it is" in page
    other = Session.objects.get(browser="")
    assert here.post("/desk/sessions/end/", {"session": other.pk}).status_code == 302
    assert (gets_in(here), gets_in(there)) == (True, False)
    assert last_verb() == "ended a session of"


def test_nobody_ends_somebody_elses_session(journalist, editor, browser):
    theirs = come_in(Client(), editor)
    come_in(browser, journalist)
    browser.post("/desk/sessions/end/", {"session": Session.objects.get(person=editor).pk})
    assert gets_in(theirs)


def test_administrator_ends_all_sessions_of_somebody_at_once(journalist, editor, administrator, at_desk):
    theirs, own = at_desk(journalist), at_desk(administrator)
    assert own.post(f"/desk/newsroom/user/{journalist.pk}/end-sessions/").status_code == 302
    assert (gets_in(theirs), gets_in(own)) == (False, True)
    with pytest.raises(NotAllowed):
        sessions.end_all_of(journalist, by=editor)


def test_taking_a_second_factor_away_ends_sessions_and_leads_to_a_new_one(
    editor, administrator, at_desk, with_password
):
    theirs = at_desk(with_password(editor))
    assert at_desk(administrator).post(f"/desk/newsroom/user/{editor.pk}/second-factor/").status_code == 302
    assert not gets_in(theirs)
    answer = theirs.post("/desk/login/", {"login": "editor", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/desk/second-factor/")


def test_new_password_ends_every_session(journalist, at_desk):
    theirs = at_desk(journalist)
    actions.give_password(journalist, by=None, password=PASSWORD)
    assert not gets_in(theirs)


def test_setting_up_a_second_factor_ends_the_other_sessions(editor, with_password, log_in, browser):
    from .test_second_factor import set_up_app

    other = Client()
    with_password(editor)
    log_in(other, "editor")
    log_in(browser, "editor")
    set_up_app(browser)
    assert Session.objects.filter(person=editor).count() == 1
    assert gets_in(browser)


def test_session_ends_after_an_hour_of_nothing_and_says_so(journalist, at_desk):
    theirs = at_desk(journalist)
    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert gets_in(theirs)
    with time_machine.travel(timezone.now() + timedelta(minutes=59 + 61)):
        answer = theirs.get("/desk/claims/claim/?status=logged")
        assert (
            answer.headers["Location"] == "/desk/login/?next=%2Fdesk%2Fclaims%2Fclaim%2F%3Fstatus%3Dlogged&ended=idle"
        )
        assert "because nothing happened for 60 minutes" in text_of(theirs.get(answer.headers["Location"]))
        assert not gets_in(theirs)


def test_form_that_is_sent_too_late_gives_its_text_back_and_no_secret(journalist, at_desk):
    theirs = at_desk(journalist)
    sent = {"explanation": "Two pages that took an evening.", "password1": "a secret", "csrfmiddlewaretoken": "token"}
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        answer = theirs.post("/desk/claims/claim/add/", sent)
    assert answer.status_code == 401
    assert "Two pages that took an evening." in text_of(answer)
    assert "a secret" not in answer.content.decode()


def test_asking_how_long_is_left_is_not_doing_something(journalist, at_desk):
    theirs, now = at_desk(journalist), timezone.now()
    with time_machine.travel(now + timedelta(minutes=40), tick=False):
        assert 1190 <= theirs.get("/desk/stay/").json()["left"] <= 1200
        assert theirs.post("/desk/stay/").json()["left"] == 3600
        assert theirs.get("/desk/stay/").json()["left"] == 3600
    with time_machine.travel(now + timedelta(minutes=90), tick=False):
        assert gets_in(theirs)


def test_using_a_session_is_written_down_once_a_minute(journalist, at_desk, django_assert_num_queries):
    theirs = at_desk(journalist)
    with django_assert_num_queries(3):
        theirs.get("/desk/nowhere/")


def test_example_is_turned_off_once_there_is_somebody_to_administer(editor, administrator, at_desk):
    User.objects.filter(pk=editor.pk).update(is_example=True)
    theirs = at_desk(User.objects.get(pk=editor.pk))
    with pytest.raises(Refused, match="First let in an administrator"):
        actions.turn_off_example(by=administrator)
    assert gets_in(theirs)
    actions.give_password(administrator, by=None, password=PASSWORD)
    assert actions.turn_off_example(by=administrator) == 1
    assert not gets_in(theirs)
    with pytest.raises(NotAllowed):
        actions.turn_off_example(by=editor)


@pytest.mark.parametrize(
    ("said", "called"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari on iPhone"),
        ("<script>alert(1)</script>" * 1000, ""),
        ("", ""),
    ],
)
def test_browser_is_named_as_its_owner_would(said, called):
    assert sessions.browser_of(said) == called


def test_example_is_turned_off_from_the_page_of_one_of_its_people(editor, administrator, at_desk):
    User.objects.filter(pk=editor.pk).update(is_example=True)
    own, page = at_desk(administrator), f"/desk/newsroom/user/{editor.pk}/"
    assert "Turn the example’s people off" in text_of(own.get(f"{page}change/"))
    refused = own.post(f"{page}example-off/")
    assert (refused.status_code, "First let in an administrator of your own" in text_of(refused)) == (400, True)
    assert User.objects.get(pk=editor.pk).is_active


def test_sessions_that_are_over_are_cleared(journalist, at_desk):
    at_desk(journalist)
    assert sessions.clear_some(None) is False
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        assert sessions.clear_some(None) is True
    assert not Session.objects.exists()
