"""The people of the newsroom at the desk: let in, given roles and passwords, let go. Administrators alone write here."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom import actions, sessions, sign_on
from factcheck.newsroom.models import User
from factcheck.newsroom.refusals import Refused
from factcheck.newsroom.roles import Role
from factcheck.newsroom.second_factor import has_second_factor
from factcheck.sources.custody import require_no_custody

from .desk_admin import DeskAdmin
from .lists import DeskChangeList
from .people_forms import GivePasswordForm, HireForm, PersonForm
from .site import desk_site
from .telling import told_moment


@dataclass(frozen=True)
class Standing:
    """A verb about a person's account: `act(person, by, data)`, offered while `for_active` is what the account is."""

    code: str
    label: str
    told: str
    act: object
    for_active: bool
    form: type = forms.Form
    tone: str = ""
    for_example: bool = False  # offered for the people of the worked example alone

    def is_offered(self, person, to):
        fits = self.for_active == person.is_active and person.pk != to.pk
        return fits and (person.is_example or not self.for_example)


def _give_password(person, by, data):
    """Whoever keeps a source and has no second factor yet would set one up with the password that somebody else chose."""
    if not has_second_factor(person):
        require_no_custody(person)
    actions.give_password(person, by=by, password=data["password1"])


def _take_away_second_factor(person, by, data):
    require_no_custody(person)
    actions.take_away_second_factor(person, by=by)


STANDINGS = (
    Standing(
        "password",
        _("Give a new password"),
        _("The old password stops working at once, and so does every browser they are logged in with."),
        _give_password,
        for_active=True,
        form=GivePasswordForm,
    ),
    Standing(
        "end-sessions",
        _("End all sessions"),
        _("Every browser they are logged in with is logged out at once. They can log in again."),
        lambda person, by, data: sessions.end_all_of(person, by=by),
        for_active=True,
    ),
    Standing(
        "second-factor",
        _("Take away second factor"),
        _(
            "For somebody who has lost theirs. Make sure that it is them who asks. Every browser they are logged in with is "
            "logged out, and they set up a new one at the next log-in."
        ),
        _take_away_second_factor,
        for_active=True,
        tone="grave",
    ),
    Standing(
        "sign-on",
        _("Unlink single sign-on"),
        _(
            "For somebody whose account at the identity provider is another one now. Every browser they are logged in with is "
            "logged out, and their next single sign-on is told by their e-mail address again."
        ),
        lambda person, by, data: sign_on.unlink(person, by=by),
        for_active=True,
    ),
    Standing(
        "let-go",
        _("Let go"),
        _("Their account is closed at once. Everything they did stays on the record, under their name."),
        lambda person, by, data: actions.let_go(person, by=by),
        for_active=True,
        tone="grave",
    ),
    Standing(
        "example-off",
        _("Turn the example’s people off"),
        _(
            "Everybody who came with the worked example is let go at once, and logged out. They logged in with one password "
            "and no second factor, so do this before anything is written here that matters."
        ),
        lambda person, by, data: actions.turn_off_example(by=by),
        for_active=True,
        tone="grave",
        for_example=True,
    ),
    Standing(
        "bring-back",
        _("Bring back"),
        _("Their account is open again, with the roles and the password that it had."),
        lambda person, by, data: actions.bring_back(person, by=by),
        for_active=False,
    ),
)


@admin.register(User, site=desk_site)
class PersonAdmin(DeskAdmin):
    form = PersonForm
    change_form_template = "backoffice/person.html"
    change_list_template = "backoffice/people.html"
    list_display = ["username", "shown_as", "shown_roles", "shown_standing", "shown_last_seen"]
    search_fields = ["username", "first_name", "last_name", "byline"]
    ordering = ["username"]
    details = ["username", ("first_name", "last_name"), "email", "byline"]

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        parts = [(None, {"fields": self.details}), (_("What they may do"), {"fields": ["roles"]})]
        if not obj:
            parts.append((_("First password"), {"fields": [("password1", "password2")]}))
        return parts if self.has_change_permission(request) else [(None, {"fields": [*self.details, "shown_roles"]})]

    def get_readonly_fields(self, request, obj=None):
        return ["shown_roles"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change=change, **({} if change else {"form": HireForm}), **kwargs)

    def get_urls(self):
        site = self.admin_site
        pages = [
            path(f"<int:pk>/{each.code}/", site.admin_view(_page(site, self, each)), name=url_name(each))
            for each in STANDINGS
        ]
        return [*pages, *super().get_urls()]

    def save_model(self, request, obj, form, change):
        given = form.cleaned_data
        details = {name: given[name] for name in PersonForm.Meta.fields}
        if not change:
            password = given["password1"] or None
            obj.pk = actions.hire(by=request.user, roles=given["roles"], password=password, **details).pk
            return
        person = User.objects.get(pk=obj.pk)
        actions.change_details(person, by=request.user, **details)
        if set(given["roles"]) != set(person.roles):
            actions.change_roles(person, by=request.user, roles=given["roles"])

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and self.has_change_permission(request):
            offered = [each for each in STANDINGS if each.is_offered(obj, request.user)]
            context["standings"] = [(each, reverse(f"admin:{url_name(each)}", args=[obj.pk])) for each in offered]
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("name"))
    def shown_as(self, person):
        return person.shown_as

    @admin.display(description=_("roles"))
    def shown_roles(self, person):
        has = {group.name for group in person.groups.all()}
        return ", ".join(str(role.label) for role in Role if role.value in has)

    @admin.display(description=_("last logged in"), ordering="last_login")
    def shown_last_seen(self, person):
        return told_moment(person.last_login) if person.last_login else ""

    @admin.display(description=_("account"), ordering="is_active")
    def shown_standing(self, person):
        return _("open") if person.is_active else _("closed")


def url_name(standing):
    return f"newsroom_user_{standing.code.replace('-', '_')}"


def _page(site, people, standing):
    """The page of a standing: what will happen, and the button that does it. The action asks again who may."""

    def page(request, pk):
        if not people.has_change_permission(request):
            raise PermissionDenied(_("Only administrators may do this."))
        person = get_object_or_404(User, pk=pk)
        form = standing.form(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid() and _done(request, standing, person, form):
            return redirect("admin:newsroom_user_change", pk)
        status = 400 if request.method == "POST" else 200
        context = {"person": person, "standing": standing, "form": form, "title": standing.label}
        return site.answer(request, "backoffice/standing.html", status=status, **context)

    return page


def _done(request, standing, person, form):
    try:
        standing.act(person, request.user, form.cleaned_data)
    except ValidationError as problem:
        form.add_error("password1", problem)
        return False
    except Refused as refusal:
        form.add_error(None, [str(reason) for reason in refusal.reasons])
        return False
    messages.success(request, _("Done, and written into the journal."))
    return True
