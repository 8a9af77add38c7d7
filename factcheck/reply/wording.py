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
    quoted_at: datetime | None = None  # when the answer came that is printed below the sentence
    after_publication: bool = False  # whether readers had the page by then


def public_line(facts):
    """The sentence that introduces, or stands for, a party's answer."""
    line = WRITERS.get(facts.state, lambda facts: "")(facts)
    if line and facts.quoted_at and facts.state not in IN_WORDS:
        said = _("On %(day)s, %(party)s said:") % {"day": _day(facts.quoted_at), "party": facts.party}
        return f"{line} {said}"
    return line


def _responded(facts):
    return _after(facts) or _("%(party)s said:") % {"party": facts.party}


def _after(facts):
    if not (facts.quoted_at and facts.after_publication):
        return ""
    return _("After publication, on %(day)s, %(party)s said:") % {"day": _day(facts.quoted_at), "party": facts.party}


def earlier_line(party, day, after_publication):
    """What introduces an answer that is printed after a later one. `day` is when it came, aware, or None where nobody knows."""
    if day is None:
        return _("Before that, %(party)s said:") % {"party": party}
    line = (
        _("Before that, after publication, on %(day)s, %(party)s said:")
        if after_publication
        else _("Before that, on %(day)s, %(party)s said:")
    )
    return line % {"day": _day(day), "party": party}


def _partial(facts):
    told = {
        "party": facts.party,
        "left": _these(_("“%(text)s”") % {"text": text.rstrip(".")} for text in facts.unanswered),
    }
    if not facts.unanswered:
        line = _("%(party)s answered some of what we put.") % told
    else:
        line = _("%(party)s answered some of what we put, and did not address %(left)s.") % told
    return f"{line} {_after(facts) or _('The answer:')}"


def _declined(facts):
    return _("%(party)s declined to comment.") % {"party": facts.party}


def _no_response(facts):
    if not facts.attempted_at:
        return _("%(party)s did not respond to our request for comment.") % {"party": facts.party}
    count = len(facts.attempted_at)
    sentence = ngettext(
        "%(party)s did not respond to %(count)d request for comment, made by %(channels)s %(when)s.",
        "%(party)s did not respond to %(count)d requests for comment, made by %(channels)s %(when)s.",
        count,
    )
    return sentence % {
        "party": _asked(facts),
        "channels": _these(facts.channels),
        "count": count,
        "when": _when(facts.attempted_at),
    }


def _undeliverable(facts):
    return _("We were unable to reach %(party)s.") % {"party": _asked(facts)}


def _waived(facts):
    if not facts.attempted_at:
        return _("We did not ask %(party)s before publication.") % {"party": facts.party}
    return _("We asked %(party)s for comment %(when)s, and did not wait for the answer.") % {
        "party": _asked(facts),
        "when": _when(facts.attempted_at),
    }


IN_WORDS = frozenset({State.RESPONDED, State.PARTIAL})
WRITERS = {
    State.RESPONDED: _responded,
    State.PARTIAL: _partial,
    State.DECLINED: _declined,
    State.NO_RESPONSE: _no_response,
    State.UNDELIVERABLE: _undeliverable,
    State.WAIVED: _waived,
}


def _asked(facts):
    """The party, and whom exactly we asked there (RR-6)."""
    if not facts.roles:
        return facts.party
    return _("%(party)s (%(roles)s)") % {"party": facts.party, "roles": _these(facts.roles)}


def _these(words):
    return get_text_list(list(dict.fromkeys(words)), _("and"))


def _when(moments):
    first, last = _day(min(moments)), _day(max(moments))
    if first == last:
        return _("on %(day)s") % {"day": first}
    return _("between %(first)s and %(last)s") % {"first": first, "last": last}


def _day(moment):
    return date_format(timezone.localtime(moment), "j F Y")


# What may only be said of a party in the states named: everywhere else it is harsher than the facts.
HARSH = {
    re.compile(r"\b(declin\w+|no comment|(would|will) not (comment|respond|answer|reply|say))\b", re.I): {
        State.DECLINED
    },
    re.compile(r"\b(refus\w+|silent|silence)\b", re.I): set(),
    re.compile(r"\b(fail(ed|s|ure)?|ignor\w+|evad\w+|dodg\w+|stonewall\w*)\b", re.I): set(),
    re.compile(r"\b(admit\w*|confess\w*|claimed|li(ed|es|ar)|so-called)\b", re.I): set(),
    re.compile(r"\b(did not|didn’t|didn't) (respond|answer|reply)\b", re.I): {State.NO_RESPONSE},
}
# the words of an allegation are not ours about the party; a word or two in quotation marks are
QUOTED = re.compile(r"“(?:[^\s”]+\s+){3,}[^”]*”")


def harsher_than_allowed(state, line):
    """Why an edited sentence says more against the party than its state allows; "" where it does not."""
    ours = QUOTED.sub("", line)
    for pattern, allowed in HARSH.items():
        if (found := pattern.search(ours)) and state not in allowed:
            return _("“%(word)s” is harsher than the facts allow while the right of reply is “%(state)s”.") % {
                "word": found[0],
                "state": State(state).label,
            }
    return ""
