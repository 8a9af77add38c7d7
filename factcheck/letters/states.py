"""Where a letter is and where an e-mail is, and the ways between."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from factcheck.newsroom.refusals import Refused


class LetterState(models.TextChoices):
    """Where a letter is. `uncertain` is what only a person can end: it may have been sent."""

    DRAFTING = "drafting", _l("Being written")
    WITH_LEGAL = "with_legal", _l("With legal")
    CLEARED = "cleared", _l("Cleared by legal")
    QUEUED = "queued", _l("Waiting to be sent")
    SENT = "sent", _l("Sent")
    UNCERTAIN = "uncertain", _l("May have been sent")
    FAILED = "failed", _l("Not sent")
    PRINTED = "printed", _l("Printed, sent to nobody")
    BOUNCED = "bounced", _l("Came back")
    WITHDRAWN = "withdrawn", _l("Withdrawn")


S = LetterState
WRITABLE = (S.DRAFTING, S.WITH_LEGAL, S.CLEARED, S.FAILED, S.PRINTED)  # nothing has left, so the words may change
UNDER_WAY = (*WRITABLE, S.QUEUED, S.UNCERTAIN)  # one of these a file at a time
LEFT = (S.SENT, S.BOUNCED)  # it left the building, for certain

# event -> (states it is possible in, state it leads to)
TRANSITIONS = {
    "edit": (WRITABLE, S.DRAFTING),
    "to_legal": ((S.DRAFTING, S.FAILED, S.PRINTED), S.WITH_LEGAL),
    "clear": ((S.WITH_LEGAL,), S.CLEARED),
    "send_back": ((S.WITH_LEGAL, S.CLEARED), S.DRAFTING),
    "queue": ((S.DRAFTING, S.CLEARED, S.FAILED, S.PRINTED), S.QUEUED),
    "withdraw": ((*WRITABLE, S.QUEUED), S.WITHDRAWN),
    "sent": ((S.QUEUED, S.UNCERTAIN), S.SENT),
    "doubt": ((S.QUEUED,), S.UNCERTAIN),
    "fail": ((S.QUEUED, S.UNCERTAIN), S.FAILED),
    "print": ((S.QUEUED,), S.PRINTED),
    "bounce": ((S.SENT, S.UNCERTAIN), S.BOUNCED),
}


def possible(state, event):
    """Whether the table knows `event` for a letter in this state."""
    return state in TRANSITIONS[event][0]


def not_from_here(letter, event):
    """Why `event` cannot happen to the letter as it is, in sentences; [] where it can."""
    if possible(letter.state, event):
        return []
    return [_("This cannot be done while the letter is “%(state)s”.") % {"state": letter.get_state_display()}]


def after(letter, event):
    """The state that `event` leads to. Raises Refused, in a sentence, where the table does not know the way."""
    if reasons := not_from_here(letter, event):
        raise Refused(*reasons)
    return TRANSITIONS[event][1].value


class OutgoingState(models.TextChoices):
    """Where an e-mail is. Only `queued` is ever taken by a worker."""

    QUEUED = "queued", _l("Waiting")
    SENDING = "sending", _l("Being sent")
    SENT = "sent", _l("Sent")
    UNCERTAIN = "uncertain", _l("May have been sent")
    FAILED = "failed", _l("Not sent")
    PRINTED = "printed", _l("Printed, sent to nobody")
    CANCELLED = "cancelled", _l("Cancelled")
