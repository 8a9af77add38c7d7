"""Coming in by the newsroom's identity provider (OpenID Connect, authorization code with PKCE).

It stands in for the password alone. The second factor is asked for as ever, unless the newsroom says that the provider
asks everybody for one (SSO_SECOND_FACTOR); what wants a fresh one never takes the provider's word.
"""

import logging
import time
from functools import cache

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from factcheck.newsroom import sign_on
from factcheck.newsroom.refusals import Refused

from .coming_in import safe_next
from .gate import SINGLE_SIGN_ON
from .invited_by_sso import vouch

NEXT = "sso_next"
FRESH = 5 * 60  # seconds since somebody told the provider who they are, where that is asked anew
SECONDS = 10  # for each answer of the provider
# A key that the provider publishes must be good for checking and for nothing else: no shared secret, no "none".
SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
log = logging.getLogger(__name__)


@require_GET
def begin(request):
    """Off to the provider. By a link, because a form may not lead away from here; nothing is decided by opening it."""
    _demand_a_provider()
    request.session[NEXT] = safe_next(request)
    try:
        client = _client(settings.SSO)
        _hold_to_its_name(client)
        anew = {"prompt": "login", "max_age": 0} if request.user.is_authenticated else {}
        return client.authorize_redirect(request, settings.SITE_URL + reverse("entrance_sso_back"), **anew)
    except _unreachable() as problem:
        return _provider_failed(request, problem)


@require_GET
def back(request):
    """Back from the provider, with a code that is good once."""
    _demand_a_provider()
    from authlib.integrations.base_client import MismatchingStateError, OAuthError
    from joserfc.errors import JoseError

    try:
        told = _told(request)
    except MismatchingStateError:
        return _refused(
            request, 400, _("This log-in was begun in another browser, or it was used already. Begin it again.")
        )
    except OAuthError:  # what it says of the error is anybody's words: they stand in an address
        return _refused(request, 403, _("The provider did not confirm who you are. Try again, or use your password."))
    except JoseError:
        return _refused(request, 403, _("What the provider says of you could not be verified. Try again later."))
    except _unreachable() as problem:
        return _provider_failed(request, problem)
    return _let_in(request, told)


def _let_in(request, told):
    who = {"issuer": settings.SSO.issuer, "subject": told["sub"], "email": str(told.get("email") or "")}
    try:
        person = sign_on.person_for(**who, verified=told.get("email_verified") is True)
    except sign_on.Invited:
        return vouch(request, **who)
    except Refused as refused:
        return _refused(request, 403, " ".join(refused.reasons))
    if request.user.is_authenticated:
        return _again(request, person, told)
    record_authentication(request, person, SINGLE_SIGN_ON)
    return perform_login(request, Login(user=person, redirect_url=request.session.pop(NEXT, "") or None))


def _again(request, person, told):
    """Somebody who is logged in shows that it is them: they have just told the provider who they are."""
    fresh = isinstance(told.get("auth_time"), int) and time.time() - told["auth_time"] < FRESH
    if person != request.user or not fresh:
        return _refused(
            request, 403, _("The provider did not confirm that it is you who sits here now. Log out, and log in again.")
        )
    record_authentication(request, person, SINGLE_SIGN_ON)
    return HttpResponseRedirect(request.session.pop(NEXT, "") or reverse("admin:index"))


def _told(request):
    """What the provider says of somebody: its claims, with signature, issuer, audience, nonce and time checked."""
    from authlib.integrations.base_client import OAuthError

    client = _client(settings.SSO)
    wanted = {
        "iss": {"essential": True, "value": _hold_to_its_name(client)},
        "aud": {"essential": True, "value": settings.SSO.client},
        "nonce": {"essential": True},
    }
    token = client.authorize_access_token(request, claims_options=wanted, leeway=60)
    told = token.get("userinfo")
    if not told or not isinstance(told.get("sub"), str) or not 0 < len(told["sub"]) <= 255:
        raise OAuthError("no identity")
    if "email" in told:
        return told
    more = client.userinfo(token=token)
    if more.get("sub") != told["sub"]:
        raise OAuthError("another identity")
    return {**more, **told}


@cache
def _client(provider):
    from authlib.integrations.django_client import OAuth

    return OAuth().register(
        "newsroom",
        client_id=provider.client,
        client_secret=provider.secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS,
            "trust_env": False,
        },
    )


def _hold_to_its_name(client):
    """The provider describes itself under the name of the setting, and signs as we can check. Returns its name as it writes it."""
    described = client.load_server_metadata()
    if str(described.get("issuer", "")).rstrip("/") != settings.SSO.issuer:
        raise ValueError("The provider calls itself by another name.")
    offered = described.get("id_token_signing_alg_values_supported") or []
    described["id_token_signing_alg_values_supported"] = [name for name in offered if name in SIGNATURES] or ["RS256"]
    return described["issuer"]


def _demand_a_provider():
    if not settings.SSO:
        raise Http404


def _unreachable():
    """What is raised where the provider cannot be had, or answers nonsense."""
    from requests import RequestException

    return (RequestException, ValueError, KeyError, TypeError, AttributeError, RuntimeError)


def _provider_failed(request, problem):
    log.error("Single sign-on: the provider could not be asked (%s).", type(problem).__name__)
    return _refused(
        request, 502, _("The provider cannot be reached at the moment. Use your password, or try again later.")
    )


def _refused(request, status, why):
    return TemplateResponse(request, "entrance/sso_refused.html", {"why": why}, status=status)
