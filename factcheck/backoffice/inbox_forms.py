"""What the verbs on what came in want to know: filled in from what came, for a person to look over."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _l

from factcheck.inbox.actions import may_be_transcribed
from factcheck.inbox.words import answers_for, words_for
from factcheck.reply.models import Allegation, ReplyFile, Response

from .reply_forms import ExtensionForm
from .verb_forms import FieldsForm, VerbForm, desk_field

LAST_FILES = 500  # rights of reply that are offered, the newest first


class ConfirmForm(FieldsForm):
    """An answer as it came, to be classed and mapped. Its words can be cut, and nothing can be put into them."""

    answers = forms.ModelMultipleChoiceField(
        Allegation.objects.none(),
        label=_l("answers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_l("Which of what you put it addresses. Leave all empty where it is meant for everything."),
    )
    transcribed = forms.BooleanField(
        label=_l("I copied these words from an attachment or a letter that the page cannot read"),
        required=False,
        help_text=_l("Then nothing holds you to what came but you: copy every word as it stands."),
    )

    class Meta:
        model = Response
        fields = ["verbatim", "transcribed", "kind", "answers", "by_name", "by_role", "authority"]
        fields += ["language", "translation", "on_record"]
        formfield_callback = desk_field

    field_order = Meta.fields

    def prepare(self):
        filing, incoming = self.case.thing, self.case.thing.incoming
        said = {name: getattr(incoming, name) for name in ("by_role", "authority")}
        # the name that a mail program puts before an address is often an office's, and readers are told this one
        said["by_name"] = "" if incoming.message_id else incoming.by_name
        said |= {"verbatim": words_for(incoming, filing.file), "kind": "no_comment" if incoming.declined else None}
        said |= {"language": incoming.language or settings.LANGUAGE_CODE.partition("-")[0]}
        said |= {"answers": [answer.allegation_id for answer in answers_for(incoming, filing.file)]}
        for name, value in said.items():
            self.fields[name].initial = value
        self.fields["verbatim"].help_text = _l("Their words as they came. Cut what does not belong to it; add nothing.")
        self.fields["answers"].queryset = filing.file.allegations.filter(dropped_at=None)
        if not may_be_transcribed(incoming):
            del self.fields["transcribed"]
        if not self.fields["answers"].queryset.exists():
            del self.fields["answers"]


class TimeForm(ExtensionForm):
    """Whether they get the time they ask for. A person says of a message whether it answers, too; a form says it itself."""

    answers_too = forms.BooleanField(
        label=_l("It holds an answer as well"),
        required=False,
        help_text=_l("Then it stays unread, for somebody to confirm."),
    )

    def prepare(self):
        super().prepare()
        incoming = self.case.thing.incoming
        if not incoming.message_id:
            del self.fields["answers_too"]
        self.fields["asked_at"].initial = incoming.received_at
        self.fields["asked_by_role"].initial = incoming.by_role
        self.fields["new_deadline_at"].initial = incoming.more_time_until


class FileChoice(forms.ModelChoiceField):
    def label_from_instance(self, file):
        return f"{file.party} · {file.claim}"[:160]


def _put_files():
    put = ReplyFile.objects.exclude(wording_put="").select_related("party__pseudonym", "claim")
    newest = put.order_by("-pk").values("pk")[:LAST_FILES]
    return put.filter(pk__in=list(newest.values_list("pk", flat=True))).order_by("-pk")


class WhereForm(VerbForm):
    """Where it belongs, and why."""

    to = FileChoice(
        ReplyFile.objects.none(),
        label=_l("right of reply"),
        help_text=_l("Whom it is from, and which claim it answers."),
    )
    because = forms.CharField(label=_l("why"), max_length=300)

    def prepare(self):
        self.fields["to"].queryset = _put_files().exclude(pk=getattr(self.case.thing, "file_id", None))
