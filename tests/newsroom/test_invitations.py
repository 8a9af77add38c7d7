"""Who may ask somebody in, how often, and what happens when two do it at once."""

import subprocess
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from factcheck.newsroom import actions, invitations
from factcheck.newsroom.models import Invitation, User
from factcheck.newsroom.refusals import NotAllowed
from tests.desk.test_at_the_same_time import python, run

EMAIL = "new@record.example"
PASSWORD = "a much better one 9"
PREPARE = """
import django; django.setup()
from factcheck.newsroom import actions, invitations
boss = actions.hire(by=None, username="boss", roles=["administrator"])
row, token = invitations.invite(by=boss, email="new@record.example", roles=["journalist"])
print(token)
"""
TAKE_UP = """
import django; django.setup()
from factcheck.newsroom import invitations
from factcheck.newsroom.refusals import Refused
try:
    row = invitations.open_with({token!r})
    invitations.accept(row, username="newcomer-{number}", password="a much better one 9")
    print("came")
except Refused as refusal:
    print(refusal)
"""
INVITE = """
import django; django.setup()
from factcheck.newsroom import invitations
from factcheck.newsroom.models import User
from factcheck.newsroom.refusals import Refused
try:
    invitations.invite(by=User.objects.get(username="boss"), email="other@record.example", roles=[])
    print("invited")
except Refused as refusal:
    print(refusal)
"""


@pytest.fixture
def invited(administrator):
    return invitations.invite(by=administrator, email=EMAIL, roles=["editor"])


@pytest.mark.parametrize("who", ["journalist", "editor", "senior_editor", "legal"])
def test_only_administrators_invite(request, who, invited):
    by, (row, _token) = request.getfixturevalue(who), invited
    attempts = (
        lambda: invitations.invite(by=by, email="b@record.example", roles=["editor"]),
        lambda: invitations.send_again(row, by=by),
        lambda: invitations.revoke(row, by=by),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    assert invitations.why_closed(Invitation.objects.get()) == ""


def test_superuser_who_is_no_administrator_invites_nobody(db):
    root = User.objects.create_superuser("root", password=PASSWORD)
    with pytest.raises(NotAllowed):
        invitations.invite(by=root, email=EMAIL, roles=[])


def test_role_that_does_not_exist_is_refused(administrator):
    with pytest.raises(ValidationError):
        invitations.invite(by=administrator, email=EMAIL, roles=["owner"])


def test_address_whose_link_ran_out_can_be_invited_again(invited, administrator):
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        row, token = invitations.invite(by=administrator, email=EMAIL, roles=[])
        assert invitations.open_with(token) == row


def test_invitation_that_was_closed_while_the_form_was_filled_in_lets_nobody_in(invited, administrator):
    row, token = invited
    opened = invitations.open_with(token)
    invitations.revoke(row, by=administrator)
    with pytest.raises(invitations.Closed, match="taken back"):
        invitations.accept(opened, username="newcomer", password=PASSWORD)
    assert not User.objects.filter(username="newcomer").exists()


def test_account_of_an_invitation_that_is_refused_leaves_nothing(invited):
    with pytest.raises(ValidationError):
        invitations.accept(invited[0], username="administrator", password=PASSWORD)
    assert invitations.open_with(invited[1]).accepted_at is None


def test_sender_who_was_let_go_invites_no_more(invited, administrator):
    actions.let_go(administrator, by=None)
    with pytest.raises(invitations.Closed, match="does not let people in"):
        invitations.open_with(invited[1])


def test_one_link_at_the_same_time_lets_one_in(committed_database):
    token = run(committed_database, PREPARE)
    said = _together(committed_database, [TAKE_UP.format(token=token, number=number) for number in range(3)])
    assert sorted(said, key=len) == ["came", "It was used already.", "It was used already."]


def test_one_address_is_invited_once_by_two_at_the_same_time(committed_database):
    run(committed_database, PREPARE)
    said = _together(committed_database, [INVITE] * 3)
    assert sorted(said, key=len)[0] == "invited"
    assert [text.startswith("This address was invited already") for text in said].count(True) == 2


def _together(database, programs):
    """What each of several processes said that were ready and then let go at once."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    ready = "django.setup()\nimport sys\nprint('ready', flush=True)\nsys.stdin.readline()"
    running = [python(database, program.replace("django.setup()", ready), **pipes) for program in programs]
    assert [process.stdout.readline() for process in running] == ["ready\n"] * len(running)
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0] * len(running), answers
    return [out.strip() for out, _problem in answers]
