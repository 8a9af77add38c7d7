"""The form that may leave the house: the same lines in the same order, without what is nobody else's to read (CS-14).

Pure: file in, file out. What goes is marked where it stood and counted in a schedule. A name or an address that goes is
also taken out of the words beside it: a letter gives the number to call in its last line.
"""

import re
from collections import Counter
from dataclasses import replace

from django.utils.translation import gettext as _

from .case import TOLD, Fact, Kind, Person, Redacted

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SWEPT = (Kind.PERSON, Kind.ADDRESS, Kind.OFF_RECORD)
NAMED = 3  # of many things that were redacted at once, how many are named
LEAST = 5  # shorter texts stand in other words by chance


def redact(file):
    """The redacted form of a CourtFile. Redacting it again changes nothing."""
    if file.redacted:
        return file
    counts = Counter({Kind.SOURCE: file.left_out} if file.left_out else {})
    sweep = _sweeper(file, counts)
    lines = tuple(_line(line, sweep, counts) for line in file.lines)
    worksheet = tuple(_fact(fact, sweep, counts) for fact in file.worksheet)
    schedule = tuple(Redacted(kind, counts[kind]) for kind in TOLD if counts[kind])
    return replace(file, lines=lines, worksheet=worksheet, schedule=schedule, names=(), redacted=True)


def marker(kind):
    return _("[redacted: %(what)s]") % {"what": TOLD[kind][0]}


def _line(line, sweep, counts):
    facts = _gathered([_fact(fact, sweep, counts) for fact in line.facts])
    to_the_second = {name: getattr(line, name).replace(microsecond=0) for name in ("at", "recorded_at")}
    return replace(line, who=_person(line.who, counts), facts=facts, salt="", **to_the_second)


def _gathered(facts):
    """What was redacted of one kind is one entry of the line, with the names of all it stands for."""
    shown = [fact for fact in facts if not fact.redacted]
    gone = {kind: [f.label for f in facts if f.redacted and f.kind is kind] for kind in TOLD}
    marks = [Fact(_in_short(labels), marker(kind), kind, redacted=True) for kind, labels in gone.items() if labels]
    return (*shown, *marks)


def _in_short(labels):
    if len(labels) <= NAMED + 1:
        return ", ".join(labels)
    told = {"labels": ", ".join(labels[:NAMED]), "more": len(labels) - NAMED}
    return _("%(labels)s and %(more)d more") % told


def _person(person, counts):
    if person.byline or person.number is None:
        return person
    counts[Kind.STAFF] += 1
    return Person(_("member of staff %(number)d") % {"number": person.number}, person.number)


def _fact(fact, sweep, counts):
    if fact.kind is Kind.SHOWN:
        return replace(fact, text=sweep(fact.text))
    counts[fact.kind] += 1
    return Fact(fact.label, marker(fact.kind), fact.kind, redacted=True)


def _sweeper(file, counts):
    """A function that takes names and addresses out of words that are shown."""
    gone = dict.fromkeys(file.names, Kind.STAFF)
    for line in file.lines:
        gone |= {fact.text.strip(): fact.kind for fact in line.facts if fact.kind in SWEPT}
    gone = {text.casefold(): kind for text, kind in gone.items() if len(text) >= LEAST}
    known = [re.escape(text) for text in sorted(gone, key=len, reverse=True)]
    pattern = re.compile("|".join([rf"(?<!\w)(?:{'|'.join(known)})(?!\w)"] * bool(known) + [EMAIL.pattern]), re.I)

    def taken_out(match):
        kind = gone.get(match[0].casefold(), Kind.ADDRESS)
        counts[kind] += 1
        return marker(kind)

    return lambda text: pattern.sub(taken_out, text)
