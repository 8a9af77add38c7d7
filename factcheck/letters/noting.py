"""What became of an e-mail, noted in one transaction with what it means for the letter and for the rights of reply."""

import sys

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.newsroom import journal
from factcheck.reply.correspondence import Attempt
from factcheck.reply.happened import note_attempt, note_letter

from . import keys, message, reminders
from .actions import lock, move
from .models import Outgoing
from .states import OutgoingState, after

Purpose = Outgoing.Purpose
REMINDERS = (Purpose.REMINDER, Purpose.LAST_REMINDER)


def _close(mail, state, told, by=None, **changes):
    """Write what became of it, and let go of it."""
    mail = Outgoing.objects.select_for_update().get(pk=mail.pk)
    fields = {"state": state, "answered": told[:300], "taken_by": "", "taken_until": None, **changes}
    for name, value in fields.items():
        setattr(mail, name, value)
    mail.save()
    claim = mail.letter.first_claim if mail.letter else None
    journal.write(by=by, verb=f"e-mail {state}", record=mail, claim=claim, purpose=mail.purpose)
    return mail


@transaction.atomic
def sent(mail, told, at=None, by=None):
    """It went: the letter is sent, and each right of reply has its attempt (RR-1)."""
    at = at or mail.tried_at or timezone.now()
    mail = _close(mail, OutgoingState.SENT, told, by, sent_at=at, tried_at=at)
    if mail.purpose == Purpose.LETTER:
        _letter_left(mail, at)
    elif mail.purpose in REMINDERS:
        for file in reminders.concerned(mail):
            note_attempt(file, by=mail.letter.queued_by, at=at, outcome=Attempt.Outcome.DELIVERED, **_attempt(mail))
    return mail


def _letter_left(mail, at, outcome=Attempt.Outcome.DELIVERED):
    letter, by = lock(mail.letter), mail.letter.queued_by
    if outcome == Attempt.Outcome.DELIVERED:
        letter = move(letter, "sent", by=by, verb="sent letter", sent_at=at)
    for part in letter.parts.select_related("file"):
        puts = {"wording": part.wording, "allegations": list(part.allegations.all())}
        note_letter(part.file, by=by, at=at, outcome=outcome, **puts, **_attempt(mail))


def _attempt(mail):
    """What an attempt says of the e-mail; a reminder goes to where its letter went."""
    letter = mail.letter
    return {
        "to_role": letter.to_role,
        "to_name": mail.to_name,
        "address_used": mail.to_address,
        "text": mail.body,
    }


@transaction.atomic
def in_doubt(mail, told):
    """It may have gone: a person has to decide. Nothing of it counts until then."""
    mail = _close(mail, OutgoingState.UNCERTAIN, told)
    if mail.purpose == Purpose.LETTER:
        move(lock(mail.letter), "doubt", by=None, verb="letter in doubt", stopped_because=told[:400])
    return mail


@transaction.atomic
def not_sent(mail, told, refused=False, by=None):
    """It did not go and will not by itself. Where the address was refused, that was an attempt in vain (RR-2)."""
    mail = _close(mail, OutgoingState.FAILED, told, by, tried_at=timezone.now())
    if mail.purpose == Purpose.LETTER:
        if refused:
            _letter_left(mail, timezone.now(), outcome=Attempt.Outcome.BOUNCED)
        _stopped(mail.letter, "fail", _("It was not sent: %(told)s") % {"told": told})
    return mail


@transaction.atomic
def called_off(mail, told):
    """It was not sent because the record has moved on."""
    mail = _close(mail, OutgoingState.CANCELLED, told)
    if mail.purpose == Purpose.LETTER:
        _stopped(mail.letter, "fail", told)
    return mail


@transaction.atomic
def printed(mail):
    """No mail server is set: it is printed, and the record says that nobody got it."""
    if copy := getattr(mail, "copy", None):
        sys.stdout.write(f"{'-' * 79}\n{message.build(mail, copy.dated).as_string()}\n")
        sys.stdout.flush()
    told = _("It was printed and sent to nobody, because EMAIL_URL names no mail server.")
    mail = _close(mail, OutgoingState.PRINTED, told)
    if mail.purpose == Purpose.LETTER:
        _stopped(mail.letter, "print", told)
    return mail


def _stopped(letter, event, told):
    """The letter is back in its writer's hands; the key of a page whose address nobody has is taken back."""
    letter = lock(letter)
    for key in keys.standing(letter):
        keys.take_back(key, by=letter.queued_by, because=told)
    try:
        return move(letter, event, by=None, verb=f"letter {event}", stopped_because=told[:400])
    except ValidationError:  # its words may not even be kept any more, and yet it has stopped
        letter.state, letter.stopped_because = after(letter, event), told[:400]
        letter.save(update_fields=["state", "stopped_because"])
        journal.write(by=None, verb=f"letter {event}", record=letter, claim=letter.first_claim)
        return letter
