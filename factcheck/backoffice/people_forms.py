"""The forms for letting people in: their details, their roles, their password."""

from django import forms
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.forms import SetPasswordMixin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom import actions, old_password
from factcheck.newsroom.models import User
from factcheck.newsroom.roles import Role

from .desk_admin import DeskForm

LONG_ENOUGH = _("At least twelve characters, and nothing that is easy to guess.")


def _password_fields():
    first, second = SetPasswordMixin.create_password_fields(label1=_("Password"), label2=_("Password, once more"))
    first.help_text, second.help_text = LONG_ENOUGH, ""
    return first, second


class PersonForm(DeskForm):
    """Details and roles. What nobody may be given here (being a superuser, single permissions) is no field of it."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What somebody may do follows from their roles alone. Without one they can log in and do nothing."),
    )

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "byline"]
        labels = {"username": _("Log-in name"), "email": _("E-mail address")}
        help_texts = {
            "username": _("Letters, digits and @ . + - _ only. The journal knows them by it."),
            "byline": _("The name that readers see under a fact-check. Left empty, first and last name are used."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["roles"] = sorted(self.instance.roles)


class HireForm(SetPasswordMixin, PersonForm):
    """A new person, who may be given a password at once. The action says whether it is good enough."""

    password1, password2 = _password_fields()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].required = self.fields["password2"].required = False
        self.fields["password1"].help_text = _("Left empty, nobody can log in as them until they are given one.")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password1", "") != cleaned.get("password2", ""):
            self.add_error("password2", self.error_messages["password_mismatch"])
        return cleaned


class GivePasswordForm(SetPasswordMixin, forms.Form):
    """A new password for somebody else."""

    password1, password2 = _password_fields()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean(self):
        self.validate_passwords()
        return super().clean()


class OwnPasswordForm(AdminPasswordChangeForm):
    """One's own password: written by an action, so that the journal knows of it."""

    @property
    def has_none(self):
        """Whether somebody has no password that could be changed: they come in by single sign-on."""
        return not self.user.has_usable_password()

    def clean_old_password(self):
        if not old_password.is_theirs(self.user, self.cleaned_data["old_password"]):
            raise ValidationError(_("That is not your password."))
        return self.cleaned_data["old_password"]

    def save(self, commit=True):
        self.user = actions.change_own_password(by=self.user, password=self.cleaned_data["new_password1"])
        return self.user
