"""What readers have, as the desk looks at it: addresses, their editions and notices. Only the press writes these."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Claim
from factcheck.database.fulltext import matching
from factcheck.published.models import Check

from . import badges
from .desk_admin import ReadOnlyAdmin, role_allows
from .lists import DeskChangeList
from .site import desk_site
from .telling import told_moment


@admin.register(Check, site=desk_site)
class CheckAdmin(ReadOnlyAdmin):
    """A published address with everything that was ever printed there."""

    list_display = ["title", "shown_rating", "edition", "shown_printed"]
    search_fields = ["title"]
    search_help_text = _("Looks in everything that the page says; every word has to be there.")
    ordering = ["-listed_at", "-pk"]
    sortable_by = []
    readonly_fields = ["shown_page", "shown_claim", "shown_rating", "shown_editions"]

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    def get_queryset(self, request):
        return super().get_queryset(request).defer("search_text")

    def get_search_results(self, request, queryset, search_term):
        return (matching(queryset, search_term) if search_term.strip() else queryset), False

    def get_fieldsets(self, request, obj=None):
        claim = "shown_claim" if role_allows(request.user, "view", Claim) else "wording"
        return [(None, {"fields": ["shown_page", claim, "shown_rating", "finding", "shown_editions"]})]

    @admin.display(description=_("rating"))
    def shown_rating(self, check):
        return badges.printed_badge(check)

    @admin.display(description=_("last printed"))
    def shown_printed(self, check):
        return told_moment(check.printed_at)

    @admin.display(description=_("readers’ page"))
    def shown_page(self, check):
        return format_html('<a href="{0}">{0}</a>', reverse("claim", args=[check.slug]))

    @admin.display(description=_("claim"))
    def shown_claim(self, check):
        url = reverse("admin:claims_claim_changelist")
        return format_html('<a href="{}?q={}">{}</a>', url, check.claim_ref, check.wording)

    @admin.display(description=_("editions"))
    def shown_editions(self, check):
        editions = check.editions.select_related("notice").defer("document").order_by("-number")
        return format_html_join("", "{}", ((_told_edition(check, edition),) for edition in editions))


def _told_edition(check, edition):
    notice = getattr(edition, "notice", None)
    return format_html(
        '<p class="edition"><a href="{}">{}</a> {} · {}{}<br><span class="quiet">SHA-256 <code>{}</code></span></p>',
        reverse("edition", args=[check.slug, edition.number]),
        _("Edition %(number)d") % {"number": edition.number},
        told_moment(edition.printed_at),
        _("printed by %(who)s") % {"who": edition.printed_by},
        format_html("<br>{}: {}", notice.get_kind_display(), notice.why) if notice else "",
        edition.digest,
    )
