"""Who has shown a second factor, and when: what every door of the newsroom asks before it opens something delicate.

A second factor is a code of an authenticator app, a passkey or a recovery code. What it is kept in and how it is checked is
django-allauth's; who must have one is `entrance/demanded.py`.
"""

import time
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes are there only beside one of these


def has_second_factor(person):
    """Whether this person has an authenticator app or a passkey."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).exists()


def showed_second_factor(request):
    """Whether whoever is logged in showed a second factor, at the log-in or since."""
    return _last_shown(request) is not None


def fresh_second_factor(request):
    """Whether whoever is logged in showed a second factor within the last FRESH_SECOND_FACTOR_MINUTES (CS-3).

    True for nobody without one. Ask on GET and again on POST; where it is False, answer `ask_second_factor(request)`.
    """
    shown = _last_shown(request)
    return shown is not None and 0 <= time.time() - shown < settings.FRESH_SECOND_FACTOR_MINUTES * 60


def ask_second_factor(request, back_to=None):
    """To the page that asks for a second factor, and from there to `back_to` (this page). Whoever has none sets one up first.

    What was posted is not kept: give it a page that is opened by GET.
    """
    page = "mfa_reauthenticate" if has_second_factor(request.user) else "mfa_index"
    asked = {"next": back_to or request.get_full_path()} | ({"wanted": "1"} if page == "mfa_index" else {})
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode(asked)}")


def _last_shown(request):
    if not request.user.is_authenticated:
        return None
    shown = [one["at"] for one in get_authentication_records(request, request.user) if one.get("method") == "mfa"]
    return max(shown, default=None)
