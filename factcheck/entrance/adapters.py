"""What django-allauth asks of us: who may come in, what the journal hears of it, and how secrets of second factors are kept."""

import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.userkit import get_user_by_username
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom import actions, comings
from factcheck.newsroom.sessions import browser_of

from . import forgotten, sealed
from .demanded import why_demanded
from .gate import DEMANDED_AT_LOG_IN

LOCKED_MINUTES = 5


class StaffAccounts(DefaultAccountAdapter):
    """Nobody signs up; people are let in by an administrator. Every coming and every refusal is in the journal."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("No account has this log-in name and password. Look at both and try again."),
        "too_many_login_attempts": _(
            "That was wrong too often. For five minutes nobody is let in under this name; then try again."
        ),
        "incorrect_password": _("That is not your password."),
        "enter_current_password": _("That is not your password."),
        "rate_limited": _("That was wrong too often. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._tell_once_that_it_is_locked(credentials)
            raise

    def authentication_failed(self, request, **credentials):
        if person := self._meant(credentials):
            comings.was_refused(person, why="password")

    def pre_login(self, request, user, **kwargs):
        if not (user.is_active and user.is_staff):
            comings.was_refused(user, why="closed")
            user.is_active = (
                False  # of this object alone: somebody who is no staff is told what somebody let go is told
            )
        return super().pre_login(request, user, **kwargs)

    def login(self, request, user):
        shown = [_named(record) for record in get_authentication_records(request, user)]
        super().login(request, user)
        request.session["browser"] = browser_of(request.headers.get("User-Agent", ""))
        request.session[DEMANDED_AT_LOG_IN] = bool(why_demanded(user, at_log_in=True))
        comings.came_in(user, how=shown)

    def set_password(self, user, password):
        actions.set_forgotten_password(user, password=password)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whoever logged in a moment ago need not type it all once more."""
        records = get_authentication_records(context.request, context.request.user)
        last = max((record["at"] for record in records), default=0)
        if time.time() - last <= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        if not super().get_reauthentication_methods(context.request.user) and _comes_by_provider(context.request.user):
            raise ReauthenticationRequired  # allauth would ask nothing of somebody who has neither password nor factor
        return True

    def get_reauthentication_methods(self, user):
        """Whoever has no password here shows at the provider that it is them."""
        by_provider = {"id": "sso", "description": settings.SSO_NAME, "url": reverse("entrance_sso")}
        return [*super().get_reauthentication_methods(user), *([by_provider] if _comes_by_provider(user) else [])]

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Our pages say themselves what happened."""

    def format_email_subject(self, subject):
        return f"{settings.NEWSROOM_NAME}: {subject}"

    def get_reset_password_from_key_url(self, key):
        """By the newsroom's own address, and never by what a request calls us."""
        number, _dash, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[number, token])

    def send_mail(self, template_prefix, email, context):
        forgotten.send_soon(self.render_mail(template_prefix, email, context))

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Nobody is written to: the journal and the page of one's own log-in say it."""

    def _meant(self, credentials):
        return get_user_by_username(credentials.get("username") or "")

    def _tell_once_that_it_is_locked(self, credentials):
        person = self._meant(credentials)
        if person and cache.add(f"entrance.locked.{person.pk}", True, timeout=LOCKED_MINUTES * 60):
            comings.was_refused(person, why="locked")


def _comes_by_provider(user):
    return bool(settings.SSO) and user.is_authenticated and not user.has_usable_password()


def _named(record):
    return record.get("type") or record["method"]


class SecondFactors(DefaultMFAAdapter):
    """Secrets of authenticator apps lie in the database under a key that does not."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That did not match. A code of the app works once, for about a minute."),
    }

    def encrypt(self, text):
        return sealed.seal(text)

    def decrypt(self, encrypted_text):
        return sealed.unseal(encrypted_text)

    def get_totp_issuer(self):
        return settings.NEWSROOM_NAME

    def get_totp_label(self, user):
        return user.get_username()

    def _get_user_identifier(self, user):
        return user.get_username()

    def _get_site_name(self):
        return settings.NEWSROOM_NAME

    def build_totp_svg(self, url):
        return (
            super().build_totp_svg(url).partition("?>")[2].strip()
        )  # an <svg> to stand in a page, without XML's first line

    def generate_authenticator_name(self, user, type):
        return str(_("Passkey"))
