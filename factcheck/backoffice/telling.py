"""How a value of the record is told to people: choices by their words, other records by their names, moments with their zone."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from factcheck.claims.types import Precision


def told_value(field, value, names=None):
    """`value` of a model field as text. `names` are {primary key: name} of what a foreign key may point to, if known."""
    if value in (None, ""):
        return ""
    if field.is_relation:
        return _name_of(field, value, names)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return told_moment(value)


def told_moment(value):
    """A day or a moment in the newsroom's zone, which a moment names; anything else as it is."""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j M Y, H:i T") if timezone.is_aware(value) else str(value)
    if isinstance(value, date):
        return date_format(value, "j M Y")
    return str(value)


def _name_of(field, key, names):
    if names is not None:
        return names.get(key, str(key))
    found = field.related_model.objects.filter(pk=key).first()
    return str(found) if found else str(key)


def told_day(day, precision):
    """A day cut to what is known of it: 5 Sep 2022, Sep 2022, 2022 or nothing."""
    if day is None or precision == Precision.UNKNOWN:
        return ""
    return date_format(day, {Precision.DAY: "j M Y", Precision.MONTH: "M Y", Precision.YEAR: "Y"}[Precision(precision)])
