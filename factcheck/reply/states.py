"""Where a right of reply is, and how it gets there: one table, one function (C3 of the standards)."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.newsroom.refusals import Refused

_l = gettext_lazy


class State(models.TextChoices):
    """`needs_reput` is never stored: a file says it by itself when the claim is worded otherwise than it was put."""

    REQUIRED = "required", _l("Required")
    DRAFTING = "drafting", _l("Drafting")
    READY = "ready", _l("Ready to send")
    SENT = "sent", _l("Sent")
    EXTENDED = "extended", _l("Extended")
    PARTIAL = "partial", _l("Answered in part")
    RESPONDED = "responded", _l("Answered")
    DECLINED = "declined", _l("Declined to comment")
    NO_RESPONSE = "no_response", _l("No response")
    UNDELIVERABLE = "undeliverable", _l("Could not be reached")
    WAIVED = "waived", _l("Waived")
    NOT_REQUIRED = "not_required", _l("Not required")
    NEEDS_REPUT = "needs_reput", _l("Needs to be put again")


S = State
STORED = tuple(state for state in S if state != S.NEEDS_REPUT)
BEFORE = (S.REQUIRED, S.DRAFTING, S.READY)  # nothing has reached the party yet
ASKED = (S.SENT, S.EXTENDED)  # waiting for the party
ANSWERED = (S.PARTIAL, S.RESPONDED, S.DECLINED)
# RR-2: an end that can be printed
RESOLVED = frozenset({*ANSWERED, S.NO_RESPONSE, S.UNDELIVERABLE, S.WAIVED, S.NOT_REQUIRED})
# Where wording that changed does not matter, because nobody was asked about it.
NOT_ASKED = frozenset({S.WAIVED, S.NOT_REQUIRED})

# event -> (states it is possible in, state it leads to)
TRANSITIONS = {
    "draft": ((S.REQUIRED, S.DRAFTING, S.READY), S.DRAFTING),
    "ready": ((S.DRAFTING,), S.READY),
    "put": ((S.READY, *ASKED, *ANSWERED, S.NO_RESPONSE, S.UNDELIVERABLE), S.SENT),
    # it was put in vain; where something reached the party before, that stands
    "put_in_vain": ((S.READY, S.UNDELIVERABLE), S.UNDELIVERABLE),
    "give_up": (ASKED, S.UNDELIVERABLE),
    "reach": ((S.UNDELIVERABLE,), S.SENT),
    "extend": ((*ASKED, S.NO_RESPONSE), S.EXTENDED),
    "extend_for_the_rest": ((S.PARTIAL,), S.PARTIAL),
    "extend_to_add": ((S.RESPONDED,), S.RESPONDED),
    # an answer counts whenever it comes
    "answer_in_part": (STORED, S.PARTIAL),
    "answer": (STORED, S.RESPONDED),
    "decline": (STORED, S.DECLINED),
    # nothing of it can be printed, and yet it was no silence
    "answer_off_record": ((*ANSWERED, S.NO_RESPONSE, S.UNDELIVERABLE), S.SENT),
    "fall_silent": (ASKED, S.NO_RESPONSE),
    "waive": ((*BEFORE, *ASKED), S.WAIVED),
    "not_require": (BEFORE, S.NOT_REQUIRED),
    "require": ((S.WAIVED, S.NOT_REQUIRED), S.REQUIRED),
}


# how more time is given: to whom was asked and said nothing yet, and to whom answered and has more to say
MORE_TIME = {S.PARTIAL.value: "extend_for_the_rest", S.RESPONDED.value: "extend_to_add"}


def more_time(state):
    """The event by which a party gets more time, for a file in this state."""
    return MORE_TIME.get(state, "extend")


def possible(state, event):
    """Whether the table knows `event` for a file in this state."""
    return state in TRANSITIONS[event][0]


def require_possible(file, event):
    """Raise Refused, in a sentence, where the table does not know the way."""
    if not possible(file.state, event):
        raise Refused(
            _("This cannot be done while the right of reply is “%(state)s”.") % {"state": file.get_state_display()}
        )


def after(state, event):
    """The state that `event` leads to from `state`: the one place that decides it."""
    return TRANSITIONS[event][1].value if possible(state, event) else state
