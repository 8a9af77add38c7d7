"""What comes in and could tell who a protected source is lies sealed, in its strongbox, and goes with it (CS-7, CS-12)."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from factcheck.files.shelf import shelf
from factcheck.inbox import actions, receiving, verifying, withheld
from factcheck.inbox.models import Message
from factcheck.letters import held, outgoing
from factcheck.letters.models import ShutAway
from factcheck.sources.file_keys import Shredded
from factcheck.sources.keys import VaultShut
from tests.entering import show_second_factor
from tests.sources.cast import destroy, on_the_shelf, protect

from .messages import ANSWER, mail
from .steps import addressed, received
from .test_verifying import path_of
from .test_withheld import NAME, TOLD, pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(vault, journalist, editor):
    return protect(journalist, editor, NAME)


@pytest.fixture
def message(source, sent_letter):
    return received(addressed(mail(TOLD), sent_letter))


@pytest.fixture
def statement(source, sent_letter, asked_file):
    return actions.file_statement([asked_file], text=TOLD, answers={asked_file.allegations.get(): TOLD})[0]


def receipt(letter, body=TOLD):
    whom = {"to_address": "media@agency.example", "letter": letter}
    return outgoing.queue(purpose="receipt", once="receipt", subject="Receipt", body=body, **whom)


def lying():
    """Everything on the shelf of mail, byte by byte."""
    return b"".join(on_the_shelf("mail"))


def raw_of(message):
    return reverse("admin:inbox_message_raw", args=[message.pk])


def saved_of(statement):
    return reverse("admin:inbox_filing_save", args=[statement.filings.get().pk])


def test_message_that_names_a_source_lies_sealed(message, source):
    assert b"Abdurehim" not in lying()
    assert ShutAway.objects.get(stored_as=message.kept_as).box.source == source
    assert Message.objects.get().content_sha256 == ""  # by a plain hash of what it says, somebody could try names


def test_message_that_names_nobody_lies_as_it_came(source, sent_letter):
    received(addressed(mail(ANSWER), sent_letter))
    assert b"under no" in lying()
    assert not ShutAway.objects.exists()


def test_message_that_comes_once_more_is_one_message(message, sent_letter):
    again = receiving.receive(io.BytesIO(addressed(mail(TOLD), sent_letter)))
    assert again == (message, False)
    assert len(list(shelf("mail").names())) == 1


def test_statement_that_names_a_source_lies_sealed_and_its_writer_reads_it(statement):
    assert b"Abdurehim" not in lying()
    said, [(_allegation, answer)] = withheld.as_said(statement)
    assert (said["text"], answer) == (TOLD, TOLD)


def test_receipt_that_repeats_it_lies_sealed_and_leaves_whole(source, sent_letter):
    row = receipt(sent_letter)
    assert b"Abdurehim" not in lying()
    assert held.text_of(row) == TOLD


def test_custodian_shows_a_second_factor_before_it_is_handed_out(message, statement, journalist, client):
    client.force_login(journalist)
    for url in (raw_of(message), saved_of(statement)):
        assert client.get(url)["Location"].startswith("/desk/")
        assert b"Abdurehim" in pages(journalist, url)[0].content
    show_second_factor(client, journalist, ago=3600)
    assert client.get(raw_of(message)).status_code == 302


def test_nobody_is_handed_it_once_the_source_is_destroyed(message, statement, source, journalist, journalist_2, editor):
    """The guard forgets whom it names, so without this anybody who reads the record would be handed it from then on."""
    destroy(source, journalist, editor)
    for person in (journalist, journalist_2, editor):
        for page in pages(person, raw_of(message), saved_of(statement)):
            assert page.status_code == 409
            assert "is destroyed" in page.content.decode()
    with pytest.raises(Shredded):
        withheld.as_said(statement)


def test_nobody_is_handed_it_without_the_vaults_key(message, statement, journalist, settings):
    settings.VAULT_KEYS = []
    assert [page.status_code for page in pages(journalist, raw_of(message), saved_of(statement))] == [409, 409]
    with pytest.raises(VaultShut):
        withheld.as_said(statement)


def test_sealed_message_is_verified_with_the_key_and_measured_without(message, settings, capsys):
    call_command("verify_mail")
    assert capsys.readouterr().out == "1 messages are as they came.\n"
    settings.VAULT_KEYS = []
    assert (verifying.verify().messages, verifying.verify().unopened, verifying.verify().problems) == (1, 1, ())
    call_command("verify_mail")
    assert "1 of them are sealed and could not be opened" in capsys.readouterr().out


@pytest.mark.parametrize("keys", [True, False])
def test_sealed_message_that_was_cut_is_found_with_the_key_and_without(message, settings, keys):
    settings.VAULT_KEYS = settings.VAULT_KEYS if keys else []
    path = path_of(message)
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-1])
    assert verifying.verify().problems == (f"The file of message {message.pk} was changed.",)


def test_sealed_message_that_was_swapped_is_found(message, statement):
    """Another sealed file of the same source, put under its name."""
    path = path_of(message)
    path.unlink()
    path.write_bytes(Path(shelf("mail").storage.path(statement.withheld_as)).read_bytes())
    assert verifying.verify().problems == (f"The file of message {message.pk} was changed.",)
