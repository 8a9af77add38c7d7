"""One's own second factors: set up, looked at, taken away. Each change is in the journal and ends one's other sessions."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.urls import reverse

from factcheck.newsroom import comings, sessions
from factcheck.newsroom.second_factor import has_second_factor

from .coming_in import safe_next
from .demanded import why_demanded
from .gate import DEMANDED_AT_LOG_IN

GO_ON = "after_second_factor"


class Overview(base.IndexView):
    template_name = "entrance/second_factors.html"

    def get(self, request, *args, **kwargs):
        if url := safe_next(request):
            request.session[GO_ON] = url
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        person = self.request.user
        demanded = why_demanded(person, at_log_in=bool(self.request.session.get(DEMANDED_AT_LOG_IN)))
        return {
            **super().get_context_data(**kwargs),
            "why_demanded": demanded,
            "wanted": "wanted" in self.request.GET,
            "has_second_factor": has_second_factor(person),
            "passkeys_work_here": _passkeys_work_at(self.request),
            "sessions": sessions.of(person),
            "this_session": sessions.hashed(self.request.session.session_key),
        }


class SetUpApp(totp.ActivateTOTPView):
    template_name = "entrance/set_up_app.html"

    def form_valid(self, form):
        answer = super().form_valid(form)
        _set_up(self.request, Authenticator.Type.TOTP)
        return answer


class RemoveApp(totp.DeactivateTOTPView):
    template_name = "entrance/remove_app.html"

    def form_valid(self, form):
        answer = super().form_valid(form)
        _taken_away(self.request, Authenticator.Type.TOTP)
        return answer


class Passkeys(passkeys.ListWebAuthnView):
    template_name = "entrance/passkeys.html"


class AddPasskey(passkeys.AddWebAuthnView):
    template_name = "entrance/add_passkey.html"

    def get_initial(self):
        return {**super().get_initial(), "passwordless": True}

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), **({"form": kwargs["form"]} if "form" in kwargs else {})}

    def form_valid(self, form):
        answer = super().form_valid(form)
        _set_up(self.request, Authenticator.Type.WEBAUTHN)
        return answer


class RemovePasskey(passkeys.RemoveWebAuthnView):
    template_name = "entrance/remove_passkey.html"

    def form_valid(self, form):
        answer = super().form_valid(form)
        _taken_away(self.request, Authenticator.Type.WEBAUTHN)
        return answer


class RenamePasskey(passkeys.EditWebAuthnView):
    template_name = "entrance/rename_passkey.html"


class RecoveryCodes(recovery.ViewRecoveryCodesView):
    template_name = "entrance/recovery_codes.html"

    def get_context_data(self, **kwargs):
        go_on = self.request.session.get(GO_ON) or reverse("admin:index")
        return {**super().get_context_data(**kwargs), "go_on": go_on}


class NewRecoveryCodes(recovery.GenerateRecoveryCodesView):
    template_name = "entrance/new_recovery_codes.html"

    def form_valid(self, form):
        answer = super().form_valid(form)
        comings.second_factor_changed(self.request.user, by=self.request.user, added=True, kind="recovery_codes")
        return answer


def _set_up(request, kind):
    record_authentication(request, request.user, "mfa", type=kind.value)  # setting it up was showing it
    comings.second_factor_changed(request.user, by=request.user, added=True, kind=kind.value)
    sessions.end_others(by=request.user, but=request.session.session_key)


def _taken_away(request, kind):
    comings.second_factor_changed(request.user, by=request.user, added=False, kind=kind.value)


def _passkeys_work_at(request):
    """Browsers make passkeys for names alone, over TLS or on the machine itself: not for http://127.0.0.1."""
    host = request.get_host().partition(":")[0]
    return settings.OVER_TLS or host == "localhost"
