"""Somebody is asked in by e-mail: a link that works once, for a week, while whoever sent it is an administrator."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from factcheck.newsroom import actions, invitations
from factcheck.newsroom.models import Invitation, JournalEntry, User
from tests.backoffice.steps import text_of
from tests.headers import missing_headers

ADD = "/desk/newsroom/invitation/add/"
LIST = "/desk/newsroom/invitation/"
PASSWORD = "a much better one 9"
CHOSEN = {"username": "newcomer", "byline": "New Comer", "password1": PASSWORD, "password2": PASSWORD}


def link(number=-1):
    return re.search(r"https?://[^/\s]+(/desk/invited/\S+)", mail.outbox[number].body)[1]


@pytest.fixture
def office(administrator, at_desk):
    return at_desk(administrator)


def invite(office, email="new@record.example", roles=("editor",)):
    return office.post(ADD, {"email": email, "roles": list(roles)}, follow=True)


def closed(address, status=410):
    answers = [Client().get(address), Client().post(address, CHOSEN)]
    assert {answer.status_code for answer in answers} == {status}
    assert not User.objects.filter(username="newcomer").exists()
    return text_of(answers[0])


def test_invited_person_chooses_name_and_password_and_meets_the_second_factor(office, browser):
    answer = invite(office)
    assert "The invitation is on its way" in text_of(answer)
    assert "new@record.example" in text_of(answer)
    assert "You are invited to the desk" in text_of(browser.get(link()))
    assert browser.post(link(), CHOSEN).headers["Location"] == "/desk/"
    person = User.objects.get(username="newcomer")
    assert (person.email, sorted(person.roles), person.shown_as) == ("new@record.example", ["editor"], "New Comer")
    assert (person.is_staff, person.is_superuser, person.check_password(PASSWORD)) == (True, False, True)
    assert browser.get("/desk/").headers["Location"].startswith("/desk/second-factor/")


def test_journalist_is_at_the_desk_at_once(office, browser):
    invite(office, roles=["journalist"])
    browser.post(link(), CHOSEN)
    assert browser.get("/desk/").status_code == 200


def test_mail_says_who_and_how_long_and_nothing_else(office, settings):
    settings.SITE_URL = "https://record.example"
    invite(office)
    [letter] = mail.outbox
    assert (letter.to, letter.from_email) == (["new@record.example"], settings.LETTERS_FROM)
    assert "https://record.example/desk/invited/" in letter.body
    assert "editor" not in letter.body.lower()


def test_neither_the_token_nor_the_address_is_kept_where_it_should_not_be(office):
    invite(office)
    token = link().split("/")[-2]
    row = Invitation.objects.values().get()
    assert token not in str(row)
    told = str(list(JournalEntry.objects.values()))
    assert token not in told and "new@record.example" not in told


def test_everything_is_in_the_journal(office, browser):
    invite(office)
    office.post(f"{LIST}{Invitation.objects.get().pk}/send-again/")
    browser.post(link(), CHOSEN)
    invite(office, "other@record.example")
    office.post(f"{LIST}{Invitation.objects.latest('pk').pk}/revoke/")
    said = [(e.verb, e.actor) for e in JournalEntry.objects.order_by("number") if "invit" in e.verb]
    by = "administrator"
    assert said == [
        ("invited", by),
        ("invited again", by),
        ("came by invitation", "newcomer"),
        ("invited", by),
        ("took back invitation", by),
    ]


def test_link_works_once(office, browser):
    invite(office)
    browser.post(link(), {**CHOSEN, "username": "first"})
    assert "It was used already" in closed(link())


def test_opening_the_link_uses_nothing_up(office, browser):
    invite(office)
    for _ in range(3):
        assert Client().get(link()).status_code == 200
    assert browser.post(link(), CHOSEN).status_code == 302


def test_link_is_dead_after_a_week(office):
    invite(office)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert "It was not used in time" in closed(link())


def test_link_that_was_taken_back_is_dead(office):
    invite(office)
    page = f"{LIST}{Invitation.objects.get().pk}/revoke/"
    assert "opens nothing any more" in text_of(office.get(page))
    assert office.post(page).status_code == 302
    assert "It was taken back" in closed(link())
    assert office.post(page).status_code == 409


def test_link_that_was_sent_again_is_a_new_one(office, browser):
    invite(office)
    office.post(f"{LIST}{Invitation.objects.get().pk}/send-again/")
    assert link(0) != link(1)
    closed(link(0))
    assert browser.post(link(1), CHOSEN).status_code == 302


def test_link_that_never_was_is_404(office):
    invite(office)
    closed("/desk/invited/nonsense/", status=404)
    closed(f"{link()[:-2]}/", status=404)


def test_link_is_dead_once_its_sender_is_no_administrator(office, administrator):
    invite(office)
    actions.change_roles(administrator, by=None, roles=["journalist"])
    assert "does not let people in any more" in closed(link())


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password2": "another long one 1"}, "match"),
        ({"username": "administrator"}, "already exists"),
        ({"username": "two words"}, "valid"),
        ({"username": "much-better-1x", "password1": "much-better-1x", "password2": "much-better-1x"}, "similar"),
    ],
)
def test_wrong_field_is_told_and_the_link_stays_good(office, browser, wrong, told):
    invite(office)
    answer = browser.post(link(), {**CHOSEN, **wrong})
    assert (answer.status_code, told in text_of(answer)) == (400, True)
    assert browser.post(link(), CHOSEN).status_code == 302


def test_nobody_takes_more_than_the_invitation_gives(office, browser):
    invite(office, roles=["journalist"])
    browser.post(link(), {**CHOSEN, "roles": "administrator", "is_superuser": "on", "email": "evil@record.example"})
    person = User.objects.get(username="newcomer")
    assert (sorted(person.roles), person.is_superuser, person.email) == (["journalist"], False, "new@record.example")


@pytest.mark.parametrize("email", ["nonsense", "a@b", "", "a@record.example\nBcc: b@record.example"])
def test_address_that_is_none_is_refused(office, email):
    assert invite(office, email).status_code == 400
    assert (mail.outbox, Invitation.objects.count()) == ([], 0)


def test_address_is_invited_once_and_of_nobody_who_works_here(office, editor):
    User.objects.filter(pk=editor.pk).update(email="Editor@Record.example")
    assert "has this address already" in text_of(invite(office, "editor@record.example"))
    invite(office)
    assert "was invited already" in text_of(invite(office, "NEW@record.example"))
    assert len(mail.outbox) == 1


def test_mail_that_is_not_taken_is_told(office, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = invite(office)
    assert "The mail server did not take the invitation" in text_of(answer)
    assert "It was not sent" in text_of(answer)


def test_list_costs_the_same_however_many_there_are(office, administrator, django_assert_num_queries):
    for number in (1, 3):
        for each in range(number):
            invitations.invite(by=administrator, email=f"n{number}-{each}@record.example", roles=["editor"])
        with django_assert_num_queries(5):
            office.get(LIST)


def test_pages_outside_carry_every_header(office):
    invite(office)
    for address in (link(), "/desk/invited/nonsense/"):
        assert missing_headers(Client().get(address, secure=True), staff=True) == []
