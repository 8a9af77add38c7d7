"""Pseudonyms at the desk: the names that protected people go by, and nothing of who they are."""

from django.contrib import admin

from factcheck.sources import actions
from factcheck.sources.models import Pseudonym

from .conflict import ConflictMixin
from .desk_admin import DeskAdmin, changes_in, given_in
from .lists import DeskChangeList
from .site import desk_site


@admin.register(Pseudonym, site=desk_site)
class PseudonymAdmin(ConflictMixin, DeskAdmin):
    list_display = ["shown_as", "note", "description"]
    search_fields = ["shown_as"]
    ordering = ["shown_as"]
    fieldsets = [(None, {"fields": ["shown_as", "note", "note_reason", "description"]})]

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    def save_model(self, request, obj, form, change):
        if change:
            actions.edit_pseudonym(obj, by=request.user, version=form.started_from, **changes_in(form))
        else:
            obj.pk = actions.give_pseudonym(by=request.user, **given_in(form)).pk
