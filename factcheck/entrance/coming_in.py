"""Coming in: password, second factor, passkey; and going out."""

from allauth.account import views as account
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as codes
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal import flows
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import TemplateView

from factcheck.newsroom import comings
from factcheck.newsroom.models import User

PASSKEY_REFUSED = "passkey_refused"


class LogIn(account.LoginView):
    template_name = "entrance/log_in.html"

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "example_people": User.objects.filter(is_example=True, is_active=True).exists(),
            "sso_name": settings.SSO_NAME if settings.SSO else "",
            "passkey_refused": self.request.session.pop(PASSKEY_REFUSED, False),
        }


class SecondFactor(codes.AuthenticateView):
    """The second step of a log-in."""

    template_name = "entrance/second_step.html"

    def form_invalid(self, form):
        comings.was_refused(self.stage.login.user, why="second factor")
        return super().form_invalid(form)


class LogInByPasskey(passkeys.LoginWebAuthnView):
    def form_valid(self, form):
        person = form.cleaned_data["credential"].user
        login = Login(user=person, redirect_url=get_next_redirect_url(self.request))
        return flows.perform_passwordless_login(self.request, form.cleaned_data["credential"], login)

    def form_invalid(self, form):
        self.request.session[PASSKEY_REFUSED] = True
        return redirect("account_login")


class PasswordAgain(account.ReauthenticateView):
    template_name = "entrance/again.html"


class SecondFactorAgain(codes.ReauthenticateView):
    template_name = "entrance/again.html"

    def form_valid(self, form):
        comings.confirmed(self.request.user)
        return super().form_valid(form)

    def form_invalid(self, form):
        comings.was_refused(self.request.user, why="second factor")
        return super().form_invalid(form)


class PasskeyAgain(passkeys.ReauthenticateWebAuthnView):
    template_name = "entrance/again_by_passkey.html"

    def form_valid(self, form):
        comings.confirmed(self.request.user)
        return super().form_valid(form)

    def form_invalid(self, form):
        comings.was_refused(self.request.user, why="second factor")
        return self.render_to_response(self.get_context_data(form=form))


class LogOut(account.LogoutView):
    template_name = "entrance/log_out.html"

    def get_redirect_url(self):
        return reverse("entrance_logged_out")


class LoggedOut(TemplateView):
    template_name = "registration/logged_out.html"


class Closed(account.AccountInactiveView):
    template_name = "entrance/closed.html"


def safe_next(request):
    """Where the address says to go on to, if that is a page of ours; else nothing."""
    url = request.GET.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""
