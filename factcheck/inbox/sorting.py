"""What is done with a message: filed as an answer, noted as a letter that came back, or left for a person to sort."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.letters import afterwards
from factcheck.letters.models import Outgoing
from factcheck.newsroom import journal, record
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.reply import actions as reply
from factcheck.reply.correspondence import Attempt, Channel
from factcheck.reply.files import lock

from .actions import file_statement, file_with
from .mail import Message, Sorting
from .quoting import own_words

Kind = Message.Kind
MAY_ANSWER = (Kind.ANSWER, Kind.UNREADABLE, Kind.OVERSIZE)
# e-mails of ours that are an attempt to reach the party
ASKING = (Outgoing.Purpose.LETTER, Outgoing.Purpose.REMINDER, Outgoing.Purpose.LAST_REMINDER)


def wants_a_person(told, match, taken_back):
    """Whether nothing is done with a message by itself and somebody has to look at it.

    A machine's message needs nobody; one that only looks a little like a machine's does, where it came to a letter.
    """
    if told["kind"] in MAY_ANSWER:
        return match.letter is None
    if told["kind"] == Kind.BOUNCE:
        return not taken_back
    return not told["sure"] and match.letter is not None


def file(message, match):
    """Lay what may be an answer with the rights of reply that its letter is about."""
    if message.kind in MAY_ANSWER and match.letter:
        _file_answer(message, list(match.letter.files.select_related("claim")), by=None, letter=match.letter)


def take_back(told, match):
    """Note that a letter or a reminder came back, on everything it was about. Returns whether that could be noted."""
    ours = _came_back(match)
    if ours is None:
        return False
    try:
        afterwards.came_back(ours, at=told["received_at"], because=_why(told))
    except (Refused, NotAllowed, ValidationError):  # then a person decides
        return False
    return True


def _came_back(match):
    """The e-mail of ours that came back: the one it names, or the letter itself where only the address tells."""
    if match.outgoing:
        return match.outgoing if match.outgoing.purpose in ASKING else None
    return match.letter.outgoing.filter(purpose=Outgoing.Purpose.LETTER).last() if match.letter else None


def _why(told):
    why = told["returned"].get("why")
    sentence = _("The mail server of the address sent it back.")
    return f"{sentence} {why}"[:300] if why else sentence


def _file_answer(message, files, *, by, letter):
    said = {"text": own_words(message.text), "by_name": message.from_name[:150], "by_address": message.from_address}
    fields = {"channel": Channel.EMAIL, "message": message, "letter": letter, "received_at": message.received_at}
    return file_statement(files, by=by, **said, **fields)


@transaction.atomic
def attach_to(message, *, by, file, because):
    """Say that a message belongs to a right of reply, and why. Returns the Filing, or the Attempt where it is a bounce."""
    record.require_role(by)
    message = _to_be_sorted(message)
    file = lock(file)
    _note(message, Sorting.Made.BELONGS, by=by, because=because, claim=file.claim)
    if message.kind == Kind.BOUNCE:
        return _log_bounce(message, file, by=by)
    if not hasattr(message, "incoming"):
        incoming, _made = _file_answer(message, [file], by=by, letter=message.letter)
        return incoming.filings.get()
    return file_with(message.incoming, file, by=by)


def _log_bounce(message, file, *, by):
    sent = file.attempts.filter(channel=Channel.EMAIL).last()
    if sent is None:
        raise Refused(_("No e-mail was sent for this right of reply, so none can have come back."))
    fields = {"to_role": sent.to_role, "to_name": sent.to_name, "address_used": sent.address_used}
    fields |= {"text": _("The mail server of the address sent it back."), "outcome": Attempt.Outcome.BOUNCED}
    return reply.log_attempt(file, by=by, at=message.received_at, channel=Channel.EMAIL, **fields)


@transaction.atomic
def put_away(message, *, by, because):
    """Say that a message is nothing for the record, and why. It is kept."""
    record.require_role(by)
    message = _to_be_sorted(message)
    return _note(message, Sorting.Made.NOTHING, by=by, because=because)


def _to_be_sorted(message):
    """The message, locked, as it is now. What was filed is no more to be sorted: it is moved where it lies."""
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if hasattr(message, "incoming"):
        raise Refused(_("This lies with a right of reply already. Move it from there."))
    return message


def _note(message, made, *, by, because, claim=None):
    if not because.strip():
        raise Refused(_("Say why."))
    row = Sorting(message=message, made=made, because=because, by=by)
    record.keep(row, by=by)
    journal.write(by=by, verb="sorted message", record=message, claim=claim, made=made, because=because)
    return row


def waiting():
    """The messages that somebody has to sort, the oldest first."""
    return Message.objects.filter(to_sort=True, sortings__isnull=True, incoming__isnull=True).order_by("pk")
