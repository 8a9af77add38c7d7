"""The addresses of the entrance, under the desk's own, and before them: log-in is here and nowhere else.

The names are django-allauth's where it looks an address up by its name. What is not named here (signing up, changing e-mail
addresses, logging in by a mailed code) does not exist.
"""

from django.urls import path, register_converter

from . import coming_in, forgotten, idle, invited, invited_by_sso, own_factors, single_sign_on
from .frame import framed


class Base36:
    """The number of a person, as a link carries it: no dash, which ends it."""

    regex = "[0-9A-Za-z]+"

    def to_python(self, value):
        return value

    to_url = to_python


register_converter(Base36, "base36")


def _outside(route, view, name):
    return path(route, framed(view.as_view(), open_to_all=True), name=name)


def _first(route, view, name):
    return path(route, framed(view.as_view(), before_second_factor=True), name=name)


def _inside(route, view, name):
    return path(route, framed(view.as_view()), name=name)


urlpatterns = [
    _outside("login/", coming_in.LogIn, "account_login"),
    _outside("login/second-factor/", coming_in.SecondFactor, "mfa_authenticate"),
    _outside("login/passkey/", coming_in.LogInByPasskey, "mfa_login_webauthn"),
    path("login/sso/", framed(single_sign_on.begin, open_to_all=True), name="entrance_sso"),
    path("login/sso/back/", framed(single_sign_on.back, open_to_all=True), name="entrance_sso_back"),
    _outside("login/closed/", coming_in.Closed, "account_inactive"),
    _outside("logout/", coming_in.LogOut, "account_logout"),
    _outside("logged-out/", coming_in.LoggedOut, "entrance_logged_out"),
    _outside("password/forgotten/", forgotten.Forgotten, "account_reset_password"),
    _outside("password/forgotten/sent/", forgotten.Sent, "account_reset_password_done"),
    _outside("password/new/done/", forgotten.Done, "account_reset_password_from_key_done"),
    _outside("password/new/<base36:uidb36>-<path:key>/", forgotten.NewPassword, "account_reset_password_from_key"),
    _outside("invited/by-sso/", invited_by_sso.BySingleSignOn, "entrance_invited_by_sso"),
    _outside("invited/<str:token>/", invited.Invited, "entrance_invited"),
    path("stay/", framed(idle.stay, before_second_factor=True), name="entrance_stay"),
    path("sessions/end/", framed(idle.end_session), name="entrance_end_session"),
    path("sessions/end-others/", framed(idle.end_others), name="entrance_end_others"),
    _first("again/", coming_in.PasswordAgain, "account_reauthenticate"),
    _first("second-factor/", own_factors.Overview, "mfa_index"),
    _first("second-factor/app/", own_factors.SetUpApp, "mfa_activate_totp"),
    _first("second-factor/passkeys/add/", own_factors.AddPasskey, "mfa_add_webauthn"),
    _first("second-factor/codes/", own_factors.RecoveryCodes, "mfa_view_recovery_codes"),
    _inside("second-factor/again/", coming_in.SecondFactorAgain, "mfa_reauthenticate"),
    _inside("second-factor/again/passkey/", coming_in.PasskeyAgain, "mfa_reauthenticate_webauthn"),
    _inside("second-factor/app/remove/", own_factors.RemoveApp, "mfa_deactivate_totp"),
    _inside("second-factor/passkeys/", own_factors.Passkeys, "mfa_list_webauthn"),
    _inside("second-factor/passkeys/<int:pk>/remove/", own_factors.RemovePasskey, "mfa_remove_webauthn"),
    _inside("second-factor/passkeys/<int:pk>/rename/", own_factors.RenamePasskey, "mfa_edit_webauthn"),
    _inside("second-factor/codes/new/", own_factors.NewRecoveryCodes, "mfa_generate_recovery_codes"),
]
