"""A receipt that repeats a protected name leaves whole, and no row of the database holds the name."""

from datetime import timedelta

from django.core.management import call_command

from factcheck.letters import actions, outgoing, sending
from factcheck.letters.models import Outgoing
from factcheck.sources import destruction
from tests.sources.cast import NAME, key, protect


def test_receipt_with_a_protected_name_leaves_whole_and_stands_in_no_row(
    settings, letter, journalist, editor, worker, box, capsys
):
    settings.VAULT_KEYS = [key()]
    protect(journalist, editor, ("name", NAME))
    said = f"It was {NAME} who told you."
    outgoing.queue(
        purpose="receipt",
        once="receipt:1",
        to_address="media@agency.example",
        subject="Receipt",
        body=said,
        letter=letter,
    )
    assert sending.send_one(worker)
    [message] = box.messages
    assert said in message.get_content()
    call_command("dumpdata")
    assert NAME not in capsys.readouterr().out


def held_receipt(letter, journalist, editor):
    """(the source that it names, the receipt)."""
    source = protect(journalist, editor, ("name", NAME))
    fields = {"to_address": "media@agency.example", "subject": "Receipt", "body": f"It was {NAME}.", "letter": letter}
    return source, outgoing.queue(purpose="receipt", once="receipt:1", **fields)


def test_receipt_waits_while_the_vault_has_no_key_and_leaves_with_it(
    settings, letter, journalist, editor, worker, box, clock
):
    settings.VAULT_KEYS = keys = [key()]
    _source, receipt = held_receipt(letter, journalist, editor)
    settings.VAULT_KEYS = []
    assert sending.send_one(worker)
    receipt.refresh_from_db()
    assert (receipt.state, receipt.tries, box.messages) == ("queued", 1, [])
    assert "The vault has no key" in receipt.answered
    settings.VAULT_KEYS = keys
    clock.shift(timedelta(minutes=2))
    assert sending.send_one(worker)
    assert NAME in box.messages[0].get_content()


def test_receipt_is_not_sent_once_the_source_that_it_names_is_destroyed(
    settings, letter, journalist, editor, worker, box
):
    settings.VAULT_KEYS = [key()]
    source, receipt = held_receipt(letter, journalist, editor)
    destruction.propose_destruction(source, by=journalist, because="They asked for it.")
    destruction.confirm_destruction(source, by=editor)
    assert sending.send_one(worker)
    receipt = Outgoing.objects.get(pk=receipt.pk)
    assert (receipt.state, box.messages) == ("failed", [])
    assert "is destroyed" in receipt.answered


def test_mail_server_that_names_a_source_is_not_quoted_and_stops_no_note(
    settings, letter, journalist, editor, worker, box
):
    settings.VAULT_KEYS = [key()]
    protect(journalist, editor, ("name", NAME))
    actions.queue_letter(letter, by=journalist)
    box.at_rcpt = f"550 Mail for {NAME} is not taken here"
    assert sending.send_one(worker)
    mail = Outgoing.objects.get(letter=letter)
    assert (mail.state, mail.letter.state) == ("failed", "failed")
    assert "withheld" in mail.answered
    assert NAME not in mail.letter.stopped_because
