"""Coming in by the newsroom's identity provider: it says who somebody is, and nothing of it is believed unchecked."""

import time

import pytest
from django.test import Client
from joserfc.jwk import RSAKey

from factcheck.entrance import single_sign_on
from factcheck.environment_sso import Provider
from factcheck.newsroom import actions, sign_on
from factcheck.newsroom.models import JournalEntry, SignOn, User
from factcheck.newsroom.second_factor import fresh_second_factor, showed_second_factor
from tests.backoffice.steps import text_of
from tests.entering import give_app

from .provider import CLIENT, SECRET, IdentityProvider

BEGIN, BACK = "/desk/login/sso/", "/desk/login/sso/back/"


@pytest.fixture
def provider(settings, journalist):
    with IdentityProvider() as provider:
        single_sign_on._client.cache_clear()
        settings.SSO = Provider(provider.issuer, CLIENT, SECRET)
        provider.claims = {"email": _with_address(journalist).email, "email_verified": True}
        yield provider


def _with_address(person, address="moana@record.example"):
    User.objects.filter(pk=person.pk).update(email=address)
    return User.objects.get(pk=person.pk)


def come_back(provider, browser, **query):
    location = browser.get(BEGIN, query).headers["Location"]
    assert location.startswith(f"{provider.issuer}/authorization_endpoint?")
    return browser.get(provider.log_in(location).partition("8000")[2])


def told(verb):
    return list(JournalEntry.objects.filter(verb=verb).values_list("actor", "details"))


def test_person_comes_in_and_the_journal_says_how(provider, browser, journalist):
    assert come_back(provider, browser).headers["Location"] == "/desk/"
    assert browser.get("/desk/").status_code == 200
    assert told("logged in")[-1] == (journalist.username, {"how": ["sso"]})
    assert told("linked single sign-on of") == [(journalist.username, {})]


def test_door_leads_on_to_where_one_wanted_to_go_and_nowhere_else(provider, browser):
    assert come_back(provider, browser, next="/desk/claims/claim/").headers["Location"] == "/desk/claims/claim/"
    assert come_back(provider, Client(), next="https://evil.example/").headers["Location"] == "/desk/"


def test_log_in_page_offers_it_only_where_there_is_a_provider(provider, browser, settings):
    assert "Log in with Single sign-on" in text_of(browser.get("/desk/login/"))
    settings.SSO = None
    assert "Single sign-on" not in text_of(browser.get("/desk/login/"))
    assert [browser.get(address).status_code for address in (BEGIN, BACK)] == [404, 404]


def test_account_there_stays_linked_when_its_address_passes_to_somebody_else(provider, browser, journalist, editor):
    come_back(provider, browser)
    _with_address(editor, "theirs@record.example")
    provider.claims["email"] = "theirs@record.example"
    again = Client()
    come_back(provider, again)
    assert again.session["_auth_user_id"] == str(journalist.pk)


def _two_have_it(provider, journalist, editor):
    _with_address(editor, "MOANA@record.example")


def _nobody_has_it(provider, journalist, editor):
    provider.claims["email"] = "stranger@record.example"


def _not_verified(provider, journalist, editor):
    provider.claims["email_verified"] = False


def _verified_in_words(provider, journalist, editor):
    provider.claims["email_verified"] = "true"


def _let_go(provider, journalist, editor):
    User.objects.filter(pk=journalist.pk).update(is_active=False)


def _linked_to_another(provider, journalist, editor):
    SignOn.objects.create(issuer=provider.issuer, subject="u-0", person=journalist)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_two_have_it, "Two accounts here have your e-mail address"),
        (_nobody_has_it, "No account here has your e-mail address"),
        (_not_verified, "does not vouch for your e-mail address"),
        (_verified_in_words, "does not vouch for your e-mail address"),
        (_let_go, "No account here has your e-mail address"),
        (_linked_to_another, "linked to another account of the provider"),
    ],
)
def test_whoever_is_nobody_here_is_told_why(provider, browser, journalist, editor, change, why):
    change(provider, journalist, editor)
    answer = come_back(provider, browser)
    assert (answer.status_code, why in text_of(answer)) == (403, True)
    assert "_auth_user_id" not in browser.session


def test_somebody_let_go_since_is_told_that_the_account_is_closed(provider, browser, journalist, administrator):
    come_back(provider, browser)
    actions.let_go(journalist, by=administrator)
    assert come_back(provider, Client()).headers["Location"] == "/desk/login/closed/"
    assert told("refused log-in of")[-1][1] == {"why": "closed"}


