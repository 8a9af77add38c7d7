"""The shape of a seed file: which tables and fields it may have, checked whole before anything of it is loaded."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from django.db import models


class SeedError(Exception):
    """Why a file is not loaded: one sentence that names the file, the place in it and the field."""


class Tables(list):
    """The kind of a field that is written as tables of its own: [[claim]]."""


KINDS = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    date: "a day, such as 2022-08-31",
    datetime: "a moment with its zone, such as 2022-09-05T09:00:00+12:00",
    list: "a list of texts",
    dict: "a table",
    Tables: "tables under a heading in double brackets",
}
# Django's fields and what TOML has for them; the first that fits counts.
TOML_KINDS = (
    (models.BooleanField, bool),
    (models.DateTimeField, datetime),
    (models.DateField, date),
    (models.IntegerField, int),
    (models.Field, str),
)


@dataclass(frozen=True)
class Field:
    """One field of a table: a kind out of KINDS, and whether the table has to have it."""

    kind: type
    required: bool = False


def must(kind):
    return Field(kind, required=True)


def may(kind):
    return Field(kind)


def fields_of(model, *, without=(), required=True):
    """The fields of `model` that a person fills in, as {name: Field}. What the model can do without, the file can too."""
    return {
        field.name: Field(_toml_kind(field), required=required and not _can_be_left_out(field))
        for field in model._meta.concrete_fields
        if field.editable and not (field.primary_key or field.is_relation or field.name in without)
    }


def _toml_kind(field):
    return next(kind for django_field, kind in TOML_KINDS if isinstance(field, django_field))


def _can_be_left_out(field):
    return field.blank or field.null or field.has_default()


def check(table, fields, where):
    """Raise SeedError unless `table`, which stands `where` in a file, has the fields it must have and no others."""
    for name, value in table.items():
        if name not in fields:
            raise SeedError(f"{where}: there is no field “{name}” here.{_meant(name, fields)}")
        if not _fits(value, fields[name].kind):
            raise SeedError(f"{where}: the field “{name}” must be {KINDS[fields[name].kind]}.")
    for name, field in fields.items():
        if field.required and table.get(name) in (None, []):
            raise SeedError(f"{where}: the field “{name}” is missing.")


def _meant(name, fields):
    near = get_close_matches(name, fields, n=1)
    return f" Is “{near[0]}” meant?" if near else ""


def _fits(value, kind):
    if kind in (list, Tables):
        wanted = str if kind is list else dict
        return isinstance(value, list) and all(isinstance(one, wanted) for one in value)
    if kind is datetime:
        return isinstance(value, datetime) and value.tzinfo is not None
    return type(value) is kind  # not isinstance: true is no number, and a moment is no day


def read(path, name):
    """The data of the TOML file at `path`, told of as `name`. Raises SeedError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise SeedError(f"{name} cannot be read: {problem.strerror}.") from None
    except UnicodeDecodeError:
        raise SeedError(f"{name} is not text in UTF-8.") from None
    except tomllib.TOMLDecodeError as problem:
        raise SeedError(f"{name} is not TOML: {problem}.") from None
