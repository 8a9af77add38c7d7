"""A letter that was sent, and messages to it."""

import io

from factcheck.inbox.receiving import receive
from factcheck.letters import noting
from factcheck.letters.models import Letter
from factcheck.letters.refs import reply_address


def sent(letter):
    """The letter as it is once it went out: its e-mail is known and everything in it was put."""
    return noting.sent(letter.outgoing.get(), "250 accepted")


def addressed(raw, letter):
    """The message with the letter's own address and Message-ID in it."""
    letter = Letter.objects.get(pk=letter.pk)
    outgoing = letter.outgoing.get()
    return raw.replace(b"%%TO%%", reply_address(letter.reply_ref).encode()).replace(
        b"%%ID%%", outgoing.message_id.encode()
    )


def received(raw, **fields):
    message, new = receive(io.BytesIO(raw), **fields)
    assert new
    return message
