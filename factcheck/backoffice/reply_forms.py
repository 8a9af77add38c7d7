"""What the verbs on a right of reply want to know. Moments are in the newsroom's time."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from factcheck.claims.models import Claim, Concerned
from factcheck.reply import rounds
from factcheck.reply.contact import contact_of, place_of
from factcheck.reply.correspondence import Channel
from factcheck.reply.models import Allegation, Attempt, Extension, ReplyFile, Response, Ruling, Waiver

from .placed import suggest
from .site import desk_site
from .verb_forms import FieldsForm, VerbForm, autocomplete, desk_field, no_silent_cut

PARTY = Concerned._meta.get_field("party")


def _zoned(form, *names):
    """Say in which zone a moment is meant: a deadline is held against somebody."""
    for name in names:
        zone = timezone.localtime().tzname()
        told = _("In newsroom time: %(name)s, now %(zone)s.") % {"name": settings.TIME_ZONE, "zone": zone}
        form.fields[name].help_text = " ".join(filter(None, [str(form.fields[name].help_text), told]))


def _now():
    return timezone.localtime().replace(second=0, microsecond=0)


class OpenForm(VerbForm):
    """Whose right of reply is opened."""

    from_address = ("party",)
    party = autocomplete(
        PARTY, desk_site, label=_l("party"), help_text=_l("Whoever is accused or concerned. One file a party.")
    )


class AllegationForm(FieldsForm):
    class Meta:
        model = Allegation
        fields = ["text", "material"]
        formfield_callback = desk_field

    def prepare(self):
        drafted = self.case.thing if isinstance(self.case.thing, Allegation) else None
        self.fields["text"].initial = drafted.text if drafted else self.case.claim.wording
        self.fields["material"].initial = drafted.material if drafted else True


class DeadlineForm(FieldsForm):
    class Meta:
        model = ReplyFile
        fields = ["deadline_at", "deadline_basis"]
        formfield_callback = desk_field

    def prepare(self):
        self.fields["deadline_at"].required = True
        self.fields["deadline_at"].initial = self.case.thing.deadline_at
        self.fields["deadline_basis"].initial = self.case.thing.deadline_basis
        suggest(self, "deadline_at", place_of(self.case.file.party))


class AttemptForm(FieldsForm):
    """One try to reach the party."""

    class Meta:
        model = Attempt
        fields = ["at", "channel", "to_role", "to_name", "address_used", "text", "outcome"]
        formfield_callback = desk_field

    def prepare(self):
        ours = [choice for choice in self.fields["channel"].choices if choice[0] != Channel.VIA_REPORT]
        self.fields["channel"].choices = ours
        self.fields["at"].initial = _now
        for name, value in self._known().items():
            self.fields[name].initial = value
        _zoned(self, "at")

    def clean_at(self):
        """A browser knows no seconds: an attempt of the minute in which it was put came after that, and not before."""
        at, began = self.cleaned_data["at"], rounds.began(self.case.thing)
        return began if began and at <= began < at + timedelta(minutes=1) else at

    def _known(self):
        """Whom one asked last, or who answers for the party: nobody has to type it again."""
        file = self.case.thing
        last, contact = file.attempts.last(), contact_of(file.party)
        known = {"to_role": contact.role, "to_name": contact.name} if contact else {}
        if last:
            known = {"to_role": last.to_role, "to_name": last.to_name}
        if file.wording_put:
            known["text"] = _("Asked for their answer to what was put to them.")
        return known


class ExtensionForm(FieldsForm):
    granted = forms.TypedChoiceField(
        label=_l("decision"),
        choices=[("1", _l("granted")), ("0", _l("refused"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Extension
        fields = ["asked_at", "asked_by_role", "granted", "new_deadline_at", "reason"]
        formfield_callback = desk_field

    def prepare(self):
        self.fields["asked_at"].initial = _now
        _zoned(self, "asked_at")
        suggest(self, "new_deadline_at", place_of(self.case.file.party))


class ResponseForm(FieldsForm):
    """What came back, word for word."""

    answers = forms.ModelMultipleChoiceField(
        Allegation.objects.none(),
        label=_l("answers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_l("Which of what you put it addresses. Leave all empty where it is meant for everything."),
    )

    class Meta:
        model = Response
        fields = [
            "received_at",
            "channel",
            "by_name",
            "by_role",
            "authority",
            "kind",
            "verbatim",
            "language",
            "translation",
            "on_record",
            "answers",
            "corrects",
        ]
        formfield_callback = desk_field

    def prepare(self):
        file = self.case.thing
        self.fields["received_at"].initial = _now
        self.fields["language"].initial = settings.LANGUAGE_CODE.partition("-")[0]
        self.fields["answers"].queryset = file.allegations.filter(dropped_at=None)
        self.fields["corrects"].queryset = file.responses.all()
        self.fields["corrects"].help_text = _(
            "Only where an answer was recorded wrongly: it stays, and this one counts."
        )
        _zoned(self, "received_at")
        for name in ("answers", "corrects"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]


class AnswerChoice(forms.ModelChoiceField):
    """Somebody who answers twice does it in the same role and with the same kind of answer: only the words differ."""

    def label_from_instance(self, answer):
        told = (
            answer,
            answer.get_channel_display(),
            date_format(timezone.localtime(answer.received_at), "D j M Y, H:i"),
        )
        return " · ".join(str(part) for part in (*told, f"“{Truncator(answer.verbatim).chars(80)}”"))


class ExcerptForm(FieldsForm):
    """What is printed of an answer."""

    response = AnswerChoice(Response.objects.none(), label=_l("answer"), widget=forms.RadioSelect, empty_label=None)

    class Meta:
        model = ReplyFile
        fields = ["excerpt"]
        formfield_callback = desk_field

    def prepare(self):
        answers = self.case.thing.responses.filter(pk__in=[answer.pk for answer in rounds.standing(self.case.thing)])
        self.fields["response"].queryset = answers
        self.fields["response"].initial = self.case.thing.excerpt_from_id or answers.values_list("pk", flat=True).last()
        self.fields["excerpt"].initial = self.case.thing.excerpt
        self.fields["excerpt"].required = True


class LineForm(VerbForm):
    line = forms.CharField(label=_l("sentence for readers"), max_length=400, required=False, widget=forms.Textarea)

    def prepare(self):
        field = ReplyFile._meta.get_field("public_line")
        self.fields["line"].initial, self.fields["line"].help_text = self.case.thing.public_line, field.help_text
        no_silent_cut(self.fields["line"])


class WaiveForm(VerbForm):
    reason = forms.ChoiceField(label=_l("why they are not asked"), choices=Waiver, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_l("note"), max_length=500, widget=forms.Textarea, help_text=_l("Readers see the reason and this note.")
    )

    def prepare(self):
        no_silent_cut(self.fields["note"])


class RulingForm(FieldsForm):
    class Meta:
        model = Ruling
        fields = ["reason"]
        formfield_callback = desk_field


class ClaimOfForm(FieldsForm):
    """The wording of a claim made in reply; the answer is quoted as it stands."""

    class Meta:
        model = Claim
        fields = ["wording", "type"]
        formfield_callback = desk_field

    def prepare(self):
        self.fields["type"].initial = "institutional_position"
