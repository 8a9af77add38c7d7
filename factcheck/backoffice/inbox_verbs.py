"""The verbs on what came in: on an answer that lies with a right of reply, and on a message that matched nothing."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from factcheck.inbox import actions, sorting
from factcheck.inbox.models import Filing
from factcheck.reply.states import more_time, possible

from . import inbox_forms as forms
from .verb_forms import Because
from .verbs import Verb, page_of

SAID = "backoffice/inbox/said.html"
WHAT_WAS_PUT = "backoffice/inbox/what_was_put.html"


def _inbox():
    return reverse("admin:inbox_filing_changelist")


def _confirmed(case, by, data):
    actions.confirm(case.thing, by=by, **data)
    return page_of(case.thing.file)


def _time_decided(case, by, data):
    actions.decide_time(case.thing, by=by, **data)
    return page_of(case.thing.file)


def _set_aside(case, by, data):
    actions.set_aside(case.thing, by=by, **data)
    return _inbox()


def _moved(case, by, data):
    return page_of(actions.move(case.thing, by=by, **data))


def _belongs(case, by, data):
    made = sorting.attach_to(case.thing, by=by, file=data["to"], because=data["because"])
    return page_of(made if isinstance(made, Filing) else data["to"])


def _nothing(case, by, data):
    sorting.put_away(case.thing, by=by, **data)
    return _inbox()


def unread(by, case):
    if case.thing.state != Filing.State.UNREAD:
        return [_("Somebody has read this already: it is “%(state)s”.") % {"state": case.thing.get_state_display()}]
    return []


def to_be_confirmed(by, case):
    return unread(by, case) or actions.time_undecided(case.thing)


def time_can_be_decided(by, case):
    """Time can be given while the table knows a way; what was asked for outright can be refused whenever it came."""
    filing, file = case.thing, case.thing.file
    if decided := actions.time_decided(filing):
        return unread(by, case) + decided
    if not possible(file.state, more_time(file.state)) and not (filing.incoming.asks_for_time and file.wording_put):
        state = {"state": file.get_state_display()}
        return unread(by, case) + [_("This cannot be done while the right of reply is “%(state)s”.") % state]
    return unread(by, case)


def was_set_aside(by, case):
    return actions.not_to_be_taken_up(case.thing)


def not_filed_yet(by, case):
    return (
        [_("This lies with a right of reply already. Move it from there.")] if hasattr(case.thing, "incoming") else []
    )


FILING_VERBS = (
    Verb(
        "confirm",
        _l("Confirm the answer"),
        _l(
            "You say that this is the party’s answer, what kind of answer it is and what it addresses. It is recorded "
            "word for word and cannot be changed later. It touches no verdict: a denial is no evidence."
        ),
        _confirmed,
        forms.ConfirmForm,
        not_now=to_be_confirmed,
        shows=(WHAT_WAS_PUT, SAID),
        done=_l("The answer is on the record."),
        tone="main",
    ),
    Verb(
        "decide-time",
        _l("Decide on more time"),
        _l(
            "They ask for more time. What you decide is on the record either way, and nothing of it counts as an answer. "
            "What they answered beside it stays unread until it is confirmed."
        ),
        _time_decided,
        forms.TimeForm,
        not_now=time_can_be_decided,
        shows=(SAID,),
        done=_l("Decided, on the record. No letter says so by itself: tell whoever asked."),
    ),
    Verb(
        "move",
        _l("It answers something else"),
        _l("It is set aside here, with your reason, and lies unread where it belongs."),
        _moved,
        forms.WhereForm,
        not_now=unread,
        shows=(SAID,),
        done=_l("It lies, unread, where it belongs."),
    ),
    Verb(
        "set-aside",
        _l("Set it aside"),
        _l("It is no answer to what was put. It stays as it came, with your reason, and can be taken up again."),
        _set_aside,
        Because,
        not_now=unread,
        shows=(SAID,),
        done=_l("Set aside."),
    ),
    Verb(
        "take-up",
        _l("Take it up again"),
        _l("It lies unread again, for somebody to confirm."),
        lambda case, by, data: actions.take_up(case.thing, by=by) and None,
        not_now=was_set_aside,
        done=_l("It lies unread again."),
    ),
)
MESSAGE_VERBS = (
    Verb(
        "belongs",
        _l("It belongs to a right of reply"),
        _l(
            "An answer lies there unread, for somebody to confirm. A letter that came back is logged there as an attempt "
            "that failed."
        ),
        _belongs,
        forms.WhereForm,
        not_now=not_filed_yet,
        shows=(SAID,),
        done=_l("It lies where it belongs."),
        tone="main",
    ),
    Verb(
        "nothing",
        _l("It is nothing for the record"),
        _l("It leaves the list of what has to be sorted. The message is kept, with your reason."),
        _nothing,
        Because,
        not_now=not_filed_yet,
        shows=(SAID,),
        done=_l("Sorted."),
    ),
)
