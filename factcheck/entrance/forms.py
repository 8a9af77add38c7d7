"""The forms of the entrance: django-allauth's, in our words, with a label over each field and no placeholder in its place."""

import hashlib

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom import checks, old_password

WORKS_FOR = 3 * 60  # seconds, longer than any code of an app is taken for


class Plain:
    """Labels from `labels`, help from `helps`, nothing in the boxes."""

    labels = {}
    helps = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


class LogInForm(Plain, account.LoginForm):
    labels = {"login": _("Log-in name"), "password": _("Password")}


class PasswordAgainForm(Plain, account.ReauthenticateForm):
    labels = {"password": _("Your password")}

    def clean_password(self):
        if not old_password.is_theirs(self.user, self.cleaned_data["password"]):
            raise ValidationError(_("That is not your password."))
        return self.cleaned_data["password"]


class ForgottenForm(Plain, account.ResetPasswordForm):
    labels = {"email": _("Your e-mail address")}


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("New password, once more")}
    helps = {"password1": _("At least twelve characters, and nothing that is easy to guess.")}


class OnceOnly:
    """A code is taken once, for as long as it could be taken at all: a look over a shoulder opens nothing."""

    labels = {"code": _("Code")}

    def clean_code(self):
        code = super().clean_code()
        used = hashlib.sha256(f"{self.user.pk} {code}".encode()).hexdigest()
        if not cache.add(f"entrance.code.{used}", True, timeout=WORKS_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OnceOnly, Plain, codes.AuthenticateForm):
    helps = {"code": _("The six digits that your authenticator app shows now, or one of your recovery codes.")}


class CodeAgainForm(OnceOnly, Plain, codes.ReauthenticateForm):
    helps = CodeForm.helps


class SetUpAppForm(OnceOnly, Plain, totp.ActivateTOTPForm):
    helps = {"code": _("The six digits that the app shows for it now.")}


class RemoveAppForm(Plain, totp.DeactivateTOTPForm):
    pass


class Named:
    """A passkey's name is kept and shown like any other text, and nothing in it may tell who a protected source is (CS-7)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["maxlength"] = self.fields["name"].max_length = 60

    def clean_name(self):
        name, by = self.cleaned_data["name"], self.user if hasattr(self, "user") else self.instance.user
        if found := checks.refusals({"name": name}, by=by):
            raise ValidationError(list(found.values()))
        return super().clean_name() if hasattr(super(), "clean_name") else name  # of a new one, one is made up


class AddPasskeyForm(Named, Plain, passkeys.AddWebAuthnForm):
    labels = {"name": _("What you call it"), "passwordless": _("Log in with it alone, without typing a password")}
    helps = {
        "name": _("So that you know it from others later: the phone or the key that it is on."),
        "passwordless": _("It then asks for your finger, your face or its PIN each time."),
    }


class RenamePasskeyForm(Named, Plain, passkeys.EditWebAuthnForm):
    labels = {"name": _("What you call it")}
