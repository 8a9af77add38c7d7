"""Forms of the verbs on files of evidence."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from factcheck.evidence import exhibits, late_copies, manifest
from factcheck.evidence.holdings import File
from factcheck.newsroom.refusals import Refused

from .verb_forms import VerbForm, WholeForm


class UploadForm(VerbForm):
    """One file. It is looked at here, before anything is locked: making its clean copy may take a while."""

    upload = forms.FileField(label=_("file"))

    def prepare(self):
        self.fields["upload"].help_text = _t(
            "A document, picture, recording, video or plain text of at most %(most)d MB. The file stays as it is and only "
            "the newsroom opens it; what is handed out is a copy without hidden data. If something was wrong, choose it again."
        ) % {"most": settings.LARGEST_UPLOAD_MB}

    def clean_upload(self):
        given = self.cleaned_data["upload"]
        try:
            return exhibits.inspect(given.file, given.name)
        except Refused as refusal:
            raise ValidationError([str(reason) for reason in refusal.reasons]) from None


class CopyForm(VerbForm):
    """Nothing to fill in. Like an upload, the copy is made here, before anything is locked."""

    def clean(self):
        try:
            return {**super().clean(), "copy": late_copies.made_from(self.case.thing)}
        except Refused as refusal:
            raise ValidationError([str(reason) for reason in refusal.reasons]) from None


class ReleaseForm(VerbForm):
    """Under which name readers get it: the name it came with may say whose it was."""

    released_as = forms.CharField(
        label=_("name for readers"),
        max_length=100,
        help_text=_("Without its ending. The name that the file came with is never shown to readers."),
    )

    def prepare(self):
        self.fields["released_as"].initial = slugify(self.case.thing.item.title, allow_unicode=True)[:60]


class OriginalForm(VerbForm):
    """Which of the item's originals. A link on its page fills it in."""

    from_address = ("file",)
    file = forms.ModelChoiceField(
        label=_("file"), queryset=File.objects.none(), empty_label=None, help_text=_("By the hash of its bytes.")
    )

    def prepare(self):
        self.fields["file"].queryset = exhibits.originals(self.case.thing)


class ListForm(WholeForm):
    """Whether the list of a claim’s evidence is taken out whole."""

    whole = forms.BooleanField(
        label=_("the whole list, with what is restricted"),
        required=False,
        help_text=_(
            "For your lawyer, never for the other side. What could lead to a source stays out of it all the same."
        ),
    )

    def may_have_it_whole(self):
        return manifest.why_may_not_list(self.by, whole=True) is None
