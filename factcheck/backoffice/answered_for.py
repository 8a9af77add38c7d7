"""What somebody answered for by name: overrides of gates, waivers of the right of reply. And the scale of ratings, to be read."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.claims.models import Claim
from factcheck.desk.gates import PUBLICATION_GATES
from factcheck.desk.models import Override, Rating
from factcheck.reply.models import ReplyFile

from . import badges
from .desk_admin import ReadOnlyAdmin
from .lists import DeskChangeList
from .site import desk_site

PER_PAGE = 50


@dataclass(frozen=True)
class Decision:
    """One line of the report: who let what pass, and why."""

    at: datetime
    by: str
    claim: Claim
    what: str
    let_pass: tuple[str, ...]
    reason: str


@admin.register(Override, site=desk_site)
class OverrideAdmin(ReadOnlyAdmin):
    """The list is a report of overrides and waivers together, the newest first; `?before=` is where a page begins."""

    fields = ["gate", "sentences", "reason", "claim", "at", "by"]

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        decisions = report(_moment(request.GET.get("before", "")))
        shown, more = decisions[:PER_PAGE], decisions[PER_PAGE:]
        before = shown[-1].at.isoformat() if more else ""
        context = {"title": _("Overrides and waivers"), "decisions": shown, "before": before}
        return self.admin_site.answer(request, "backoffice/answered_for.html", **context)


def _moment(text):
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def report(before=None):
    """Overrides and waivers made before a moment, the newest first: one page of them, and one more where there is one."""
    overrides = Override.objects.select_related("by", "claim").order_by("-at")
    waivers = ReplyFile.objects.exclude(waived_at=None).select_related("waived_by", "claim", "party__pseudonym")
    if before:
        overrides, waivers = overrides.filter(at__lt=before), waivers.filter(waived_at__lt=before)
    told = [_told_override(each) for each in overrides[: PER_PAGE + 1]]
    told += [_told_waiver(each) for each in waivers.order_by("-waived_at")[: PER_PAGE + 1]]
    return sorted(told, key=lambda decision: decision.at, reverse=True)


def _told_override(override):
    gate = next((gate.name for gate in PUBLICATION_GATES if gate.code == override.gate), override.gate)
    what = _("Override: %(gate)s") % {"gate": gate}
    return Decision(
        override.at, str(override.by), override.claim, what, tuple(map(str, override.sentences)), override.reason
    )


def _told_waiver(file):
    what = _("Waiver: %(party)s is not asked") % {"party": file.party}
    return Decision(
        file.waived_at, str(file.waived_by), file.claim, what, (file.get_waiver_reason_display(),), file.waiver_note
    )


@admin.register(Rating, site=desk_site)
class RatingAdmin(ReadOnlyAdmin):
    """The scale is data, installed by a command: here one reads what each rating means."""

    list_display = ["shown_rating", "meaning", "ordinal", "scale"]
    list_display_links = None
    list_select_related = ["scale"]
    ordering = ["-scale__number", "position"]
    sortable_by = []
    fields = ["label", "code", "meaning", "ordinal", "is_rating", "scale"]

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    @admin.display(description=gettext_lazy("rating"))
    def shown_rating(self, rating):
        return badges.rating_badge(rating)
