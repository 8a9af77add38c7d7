"""A journal entry, and a row that has none, as a line of the file: what each field is called and what kind of text it is."""

from datetime import datetime
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from factcheck.newsroom.models import User

from .case import Fact, Kind
from .fields import OF_OFF_RECORD, SAID_BESIDE, SILENT, kind_of

BESIDE = {
    "edition": _l("Edition"),
    "digest": _l("SHA-256 of the document"),
    "gate": _l("Gate"),
    "let_pass": _l("What was let pass"),
    "capacity": _l("Signed off as"),
    "fingerprint": _l("SHA-256 of what was signed off"),
    "answers": _l("Answers"),
    "reason": _l("Reason"),
    "because": _l("Reason"),
    "note": _l("Note"),
}


@cache
def model_called(name):
    """The model of ours that the journal calls by this name, or None."""
    ours = (config for config in apps.get_app_configs() if config.name.startswith("factcheck."))
    return next((model for config in ours for model in config.get_models() if model._meta.model_name == name), None)


class Teller:
    """Tells entries and rows; knows the staff by number, the allegations by number, and what was said off the record."""

    def __init__(self, staff, allegations, off_record):
        self.staff, self.allegations, self.off_record = staff, allegations, off_record

    def facts(self, entry):
        """Everything an entry says, as facts of their kinds."""
        name, details = entry.record.partition(":")[0], dict(entry.details)
        said, changed = details.pop("said", None) or {}, details.pop("changed", None) or {}
        actor = str(entry.actor_id)
        facts = [
            self._fact(name, field, value) for field, value in said.items() if not self._is(name, field, value, actor)
        ]
        for field, (before, now) in changed.items():
            if not self._is(name, field, now, actor):
                facts += [self._fact(name, field, before, was=True), self._fact(name, field, now)]
        facts += [self._beside(key, value) for key, value in details.items()]
        return self._kept_back(entry.record, [fact for fact in facts if fact], said)

    def row_facts(self, row):
        """Everything a row says that has no entry of its own."""
        name = row._meta.model_name
        said = {f.name: f.value_from_object(row) for f in row._meta.concrete_fields}
        # a receipt repeats what came in, which is told once, by the rules for what came in
        if said.get("purpose") == "receipt":
            del said["body"]
        return tuple(filter(None, (self._fact(name, field, value) for field, value in said.items())))

    def _is(self, name, field, value, actor):
        """Whether a field only says who did it, which the line says by itself."""
        known = _field(model_called(name), field)
        return bool(known is not None and known.is_relation and str(value) == actor)

    def _kept_back(self, record, facts, said):
        """An answer off the record says that there was one and when, and nothing else leaves the house."""
        if record not in self.off_record:
            return tuple(facts)
        plain = {_label(model_called("response"), name) for name in OF_OFF_RECORD & said.keys()}
        return tuple(f if f.label in plain else Fact(f.label, f.text, Kind.OFF_RECORD) for f in facts)

    def _fact(self, name, field, value, was=False):
        model = model_called(name)
        known = _field(model, field)
        if field in SILENT or value in (None, "", [], {}) or (known is None and field not in SAID_BESIDE):
            return None if field in SILENT or value in (None, "", [], {}) else Fact(field, str(value), Kind.INTERNAL)
        if known is not None and known.is_relation:
            return self._person(known, value) if known.related_model is User else None
        label = _label(model, field)
        return Fact(_("%(what)s, before") % {"what": label} if was else label, told(known, value), kind_of(name, field))

    def _person(self, field, value):
        name = self.staff.get(str(value))
        return Fact(capfirst(str(field.verbose_name)), name.name, _staff_kind(name)) if name else None

    def _beside(self, key, value):
        if value in (None, "", [], {}):
            return None
        if key == "answers":
            value = [self.allegations.get(number, str(number)) for number in value]
        text = "\n".join(map(str, value)) if isinstance(value, list) else str(value)
        return Fact(str(BESIDE.get(key, key)), text, SAID_BESIDE.get(key, Kind.INTERNAL))


def _staff_kind(person):
    return Kind.SHOWN if person.byline else Kind.STAFF


def _field(model, name):
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _label(model, name):
    return capfirst(str(getattr(_field(model, name), "verbose_name", name.replace("_", " "))))


def told(field, value):
    """A value as people read it: choices by their words, moments in the newsroom's zone."""
    choices = dict(getattr(field, "flatchoices", None) or ())
    if value in choices:
        return str(choices[value])
    if isinstance(value, bool) or str(value) in ("True", "False"):
        return str(_("yes")) if str(value) == "True" else str(_("no"))
    if isinstance(value, list):
        return "\n".join(map(str, value))
    moment = value if isinstance(value, datetime) else _moment(field, value)
    return date_format(timezone.localtime(moment), "l j F Y, H:i:s T") if moment else str(value)


def _moment(field, value):
    if field is None or field.get_internal_type() != "DateTimeField":
        return None
    try:
        return parse_datetime(str(value))
    except ValueError:
        return None
