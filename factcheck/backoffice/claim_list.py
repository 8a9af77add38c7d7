"""The list of claims: what a newsroom looks at all day. A bounded number of queries, whatever the number of claims."""

import uuid

from django.contrib import admin
from django.db.models import F, Prefetch
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Status
from factcheck.claims.types import told
from factcheck.database.fulltext import matching
from factcheck.desk.models import Verdict
from factcheck.reply.models import ReplyFile

from . import badges
from .claim_filters import FILTERS
from .conflict import ConflictMixin
from .desk_admin import DeskAdmin
from .lists import DeskChangeList
from .telling import told_moment

FINISHED = (Status.PUBLISHED, Status.CLOSED)


def listed(queryset):
    """The queryset with what a row of the list shows: six queries in all, however many rows."""
    verdicts = Verdict.objects.select_related("rating").defer("explanation", "not_established")
    files = ReplyFile.objects.select_related("party__pseudonym")
    return queryset.select_related("speaker__pseudonym", "story", "assignee").prefetch_related(
        Prefetch("verdicts", verdicts), Prefetch("reply_files", files)
    )


def flags(claim):
    """The badges of what has to be seen at once."""
    if claim.legal_risk:
        yield badges.legal_badge()
    if claim.update_needed_at:
        yield badges.update_badge()
    if claim.priority == claim.Priority.URGENT and claim.status not in FINISHED:
        yield badges.flag_badge(_("Urgent"), shape="warn")


def _joined(parts):
    return format_html_join("", "{}", ((part,) for part in parts))


class ClaimListAdmin(ConflictMixin, DeskAdmin):
    """The list alone; `claims.ClaimAdmin` adds the claim's page."""

    list_display = ["shown_claim", "shown_status", "shown_rating", "shown_reply", "shown_assignee", "shown_due"]
    list_filter = FILTERS
    list_display_links = None
    ordering = ["-pk"]
    search_fields = ["wording"]
    search_help_text = _("Looks in wording, short form and quotation; every word has to be there.")

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return listed(queryset) if _is_list(request, self.opts) else queryset

    def get_search_results(self, request, queryset, search_term):
        """By words, or by the reference that the journal calls a claim by."""
        if not search_term.strip():
            return queryset, False
        try:
            return queryset.filter(ref=uuid.UUID(search_term.strip().removeprefix("claim:"))), False
        except ValueError:
            return matching(queryset, search_term), False

    @admin.display(description=_("claim"), ordering="pk")
    def shown_claim(self, claim):
        about = filter(
            None, [str(claim.speaker or (_("Unknown speaker") if claim.speaker_unknown else "")), self._said(claim)]
        )
        marks = _joined(flags(claim))
        return format_html(
            '<a class="wording" href="{}">{}</a><span class="about">{}</span>{}',
            f"{claim.pk}/change/",
            claim.wording,
            " · ".join(about),
            format_html('<span class="flags">{}</span>', marks) if marks else "",
        )

    def _said(self, claim):
        return claim.story.headline if claim.story else told(claim.said_on, claim.said_precision)

    @admin.display(description=_("status"), ordering="status")
    def shown_status(self, claim):
        return badges.status_badge(claim)

    @admin.display(description=_("rating"))
    def shown_rating(self, claim):
        verdicts = claim.verdicts.all()
        return badges.rating_badge(verdicts[0].rating) if verdicts else ""

    @admin.display(description=_("right of reply"))
    def shown_reply(self, claim):
        return _joined(self._reply_line(claim, file) for file in claim.reply_files.all())

    def _reply_line(self, claim, file):
        file.claim = claim  # the state compares with its wording: no query for what is at hand
        badge = badges.reply_badge(file.current_state.value, file.get_current_state_display())
        return format_html('<span class="party">{} <span class="quiet">{}</span></span>', badge, file.party)

    @admin.display(description=_("assigned to"), ordering="assignee__username")
    def shown_assignee(self, claim):
        return str(claim.assignee or "")

    @admin.display(description=_("due"), ordering=F("due_on").asc(nulls_last=True))
    def shown_due(self, claim):
        if not claim.due_on:
            return ""
        late = claim.due_on < timezone.localdate() and claim.status not in FINISHED
        day = told_moment(claim.due_on)
        return format_html("{} {}", badges.flag_badge(_("Past due"), shape="clock"), day) if late else day


def _is_list(request, opts):
    match = request.resolver_match
    return bool(match) and match.url_name == f"{opts.app_label}_{opts.model_name}_changelist"
