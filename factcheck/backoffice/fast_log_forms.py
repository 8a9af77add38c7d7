"""The forms of the page that logs many claims at once: one for each line, one for what all of them share."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Speaker
from factcheck.claims.types import ClaimType, Precision
from factcheck.database.fields import not_in_future

from . import lookalikes
from .verb_forms import DAY, no_silent_cut

FIRST_LINES = 5
MORE_LINES = 5
MOST_LINES = 100


class SharedForm(forms.Form):
    """Where and when all of it was said."""

    said_where = forms.CharField(label=_("said where"), max_length=250, required=False)
    said_on = forms.DateField(label=_("said on"), required=False, validators=[not_in_future], **DAY)
    said_precision = forms.ChoiceField(
        label=_("how exactly the day is known"), choices=Precision, required=False, initial=Precision.DAY
    )

    def clean(self):
        """Without a day there is nothing to be exact about; with one, "unknown" says nothing."""
        given = super().clean()
        if not given.get("said_on"):
            given["said_precision"] = Precision.UNKNOWN
        elif given.get("said_precision") in ("", Precision.UNKNOWN):
            self.add_error("said_precision", _t("Say how exactly the day is known, or leave the day empty."))
        return given


class LineForm(forms.Form):
    """One claim."""

    wording = forms.CharField(label=_("what is claimed"), max_length=500, widget=forms.Textarea)
    type = forms.ChoiceField(label=_("type"), choices=[("", _("Type")), *ClaimType.choices])
    speaker = forms.CharField(label=_("who says it"), max_length=180, required=False)
    kind = forms.ChoiceField(label=_("if new, a"), choices=Speaker.Kind, required=False, initial=Speaker.Kind.PERSON)
    topics = forms.CharField(label=_("topics"), max_length=500, required=False)
    anyway = forms.BooleanField(label=_("Another claim: log it anyway"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.lookalikes, self.same_as_line = [], None
        no_silent_cut(self.fields["wording"]).widget.attrs["rows"] = 1
        for name in ("speaker", "topics"):
            self.fields[name].widget.attrs |= {"list": f"{name}-offered", "autocomplete": "off"}
            self.fields[name].widget.attrs.pop("maxlength", None)

    @property
    def is_filled(self):
        return self.has_changed()


class Lines(forms.BaseFormSet):
    """All lines. A line that looks like a claim logged already, or like another line, has to be confirmed."""

    def clean(self):
        if not self.filled:
            raise forms.ValidationError(_t("There is nothing to log yet: write at least one claim."))
        if not any(self.errors):
            for number, form in enumerate(self.filled, 1):
                if not form.cleaned_data["anyway"]:
                    self._look_around(form, number)

    def _look_around(self, form, number):
        wording = form.cleaned_data["wording"]
        form.lookalikes = lookalikes.find(wording)
        for earlier, other in enumerate(self.filled[: number - 1], 1):
            if lookalikes.likeness(wording, other.cleaned_data["wording"]) >= lookalikes.ALIKE:
                form.same_as_line = earlier

    @property
    def filled(self):
        return [form for form in self.forms if form.is_filled]

    @property
    def doubtful(self):
        """The lines that look like something logged already."""
        return [form for form in self.forms if form.lookalikes or form.same_as_line]


LineSet = forms.formset_factory(
    LineForm, formset=Lines, extra=FIRST_LINES, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)


def with_more_lines(data):
    """What was sent, with room for more lines."""
    data = data.copy()
    total = data.get("line-TOTAL_FORMS", "")
    data["line-TOTAL_FORMS"] = min(MOST_LINES, (int(total) if total.isdecimal() else 0) + MORE_LINES)
    return data
