"""Claims at the desk: the claim's page, with its record as a form, and the pages of everything one may do to it."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from factcheck.claims.actions import OPEN
from factcheck.claims.models import Appearance, Claim, ClaimLink, Concerned

from . import claim_form, confirm
from .claim_list import ClaimListAdmin
from .claim_verbs import CLAIM_VERBS
from .desk_admin import role_allows
from .panels import Panels
from .parts import APPEARANCE_VERBS, LINK_VERBS, PART_VERBS
from .reply_verbs import OPEN_FILE
from .site import desk_site
from .verb_forms import no_silent_cut
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
        return [*confirm.pages(site, Claim, (*CLAIM_VERBS, OPEN_FILE, *PART_VERBS)), *of_parts, *super().get_urls()]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return no_silent_cut(super().formfield_for_dbfield(db_field, request, **kwargs))

    def has_change_permission(self, request, obj=None):
        """Read only while the claim is out or closed. A form that was open already gets its answer when it is sent."""
        editable = request.method == "POST" or not obj or obj.status in OPEN
        return editable and role_allows(request.user, "change", Claim)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["panels"] = Panels(Case(obj), request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if change:
            claim_form.edit(Claim.objects.get(pk=obj.pk), form, by=request.user)
        else:
            obj.pk = claim_form.log(form, by=request.user).pk

    # How the sets of the form read where nothing can be changed

    @admin.display(description=_("accused"))
    def accused(self, claim):
        return self._named(claim, Concerned.As.ACCUSED)

    @admin.display(description=_("concerned"))
    def concerned(self, claim):
        return self._named(claim, Concerned.As.CONCERNED)

    def _named(self, claim, concerned_as):
        named = claim.concerned.filter(concerned_as=concerned_as).select_related("party__pseudonym")
        return format_html("{}", ", ".join(str(concerned.party) for concerned in named) or "–")
