"""The form of a claim's record. It gathers; `claims.actions` decides and writes."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from factcheck.claims import actions
from factcheck.claims.models import Concerned, Speaker
from factcheck.newsroom.models import User
from factcheck.newsroom.roles import AUTHORS

from . import lookalikes
from .conflict import VersionedForm
from .desk_admin import changes_in, given_in
from .site import desk_site

LABELS = {"accused": _("Accused"), "concerned": _("Concerned")}
PARTIES = {"accused": Concerned.As.ACCUSED, "concerned": Concerned.As.CONCERNED}


def _speakers(label, help_text):
    return forms.ModelMultipleChoiceField(
        Speaker.objects.select_related("pseudonym"),
        label=label,
        required=False,
        help_text=help_text,
        widget=AutocompleteSelectMultiple(Concerned._meta.get_field("party"), desk_site),
    )


class ClaimForm(VersionedForm):
    """Fields of the claim, and who is accused or concerned.

    Sets of people and topics carry along what they were when the form was opened, so that two persons who add to them at
    the same time both get what they added, and nobody takes out what they never saw.
    """

    accused = _speakers(LABELS["accused"], _("Everybody accused has to be asked before publication."))
    concerned = _speakers(LABELS["concerned"], _("Touched by the claim without being accused."))
    anyway = forms.BooleanField(label=_("This is another claim: log it anyway"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.lookalikes = []
        if "assignee" in self.fields:
            self.fields["assignee"].queryset = assignable()
        for name, concerned_as in PARTIES.items():
            self.fields[name].initial = _parties(self.instance, concerned_as)
        for name in (*PARTIES, "topics"):
            if name in self.fields:
                self.fields[name].show_hidden_initial = True

    def clean(self):
        given = super().clean()
        both = set(given.get("accused") or ()) & set(given.get("concerned") or ())
        if both:
            names = ", ".join(sorted(str(party) for party in both))
            self.add_error("concerned", _t("Either accused or concerned, not both: %(names)s.") % {"names": names})
        if self.instance.pk is None and given.get("wording") and not given.get("anyway"):
            self.lookalikes = lookalikes.find(given["wording"])
        if self.lookalikes:
            self.add_error("wording", _t("This looks like a claim that is logged already. Look first."))
        return given

    def came_and_went(self, name):
        """(those added, those taken out) of a set, as against what it was when this form was opened."""
        field = self.fields[name]
        before = self[name].initial or []
        if self.is_bound and field.show_hidden_initial:
            shown = field.hidden_widget().value_from_datadict(self.data, self.files, self.add_initial_prefix(name))
            before = field.to_python(shown)
        was, now = set(before), set(self.cleaned_data[name])
        return now - was, was - now


def assignable():
    """Whoever can be given a claim to work on."""
    return User.objects.filter(is_active=True, groups__name__in=AUTHORS).distinct().order_by("username")


def _parties(claim, concerned_as):
    if claim.pk is None:
        return []
    return [c.party for c in claim.concerned.filter(concerned_as=concerned_as).select_related("party__pseudonym")]


@transaction.atomic
def log(form, *, by):
    """Log the claim that the form gives. Returns it."""
    fields = {name: value for name, value in given_in(form).items() if name != "topics" and name not in PARTIES}
    cleaned = form.cleaned_data
    return actions.log_claim(
        by=by, topics=cleaned["topics"], accused=cleaned["accused"], concerned=cleaned["concerned"], **fields
    )


@transaction.atomic
def edit(claim, form, *, by):
    """Write what the form changes of `claim`. Raises what the actions raise, and then nothing has changed."""
    fields = {name: value for name, value in changes_in(form).items() if name != "topics" and name not in PARTIES}
    came, went = form.came_and_went("topics")
    topics = (set(claim.topics.all()) | came) - went if came or went else None
    claim = actions.edit_claim(claim, by=by, version=form.started_from, topics=topics, **fields)
    for name, concerned_as in PARTIES.items():
        _set_parties(claim, form, name, concerned_as, by=by)


def _set_parties(claim, form, name, concerned_as, *, by):
    came, went = form.came_and_went(name)
    here = {c.party_id: c for c in claim.concerned.all()}
    elsewhere = {p for other in PARTIES if other != name for p in form.cleaned_data[other]}
    for party in sorted(came, key=lambda p: p.pk):
        if party.pk in here:
            actions.edit_part(here[party.pk], by=by, concerned_as=concerned_as)
        else:
            actions.name_party(claim, by=by, party=party, concerned_as=concerned_as)
    for party in sorted(went - elsewhere, key=lambda p: p.pk):
        if party.pk in here:
            actions.remove_part(here[party.pk], by=by)
