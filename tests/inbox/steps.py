"""A letter that was sent, and messages to it."""

import io

from django.utils import timezone

from factcheck.inbox.receiving import receive
from factcheck.letters.models import Letter
from factcheck.letters.refs import reply_address
from factcheck.reply import actions as reply


def sent(letter, by):
    """The letter as it is once it went out: its e-mail is known and everything in it was put."""
    outgoing = letter.outgoing.get()
    for file in letter.files.all():
        fields = {"to_role": letter.to_role, "to_name": letter.to_name, "address_used": letter.to_address}
        reply.put(file, by=by, at=timezone.now(), channel="email", text=letter.body, outcome="delivered", **fields)
    return outgoing


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
