"""Letting people in through the desk: administrators alone, by journaled actions, and nothing more than a role."""

import pytest
from django.urls import reverse

from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.models import JournalEntry, User
from factcheck.newsroom.roles import Role

from .steps import address, fields_of, send, text_of

ADD = "/desk/newsroom/user/add/"
GOOD = "correct horse battery"


@pytest.fixture
def client(administrator, at_desk):
    return at_desk(administrator)


def test_new_person_gets_in_with_their_roles(client, db):
    answer = send(
        client,
        ADD,
        "user_form",
        username="reporter",
        byline="R. Porter",
        roles=["journalist"],
        password1=GOOD,
        password2=GOOD,
    )
    assert answer.status_code == 302
    person = User.objects.get(username="reporter")
    assert (person.roles, person.byline, person.is_staff, person.is_superuser) == (
        {Role.JOURNALIST},
        "R. Porter",
        True,
        False,
    )
    assert person.check_password(GOOD)
    assert JournalEntry.objects.first().verb == "hired"


def test_new_person_without_a_password_cannot_log_in(client):
    assert send(client, ADD, "user_form", username="reporter", roles=["journalist"]).status_code == 302
    assert not User.objects.get(username="reporter").has_usable_password()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"username": ""}, "This field is required"),
        ({"username": "administrator"}, "already exists"),
        ({"password1": GOOD, "password2": "something else"}, "didn’t match"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "reporter12345", "password2": "reporter12345"}, "too similar to the username"),
        ({"roles": ["owner"]}, "not one of the available choices"),
        ({"email": "nowhere"}, "valid email address"),
    ],
    ids=lambda given: str(given)[:40],
)
def test_person_who_cannot_be_let_in_so_is_not_and_the_page_says_why(client, given, sentence):
    before = User.objects.count()
    answer = send(client, ADD, "user_form", **{"username": "reporter", "byline": "R. Porter", **given})
    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert fields_of(answer, "user_form")["byline"] == "R. Porter"
    assert User.objects.count() == before


def test_what_nobody_may_be_given_is_no_field_and_is_not_taken(client, journalist):
    url = address("newsroom_user", journalist)
    form = fields_of(client.get(url), "user_form")
    assert not {"is_superuser", "is_staff", "is_active", "user_permissions", "groups"} & set(form)
    client.post(url, {**form, "is_superuser": "on", "user_permissions": ["1"], "is_staff": "", "groups": ["1"]})
    journalist.refresh_from_db()
    assert (journalist.is_superuser, journalist.is_staff, journalist.user_permissions.count()) == (False, True, 0)


def test_roles_and_details_are_changed_by_journaled_actions(client, journalist):
    answer = send(
        client, address("newsroom_user", journalist), "user_form", roles=["editor", "legal"], first_name="Ada"
    )
    assert answer.status_code == 302
    person = User.objects.get(pk=journalist.pk)
    assert (person.roles, person.first_name) == ({Role.EDITOR, Role.LEGAL}, "Ada")
    assert [e.verb for e in JournalEntry.objects.all()[:2]] == ["changed roles", "changed details of"]


def test_nobody_changes_their_own_roles_but_their_details(client, administrator):
    url, before = address("newsroom_user", administrator), JournalEntry.objects.count()
    answer = send(client, url, "user_form", roles=["administrator", "senior-editor"], first_name="Ada")
    assert answer.status_code == 403
    assert "Nobody changes their own standing" in text_of(answer)
    assert JournalEntry.objects.count() == before
    assert User.objects.get(pk=administrator.pk).first_name == ""
    assert send(client, url, "user_form", first_name="Ada").status_code == 302
    assert User.objects.get(pk=administrator.pk).first_name == "Ada"


def test_account_is_closed_and_opened_again(client, journalist, at_desk):
    theirs = at_desk(journalist)
    assert "Let go" in text_of(client.get(address("newsroom_user", journalist)))
    assert send(client, address("newsroom_user", journalist, "let-go"), "record").status_code == 302
    assert theirs.get(reverse("admin:index")).status_code == 302
    assert "Bring back" in text_of(client.get(address("newsroom_user", journalist)))
    assert send(client, address("newsroom_user", journalist, "bring-back"), "record").status_code == 302
    journalist.refresh_from_db()
    assert journalist.is_active
    assert [e.verb for e in JournalEntry.objects.all()[:2]] == ["brought back", "let go"]


def test_nobody_lets_themselves_go(client, administrator):
    answer = client.post(address("newsroom_user", administrator, "let-go"))
    assert (answer.status_code, "Nobody changes their own standing" in text_of(answer)) == (403, True)
    administrator.refresh_from_db()
    assert administrator.is_active


def test_account_of_a_superuser_is_out_of_reach(client, superuser):
    for code in ("let-go", "password"):
        answer = client.post(address("newsroom_user", superuser, code), {"password1": GOOD, "password2": GOOD})
        assert answer.status_code == 403, code
        assert "command line" in text_of(answer)


def test_new_password_ends_the_sessions_of_the_old_one(client, journalist, at_desk):
    theirs, url = at_desk(journalist), address("newsroom_user", journalist, "password")
    weak = client.post(url, {"password1": "short", "password2": "short"})
    assert (weak.status_code, "too short" in text_of(weak)) == (400, True)
    assert client.post(url, {"password1": GOOD, "password2": GOOD}).status_code == 302
    assert theirs.get(reverse("admin:index")).status_code == 302
    journalist.refresh_from_db()
    assert journalist.check_password(GOOD)
    assert GOOD not in str(JournalEntry.objects.first().details)


def test_own_password_is_changed_by_oneself_and_the_journal_knows(journalist, at_desk):
    newsroom.give_password(journalist, by=None, password="an old password of theirs")
    journalist.refresh_from_db()
    here, elsewhere = at_desk(journalist), at_desk(journalist)
    given = {"old_password": "an old password of theirs", "new_password1": GOOD, "new_password2": GOOD}
    refused = here.post(reverse("admin:password_change"), {**given, "old_password": "wrong"})
    assert "Your password is the old one still" in text_of(refused)
    assert here.post(reverse("admin:password_change"), given).status_code == 302
    assert JournalEntry.objects.first().verb == "changed own password"
    assert "Your password is changed" in text_of(here.get(reverse("admin:password_change_done")))
    assert elsewhere.get(reverse("admin:index")).status_code == 302


def test_list_of_people_costs_the_same_at_three_as_at_thirty(client, django_assert_num_queries):
    for number in range(2):
        newsroom.hire(by=None, username=f"one-{number}", roles=["journalist"])
    with django_assert_num_queries(5):
        client.get(reverse("admin:newsroom_user_changelist"))
    for number in range(27):
        newsroom.hire(by=None, username=f"more-{number}", roles=["journalist", "editor"])
    with django_assert_num_queries(5):
        client.get(reverse("admin:newsroom_user_changelist"))
