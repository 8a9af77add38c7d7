"""Deciding about the details by which somebody protected could be pieced together, and signing that (CS-10)."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from factcheck.desk import jigsaw, piecing
from factcheck.desk.models import Jigsaw

from .verb_forms import FieldsForm, desk_field
from .verbs import Verb, an_author
from .when import open_to_edits

LIST = "backoffice/claim/jigsaw.html"


class DetailsForm(FieldsForm):
    """One choice for each detail, starting from the list before it."""

    class Meta:
        model = Jigsaw
        fields = ["said_precision", "note", "others"]
        formfield_callback = desk_field

    def prepare(self):
        before = self.case.claim.jigsaws.first()
        written = {name: self.fields.pop(name) for name in self._meta.fields}
        for detail in Jigsaw.Detail:
            choices = [("", _("Choose")), *Jigsaw.Decision.choices]
            self.fields[detail.value] = forms.ChoiceField(label=detail.label, choices=choices)
            self.fields[detail.value].initial = before.decisions.get(detail.value, "") if before else ""
        self.fields |= written
        for name in self._meta.fields:
            self.fields[name].initial = getattr(before, name, self.fields[name].initial)


def _decide(case, by, data):
    decisions = {detail.value: data[detail.value] for detail in Jigsaw.Detail}
    fields = {name: data[name] for name in DetailsForm.Meta.fields}
    jigsaw.decide_details(case.claim, by=by, decisions=decisions, **fields)


def somebody_protected(by, case):
    if piecing.is_protected(case.dossier):
        return open_to_edits(by, case)
    return [_("Nobody who is protected is on this page, so there is no such list to make.")]


def to_be_signed(by, case):
    if reasons := somebody_protected(by, case):
        return reasons
    made = piecing.latest(case.claim)
    if made is None:
        return [_("There is no list of identifying details yet.")]
    if made.by_id == by.pk:
        return [_("You made this list, so somebody else has to sign it.")]
    facts = piecing.told_of_protected(case.dossier)
    signed = any(s.by_id == by.pk and s.facts == facts for s in made.signatures.all())
    return [_("You have signed exactly this already.")] if signed else []


JIGSAW_VERBS = (
    Verb(
        "details",
        _l("Decide identifying details"),
        _l(
            "Details that each tell nothing can together tell who somebody is. Decide about each: whether it arises, and "
            "whether readers get it as it is, in general words, or not at all. A second person signs it."
        ),
        _decide,
        DetailsForm,
        an_author,
        somebody_protected,
        done=_l("Decided. Somebody else has to sign it."),
    ),
    Verb(
        "sign-details",
        _l("Sign identifying details"),
        _l(
            "You answer for these decisions, and for it that what the page tells of whoever is protected follows them. When that "
            "changes, it is signed anew."
        ),
        lambda case, by, data: jigsaw.sign_details(case.claim, by=by),
        may=an_author,
        not_now=to_be_signed,
        wide=(LIST, "backoffice/claim/readers_page.html"),
        done=_l("Signed."),
    ),
)
