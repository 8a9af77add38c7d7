"""A record as it reads where nothing of it can be changed: the sections of its form, with what was filled in and nothing else."""

from dataclasses import dataclass

from django.contrib.admin.utils import flatten
from django.utils.text import capfirst

from .telling import told_day, told_value

PROSE = 60  # from so many characters on a value has the width of the page


@dataclass(frozen=True)
class Read:
    """One filled field: what it is called and what it says."""

    label: str
    text: str
    language: str = ""

    @property
    def is_long(self):
        return len(self.text) > PROSE


def sections(fieldsets, thing, further=None):
    """[(heading, [Read])] of a record. `further` are {field: (label, text)} of what is no field of the model."""
    read = [(name, _read(flatten(options["fields"]), thing, further or {})) for name, options in fieldsets]
    return [(name, fields) for name, fields in read if fields]


def _read(names, thing, further):
    told = (_told(name, thing, further) for name in names if not name.endswith("_precision"))
    return [read for read in told if read and read.text]


def _told(name, thing, further):
    if name in further:
        return Read(*further[name])
    field = thing._meta.get_field(name)
    return Read(capfirst(str(field.verbose_name)), _text(field, thing), _language(name, thing))


def _text(field, thing):
    value = getattr(thing, field.name)
    if field.many_to_many:
        return ", ".join(str(row) for row in value.all())
    if field.is_relation:
        return str(value or "")
    if field.name.endswith("_on") and hasattr(thing, precision := f"{field.name.removesuffix('_on')}_precision"):
        return told_day(value, getattr(thing, precision))
    return "" if value is False else told_value(field, value)


def _language(name, thing):
    return getattr(thing, f"{name}_language", "")
