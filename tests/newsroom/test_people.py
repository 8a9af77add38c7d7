"""Who is let in, as what, and by whom."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.management import call_command

from factcheck.newsroom import actions
from factcheck.newsroom.models import JournalEntry, User
from factcheck.newsroom.refusals import NotAllowed
from factcheck.newsroom.roles import RECORD_PERMISSIONS, Role

PASSWORD = "tohu-wairua-ngeru-9"
CAST = ("journalist", "journalist_2", "editor", "senior_editor", "legal", "administrator")


def last_entry():
    return JournalEntry.objects.latest("number")


def test_hired_person_has_the_roles_and_is_no_superuser(administrator):
    person = actions.hire(by=administrator, username="journalist-2", roles=["journalist", "legal"], password=PASSWORD)
    fresh = User.objects.get(pk=person.pk)
    assert fresh.roles == {Role.JOURNALIST, Role.LEGAL}
    assert (fresh.is_staff, fresh.is_superuser, fresh.is_active) == (True, False, True)
    assert fresh.check_password(PASSWORD)
    assert (last_entry().verb, last_entry().actor) == ("hired", "administrator")


def test_hired_person_without_a_password_cannot_log_in(journalist, client):
    assert not journalist.has_usable_password()
    assert not client.login(username="journalist", password="")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "two words"}, "username"),
        ({"username": "administrator"}, "username"),
        ({"roles": ["owner"]}, "roles"),
        ({"email": "not an address"}, "email"),
        ({"password": "short"}, None),
        ({"password": "password1234"}, None),
        ({"username": "journalist-22", "password": "journalist-22"}, None),
    ],
)
def test_hiring_with_a_wrong_field_is_refused(administrator, wrong, field):
    entries = JournalEntry.objects.count()
    with pytest.raises(ValidationError) as refused:
        actions.hire(**{"by": administrator, "username": "editor", "roles": ["editor"], "password": PASSWORD, **wrong})
    assert field is None or field in refused.value.message_dict
    assert User.objects.count() == 1
    assert JournalEntry.objects.count() == entries


@pytest.mark.parametrize("standing", ["is_superuser", "is_staff", "groups", "password", "is_active"])
def test_no_detail_gives_standing(administrator, editor, standing):
    with pytest.raises(TypeError, match=standing):
        actions.change_details(editor, by=administrator, **{standing: True})


@pytest.mark.parametrize("who", [name for name in CAST if name != "administrator"])
def test_only_administrators_change_people(request, who, administrator):
    by = request.getfixturevalue(who)
    attempts = [
        lambda: actions.hire(by=by, username="another", roles=[]),
        lambda: actions.change_roles(administrator, by=by, roles=[]),
        lambda: actions.change_details(administrator, by=by, byline="x"),
        lambda: actions.give_password(administrator, by=by, password=PASSWORD),
        lambda: actions.let_go(administrator, by=by),
        lambda: actions.bring_back(administrator, by=by),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    assert User.objects.get(pk=administrator.pk).has_role(Role.ADMINISTRATOR)


def test_superuser_who_is_no_administrator_changes_nobody(db, journalist):
    superuser = User.objects.create_superuser("root", password=PASSWORD)
    with pytest.raises(NotAllowed):
        actions.change_roles(journalist, by=superuser, roles=["editor"])


def test_superuser_account_is_out_of_an_administrators_reach(administrator):
    superuser = User.objects.create_superuser("root", password=PASSWORD)
    with pytest.raises(NotAllowed, match="command line"):
        actions.give_password(superuser, by=administrator, password="another-long-one-3")
    assert User.objects.get(pk=superuser.pk).check_password(PASSWORD)


def test_nobody_changes_their_own_standing(administrator):
    attempts = [
        lambda: actions.change_roles(administrator, by=administrator, roles=["administrator", "senior-editor"]),
        lambda: actions.give_password(administrator, by=administrator, password=PASSWORD),
        lambda: actions.let_go(administrator, by=administrator),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed, match="own standing"):
            attempt()
    assert User.objects.get(pk=administrator.pk).roles == {Role.ADMINISTRATOR}


def test_administrator_put_out_meanwhile_can_no_longer_act(administrator, journalist):
    """What the request loaded at its start does not count, only what is so now."""
    assert administrator.has_role(Role.ADMINISTRATOR)
    actions.change_roles(administrator, by=None, roles=[])
    with pytest.raises(NotAllowed):
        actions.change_roles(journalist, by=administrator, roles=["editor"])


def test_changed_roles_are_exactly_those_given(administrator, journalist):
    changed = actions.change_roles(journalist, by=administrator, roles=["editor", "legal"])
    assert changed.roles == {Role.EDITOR, Role.LEGAL}
    assert last_entry().details == {"before": ["journalist"], "roles": ["editor", "legal"]}


def test_same_roles_again_are_not_journaled(administrator, journalist):
    entries = JournalEntry.objects.count()
    actions.change_roles(journalist, by=administrator, roles=["journalist"])
    assert JournalEntry.objects.count() == entries


def test_changed_details_are_journaled_by_name_alone(administrator, journalist):
    actions.change_details(journalist, by=administrator, email="a@example.org", byline="The desk", last_name="")
    assert User.objects.get(pk=journalist.pk).shown_as == "The desk"
    assert last_entry().details == {"fields": ["byline", "email"]}


def test_administrator_may_change_their_own_byline(administrator):
    assert actions.change_details(administrator, by=administrator, byline="The desk").byline == "The desk"


def test_person_let_go_is_out_at_once_and_has_no_roles_that_count(administrator, editor, client):
    actions.give_password(editor, by=administrator, password=PASSWORD)
    assert client.login(username="editor", password=PASSWORD)
    gone = actions.let_go(editor, by=administrator)
    assert not gone.has_role(Role.EDITOR)
    assert client.get("/desk/").status_code == 302
    back = actions.bring_back(gone, by=administrator)
    assert back.has_role(Role.EDITOR)
    assert [e.verb for e in JournalEntry.objects.all()[:2]] == ["brought back", "let go"]


def test_being_a_superuser_gives_no_role(db):
    superuser = User.objects.create_superuser("root", password=PASSWORD)
    assert superuser.roles == frozenset()
    assert not superuser.has_role(*Role)


def test_people_are_shown_by_byline_then_name_then_log_in_name(db):
    person = User(username="editor")
    assert str(person) == "editor"
    person.first_name, person.last_name = "Senior", "Editor"
    assert str(person) == "Senior Editor"
    person.byline = "The desk"
    assert str(person) == "The desk"


def granted(role, app):
    permissions = Group.objects.get(name=role).permissions.filter(content_type__app_label=app)
    return set(permissions.values_list("codename", flat=True))


def expected(role, app):
    verbs = RECORD_PERMISSIONS[role].get(app, ())
    every = Permission.objects.filter(content_type__app_label=app).values_list("codename", flat=True)
    return {name for name in every if name.split("_")[0] in verbs}


@pytest.mark.parametrize("role", Role)
def test_permissions_after_migrate_are_the_table(db, role):
    apps = set(Permission.objects.values_list("content_type__app_label", flat=True))
    assert {app: granted(role, app) for app in apps} == {app: expected(role, app) for app in apps}
    assert "newsroom" in apps


def test_administrator_manages_people_and_nobody_deletes(db):
    assert {"add_user", "change_user", "view_user", "view_journalentry"} <= granted(Role.ADMINISTRATOR, "newsroom")
    assert not Permission.objects.filter(group__isnull=False, codename__startswith="delete").exists()


def test_nobody_can_be_permitted_to_write_the_journal_by_hand(db):
    assert [p.codename for p in Permission.objects.filter(content_type__model="journalentry")] == ["view_journalentry"]


def test_permission_taken_from_the_table_is_gone_after_the_next_migrate(db, monkeypatch):
    monkeypatch.setitem(RECORD_PERMISSIONS, Role.ADMINISTRATOR, {"newsroom": ("view",)})
    call_command("migrate", verbosity=0)
    assert granted(Role.ADMINISTRATOR, "newsroom") == {"view_user", "view_journalentry"}


def test_permission_given_by_hand_is_gone_after_the_next_migrate(db):
    extra = Permission.objects.get(codename="change_user")
    Group.objects.get(name=Role.JOURNALIST).permissions.add(extra)
    call_command("migrate", verbosity=0)
    assert granted(Role.JOURNALIST, "newsroom") == set()