FORGED = {
    "another audience": {"aud": "somebody-else"},
    "another audience, and us as whom it was made for": {"aud": "somebody-else", "azp": CLIENT},
    "another issuer": {"iss": "https://evil.example"},
    "another log-in's nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "expired": {"exp": int(time.time()) - 600},
    "no expiry": {"exp": None},
    "nobody": {"sub": None},
    "an empty name": {"sub": ""},
    "a number for a name": {"sub": 7},
}


@pytest.mark.parametrize("claims", FORGED.values(), ids=FORGED)
def test_token_that_is_not_for_us_now_is_refused(provider, browser, claims):
    provider.claims |= claims
    assert come_back(provider, browser).status_code == 403
    assert "_auth_user_id" not in browser.session


def test_token_signed_by_another_key_is_refused(provider, browser):
    provider.key = RSAKey.generate_key(2048, {"kid": "one"}, auto_kid=False)
    answer = come_back(provider, browser)
    assert (answer.status_code, "could not be verified" in text_of(answer)) == (403, True)


def test_key_that_the_provider_changed_is_fetched_anew(provider, browser):
    come_back(provider, browser)
    provider.published = provider.key = RSAKey.generate_key(2048, {"kid": "two"}, auto_kid=False)
    assert come_back(provider, Client()).status_code == 403  # its token still names the old key
    provider.kid = "two"
    assert come_back(provider, Client()).status_code == 302


def test_code_and_state_are_good_once_and_in_one_browser(provider, browser):
    location = browser.get(BEGIN).headers["Location"]
    back = provider.log_in(location).partition("8000")[2]
    assert Client().get(back).status_code == 400
    assert browser.get(back).status_code == 302
    assert browser.get(back).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?code=x",
        "?state=x",
        "?code=x&state=%00",
        "?error=access_denied",
        "?error=<script>&error_description=Send+money",
    ],
)
def test_nonsense_on_the_way_back_is_refused_without_repeating_it(provider, browser, query):
    answer = browser.get(BACK + query)
    assert answer.status_code in (400, 403)
    assert "Send money" not in answer.content.decode() and "<script>" not in answer.content.decode()


@pytest.mark.parametrize("spoilt", ["openid-configuration", "jwks_uri", "token_endpoint"])
def test_provider_that_answers_nonsense_is_a_plain_page(provider, browser, spoilt):
    provider.spoilt.add(spoilt)
    begun = browser.get(BEGIN)
    answer = (
        browser.get(provider.log_in(begun.headers["Location"]).partition("8000")[2])
        if begun.status_code == 302
        else begun
    )
    assert answer.status_code in (403, 502)
    assert "You are not logged in" in text_of(answer)


def test_provider_that_is_down_or_calls_itself_otherwise_is_a_plain_page(provider, browser):
    provider.description = {"issuer": "https://evil.example"}
    assert browser.get(BEGIN).status_code == 502
    single_sign_on._client.cache_clear()
    provider.close()
    answer = browser.get(BEGIN)
    assert (answer.status_code, "cannot be reached" in text_of(answer)) == (502, True)


def test_address_may_come_from_the_providers_userinfo_of_the_same_person(provider, browser):
    provider.userinfo = {"sub": "u-1", **provider.claims}
    provider.claims = {}
    assert come_back(provider, browser).status_code == 302
    provider.userinfo["sub"] = "u-2"
    assert come_back(provider, Client()).status_code == 403


def test_second_factor_is_demanded_all_the_same(provider, browser, editor, journalist):
    User.objects.filter(pk=journalist.pk).update(email="")
    _with_address(editor)
    come_back(provider, browser)
    assert browser.get("/desk/").headers["Location"].startswith("/desk/second-factor/")


def test_providers_second_factor_opens_the_desk_and_never_the_vault(provider, browser, editor, journalist, settings):
    settings.SSO_SECOND_FACTOR = True
    User.objects.filter(pk=journalist.pk).update(email="")
    _with_address(editor)
    come_back(provider, browser)
    answer = browser.get("/desk/")
    assert answer.status_code == 200
    assert not showed_second_factor(answer.wsgi_request) and not fresh_second_factor(answer.wsgi_request)


def test_own_second_factor_is_asked_for_by_whoever_has_one(provider, browser, journalist, settings):
    settings.SSO_SECOND_FACTOR = True
    give_app(journalist)
    assert come_back(provider, browser).headers["Location"].startswith("/desk/login/second-factor/")


def test_administrator_unlinks_somebody_and_their_sessions_end(provider, browser, journalist, administrator):
    come_back(provider, browser)
    sign_on.unlink(journalist, by=administrator)
    assert not SignOn.objects.exists()
    assert browser.get("/desk/").status_code == 302
    provider.claims["sub"] = "u-9"
    assert come_back(provider, Client()).status_code == 302
