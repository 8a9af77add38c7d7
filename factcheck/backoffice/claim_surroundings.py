"""Stories, speakers and topics at the desk: what stands around claims."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from factcheck.claims import actions
from factcheck.claims.models import Speaker, Story, Topic

from . import fast_log
from .conflict import ConflictMixin
from .desk_admin import DeskAdmin, changes_in, given_in
from .lists import DeskChangeList
from .site import desk_site
from .telling import told_day


class SurroundingsAdmin(ConflictMixin, DeskAdmin):
    """A record that claims print. Its address is given once: readers may have it already."""

    add = None  # the action that makes one
    ordering = ["-pk"]

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if "slug" in form.base_fields:
            form.base_fields["slug"].required = False
            form.base_fields["slug"].help_text = _("Left empty, it is made for you. It stays the same for ever.")
        return form

    def save_model(self, request, obj, form, change):
        if change:
            actions.edit_surroundings(obj, by=request.user, version=form.started_from, **changes_in(form))
        else:
            obj.pk = type(self).add(by=request.user, **given_in(form)).pk
            obj.refresh_from_db()


def _claims_link(label, **filters):
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    return format_html('<a href="{}?{}">{}</a>', reverse("admin:claims_claim_changelist"), query, label)


@admin.register(Story, site=desk_site)
class StoryAdmin(SurroundingsAdmin):
    add = staticmethod(actions.add_story)
    change_form_template = "backoffice/story.html"
    list_display = ["headline", "outlet", "shown_day", "shown_claims"]
    search_fields = ["headline", "outlet"]
    fieldsets = [
        (None, {"fields": ["headline", ("outlet", "byline"), "url", ("published_on", "published_precision")]}),
        (_("For readers"), {"fields": ["note", "slug"]}),
    ]

    def get_urls(self):
        return [*fast_log.pages(self.admin_site), *super().get_urls()]

    @admin.display(description=_("published on"), ordering="published_on")
    def shown_day(self, story):
        return told_day(story.published_on, story.published_precision)

    @admin.display(description=_("claims"))
    def shown_claims(self, story):
        return _claims_link(_("Its claims"), story=story.pk)


@admin.register(Speaker, site=desk_site)
class SpeakerAdmin(SurroundingsAdmin):
    add = staticmethod(actions.add_speaker)
    list_display = ["shown_name", "kind", "shown_claims"]
    list_select_related = ["pseudonym"]
    search_fields = ["name", "pseudonym__shown_as"]
    autocomplete_fields = ["pseudonym"]
    fieldsets = [(None, {"fields": ["name", "kind", "pseudonym", "slug"]})]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("pseudonym")

    @admin.display(description=_("speaker"), ordering="name")
    def shown_name(self, speaker):
        return str(speaker)

    @admin.display(description=_("claims"))
    def shown_claims(self, speaker):
        return _claims_link(_("What they said"), speaker=speaker.pk)


@admin.register(Topic, site=desk_site)
class TopicAdmin(SurroundingsAdmin):
    add = staticmethod(actions.add_topic)
    list_display = ["name", "shown_claims"]
    search_fields = ["name"]
    ordering = ["name"]
    fieldsets = [(None, {"fields": ["name", "slug"]})]

    @admin.display(description=_("claims"))
    def shown_claims(self, topic):
        return _claims_link(_("Its claims"), topic=topic.pk)
