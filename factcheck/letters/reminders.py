"""Reminders: one before the deadline and one at it, as long as no answer has come. Due work is a query: nothing is scheduled.

What is due follows from the letter, the deadline as it stands now and the answers there are. More time moves both; an
answer, read or not, ends them. Each is an attempt on the record, and none says what the matter is or opens the page.
"""

from datetime import UTC, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.reply import deadlines
from factcheck.reply.models import ReplyFile
from factcheck.reply.states import ASKED

from . import heard, outgoing
from .models import Outgoing
from .refs import reply_address
from .states import LetterState

REMINDER, LAST = Outgoing.Purpose.REMINDER, Outgoing.Purpose.LAST_REMINDER
STALE = timedelta(hours=12)  # so long after its time a reminder would only confuse
APART = timedelta(hours=4)  # and so soon after the letter it would only annoy


def queue_one(worker=None, now=None):
    """Queue the one reminder that has been due longest. Returns whether there was one."""
    now = now or timezone.now()
    for file in _near_their_deadline(now):
        letter = _letter_of(file)
        purpose = letter and _due(letter, file.deadline_at, now)
        if purpose and not _is_there(letter, purpose, file.deadline_at):
            _queue(letter, purpose, file.deadline_at)
            return True
    return False


def _near_their_deadline(now):
    ahead = timedelta(hours=settings.REMINDER_HOURS)
    window = ReplyFile.objects.filter(
        remind=True, state__in=ASKED, deadline_at__gt=now - STALE, deadline_at__lte=now + ahead
    )
    return heard.waiting_for(window).order_by("deadline_at", "pk")


def _letter_of(file):
    """The last letter that was sent about a file."""
    return file.letters.filter(state=LetterState.SENT).order_by("-sent_at", "-pk").first()


def _due(letter, deadline_at, now):
    if now >= deadline_at:
        return LAST
    due_at = deadline_at - timedelta(hours=settings.REMINDER_HOURS)
    return REMINDER if now >= due_at and now - letter.sent_at >= APART else None


def _once(letter, purpose, deadline_at):
    return f"{purpose}:{letter.pk}:{deadline_at.astimezone(UTC):%Y%m%dT%H%M%S}"


def _is_there(letter, purpose, deadline_at):
    return Outgoing.objects.filter(once=_once(letter, purpose, deadline_at)).exists()


@transaction.atomic
def _queue(letter, purpose, deadline_at):
    first = letter.outgoing.filter(purpose=Outgoing.Purpose.LETTER).order_by("-pk").first()
    return outgoing.queue(
        purpose=purpose,
        once=_once(letter, purpose, deadline_at),
        to_address=letter.to_address,
        to_name=letter.to_name,
        reply_to=reply_address(letter.reply_ref),
        in_reply_to=first.message_id,
        subject=_("Reminder: %(subject)s") % {"subject": letter.subject[:200]},
        body=_text(letter, purpose, deadline_at),
        letter=letter,
        automatic=True,
        by=letter.queued_by,
    )


def _text(letter, purpose, deadline_at):
    context = {
        "letter": letter,
        "newsroom": settings.NEWSROOM_NAME,
        "last": purpose == LAST,
        "deadline": deadlines.told(deadline_at, letter.zone),
        "written": deadlines.told(letter.sent_at, letter.zone),
    }
    return render_to_string("letters/reminder.txt", context).strip()


def concerned(mail):
    """The rights of reply that a queued reminder is still about: asked, unanswered, switched on, the deadline unchanged."""
    files = heard.waiting_for(ReplyFile.objects.filter(letter_parts__letter=mail.letter_id, remind=True))
    return [file for file in files if _once(mail.letter, mail.purpose, file.deadline_at) == mail.once]
