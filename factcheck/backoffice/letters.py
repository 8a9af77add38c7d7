"""Letters at the desk: each is a page to read, with buttons for what may be done now."""

from functools import cached_property

from django.contrib import admin
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from factcheck.letters import checks, keys, waiting
from factcheck.letters.models import Letter, Outgoing
from factcheck.letters.states import WRITABLE

from . import badges, confirm
from .claim_filters import DeskFilter
from .desk_admin import ReadOnlyAdmin
from .letter_verbs import LETTER_VERBS, MAIL_VERBS
from .lists import DeskChangeList
from .panels import Row
from .site import desk_site
from .verbs import Case, find, open_to

RELATED = ["party__pseudonym", "drafted_by", "cleared_by", "queued_by"]


class LetterPage:
    """Read lazily by the template; each part once."""

    def __init__(self, letter, user):
        self.letter, self.user, self.case = letter, user, Case(letter)

    @cached_property
    def badge(self):
        return badges.letter_badge(self.letter)

    @cached_property
    def buttons(self):
        return open_to(LETTER_VERBS, self.user, self.case)

    @cached_property
    def against(self):
        """What is still missing before it can be sent, while it can be."""
        return checks.against(self.letter) if self.letter.state in WRITABLE else []

    @cached_property
    def parts(self):
        return checks.parts(self.letter)

    @property
    def deadline(self):
        return checks.told(self.letter)

    @cached_property
    def mail(self):
        rows = self.letter.outgoing.select_related("copy", "letter")
        return [Row(mail, tuple(open_to(MAIL_VERBS, self.user, Case(mail)))) for mail in rows]

    @cached_property
    def keys(self):
        return list(self.letter.keys.select_related("issued_by", "revoked_by"))

    @cached_property
    def standing(self):
        return {key.pk for key in keys.standing(self.letter)}


class WaitsFilter(DeskFilter):
    """Letters that wait for somebody, as the dashboard counts them."""

    title, parameter_name = _("what waits"), "waits"

    def lookups(self, request, model_admin):
        return [
            ("doubt", _("E-mail may have been sent")),
            ("stopped", _("Not sent, or come back")),
            ("legal", _("With legal")),
        ]

    def found(self, request, queryset, value):
        rule = {"doubt": waiting.in_doubt, "stopped": waiting.stopped, "legal": waiting.with_legal}[value]
        return queryset.filter(pk__in=rule().order_by().values("pk"))


@admin.register(Letter, site=desk_site)
class LetterAdmin(ReadOnlyAdmin):
    """Begun on the page of a right of reply; everything else is done by verbs."""

    list_display = ["party", "shown_state", "deadline_at", "drafted_by", "drafted_at"]
    list_filter = [WaitsFilter, "state"]
    list_select_related = ["party__pseudonym", "drafted_by"]
    ordering = ["-pk"]

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    @admin.display(description=_("state"))
    def shown_state(self, letter):
        return badges.letter_badge(letter)

    def get_urls(self):
        return [
            *confirm.pages(self.admin_site, Letter, LETTER_VERBS, RELATED),
            *confirm.pages(self.admin_site, Outgoing, MAIL_VERBS, ["letter__party__pseudonym"], under="mail/"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not object_id.isdecimal() or len(object_id) > 18:
            raise Http404("There is no such record.")
        letter = find(Letter, int(object_id), RELATED)
        if not self.has_view_permission(request, letter):
            return self.admin_site.answer(request, "403.html", status=403)
        return self.admin_site.answer(
            request,
            "backoffice/letters/letter.html",
            title=str(letter.party),
            letter=letter,
            page=LetterPage(letter, request.user),
            opts=self.opts,
            original=letter,
        )
