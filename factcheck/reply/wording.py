"""What readers are told of a right of reply: a sentence from the facts, never harsher than they are (RR-5, RR-6).

Pure functions over plain values; the desk calls them while it gathers.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .states import State


@dataclass(frozen=True)
class Facts:
    """All that the sentence rests on. Moments are aware; channels and roles are in words."""

    state: str
    party: str
    roles: tuple[str, ...] = ()  # whom the attempts went to
    channels: tuple[str, ...] = ()
    attempted_at: tuple[datetime, ...] = ()
    unanswered: tuple[str, ...] = ()  # material allegations put and not addressed
    after_publication_at: datetime | None = None  # when an answer came that came after readers had the page


def public_line(facts):
    """The sentence that introduces, or stands for, a party's answer."""
    return WRITERS.get(facts.state, lambda facts: "")(facts)


def _responded(facts):
    if facts.after_publication_at:
        return _("After publication, on %(day)s, %(party)s said:") % {
            "day": _day(facts.after_publication_at),
            "party": facts.party,
        }
    return _("%(party)s said:") % {"party": facts.party}


def _partial(facts):
    if not facts.unanswered:
        return _("%(party)s answered some of what we put, and said:") % {"party": facts.party}
    left = get_text_list([_("“%(text)s”") % {"text": text} for text in facts.unanswered], _("and"))
    return _("%(party)s answered some of what we put, and did not address %(left)s. The answer:") % {
        "party": facts.party,
        "left": left,
    }


def _declined(facts):
    return _("%(party)s declined to comment.") % {"party": facts.party}


def _no_response(facts):
    count = len(facts.attempted_at)
    first, last = min(facts.attempted_at), max(facts.attempted_at)
    same_day = timezone.localtime(first).date() == timezone.localtime(last).date()
    when = (
        _("on %(day)s") % {"day": _day(first)}
        if same_day
        else _("between %(first)s and %(last)s") % {"first": _day(first), "last": _day(last)}
    )
    sentence = ngettext(
        "%(party)s (%(roles)s) did not respond to %(count)d request for comment, made by %(channels)s %(when)s.",
        "%(party)s (%(roles)s) did not respond to %(count)d requests for comment, made by %(channels)s %(when)s.",
        count,
    )
    return sentence % {
        "party": facts.party,
        "roles": get_text_list(list(dict.fromkeys(facts.roles)), _("and")),
        "channels": get_text_list(list(dict.fromkeys(facts.channels)), _("and")),
        "count": count,
        "when": when,
    }


def _undeliverable(facts):
    return _("We were unable to reach %(party)s.") % {"party": facts.party}


def _waived(facts):
    return _("We did not ask %(party)s before publication.") % {"party": facts.party}


WRITERS = {
    State.RESPONDED: _responded,
    State.PARTIAL: _partial,
    State.DECLINED: _declined,
    State.NO_RESPONSE: _no_response,
    State.UNDELIVERABLE: _undeliverable,
    State.WAIVED: _waived,
}


def _day(moment):
    return date_format(timezone.localtime(moment), "j F Y")


# What may only be said of a party in the states named: everywhere else it is harsher than the facts.
HARSH = {
    re.compile(r"\b(declin\w+|no comment)\b", re.I): {State.DECLINED},
    re.compile(r"\brefus\w+\b", re.I): set(),
    re.compile(r"\b(fail(ed|s|ure)?|ignor\w+|evad\w+|dodg\w+|stonewall\w*)\b", re.I): set(),
    re.compile(r"\b(admit\w*|confess\w*|li(ed|es|ar)|so-called)\b", re.I): set(),
    re.compile(r"\b(did not|didn’t|didn't) (respond|answer|reply)\b", re.I): {State.NO_RESPONSE},
}


def harsher_than_allowed(state, line):
    """Why an edited sentence says more against the party than its state allows; "" where it does not."""
    for pattern, allowed in HARSH.items():
        if (found := pattern.search(line)) and state not in allowed:
            return _("“%(word)s” is harsher than the facts allow while the right of reply is “%(state)s”.") % {
                "word": found[0],
                "state": State(state).label,
            }
    return ""
