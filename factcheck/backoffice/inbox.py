"""The inbox at the desk: answers that nobody has read, messages to be sorted, and each of them on a page of its own."""

import json
from functools import wraps

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from factcheck.inbox import bounded, withheld
from factcheck.inbox.models import Attachment, Filing, Message
from factcheck.leaving import Mode, leaves_as
from factcheck.letters import shut_away
from factcheck.newsroom.checks import words_in
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.newsroom.second_factor import ask_second_factor, fresh_second_factor

from . import confirm
from .desk_admin import ReadOnlyAdmin, role_allows
from .inbox_page import Inbox, SaidPage, filing_rows
from .inbox_verbs import FILING_VERBS, MESSAGE_VERBS
from .lists import DeskChangeList
from .site import desk_site


def number(text):
    if not text.isdecimal() or len(text) > 18:
        raise Http404("There is no such record.")
    return int(text)


def found(rows, pk):
    thing = rows.filter(pk=pk).first()
    if thing is None:
        raise Http404("There is no such record.")
    return thing


class SaidAdmin(ReadOnlyAdmin):
    """A page to read, with buttons for what may be done now."""

    template = ""

    def rows(self):
        raise NotImplementedError

    @method_decorator(require_safe)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        thing = found(self.rows(), number(object_id))
        if not self.has_view_permission(request, thing):
            return self.admin_site.answer(request, "403.html", status=403)
        page = SaidPage(thing, request.user)
        return self.admin_site.answer(
            request, self.template, title=str(thing), said=page, opts=self.opts, original=thing
        )


@admin.register(Filing, site=desk_site)
class FilingAdmin(SaidAdmin):
    """The list is the inbox itself."""

    template = "backoffice/inbox/filing.html"

    def rows(self):
        return filing_rows()

    def get_urls(self):
        related = ["incoming__message", "file__claim", "file__party__pseudonym"]
        save = path("<int:pk>/save/", self.admin_site.admin_view(save_statement), name="inbox_filing_save")
        return [save, *confirm.pages(self.admin_site, Filing, FILING_VERBS, related), *super().get_urls()]

    @method_decorator(require_safe)
    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            return self.admin_site.answer(request, "403.html", status=403)
        return self.admin_site.answer(request, "backoffice/inbox/list.html", title=_("Inbox"), inbox=Inbox())


@admin.register(Message, site=desk_site)
class MessageAdmin(SaidAdmin):
    """Every message that ever came; the inbox leads here, and the door is by its list."""

    template = "backoffice/inbox/message.html"
    list_display = ["subject", "from_address", "kind", "received_at"]
    list_filter = ["kind"]
    search_fields = ["subject", "from_address", "from_name", "message_id"]
    ordering = ["-pk"]

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    def rows(self):
        return Message.objects.select_related("letter__party__pseudonym", "incoming")

    def get_urls(self):
        ours = [
            path("<int:pk>/raw/", self.admin_site.admin_view(save_message), name="inbox_message_raw"),
            path("attachment/<int:pk>/", self.admin_site.admin_view(save_attachment), name="inbox_attachment_save"),
        ]
        return [*ours, *confirm.pages(self.admin_site, Message, MESSAGE_VERBS, ["letter"]), *super().get_urls()]


def _saved(what):
    """A view that hands out what came in. Where it cannot be read, a page says why: its key is not here, or is destroyed."""

    def around(view):
        @require_safe
        @wraps(view)
        def answer(request, pk):
            try:
                return view(request, pk)
            except Refused as refusal:
                told = {"title": what, "reasons": refusal.reasons}
                return desk_site.answer(request, "backoffice/inbox/unreadable.html", status=409, **told)

        return answer

    return around


@_saved(_("Message"))
def save_message(request, pk):
    """The message as it came, to be saved and never to be shown by a browser."""
    message = _may_be_saved(request, Message.objects.all(), pk)
    if _is_stale(request, message):
        return ask_second_factor(request)
    with shut_away.opened(message.kept_as) as file:
        return _to_be_saved(file.read(), f"message-{message.pk}.eml", "message", _mode_of(message))


@_saved(_("Attachment"))
def save_attachment(request, pk):
    attachment = _may_be_saved(request, Attachment.objects.select_related("message"), pk)
    if _is_stale(request, attachment.message):
        return ask_second_factor(request)
    with shut_away.opened(attachment.message.kept_as) as file:
        content = bounded.attachment(file, attachment.place)
        return _to_be_saved(content, attachment.name, "attachment", _mode_of(attachment.message))


def _is_stale(request, message):
    """Whether a second factor has to be shown first: what it says could tell who a source is."""
    return withheld.FLAG in message.flags and not fresh_second_factor(request)


def _may_be_saved(request, rows, pk):
    if not role_allows(request.user, "view", Message):
        raise NotAllowed(_("Only those who may read the record may save this."))
    row = found(rows, pk)
    message = getattr(row, "message", row)
    if withheld.FLAG in message.flags and not withheld.may_be_read_by(_words_of(message), request.user):
        raise NotAllowed(
            _("Its words are withheld: something in it could tell who a protected source is. Ask a custodian.")
        )
    return row


def _words_of(message):
    """Everything that the message says, read anew: none of it is in the record."""
    with shut_away.opened(message.kept_as) as file:
        told = bounded.read(file, message.size)
    return list(words_in(told))


@_saved(_("Statement"))
def save_statement(request, pk):
    """A statement from the private page whose words are withheld, for a custodian of whomever it could tell of."""
    if not role_allows(request.user, "view", Filing):
        raise NotAllowed(_("Only those who may read the record may save this."))
    filing = found(Filing.objects.select_related("incoming").exclude(incoming__withheld_as=""), pk)
    with shut_away.opened(filing.incoming.withheld_as) as file:
        content = file.read()
    if not withheld.may_be_read_by(list(words_in(json.loads(content))), request.user):
        raise NotAllowed(
            _("Its words are withheld: something in it could tell who a protected source is. Ask a custodian.")
        )
    if not fresh_second_factor(request):
        return ask_second_factor(request)
    return _to_be_saved(content, f"statement-{filing.pk}.json", "statement", Mode.CUSTODIAN)


def _mode_of(message):
    return Mode.CUSTODIAN if withheld.FLAG in message.flags else Mode.INTERNAL


def _to_be_saved(content, name, code, mode):
    """Bytes from outside, as nothing that a browser would open: whatever it claims to be, it is data to be saved."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return leaves_as(response, code, mode)
