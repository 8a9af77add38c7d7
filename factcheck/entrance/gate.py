"""Nobody goes further than the pages of their own second factor before they have shown the one that is demanded of them."""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponseRedirect
from django.urls import reverse

from factcheck.newsroom.second_factor import has_second_factor, showed_second_factor

from .demanded import why_demanded

DEMANDED_AT_LOG_IN = "second_factor_demanded"
SINGLE_SIGN_ON = "sso"  # how a session notes that it began at the identity provider


class SecondFactorDemanded:
    """Middleware. Asks nothing of readers: their pages read no session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path.startswith(settings.STAFF_PATH) or getattr(view, "open_to_all", False):
            return None
        if not request.user.is_authenticated:
            return None
        if not request.user.is_staff:
            logout(request)  # the page itself then asks for a log-in
            return None
        return None if getattr(view, "before_second_factor", False) else _sent_away(request)


def _sent_away(request):
    if showed_second_factor(request) or _vouched_for(request):
        return None
    if not (why_demanded(request.user) or request.session.get(DEMANDED_AT_LOG_IN)):
        return None
    if has_second_factor(request.user):
        logout(request)  # it was set up elsewhere, after this session began: log in anew, with it
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")
    return HttpResponseRedirect(f"{reverse('mfa_index')}?{urlencode({'next': request.path})}")


def _vouched_for(request):
    """Whether the provider that let somebody in asks everybody for a second factor. Only this gate takes its word."""
    return settings.SSO_SECOND_FACTOR and any(
        record["method"] == SINGLE_SIGN_ON for record in get_authentication_records(request, request.user)
    )
