"""A journal entry in a line: who did what, and what it changed."""

from dataclasses import dataclass, replace
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import Truncator, capfirst

from factcheck.newsroom.models import User

from .journal_verbs import told

LONGEST = 160
# The entry says who and when by itself.
SAID_ALREADY = ("_at", "_by", "excerpt_from")


@dataclass(frozen=True)
class Told:
    """`changes` are (field, old, new); `words` is the note or reason that was given; `whom`, the person it was done to."""

    at: object
    who: str
    verb: str
    words: str
    changes: tuple[tuple[str, str, str], ...]
    whom: str = ""


def told_entries(entries, *, in_confidence=False):
    """Entries as pages show them, with the people they were done to by name. One query, where there are any."""
    entries = list(entries)
    names = names_of(entries)
    return [replace(told_entry(e, in_confidence=in_confidence), whom=names.get(person_of(e), "")) for e in entries]


def names_of(entries):
    """{number: name} of the people to whom these entries say that something was done."""
    # Nobody has the number 0: a page asks the database the same whatever its entries tell of.
    numbers = {person_of(entry) or 0 for entry in entries}
    return {person.pk: person.shown_as for person in User.objects.filter(pk__in=numbers)}


def person_of(entry):
    """The number of the person to whom an entry says that something was done; None: to nobody but themselves."""
    kind, _colon, key = entry.record.partition(":")
    number = key if kind == "user" else entry.details.get("person")
    return int(number) if str(number).isdecimal() and int(number) != entry.actor_id else None


def told_entry(entry, *, in_confidence=False):
    """An entry as the claim's page shows it. Reads nothing further from the database.

    Why something was done about a protected source is told to its custodians (`in_confidence`) and to nobody else (CS-4).
    """
    details = entry.details
    words = next((str(details[key]) for key in ("note", "reason", "because") if details.get(key)), "")
    if entry.record.startswith("source:") and not in_confidence:
        words = ""
    model = _model(entry.record.partition(":")[0])
    rows = [
        (_label(model, name), _short(model, name, old), _short(model, name, new))
        for name, (old, new) in (details.get("changed") or {}).items()
        if not name.endswith(SAID_ALREADY)
    ]
    return Told(entry.at, entry.actor, str(told(entry.verb)), words, tuple(rows))


@cache
def _model(name):
    """The model of ours that the journal calls by this name."""
    ours = (config for config in apps.get_app_configs() if config.name.startswith("factcheck."))
    return next((model for config in ours for model in config.get_models() if model._meta.model_name == name), None)


def _field(model, name):
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _label(model, name):
    field = _field(model, name)
    return capfirst(str(getattr(field, "verbose_name", name.replace("_", " "))))


def _short(model, name, value):
    """A value as people read it: choices by their words, lists with commas, and no more than a line or two."""
    choices = dict(getattr(_field(model, name), "flatchoices", None) or ())
    text = (
        ", ".join(map(str, value))
        if isinstance(value, list)
        else str(choices.get(value, "" if value is None else value))
    )
    return Truncator(text).chars(LONGEST)
