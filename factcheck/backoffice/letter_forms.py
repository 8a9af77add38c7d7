"""What the verbs on a letter want to know."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from factcheck.claims.actions import OPEN
from factcheck.letters.checks import is_open_to
from factcheck.letters.fingerprint import fingerprint
from factcheck.letters.models import Letter
from factcheck.reply.contact import Contact, Place, contact_of, newsroom_place
from factcheck.reply.models import ReplyFile

from .placed import placed
from .verb_forms import Because, FieldsForm, VerbForm, desk_field


class WriteForm(FieldsForm):
    """To whom a letter goes, and about which of the party's rights of reply."""

    also = forms.ModelMultipleChoiceField(
        ReplyFile.objects.none(),
        label=_l("also about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_l("Other rights of reply of this party that are ready to be put, in the same letter."),
    )

    class Meta:
        model = Letter
        fields = ["to_address", "to_role", "to_name", "call"]
        formfield_callback = desk_field

    def prepare(self):
        file, contact = self.case.thing, contact_of(self.case.thing.party)
        if contact:
            known = {"to_address": contact.email, "to_role": contact.role, "to_name": contact.name}
            for name, value in known.items():
                self.fields[name].initial = value
        self.fields["call"].initial = settings.LETTERS_CALL
        others = ready_beside(file)
        self.fields["also"].queryset = ReplyFile.objects.filter(pk__in=[other.pk for other in others])
        self.fields["also"].label_from_instance = lambda other: other.claim.wording
        if not others:
            del self.fields["also"]


def ready_beside(file):
    """The party's other rights of reply that a letter could be about now: on claims that are open."""
    others = ReplyFile.objects.filter(party=file.party_id, claim__status__in=OPEN).exclude(pk=file.pk)
    others = others.select_related("claim")
    others = others.prefetch_related("letters", "allegations")
    return [other for other in others if not is_open_to(other, other.letters.all())]


class EditForm(FieldsForm):
    """The letter itself, whole."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    deadline_basis = ReplyFile._meta.get_field("deadline_basis").formfield(
        widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    class Meta:
        model = Letter
        fields = ["subject", "body", "to_address", "to_role", "to_name", "call", "deadline_at"]
        formfield_callback = desk_field

    def prepare(self):
        letter = self.case.thing
        for name in self._meta.fields:
            self.fields[name].initial = getattr(letter, name)
        self.fields["body"].widget.attrs["rows"] = 28
        self.fields["version"].initial = letter.version
        self.fields["deadline_basis"].initial = letter.file.deadline_basis
        placed(self, "deadline_at", Place(letter.zone, letter.country, letter.region))

    def carried(self, case):
        return {"version": case.thing.version}


class ClearForm(VerbForm):
    """The fingerprint of what legal has read goes along, so that nothing else is cleared."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def prepare(self):
        self.fields["seen"].initial = fingerprint(self.case.thing)

    def carried(self, case):
        return {"seen": fingerprint(case.thing)}


class DecideForm(Because):
    """Whether an e-mail went that may have."""

    went = forms.TypedChoiceField(
        label=_l("what happened"),
        choices=[("1", _l("It was sent")), ("0", _l("It was not sent"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    field_order = ["went", "because"]

    def prepare(self):
        self.fields["because"].label = _("how you know")
        self.fields["because"].help_text = _(
            "From the mail server's log, by its Message-ID, or because you called them."
        )


class ContactForm(FieldsForm):
    """How the party is reached and where it is."""

    class Meta:
        model = Contact
        fields = ["role", "name", "email", "phone", "zone", "country", "region"]
        formfield_callback = desk_field

    def prepare(self):
        contact, place = contact_of(self.case.thing.party), newsroom_place()
        for name in self._meta.fields:
            self.fields[name].initial = getattr(contact or place, name, "")
