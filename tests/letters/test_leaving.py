"""Nothing leaves that could tell who a protected source is: asked before a letter is queued, and again before it goes (CS-7)."""

import pytest
from django.core.exceptions import ValidationError

from factcheck.letters import actions, outgoing, sending
from factcheck.letters.models import Outgoing
from factcheck.newsroom.refusals import Refused
from tests.sources.cast import key, protect

from .steps import fresh

NAME = ("name", "Mihrigül Abdurehim")


@pytest.fixture
def vault(settings):
    settings.VAULT_KEYS = [key()]
    return settings


def test_letter_that_names_a_source_is_neither_kept_nor_queued(vault, letter, journalist, editor):
    protect(journalist, editor, NAME)
    with pytest.raises(ValidationError):
        actions.edit_letter(letter, by=journalist, body=letter.body + "\n\nMihrigul told us.")
    assert "Mihrigul" not in fresh(letter).body


def test_source_that_is_protected_after_the_letter_was_written_stops_it(vault, letter, journalist, editor):
    edited = actions.edit_letter(letter, by=journalist, body=letter.body + "\n\nMihrigul told us.")
    protect(journalist, editor, NAME)
    with pytest.raises((Refused, ValidationError)):
        actions.queue_letter(edited, by=journalist)
    assert not Outgoing.objects.exists()


def test_source_that_is_protected_while_a_letter_waits_stops_it(vault, letter, journalist, editor, worker, box):
    edited = actions.edit_letter(letter, by=journalist, body=letter.body + "\n\nMihrigul told us.")
    actions.queue_letter(edited, by=journalist)
    protect(journalist, editor, NAME)
    assert sending.send_one(worker)
    assert not box.arrived
    assert (fresh(letter).state, letter.outgoing.get().state) == ("failed", "cancelled")
    assert "Mihrigul" not in fresh(letter).stopped_because


def test_without_the_vaults_key_nothing_leaves(vault, letter, journalist, editor, worker, box):
    actions.queue_letter(letter, by=journalist)
    protect(journalist, editor, NAME)
    vault.VAULT_KEYS = []
    sending.send_one(worker)
    assert not box.arrived
    assert fresh(letter).state == "failed"


def test_receipt_with_a_sources_name_goes_to_whoever_said_it(vault, queued, journalist, editor, worker, box):
    """One that did not come would tell the accused whom we protect."""
    sending.send_one(worker)
    protect(journalist, editor, NAME)
    receipt = {"to_address": "media@agency.example", "subject": "Receipt", "body": "You said: it was Mihrigul."}
    outgoing.queue(purpose="receipt", once="receipt:1", letter=queued, automatic=True, **receipt)
    sending.send_one(worker)
    assert "it was Mihrigul" in box.messages[1].get_content()
    assert "Mihrigul" not in box.messages[0].as_string()
