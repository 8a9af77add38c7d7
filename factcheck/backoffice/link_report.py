"""The health report: every link that is watched, and what became of it."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from factcheck.evidence.models import Watch

from .desk_admin import ReadOnlyAdmin
from .link_health import badge_of
from .lists import DeskChangeList
from .site import desk_site
from .telling import told_moment


@admin.register(Watch, site=desk_site)
class WatchAdmin(ReadOnlyAdmin):
    """The health report: every link that is watched, what became of it latest first."""

    list_display = ["state_badge", "cited", "found", "since", "looked_at", "next_look"]
    list_display_links = None
    list_filter = ["state"]
    list_select_related = ["item__claim"]
    search_fields = ["url", "item__title"]
    ordering = ["-since_at", "-pk"]
    fields = [
        "url",
        "state",
        "told",
        "moved_to",
        "http_status",
        "since_at",
        "checked_at",
        "due_at",
        "asked_by",
        "asked_at",
    ]

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, watch):
        return badge_of(watch.state)

    @admin.display(description=_("cited as"))
    def cited(self, watch):
        url = reverse("admin:evidence_item_change", args=[watch.item_id])
        about = watch.item.claim
        return format_html(
            '<a href="{}#copies" dir="auto">{}</a> <span class="quiet" dir="auto">{}</span>', url, watch.item, about
        )

    @admin.display(description=_("since"), ordering="since_at")
    def since(self, watch):
        return _t("since %(moment)s") % {"moment": told_moment(watch.since_at)} if watch.since_at else ""

    @admin.display(description=_("last looked at"), ordering="checked_at")
    def looked_at(self, watch):
        return _t("looked at %(moment)s") % {"moment": told_moment(watch.checked_at)} if watch.checked_at else ""

    @admin.display(description=_("next look"), ordering="due_at")
    def next_look(self, watch):
        if watch.due_at is None:
            return _t("watched no more")
        return _t("next %(moment)s") % {"moment": told_moment(watch.due_at)}

    @admin.display(description=_("what was found"))
    def found(self, watch):
        if watch.state == Watch.State.CHANGED:
            gone = _t("the passage relied on is not there any more") if watch.passage_stands is False else ""
            count = len(watch.differences)
            return ", ".join(
                filter(
                    None,
                    [ngettext("%(count)d place differs", "%(count)d places differ", count) % {"count": count}, gone],
                )
            )
        return watch.told
