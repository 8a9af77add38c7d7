"""Forms of the confirm pages: labels and help texts come from the models, dates and moments get the browser's own pickers."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db import models
from django.utils.translation import gettext_lazy as _

DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
MOMENT = {"widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")}
ROWS = {0: 2, 501: 4, 3001: 8}  # rows of a text box, by how much may go into it


def desk_field(field, **options):
    """A form field for a model field, as the desk shows it."""
    if isinstance(field, models.DateTimeField):
        return field.formfield(form_class=forms.DateTimeField, **{**MOMENT, **options})
    if isinstance(field, models.DateField):
        return field.formfield(**{**DAY, **options})
    made = field.formfield(**options)
    if isinstance(made, forms.TypedChoiceField) and not made.initial and not field.blank:
        made.choices = [("", _("Choose")), *field.choices]
    return no_silent_cut(made)


def no_silent_cut(field):
    """Let a text box take more than fits, so that the form can say so: a browser would cut a paste short without a word."""
    if isinstance(field.widget, forms.Textarea):
        limit = field.widget.attrs.pop("maxlength", None) or getattr(field, "max_length", None) or 0
        field.widget.attrs["rows"] = next(
            rows for least, rows in sorted(ROWS.items(), reverse=True) if int(limit) >= least
        )
    return field


def only_adding(field):
    """Beside a box that finds people and stories, offer to add one; changing them has pages of its own."""
    if isinstance(field.widget, RelatedFieldWidgetWrapper):
        field.widget.can_change_related = field.widget.can_view_related = False
    return field


class Asked:
    """What every form of a verb is given: the case it is about and who fills it.

    `from_address` names the fields that a link to the page may fill in advance: /override/?gate=evidenced.
    """

    from_address = ()

    def __init__(self, *args, case, by, **kwargs):
        self.case, self.by = case, by
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self):
        """A subclass fits its fields to the case here."""

    def carried(self, case):
        """What the form carries along hidden, as it is for `case`: by field."""
        return {}

    def refuse(self, *reasons):
        """Show the form again with these reasons over it."""
        self.errors  # noqa: B018 - the form is validated before anything is added to its errors
        for reason in reasons:
            self.add_error(None, str(reason))


class VerbForm(Asked, forms.Form):
    """Nothing to fill in: a button is enough."""


class FieldsForm(Asked, forms.ModelForm):
    """Some fields of a model, for an action to write. It never saves by itself."""

    def save(self, commit=True):
        raise NotImplementedError("an action writes this, not the form")

    def _get_validation_exclusions(self):
        """The form checks each field by itself; what holds between fields and rows is for the action to say."""
        return {field.name for field in self._meta.model._meta.get_fields()}

    def validate_unique(self):
        """The action does."""

    def validate_constraints(self):
        """The action does."""


class NoteForm(VerbForm):
    """A note for whoever works on it next."""

    note = forms.CharField(
        label=_("note"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is wanted, or why."),
    )

    def prepare(self):
        no_silent_cut(self.fields["note"])


class WholeForm(VerbForm):
    """Whether something is taken out whole, and why: asked only of those who may have it so (CS-14)."""

    whole = forms.BooleanField(label=_("whole, with nothing redacted"), required=False)
    reason = forms.CharField(
        label=_("why it is needed whole"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def may_have_it_whole(self):
        """A subclass says who may."""
        raise NotImplementedError

    def prepare(self):
        no_silent_cut(self.fields["reason"])
        if not self.may_have_it_whole():
            del self.fields["whole"], self.fields["reason"]


class Because(VerbForm):
    """A reason that stays on the record."""

    because = forms.CharField(label=_("why"), max_length=300, widget=forms.TextInput)


def autocomplete(db_field, site, **options):
    """A field that finds one row as one types. `db_field` is a foreign key to the model it looks in."""
    return forms.ModelChoiceField(
        queryset=db_field.related_model._default_manager.all(), widget=AutocompleteSelect(db_field, site), **options
    )
