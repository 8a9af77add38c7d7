"""A journal entry in a line: who did what, and what it changed."""

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import Truncator, capfirst

from .journal_verbs import told

LONGEST = 160
# The entry says who and when by itself.
SAID_ALREADY = ("_at", "_by", "excerpt_from")


@dataclass(frozen=True)
class Told:
    """`changes` are (field, old, new); `words` is the note or reason that was given."""

    at: object
    who: str
    verb: str
    words: str
    changes: tuple[tuple[str, str, str], ...]


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
