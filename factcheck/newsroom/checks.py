"""What every saved text has to pass. Rooms above register their checks here when the application starts (imports point down).

A check takes `texts` ({field: text}) and `by` (a User, or None for the system) and returns {field: sentence} for each text
that must not be saved. `record.keep` asks before it saves a row, `journal.write` before it writes an entry.
"""

import json

from django.core.exceptions import ValidationError
from django.db import models

from .refusals import Refused

_checks = {}


def register(name, check):
    """Ask `check` about everything that is saved from now on. A name registers once, however often the app is made ready."""
    _checks[name] = check


def refusals(texts, *, by):
    """{field: sentence} of every text that some check refuses."""
    texts = {field: text for field, text in texts.items() if text}
    found = {}
    for check in _checks.values() if texts else ():
        found |= check(texts, by=by)
    return found


def check_row(row, *, by):
    """Raise ValidationError, by field, where a text of `row` (a model instance) must not be saved."""
    if found := refusals(texts_of(row), by=by):
        raise ValidationError({field: [sentence] for field, sentence in found.items()})


def check_details(details, *, by):
    """Raise Refused where the details of a journal entry hold what must not be saved."""
    if found := refusals({"details": "\n".join(words_in(details))}, by=by):
        raise Refused(*found.values())


def texts_of(row):
    """{field: text} of every field of a row that people fill with words, the names of files among them."""
    return {
        field.name: _text(field.value_from_object(row)) for field in row._meta.concrete_fields if _haswords_in(field)
    }


def _haswords_in(field):
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    return isinstance(field, kinds) and not field.choices and not getattr(field, "sealed", False)


def _text(value):
    if isinstance(value, dict | list):
        return "\n".join(words_in(value))
    return str(value or "")


def words_in(value):
    """Every piece of text in decoded JSON, keys too."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield str(key)
            yield from words_in(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from words_in(each)
    elif value is not None and not isinstance(value, bool):
        yield value if isinstance(value, str) else json.dumps(value, default=str)
