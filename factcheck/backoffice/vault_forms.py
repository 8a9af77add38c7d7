"""What the pages of a protected source want to know. No browser keeps any of it, and none of it is ever filled in beforehand."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom.models import User
from factcheck.newsroom.roles import AUTHORS, EDITORS, Role
from factcheck.sources.models import Custody, GuardedTerm, Part, Promise, Pseudonym, Source
from factcheck.sources.terms import Kind

from .verb_forms import FieldsForm, VerbForm, desk_field, no_silent_cut

UNSAID = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
ONE_LINE_EACH = _("One on each line. Every line is guarded: no text with it in is saved or published.")
HELP = {
    Part.REAL_NAME: ONE_LINE_EACH,
    Part.OTHER_NAMES: _(
        "Nicknames, earlier names, the name in its own script, other spellings: one on each line, all guarded."
    ),
    Part.MAIL: ONE_LINE_EACH,
    Part.PHONES: ONE_LINE_EACH,
    Part.HANDLES: ONE_LINE_EACH,
    Part.NUMBERS: _("Passport, visa, client numbers: one on each line, all guarded."),
    Part.LINKS: _("Profiles and pages that show who they are: one on each line, all guarded."),
    Part.REACHED: _("Which way is safe, at what times, and what never to write or leave behind."),
    Part.RELIABILITY: _("Why they can know what they say, and what speaks against it."),
    Part.CORROBORATION: _("What else bears it out, and where that is kept."),
    Part.RISKS: _("To them, to relatives abroad, to whoever put you in touch."),
    Part.PROMISE: _("In the words it was made."),
}


def _people(*roles):
    """People who work here in one of these roles."""
    names = [role.value for role in roles]
    return (
        User.objects.filter(is_active=True, is_superuser=False, groups__name__in=names).distinct().order_by("username")
    )


def _reason(**options):
    return forms.CharField(label=_("why"), max_length=300, widget=forms.TextInput(attrs=UNSAID), **options)


class OpenForm(VerbForm):
    """Whom the newsroom takes under protection, told by a pseudonym at the most."""

    pseudonym = forms.ModelChoiceField(
        Pseudonym.objects.filter(source=None),
        required=False,
        label=_("pseudonym"),
        help_text=_("The name readers see, where they see one. It is all that anybody else will know of the source."),
    )
    editor = forms.ModelChoiceField(
        User.objects.none(),
        label=_("editor who knows, too"),
        help_text=_("One editor besides you. Nobody else will be able to read who the source is."),
    )
    review_on = Source._meta.get_field("review_on").formfield(widget=forms.DateInput(attrs={"type": "date"}))

    def prepare(self):
        self.fields["editor"].queryset = _people(*EDITORS).exclude(pk=self.by.pk)
        today = timezone.localdate()
        self.fields["review_on"].initial = today.replace(year=today.year + 1, day=min(today.day, 28)).isoformat()


class WriteForm(VerbForm):
    """Every part of what is known. What is left empty stays as it was."""

    def prepare(self):
        for part in Part:
            area = forms.Textarea(attrs={"rows": 2, **UNSAID})
            self.fields[part.value] = no_silent_cut(
                forms.CharField(label=part.label, max_length=5_000, required=False, widget=area, help_text=HELP[part])
            )
            self.fields[part.value].widget.attrs["rows"] = 2
        self.fields["take_out"] = forms.MultipleChoiceField(
            label=_("take out"),
            choices=Part.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("What is ticked is emptied. What was guarded of it stays guarded."),
        )

    @property
    def parts(self):
        """What to write, by part: what was filled in, and "" for what is taken out."""
        given = {name: text for name, text in self.cleaned_data.items() if name != "take_out" and text.strip()}
        return dict.fromkeys(self.cleaned_data["take_out"], "") | given


class ReadForm(VerbForm):
    purpose = forms.CharField(
        label=_("what for"),
        max_length=300,
        widget=forms.TextInput(attrs=UNSAID),
        help_text=_("The other custodians see that you read it, when, and this reason."),
    )


class GrantForm(VerbForm):
    person = forms.ModelChoiceField(User.objects.none(), label=_("who"))
    because = _reason(help_text=_("Why they need to know. It stays on the record."))

    def prepare(self):
        now = self.case.thing.custodies.filter(revoked_at=None).values("person")
        self.fields["person"].queryset = _people(*AUTHORS, Role.LEGAL).exclude(pk__in=now)


class _Custodian(forms.ModelChoiceField):
    def label_from_instance(self, custody):
        return custody.person.shown_as


class RevokeForm(VerbForm):
    custody = _Custodian(Custody.objects.none(), label=_("whose"))
    because = _reason(help_text=_("It stays on the record."))

    def prepare(self):
        self.fields["custody"].queryset = self.case.thing.custodies.filter(revoked_at=None).select_related("person")


class GuardForm(VerbForm):
    kind = forms.ChoiceField(label=_("kind"), choices=Kind.choices)
    term = forms.CharField(label=_("what is guarded"), max_length=300, widget=forms.TextInput(attrs=UNSAID))
    alone = forms.BooleanField(
        label=_("also where it is a common word"),
        required=False,
        help_text=_("A name that is a common word stops many texts that have nothing to do with the source."),
    )


class _Number(forms.ModelChoiceField):
    def label_from_instance(self, term):
        return _("No. %(number)d, %(kind)s") % {"number": term.pk, "kind": term.get_kind_display()}


class UnguardForm(VerbForm):
    term = _Number(
        GuardedTerm.objects.none(),
        label=_("which term"),
        help_text=_("By its number: read the identity to see which is which."),
    )
    because = _reason(
        help_text=_("From then on it stops nothing. The reason stays on the record, so it must not tell.")
    )

    def prepare(self):
        self.fields["term"].queryset = self.case.thing.terms.filter(removed_at=None)


class PromiseForm(FieldsForm):
    promised_by = forms.ModelChoiceField(User.objects.none(), label=_("promised by"))

    class Meta:
        model = Promise
        fields = ["basis", "documents", "promised_on"]
        formfield_callback = desk_field

    def prepare(self):
        self.fields["promised_by"].queryset = _people(*AUTHORS)


class BecauseForm(VerbForm):
    because = _reason(help_text=_("It stays on the record, so it must not tell who the source is."))


class ReviewForm(VerbForm):
    review_on = Source._meta.get_field("review_on").formfield(widget=forms.DateInput(attrs={"type": "date"}))


class ConfirmForm(VerbForm):
    reference = forms.CharField(
        label=_("reference"),
        max_length=8,
        widget=forms.TextInput(attrs=UNSAID),
        help_text=_("Type the eight characters of the reference above, so that it is this one and no other."),
    )

    def clean_reference(self):
        typed = self.cleaned_data["reference"].strip().lower()
        if typed != str(self.case.thing):
            raise forms.ValidationError(_("This is not the reference of this source."))
        return typed


class ReferenceForm(ConfirmForm, BecauseForm):
    """A reason, and the reference of what it is about."""


class AloneForm(ReferenceForm):
    alone = forms.BooleanField(
        label=_(
            "I am the only custodian of this source. Nobody else looks at this before it is gone, and I answer for it."
        )
    )
