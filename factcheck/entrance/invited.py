"""The link of an invitation: whoever has it chooses a log-in name and a password, and is at the desk.

Where there is single sign-on, it can be taken up by that instead: `invited_by_sso.py`.

Opening it uses nothing up, so that a mail program which looks at links first does no harm.
"""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.contrib.auth.forms import SetPasswordMixin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from factcheck.newsroom import invitations
from factcheck.newsroom.models import User

CHOSEN = ["username", "first_name", "last_name", "byline"]
AUTOCOMPLETE = {"username": "username", "first_name": "given-name", "last_name": "family-name"}


class ChosenForm(forms.ModelForm):
    """What somebody who was invited chooses. The roles and the address are the invitation's."""

    class Meta:
        model = User
        fields = CHOSEN
        labels = {"username": _("Log-in name")}
        help_texts = {
            "username": _("Letters, digits and @ . + - _ only. The journal knows you by it."),
            "byline": _("The name that readers see under a fact-check. Left empty, first and last name are used."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for name, known_as in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = known_as


class InvitedForm(SetPasswordMixin, ChosenForm):
    """And a password, where nobody else vouches for them."""

    password1, password2 = SetPasswordMixin.create_password_fields(
        label1=_("Password"), label2=_("Password, once more")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _("At least twelve characters, and nothing that is easy to guess.")
        self.fields["password2"].help_text = ""

    def clean(self):
        self.validate_passwords()
        return super().clean()


class Invited(FormView):
    form_class = InvitedForm
    template_name = "entrance/invited.html"

    def dispatch(self, request, *args, **kwargs):
        try:
            self.invitation = self.invited()
            return super().dispatch(request, *args, **kwargs)
        except invitations.Closed as closed:
            told = {"why": closed.reasons[0]}
            return TemplateResponse(request, "entrance/invitation_closed.html", told, status=410)

    def invited(self):
        if invitation := invitations.open_with(self.kwargs["token"]):
            return invitation
        raise Http404

    def get_context_data(self, **kwargs):
        sso_name = settings.SSO_NAME if settings.SSO else ""
        return {**super().get_context_data(**kwargs), "invitation": self.invitation, "sso_name": sso_name}

    def form_valid(self, form):
        given = form.cleaned_data
        chosen = {name: given[name] for name in CHOSEN}
        try:
            person = invitations.accept(self.invitation, password=given["password1"], **chosen)
        except ValidationError as problem:
            blame(form, problem)
            return self.form_invalid(form)
        return perform_password_login(self.request, {"username": person.username}, Login(user=person))


def blame(form, problem):
    """Put what an action says beside the field it is about; what is about none of the form's, over all of them."""
    told = problem.error_dict if hasattr(problem, "error_dict") else {"password1": problem.error_list}
    for name, errors in told.items():
        form.add_error(name if name in form.fields else None, [text for error in errors for text in error.messages])
