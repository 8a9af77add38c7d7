"""Keeping a record: every change to the living record is checked, kept in its field history and written into the journal here."""

from django.db import models, transaction
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from . import checks, journal
from .refusals import ChangedMeanwhile, NotAllowed
from .roles import AUTHORS, Role


def _history_user(historical):
    from .models import User

    return User.objects.filter(pk=historical.history_user_id).first()


def _set_history_user(historical, user):
    historical.history_user_id = user.pk if user else None


def field_history(**options):
    """Field history whose author is kept by number, so that a person can leave without taking the history along."""
    return HistoricalRecords(
        history_user_id_field=models.BigIntegerField(null=True),
        history_user_getter=_history_user,
        history_user_setter=_set_history_user,
        **options,
    )


def require_role(by, roles=AUTHORS):
    """Raise NotAllowed unless `by` has one of `roles`. Superusers get nothing from being superusers."""
    if not by.has_role(*roles):
        names = ", ".join(str(role.label) for role in Role if role in roles)
        raise NotAllowed(_("Only these roles may do this: %(names)s.") % {"names": names})


def keep(thing, *, by):
    """Check a new or changed row by its model's own rules and save it, with `by` in its history. Raises ValidationError.

    Its words are checked first (`checks`): what could tell who a protected source is, is not saved (CS-7).
    """
    thing._history_user = by
    checks.check_row(thing, by=by)
    thing.full_clean()
    thing.save()
    return thing


@transaction.atomic
def add(thing, *, by, verb, claim=None, authored=True, **details):
    """Keep a new row and write `verb` into the journal. Returns it."""
    keep(thing, by=by)
    said = {
        f.name: f.value_to_string(thing)
        for f in thing._meta.concrete_fields
        if f.value_from_object(thing) not in ("", None)
    }
    journal.write(by=by, verb=verb, record=thing, claim=claim, authored=authored, **{"said": said, **details})
    return thing


@transaction.atomic
def amend(thing, *, by, verb, version=None, claim=None, authored=True, planning=frozenset(), **changes):
    """Change fields of a row, if nobody else changed it since `version` (None: whatever it is now).

    Changing nothing but `planning` fields makes nobody an author. Returns the fresh row; where nothing differs, nothing
    is saved, counted or journaled. Raises ChangedMeanwhile, ValidationError.
    """
    current = type(thing).objects.select_for_update().get(pk=thing.pk)
    if version is not None and current.version != version:
        raise changed_meanwhile(current, version)
    before = {name: getattr(current, name) for name in changes}
    for name, value in changes.items():
        setattr(current, name, value)
    differing = {
        name: [_told(before[name]), _told(getattr(current, name))]
        for name in changes
        if before[name] != getattr(current, name)
    }
    if differing:
        current.version += 1
        keep(current, by=by)
        wrote = authored and bool(differing.keys() - planning)
        journal.write(by=by, verb=verb, record=current, claim=claim, authored=wrote, changed=differing)
    return current


def _told(value):
    return value.pk if isinstance(value, models.Model) else value


def changed_meanwhile(current, version):
    """The refusal that tells the second of two people what the first one changed."""
    started_from = current.history.filter(version=version).order_by("-history_date").first()
    changes = []
    if started_from:
        delta = current.history.latest().diff_against(started_from)
        for change in delta.changes:
            if change.field not in ("version", "updated_at"):
                label = current._meta.get_field(change.field).verbose_name
                changes.append((str(label), change.old, change.new))
    sentence = _(
        "Somebody else saved this record while you were writing. Nothing of yours is lost: it is still in the form below."
    )
    return ChangedMeanwhile(sentence, current, changes)
