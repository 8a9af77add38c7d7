"""Rights of reply at the desk: each file is a page to read from top to bottom, with buttons for what may be done now."""

from django.contrib import admin
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from factcheck.reply.models import Allegation, EarlierExcerpt, ReplyFile, Response

from . import badges, confirm, replies_report
from .court import COURT_FILE
from .desk_admin import ReadOnlyAdmin
from .late_verbs import EARLIER_VERBS
from .letter_verbs import ON_FILE
from .lists import DeskChangeList
from .page_verbs import ON_PAGES
from .reply_page import ReplyPage
from .reply_verbs import ALLEGATION_VERBS, FILE_VERBS, RESPONSE_VERBS
from .site import desk_site
from .verbs import find


@admin.register(ReplyFile, site=desk_site)
class ReplyFileAdmin(ReadOnlyAdmin):
    """Opened from a claim's page; everything in it is done by verbs."""

    list_display = ["party", "claim", "shown_state", "deadline_at"]
    list_select_related = ["party__pseudonym", "claim"]
    ordering = ["-pk"]

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    @admin.display(description=_("state"))
    def shown_state(self, file):
        return badges.reply_badge(file.current_state.value, file.get_current_state_display())

    def get_urls(self):
        site, related = self.admin_site, ["file__claim", "file__party__pseudonym"]
        return [
            *confirm.pages(
                site, ReplyFile, (*ON_FILE, *ON_PAGES, *FILE_VERBS, COURT_FILE), ["claim", "party__pseudonym"]
            ),
            *confirm.pages(site, Allegation, ALLEGATION_VERBS, related, under="allegation/"),
            *confirm.pages(site, Response, RESPONSE_VERBS, related, under="response/"),
            *confirm.pages(site, EarlierExcerpt, EARLIER_VERBS, related, under="earlier/"),
            *replies_report.addresses(site),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404("There is no such record.")
        file = find(ReplyFile, int(object_id), ["claim", "party__pseudonym", "excerpt_from"])
        if request.method == "POST" or not self.has_view_permission(request, file):  # it is changed by verbs alone
            return self.admin_site.answer(request, "403.html", status=403)
        return self.admin_site.answer(
            request,
            "backoffice/reply/file.html",
            title=str(file.party),
            file=file,
            claim=file.claim,
            page=ReplyPage(file, request.user),
            opts=self.opts,
            original=file,
        )
