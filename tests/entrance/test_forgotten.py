"""A forgotten password: one answer to everybody, a link that works once, and nothing that tells who works here."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from factcheck.newsroom.models import JournalEntry, User
from tests.backoffice.steps import text_of
from tests.entering import come_in

ASK = "/desk/password/forgotten/"
NEW = "a much better one 9"


@pytest.fixture
def person(journalist):
    User.objects.filter(pk=journalist.pk).update(email="reporter@record.example")
    return User.objects.get(pk=journalist.pk)


def ask(client, email="reporter@record.example"):
    answer = client.post(ASK, {"email": email}, follow=True)
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(timeout=5)
    return answer


def link():
    return re.search(r"https?://[^/\s]+(/desk/password/new/\S+)", mail.outbox[-1].body)[1]


def test_answer_is_the_same_whether_or_not_somebody_has_the_address(person, browser):
    known, unknown = ask(browser), ask(Client(), "nobody@record.example")
    assert re.sub(r'value="\w{64}"', "", known.content.decode()) == re.sub(
        r'value="\w{64}"', "", unknown.content.decode()
    )
    assert "If that is the address of somebody who works here" in text_of(known)
    assert [message.to for message in mail.outbox] == [["reporter@record.example"]]


def test_link_sets_a_password_once_and_ends_sessions(person, browser):
    theirs = come_in(Client(), person)
    ask(browser)
    form = browser.get(link(), follow=True)
    address = form.redirect_chain[-1][0]
    assert browser.post(address, {"password1": "short", "password2": "short"}).status_code == 400
    assert browser.post(address, {"password1": NEW, "password2": NEW}).headers["Location"] == "/desk/password/new/done/"
    assert User.objects.get(pk=person.pk).check_password(NEW)
    assert theirs.get("/desk/").status_code == 302
    assert JournalEntry.objects.order_by("number").last().verb == "set a forgotten password anew"
    assert "opens nothing any more" in text_of(Client().get(link(), follow=True))


def test_link_is_dead_after_a_day(person, browser):
    ask(browser)
    with time_machine.travel(timezone.now() + timedelta(hours=48)):
        assert "opens nothing any more" in text_of(browser.get(link(), follow=True))


def test_link_is_of_the_newsrooms_own_address_whatever_the_request_calls_us(person, settings):
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["*"], "https://record.example"
    ask(Client(headers={"Host": "evil.example"}))
    assert "https://record.example/desk/password/new/" in mail.outbox[0].body
    assert "evil.example" not in mail.outbox[0].body + mail.outbox[0].subject


def test_somebody_who_was_let_go_gets_no_link(person, browser):
    User.objects.filter(pk=person.pk).update(is_active=False)
    ask(browser)
    assert mail.outbox == []
