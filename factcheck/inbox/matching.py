"""Which letter a message is about: by the address it was sent to, then by the letters it names. Never by its subject or sender."""

from typing import NamedTuple

from factcheck.letters.models import Letter, Outgoing
from factcheck.letters.refs import ref_in

from .mail import Message

Matched = Message.Matched


class Match(NamedTuple):
    """What was found: a letter or None, how, and the very e-mail of ours that it names, where it names one."""

    letter: Letter | None = None
    how: str = Matched.NOTHING
    outgoing: Outgoing | None = None


def find(told, recipients=()):
    """The match of a message as `reading.read` tells it; `recipients` are the envelope's, where the mail server says them."""
    letter = _by_address([*recipients, *told["sent_to"]])
    returned = _named(told["returned"].get("message_ids", ()))
    if letter:
        ours = returned if returned and returned.letter_id == letter.pk else None
        return Match(letter, Matched.ADDRESS, ours)
    roads = (
        (Matched.IN_REPLY_TO, _named(told["in_reply_to"])),
        (Matched.REFERENCES, _named(told["references"])),
        (Matched.RETURNED, returned),
    )
    return next((Match(ours.letter, how, ours) for how, ours in roads if ours), Match())


def _by_address(recipients):
    refs = [ref for ref in map(ref_in, recipients) if ref]
    found = {letter.reply_ref: letter for letter in Letter.objects.filter(reply_ref__in=refs)} if refs else {}
    return next((found[ref] for ref in refs if ref in found), None)


def _named(message_ids):
    """The e-mail of ours that is named first; those for staff are about no letter."""
    ids = list(message_ids)
    known = Outgoing.objects.filter(message_id__in=ids, letter__isnull=False).select_related("letter") if ids else ()
    found = {outgoing.message_id: outgoing for outgoing in known}
    return next((found[each] for each in ids if each in found), None)
