"""Evidence at the desk: each item has a page with every field labelled, and a page to withdraw it with a reason."""

from django.contrib import admin
from django.forms import HiddenInput
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from factcheck.claims.actions import OPEN
from factcheck.claims.models import Claim
from factcheck.evidence import actions, exhibits
from factcheck.evidence.models import Exhibit, Item
from factcheck.leaving import Mode
from factcheck.newsroom.refusals import Refused

from . import confirm
from .attachment import attachment
from .capture_verbs import CAPTURE_VERBS
from .conflict import ConflictMixin
from .copies import Copies
from .desk_admin import DeskAdmin, changes_in, given_in, role_allows
from .evidence_verbs import ITEM_VERBS
from .exhibit_verbs import EXHIBIT_VERBS, HOLDING_VERBS
from .holdings import Holdings
from .lists import DeskChangeList
from .reading_form import sections
from .site import desk_site
from .verb_forms import no_silent_cut, only_adding
from .verbs import find


def _asked_for(request):
    number = request.GET.get("claim", "")
    return Claim.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None


@require_safe
def _copy(request, pk):
    """A file without hidden data, as an attachment."""
    exhibit = find(Exhibit, pk, ["item__claim", "copy"])
    try:
        copy = exhibits.copy_for(exhibit, by=request.user)
    except Refused as refusal:
        raise Http404(" ".join(map(str, refusal.reasons))) from None
    name = exhibit.released_as or f"{_t('copy of')} {exhibit.name}"
    try:
        return attachment(copy, name, "evidence-copy", Mode.INTERNAL)
    except Refused as refusal:  # it is sealed, and its key is not here, or is destroyed
        told = {"title": _t("A copy that cannot be opened"), "reasons": refusal.reasons, "item": exhibit.item}
        return desk_site.answer(request, "backoffice/evidence/unreadable.html", status=409, **told)


@admin.register(Item, site=desk_site)
class ItemAdmin(ConflictMixin, DeskAdmin):
    """One piece of evidence. It is added from its claim's page and leads back there."""

    change_form_template = "backoffice/evidence/item.html"
    autocomplete_fields = ["claim", "source"]
    list_display = ["title", "kind", "stance", "visibility", "claim"]
    list_select_related = ["claim"]
    search_fields = ["title", "publisher"]
    ordering = ["-pk"]
    fieldsets = [
        (
            _("What it is"),
            {"fields": ["claim", "title", ("kind", "publisher"), ("published_on", "published_precision")]},
        ),
        (_("Where it is"), {"fields": ["url", "archived_url", "locator"]}),
        (_("What it says"), {"fields": ["passage", "passage_language", "shows"]}),
        (_("How it counts"), {"fields": ["stance", "primary", "secondary_reason", "independence_group", "source"]}),
        (_("Who may see it"), {"fields": ["visibility", "confidential"]}),
    ]

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    def get_urls(self):
        verbs = (*ITEM_VERBS, *CAPTURE_VERBS, *HOLDING_VERBS)
        return [
            *confirm.pages(desk_site, Item, verbs, ["claim", "source"]),
            *confirm.pages(desk_site, Exhibit, EXHIBIT_VERBS, ["item__claim", "file", "copy"], under="file/"),
            path("file/<int:pk>/copy/", desk_site.admin_view(_copy), name="evidence_exhibit_copy"),
            *super().get_urls(),
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return only_adding(no_silent_cut(super().formfield_for_dbfield(db_field, request, **kwargs)))

    def has_change_permission(self, request, obj=None):
        """Read only while the claim is out or the item is withdrawn; a form that was open already gets its answer on POST."""
        editable = request.method == "POST" or not obj or (obj.claim.status in OPEN and not obj.withdrawn_at)
        return editable and role_allows(request.user, "change", Item)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Whoever comes from a claim's page has said already what it is evidence for."""
        if db_field.name == "claim" and "claim" in request.GET:
            kwargs["widget"] = HiddenInput
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"show_save_and_continue": False, "show_save_and_add_another": False, "show_close": False}
        if obj:
            context["read"] = sections(self.fieldsets, obj)
            context["holdings"] = Holdings(obj, request.user)
            context["copies"] = Copies(obj, request.user) if obj.url else None
        context["claim"] = obj.claim if obj else _asked_for(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_readonly_fields(self, request, obj=None):
        return ["claim"] if obj else []

    def save_model(self, request, obj, form, change):
        if change:
            actions.edit(obj, by=request.user, version=form.started_from, **changes_in(form))
        else:
            fields = given_in(form)
            obj.pk = actions.add(fields.pop("claim"), by=request.user, **fields).pk

    def response_post_save_add(self, request, obj):
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[obj.claim_id]) + "#evidence")

    response_post_save_change = response_post_save_add
