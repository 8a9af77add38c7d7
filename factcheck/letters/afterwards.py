"""What people decide about a letter that left, or may have: whether it went, that it came back, that its page moves."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.newsroom import record
from factcheck.newsroom.refusals import Refused
from factcheck.reply.correspondence import Attempt
from factcheck.reply.happened import note_attempt

from . import keys, noting, outgoing
from .actions import lock, move
from .models import Outgoing
from .refs import reply_address
from .states import LEFT, LetterState, OutgoingState, possible


@transaction.atomic
def decide(mail, *, by, went, because):
    """A person's word on an e-mail that may have been sent: it went, or it did not. Returns the fresh Outgoing.

    `because` is how they know: the mail server's log, a call. Where it did not go, the letter can be given to be sent again.
    """
    record.require_role(by)
    mail = Outgoing.objects.select_for_update().get(pk=mail.pk)
    if mail.state != OutgoingState.UNCERTAIN:
        raise Refused(
            _("There is no doubt about this e-mail: it is “%(state)s”.") % {"state": mail.get_state_display()}
        )
    if not because.strip():
        raise Refused(_("Say how you know."))
    told = _("%(who)s: %(why)s") % {"who": by, "why": because.strip()}
    return noting.sent(mail, told, by=by) if went else noting.not_sent(mail, told, by=by)


@transaction.atomic
def came_back(mail, *, at, because=""):
    """A letter or reminder bounced: the way it went has failed, on every right of reply it is about (RR-2). Returns the letter.

    Noted once for each e-mail. `at` is when the bounce came in (aware), `because` what it said, in a line.
    """
    mail = Outgoing.objects.select_for_update().get(pk=mail.pk)
    if mail.purpose == Outgoing.Purpose.RECEIPT:  # its address was given by the party, and may be mistyped
        return mail.letter
    if mail.letter is None or mail.bounced_at or mail.state not in (OutgoingState.SENT, OutgoingState.UNCERTAIN):
        return mail.letter
    mail.bounced_at = at
    mail.save(update_fields=["bounced_at"])
    if mail.state == OutgoingState.UNCERTAIN:  # what came back had gone
        noting.sent(mail, because or _("It came back, so it had gone."))
    letter = lock(mail.letter)
    if mail.purpose == Outgoing.Purpose.LETTER and possible(letter.state, "bounce"):
        letter = move(letter, "bounce", by=None, verb="letter came back", stopped_because=because[:400])
    for part in letter.parts.select_related("file"):
        text = because or _("The e-mail came back.")
        fields = {"to_role": letter.to_role, "to_name": mail.to_name, "address_used": mail.to_address, "text": text}
        note_attempt(part.file, by=letter.queued_by, at=at, outcome=Attempt.Outcome.BOUNCED, **fields)
    return letter


@transaction.atomic
def send_new_page(letter, *, by, because):
    """Shut the letter's private page, open it under a new address and send that to the party. Returns the new PageKey."""
    record.require_role(by)
    letter = lock(letter)
    if letter.state not in (*LEFT, LetterState.UNCERTAIN):
        raise Refused(_("The letter has not left, so nobody has the address of its page."))
    outgoing.cancel(letter.outgoing.filter(purpose=Outgoing.Purpose.NEW_PAGE), because=because)
    key = keys.reissue(letter, by=by, because=because)
    first = letter.outgoing.filter(purpose=Outgoing.Purpose.LETTER).order_by("-pk").first()
    outgoing.queue(
        purpose=Outgoing.Purpose.NEW_PAGE,
        once=f"new_page:{key.pk}",
        to_address=letter.to_address,
        to_name=letter.to_name,
        reply_to=reply_address(letter.reply_ref),
        in_reply_to=first.message_id if first else "",
        subject=letter.subject,
        body=render_to_string("letters/new_page.txt", _of_page(letter)).strip(),
        letter=letter,
        key=key,
        by=by,
        due_at=timezone.now(),
    )
    return key


def _of_page(letter):
    return {"letter": letter, "page": keys.MARK, "newsroom": settings.NEWSROOM_NAME}
