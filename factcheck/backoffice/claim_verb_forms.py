"""What the verbs on a claim want to know."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Claim, ClaimLink, Closing
from factcheck.desk import scale
from factcheck.desk.gates import findings
from factcheck.desk.models import PlannedNotice, Rating, SignOff, Verdict
from factcheck.desk.publish import open_notice
from factcheck.published.models import NoticeKind

from .claim_form import assignable
from .site import desk_site
from .verb_forms import FieldsForm, VerbForm, autocomplete, desk_field, no_silent_cut


class StartForm(FieldsForm):
    class Meta:
        model = Claim
        fields = ["why_chosen"]
        formfield_callback = desk_field

    def prepare(self):
        self.fields["why_chosen"].initial = self.case.claim.why_chosen
        self.fields["why_chosen"].required = True


class RatingField(forms.ModelChoiceField):
    """The ratings of the current scale, each with what it means."""

    def label_from_instance(self, rating):
        return format_html("<span><strong>{}</strong> {}</span>", rating.label, rating.meaning)


class VerdictForm(FieldsForm):
    """Starts from the verdict before it, if there is one, and from nothing else: no answer suggests a rating (CL-1)."""

    rating = RatingField(queryset=Rating.objects.none(), widget=forms.RadioSelect, label=_("rating"), empty_label=None)

    class Meta:
        model = Verdict
        fields = ["rating", "finding", "explanation", "not_established", "evidence_as_of", "few_sources_reason"]
        formfield_callback = desk_field

    def prepare(self):
        current = scale.current()
        ratings = current.ratings.all() if current else Rating.objects.none()
        self.fields["rating"].queryset = ratings
        if latest := self.case.claim.verdicts.select_related("rating").first():
            for name in self._meta.fields[1:]:
                self.fields[name].initial = getattr(latest, name)
            self.fields["rating"].initial = ratings.filter(code=latest.rating.code).first()


class SignOffForm(FieldsForm):
    """Carries the fingerprint of what was on the page: a signature answers for that and for nothing else."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)

    class Meta:
        model = SignOff
        fields = ["note"]
        formfield_callback = desk_field

    def prepare(self):
        self.fields["fingerprint"].initial = self.case.dossier.fingerprint

    def carried(self, case):
        return {"fingerprint": case.dossier.fingerprint}


# What each kind is for (CO-1). A retraction is not among them: it takes two people, and verbs of its own.
KINDS = {
    NoticeKind.MINOR_EDIT: _("A slip of the pen. No wording, rating, name, number, date, evidence or reply changes."),
    NoticeKind.CLARIFICATION: _("It was right, and could be misread."),
    NoticeKind.CORRECTION: _("Something was wrong; the rating stays."),
    NoticeKind.CORRECTION_VERDICT: _("The rating was wrong. The notice stands at the head of the page."),
    NoticeKind.UPDATE: _("New facts, or an answer that came late."),
    NoticeKind.EDITORS_NOTE: _(
        "Something readers have to know about how this was made. It stands at the head of the page."
    ),
}


class NoticeForm(FieldsForm):
    """What readers will be told about the next edition."""

    kind = forms.ChoiceField(label=_("kind"), widget=forms.RadioSelect)

    class Meta:
        model = PlannedNotice
        fields = ["kind", "was_wrong", "says_now", "why"]
        formfield_callback = desk_field

    def prepare(self):
        self.fields["kind"].choices = [
            (kind, format_html("<span><strong>{}</strong> {}</span>", kind.label, KINDS[kind]))
            for kind in NoticeKind
            if kind in KINDS
        ]


class RewriteNoticeForm(NoticeForm):
    """Starts from the notice there is; `version` notices where somebody else rewrote it meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def prepare(self):
        super().prepare()
        if planned := open_notice(self.case.claim):
            for name in (*self._meta.fields, "version"):
                self.fields[name].initial = getattr(planned, name)

    def carried(self, case):
        planned = open_notice(case.claim)
        return {"version": planned.version if planned else ""}


class RetractionForm(FieldsForm):
    class Meta:
        model = PlannedNotice
        fields = ["why", "was_wrong"]
        formfield_callback = desk_field

    def prepare(self):
        self.fields["why"].required = True
        self.fields["why"].help_text = _("Readers see the reason at the top of the page, for good.")


class CloseForm(VerbForm):
    closed_as = forms.ChoiceField(
        label=_("as"),
        choices=[(c.value, c.label) for c in (Closing.NOT_CHECKABLE, Closing.DUPLICATE, Closing.DROPPED)],
        widget=forms.RadioSelect,
    )
    duplicate_of = autocomplete(
        ClaimLink._meta.get_field("to"),
        desk_site,
        required=False,
        label=_("duplicate of"),
        help_text=_("Search by its words."),
    )
    note = forms.CharField(label=_("why"), max_length=1000, widget=forms.Textarea)

    def prepare(self):
        no_silent_cut(self.fields["note"])

    def clean(self):
        given = super().clean()
        if given.get("closed_as") == Closing.DUPLICATE and not given.get("duplicate_of"):
            self.add_error("duplicate_of", _("Say which claim it is a duplicate of."))
        return given


class OverrideForm(VerbForm):
    from_address = ("gate",)
    gate = forms.ChoiceField(label=_("what is let pass"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("reason"),
        max_length=1000,
        widget=forms.Textarea,
        help_text=_("It stays on the record under your name, and on the report of overrides."),
    )

    def prepare(self):
        no_silent_cut(self.fields["reason"])
        self.fields["gate"].choices = [
            (gate.code, format_html("<span><strong>{}</strong> {}</span>", gate.name, " ".join(map(str, sentences))))
            for gate, sentences, _passed in findings(self.case.dossier)
            if sentences and gate.can_override
        ]


class AssignForm(FieldsForm):
    class Meta:
        model = Claim
        fields = ["assignee", "priority", "due_on", "legal_risk"]
        formfield_callback = desk_field

    def prepare(self):
        self.fields["assignee"].queryset = assignable()
        self.fields["assignee"].empty_label = _("Nobody")
        for name in self._meta.fields:
            self.fields[name].initial = getattr(self.case.claim, name)
