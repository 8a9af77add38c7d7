"""The journal at the desk: read, never written. The people are in `people.py`."""

import uuid

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom.models import JournalEntry

from .desk_admin import ReadOnlyAdmin
from .journal_verbs import told
from .journal_words import names_of, person_of, told_entry
from .lists import DeskChangeList
from .site import desk_site
from .telling import told_moment


class NamingChangeList(DeskChangeList):
    """Entries with the people they were done to by name, in one more query."""

    def get_results(self, request):
        super().get_results(request)
        names = names_of(self.result_list)
        for entry in self.result_list:
            entry.whom = names.get(person_of(entry), "")


@admin.register(JournalEntry, site=desk_site)
class JournalAdmin(ReadOnlyAdmin):
    """Everything that was ever done, the newest first."""

    list_display = ["number", "shown_at", "actor", "shown_deed", "shown_details"]
    list_display_links = ["number"]
    search_fields = ["actor"]
    search_help_text = _("Looks for a claim’s reference, a log-in name, or a record such as speaker:12.")
    ordering = ["-number"]
    sortable_by = []
    fieldsets = [
        (None, {"fields": ["shown_at", "actor", "verb", "record", "claim_ref", "authored", "shown_details"]}),
        (_("The chain"), {"fields": ["previous_hash", "hash"]}),
    ]
    readonly_fields = ["shown_at", "shown_details"]

    def get_changelist(self, request, **kwargs):
        return NamingChangeList

    def get_search_results(self, request, queryset, search_term):
        term = search_term.strip()
        if not term:
            return queryset, False
        try:
            return queryset.filter(claim_ref=str(uuid.UUID(term.removeprefix("claim:")))), False
        except ValueError:
            return queryset.filter(Q(actor=term) | Q(record=term)), False

    @admin.display(description=_("when"))
    def shown_at(self, entry):
        return told_moment(entry.at)

    @admin.display(description=_("what"))
    def shown_deed(self, entry):
        kind, _colon, key = entry.record.partition(":")
        record = f"{kind} {key[:8]}"  # enough of a claim's reference to tell it from its neighbours
        whom = getattr(entry, "whom", "")
        if whom and kind == "user":
            record, whom = whom, ""
        return format_html(
            '{} <a class="about" href="?q={}">{}</a>{}',
            told(entry.verb),
            entry.claim_ref or entry.record,
            record,
            f": {whom}" if whom else "",
        )

    @admin.display(description=_("details"))
    def shown_details(self, entry):
        told = told_entry(entry)
        changes = format_html_join(
            "",
            '<p class="change"><span class="quiet">{}</span> <del>{}</del> <ins>{}</ins></p>',
            ((field, old or "–", new or "–") for field, old, new in told.changes),
        )
        return format_html("{}{}", format_html("<p>{}</p>", told.words) if told.words else "", changes)
