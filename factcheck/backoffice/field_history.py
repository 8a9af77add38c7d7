"""What changed in a record, when, and by whom: its field history read out in words, in a bounded number of queries."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from factcheck.newsroom import journal
from factcheck.newsroom.models import JournalEntry, User

from .journal_words import told_entry
from .telling import told_value

PER_PAGE = 50
UNTOLD = frozenset({"id", "version"})


@dataclass(frozen=True)
class Changed:
    """One save: `fields` are (label, before, after); `first` says that the record was made by it."""

    at: datetime
    who: str
    first: bool
    removed: bool
    fields: tuple[tuple[str, str, str], ...]


def changes_of(record, page=1):
    """(the saves of one page, the newest first; whether there are older ones)."""
    start = (page - 1) * PER_PAGE
    rows = record.history.order_by("-history_date", "-history_id").prefetch_related(*_sets(record))
    rows = list(rows[start : start + PER_PAGE + 1])
    # The row after the last one of the page is what that one is compared with.
    pairs = list(pairwise([*rows, None]))[:PER_PAGE]
    people = User.objects.in_bulk({row.history_user_id for row in rows if row.history_user_id})
    names = _names(record, rows)
    told = [_changed(record, row, before, people, names) for row, before in pairs]
    return told, len(rows) > PER_PAGE


def entries_about(record):
    """The latest journal entries about a record that keeps no field history."""
    entries = JournalEntry.objects.filter(record=journal.record_name(record))[:PER_PAGE]
    return [told_entry(entry) for entry in entries]


def _changed(record, row, before, people, names):
    who = people.get(row.history_user_id)
    return Changed(
        at=row.history_date,
        who=who.shown_as if who else "",
        first=row.history_type == "+",
        removed=row.history_type == "-",
        fields=tuple(_differing(record, row, before, names)),
    )


def _differing(record, row, before, names):
    for field in record._meta.concrete_fields:
        new, old = getattr(row, field.attname), getattr(before, field.attname, None) if before else None
        if field.name not in UNTOLD and new != old and (new not in ("", None, False) or old):
            known = names.get(field.name)
            yield str(field.verbose_name), told_value(field, old, known), told_value(field, new, known)
    for name in _set_names(record):
        new, old = _members(row, name), _members(before, name) if before else ""
        if new != old:
            yield str(record._meta.get_field(name).verbose_name), old, new


def _names(record, rows):
    """{field: {key: name}} for everything that the rows point to: one query for each kind of thing."""
    found = {}
    for field in record._meta.concrete_fields:
        keys = {getattr(row, field.attname) for row in rows} - {None} if field.is_relation else set()
        if keys:
            things = field.related_model._default_manager.filter(pk__in=keys)
            if any(f.name == "pseudonym" for f in field.related_model._meta.fields):
                things = things.select_related("pseudonym")
            found[field.name] = {thing.pk: str(thing) for thing in things}
    return found


def _set_names(record):
    return [field.name for field in getattr(record.history.model, "_history_m2m_fields", [])]


def _accessor(model, name):
    """By what name a historical row reaches the historical rows of its many-to-many field `name`."""
    wanted = f"{model._meta.model_name}_{name}"
    return next(each.get_accessor_name() for each in model._meta.related_objects if each.name == wanted)


def _target(model, name):
    return model.instance_type._meta.get_field(name).m2m_reverse_field_name()


def _sets(record):
    model = record.history.model
    return [f"{_accessor(model, name)}__{_target(model, name)}" for name in _set_names(record)]


def _members(row, name):
    rows = getattr(row, _accessor(type(row), name)).all()
    return ", ".join(sorted(str(getattr(each, _target(type(row), name))) for each in rows))
