"""What hangs from a claim and has a page of its own at the desk: other appearances, and links to other claims."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from factcheck.claims import actions
from factcheck.claims.models import Appearance, ClaimLink, Concerned

from .site import desk_site
from .verb_forms import FieldsForm, autocomplete, desk_field
from .verbs import Verb
from .when import open_to_edits


class AppearanceForm(FieldsForm):
    said_by = autocomplete(Concerned._meta.get_field("party"), desk_site, required=False, label=_("said by"))

    class Meta:
        model = Appearance
        fields = ["where", "url", "archived_url", "seen_on", "seen_precision", "said_by", "said_by_role"]
        formfield_callback = desk_field

    def prepare(self):
        if isinstance(self.case.thing, Appearance):
            for name in self._meta.fields:
                self.fields[name].initial = getattr(self.case.thing, name)


class LinkForm(FieldsForm):
    to = autocomplete(
        ClaimLink._meta.get_field("to"), desk_site, label=_("other claim"), help_text=_("Search by its words.")
    )

    class Meta:
        model = ClaimLink
        fields = ["relation", "to"]
        formfield_callback = desk_field

    def clean_to(self):
        to = self.cleaned_data["to"]
        if to == self.case.claim:
            self.add_error("to", _t("A claim cannot be linked to itself."))
        return to


def _remove(case, by, data):
    actions.remove_part(case.thing, by=by)


PART_VERBS = (
    Verb(
        "appearance",
        _("Add an appearance"),
        _("Another place where the same thing was said, by the same speaker or somebody else."),
        lambda case, by, data: actions.add_appearance(case.claim, by=by, **data),
        AppearanceForm,
        not_now=open_to_edits,
        done=_("Added."),
    ),
    Verb(
        "link",
        _("Link to another claim"),
        _("This claim was split from the other one, is the same, or was said in reply to it."),
        lambda case, by, data: actions.link_claims(case.claim, by=by, **data),
        LinkForm,
        not_now=open_to_edits,
        done=_("Linked."),
    ),
)
REMOVE = Verb(
    "remove",
    _("Remove"),
    _("It is taken off the claim. Its history and the journal keep it."),
    _remove,
    not_now=open_to_edits,
    done=_("Removed."),
    tone="grave",
)
APPEARANCE_VERBS = (
    Verb(
        "edit",
        _("Edit"),
        _("Another place where the same thing was said."),
        lambda case, by, data: actions.edit_part(case.thing, by=by, **data),
        AppearanceForm,
        not_now=open_to_edits,
        done=_("Saved."),
    ),
    REMOVE,
)
LINK_VERBS = (REMOVE,)
