"""Invitations at the desk: who was asked in by e-mail and has not come yet. Administrators alone see and write them."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom import invitations
from factcheck.newsroom.models import Invitation, User
from factcheck.newsroom.refusals import Refused
from factcheck.newsroom.roles import Role

from .desk_admin import DeskAdmin, DeskForm, role_allows
from .inviting import mail_invitation
from .lists import DeskChangeList
from .site import desk_site
from .telling import told_moment

SENT = _("The invitation is on its way, and written into the journal.")
PRINTED = _("No mail server is set (EMAIL_URL), so the invitation was printed by the server and sent to nobody.")
NOT_SENT = _("The mail server did not take the invitation. Send it again from its page, when the server is well.")


class InviteForm(DeskForm):
    """Whom, and as what. They choose their log-in name, their byline and their password themselves."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Invitation
        fields = ["email", "roles"]


@dataclass(frozen=True)
class InvitationVerb:
    """What can be done with an invitation that nobody took up. `act(request, invitation)` does it."""

    code: str
    label: str
    told: str
    act: Callable
    tone: str = ""

    @property
    def url_name(self):
        return f"newsroom_invitation_{self.code.replace('-', '_')}"


def _send_again(request, invitation):
    _mailed(request, *invitations.send_again(invitation, by=request.user))


def _revoke(request, invitation):
    invitations.revoke(invitation, by=request.user)
    messages.success(request, _("Done, and written into the journal."))


VERBS = (
    InvitationVerb(
        "send-again",
        _("Send again"),
        _("A new link goes to the address, for another seven days. The old one opens nothing any more."),
        _send_again,
    ),
    InvitationVerb(
        "revoke",
        _("Take back"),
        _("The link that was sent opens nothing any more."),
        _revoke,
        tone="grave",
    ),
)


@admin.register(Invitation, site=desk_site)
class InvitationAdmin(DeskAdmin):
    form = InviteForm
    change_form_template = "backoffice/invitation.html"
    change_list_template = "backoffice/invitations.html"
    list_display = ["email", "shown_roles", "shown_invited", "shown_standing", "shown_verbs"]
    search_fields = ["email"]
    sortable_by = []
    ordering = ["-invited_at"]
    list_select_related = ["invited_by"]

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("invited_by__groups")

    def has_view_permission(self, request, obj=None):
        return role_allows(request.user, "change", User)

    def has_change_permission(self, request, obj=None):
        return False  # it is sent again or taken back, never written over

    def get_fieldsets(self, request, obj=None):
        shown = ["email", "shown_roles", "shown_invited", "shown_standing"]
        return [(None, {"fields": shown if obj else ["email", "roles"]})]

    def get_readonly_fields(self, request, obj=None):
        return ["shown_roles", "shown_invited", "shown_standing"] if obj else []

    def get_urls(self):
        pages = [
            path(f"<int:pk>/{verb.code}/", self.admin_site.admin_view(_page(self, verb)), name=verb.url_name)
            for verb in VERBS
        ]
        return [*pages, *super().get_urls()]

    def save_model(self, request, obj, form, change):
        given = form.cleaned_data
        invitation, token = invitations.invite(by=request.user, email=given["email"], roles=given["roles"])
        obj.pk = invitation.pk
        _mailed(request, invitation, token)

    def response_add(self, request, obj, post_url_continue=None):
        return redirect("admin:newsroom_invitation_changelist")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["verbs"] = [(verb, reverse(f"admin:{verb.url_name}", args=[obj.pk])) for verb in _offered(obj)]
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("roles"))
    def shown_roles(self, invitation):
        return ", ".join(str(role.label) for role in Role if role.value in invitation.roles)

    @admin.display(description=_("invited"))
    def shown_invited(self, invitation):
        told = {"at": told_moment(invitation.invited_at), "by": invitation.invited_by}
        return _("%(at)s, by %(by)s") % told

    @admin.display(description=_("link"))
    def shown_standing(self, invitation):
        if why := invitations.why_closed(invitation):
            return why
        if not invitation.sent_at:
            return _("It was not sent.")
        return _("works until %(when)s") % {"when": told_moment(invitation.expires_at)}

    @admin.display(description=_("what can be done"))
    def shown_verbs(self, invitation):
        links = [(reverse(f"admin:{verb.url_name}", args=[invitation.pk]), verb.label) for verb in _offered(invitation)]
        return format_html_join(" · ", '<a href="{}">{}</a>', links)


def _offered(invitation):
    return () if invitation.accepted_at or invitation.revoked_at else VERBS


def _mailed(request, invitation, token):
    sent = mail_invitation(invitation, token)
    if sent is None:
        messages.warning(request, PRINTED)
    elif sent:
        messages.success(request, SENT)
    else:
        messages.error(request, NOT_SENT)


def _page(invited, verb):
    """The page of a verb: what will happen, and the button that does it. The action asks again who may."""

    def page(request, pk):
        if not invited.has_view_permission(request):
            raise PermissionDenied(_("Only administrators may do this."))
        invitation = get_object_or_404(Invitation, pk=pk)
        form = forms.Form(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                verb.act(request, invitation)
                return redirect("admin:newsroom_invitation_changelist")
            except Refused as refusal:
                form.add_error(None, [str(reason) for reason in refusal.reasons])
        context = {"invitation": invitation, "standing": verb, "form": form, "title": verb.label}
        status = 409 if request.method == "POST" else 200
        return desk_site.answer(request, "backoffice/invitation_verb.html", status=status, **context)

    return page
