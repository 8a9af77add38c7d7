"""Two people on one record: the second save is refused, shows what the first changed, and loses nothing that was typed."""

from dataclasses import dataclass

from django import forms

from factcheck.newsroom.refusals import ChangedMeanwhile

from .desk_admin import DeskForm
from .telling import told_value

UNTOLD = frozenset({"id", "version", "updated_at"})


@dataclass(frozen=True)
class Meanwhile:
    """One field that somebody else changed: what you started from, what it says now, and whether you had changed it too."""

    label: str
    before: str
    now: str
    both: bool


class VersionedForm(DeskForm):
    """Carries the version that the person started from, hidden, beside the fields of the record."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        asked = self.data.get(self.add_prefix("version"), "")
        # Without a version nothing is known of what they saw; 0 is the version of no record, and is refused.
        self.started_from = int(asked) if str(asked).isdecimal() else 0
        self.meanwhile = self._meet(self.refusal.current) if isinstance(self.refusal, ChangedMeanwhile) else []

    def _meet(self, current):
        """Bring the form up to the record as it is now: fields the person had not touched take what the other wrote."""
        base = current.history.filter(version=self.started_from).order_by("-history_date").first()
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = current.version
        differing = [f for f in current._meta.concrete_fields if base and self._differs(f, base, current)]
        return [self._meanwhile(field, base, current) for field in differing]

    @staticmethod
    def _differs(field, base, current):
        return field.name not in UNTOLD and getattr(base, field.attname) != getattr(current, field.attname)

    def _meanwhile(self, field, base, current):
        started, now = getattr(base, field.attname), getattr(current, field.attname)
        touched = field.name in self.fields and self._touched(field.name, started)
        if field.name in self.fields and not touched:
            widget_name = self.add_prefix(field.name)
            value = self.fields[field.name].prepare_value(now)
            if value in (None, False):
                self.data.pop(widget_name, None)
            else:
                self.data[widget_name] = self.fields[field.name].widget.format_value(value) or ""
        return Meanwhile(str(field.verbose_name), told_value(field, started), told_value(field, now), touched)

    def _touched(self, name, started):
        field = self.fields[name]
        typed = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return field.has_changed(started, typed)


class ConflictMixin:
    """For the admin of any VersionedModel; goes before DeskAdmin.

    `save_model` passes `form.started_from` to its action as `version`. The hidden field is no part of any fieldset;
    `templates/admin/change_form.html` puts it into the form.
    """

    form = VersionedForm

    def get_fields(self, request, obj=None):
        return [name for name in super().get_fields(request, obj) if name != "version"]
