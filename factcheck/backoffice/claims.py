"""Claims at the desk: the claim's page, with its record as a form, and the pages of everything one may do to it."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.claims.actions import OPEN
from factcheck.claims.models import Appearance, Claim, ClaimLink

from . import claim_form, confirm
from .claim_list import ClaimListAdmin
from .claim_verbs import CLAIM_VERBS
from .court import COURT_FILE
from .desk_admin import role_allows
from .exhibit_verbs import MANIFEST
from .link_verb import ADD_LINK
from .panels import Panels
from .parts import APPEARANCE_VERBS, LINK_VERBS, PART_VERBS
from .reading_form import sections
from .reply_verbs import OPEN_FILE
from .site import desk_site
from .verb_forms import no_silent_cut, only_adding
from .verbs import Case

TRANSLATION = ("quotation_translation", "quotation_language")


@admin.register(Claim, site=desk_site)
class ClaimAdmin(ClaimListAdmin):
    """A claim's page over the list of claims."""

    form = claim_form.ClaimForm
    change_form_template = "backoffice/claim/page.html"
    autocomplete_fields = ["speaker", "story", "topics"]
    fieldsets = [
        (_("What is claimed"), {"fields": ["wording", ("short_form", "type"), "quotation", TRANSLATION]}),
        (
            _("Who said it, where and when"),
            {
                "fields": [
                    ("speaker", "speaker_role", "speaker_affiliation"),
                    "speaker_unknown",
                    ("said_on", "said_precision"),
                    ("said_where", "said_url"),
                    ("story", "topics"),
                ]
            },
        ),
        (_("Why and by when"), {"fields": ["why_chosen", ("assignee", "priority", "due_on"), "legal_risk"]}),
        (_("Accused or concerned"), {"fields": [("accused", "concerned")]}),
    ]

    def get_urls(self):
        site = self.admin_site
        of_parts = [
            *confirm.pages(site, Appearance, APPEARANCE_VERBS, ["claim"], under="appearance/"),
            *confirm.pages(site, ClaimLink, LINK_VERBS, ["claim", "to"], under="link/"),
        ]
        return [
            *confirm.pages(site, Claim, (*CLAIM_VERBS, OPEN_FILE, COURT_FILE, MANIFEST, ADD_LINK, *PART_VERBS)),
            *of_parts,
            *super().get_urls(),
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return only_adding(no_silent_cut(super().formfield_for_dbfield(db_field, request, **kwargs)))

    def has_change_permission(self, request, obj=None):
        """Read only while the claim is out or closed. A form that was open already gets its answer when it is sent."""
        editable = request.method == "POST" or not obj or obj.status in OPEN
        return editable and role_allows(request.user, "change", Claim)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and request.method == "POST":
            obj = Claim.objects.get(pk=obj.pk)  # the form holds what was typed; round it stands the record as it is
        if obj:
            context["panels"] = Panels(Case(obj), request.user)
            context["read"] = sections(self.fieldsets, obj, {name: _named(obj, name) for name in claim_form.PARTIES})
            context |= {"show_save_and_continue": False, "show_save_and_add_another": False, "show_close": False}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if change:
            claim_form.edit(Claim.objects.get(pk=obj.pk), form, by=request.user)
        else:
            obj.pk = claim_form.log(form, by=request.user).pk

    def response_post_save_add(self, request, obj):
        """Whoever saved a claim goes on working on it."""
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[obj.pk]))

    response_post_save_change = response_post_save_add

    # How the sets of the form read where nothing can be changed

    @admin.display(description=_("Accused"))
    def accused(self, claim):
        return _named(claim, "accused")[1]

    @admin.display(description=_("Concerned"))
    def concerned(self, claim):
        return _named(claim, "concerned")[1]


def _named(claim, name):
    """(label, names) of those accused or concerned."""
    named = claim.concerned.filter(concerned_as=claim_form.PARTIES[name]).select_related("party__pseudonym")
    return claim_form.LABELS[name], ", ".join(str(concerned.party) for concerned in named)
