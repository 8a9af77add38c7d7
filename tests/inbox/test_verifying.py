"""Every message is kept as it came, and what a killed process left on the shelf is found and removed."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from factcheck.files.shelf import shelf
from factcheck.inbox import receiving
from factcheck.inbox.mail import Message
from factcheck.letters.models import Outgoing
from factcheck.reply.models import ReplyFile

from .messages import ANSWER, mail
from .steps import addressed


@pytest.fixture
def message(sent_letter):
    return receiving.receive(io.BytesIO(addressed(mail(ANSWER), sent_letter)))[0]


def verify(capsys, *options):
    """(exit status, all that was said)."""
    try:
        call_command("verify_mail", *options)
        status, told = 0, ""
    except SystemExit as problem:
        status, told = 1, str(problem)
    said = capsys.readouterr()
    return status, told + said.out + said.err


def path_of(message):
    return Path(shelf("mail").storage.path(message.kept_as))


def test_message_that_is_as_it_came_holds(message, capsys):
    assert verify(capsys) == (0, "1 messages are as they came.\n")


@pytest.mark.parametrize("what", ["changed", "missing"])
def test_message_that_is_not_is_named_by_its_number_and_nothing_else(message, capsys, what):
    path = path_of(message)
    kept = path.read_bytes()
    path.unlink()
    if what == "changed":
        path.write_bytes(kept.replace(b"under no", b"under some"))
    status, told = verify(capsys)
    assert (status, told.splitlines()[-1]) == (1, "0 messages hold.")
    assert f"The file of message {message.pk} {'was' if what == 'changed' else 'is'} {what}." in told
    assert "agency" not in told


def test_strays_are_removed_after_a_day_and_nothing_that_a_row_names_is(message, sent_letter, capsys):
    held = shelf("mail").keep(b"words that are held back until they are sent").name
    Outgoing.objects.filter(letter=sent_letter).update(held_as=held)
    stray = shelf("mail").keep(b"taken in by somebody who was killed").name
    assert verify(capsys, "--sweep")[1] == "1 messages are as they came.\n"  # it may be on its way still
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        assert "1 stray files" in verify(capsys)[1]
        assert shelf("mail").holds(stray)
        assert verify(capsys, "--sweep")[0] == 0
    assert set(shelf("mail").names()) == {Message.objects.get().kept_as, held}


def test_words_that_were_withheld_and_are_gone_are_told_of(message, sent_letter, capsys):
    Outgoing.objects.filter(letter=sent_letter).update(held_as="ab/cd")
    row = Outgoing.objects.get(letter=sent_letter)
    assert verify(capsys)[1].startswith(f"The words of letter to be sent {row.pk} are missing.")


@pytest.mark.parametrize("change", [False, True])
def test_court_file_says_whether_the_message_is_still_as_it_came(message, change):
    from factcheck.desk.court.gathering import gather

    if change:
        path_of(message).write_bytes(b"something else")
    file = ReplyFile.objects.get()
    lines = [line for line in gather(file.claim, file).lines if line.verb == "e-mail in"]
    assert [digest.holds for line in lines for digest in line.digests] == [not change]
