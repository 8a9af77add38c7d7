"""A receipt that repeats a protected name leaves whole, and no row of the database holds the name."""

from django.core.management import call_command

from factcheck.letters import outgoing, sending
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
