"""Coming in with a passkey, in a real browser with an authenticator that exists only there."""

import dataclasses

import pytest

from .looking import follow, found_wrong
from .people import log_in

pytestmark = pytest.mark.browser

WHO = "journalist-2"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def named(site):
    """The same newsroom at an address that has a name: browsers make passkeys for no other."""
    return dataclasses.replace(site, address=site.address.replace("127.0.0.1", "localhost"))


@pytest.fixture
def page(visit, named):
    opened = visit(named)
    wires = opened.context.new_cdp_session(opened)
    wires.send("WebAuthn.enable")
    wires.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return opened


def test_passkey_is_added_lets_in_alone_and_is_removed(page, named):
    log_in(page, WHO, named.password)
    page.goto("/desk/second-factor/")
    assert found_wrong(page) == []
    follow(page.get_by_role("link", name="Add a passkey"))
    assert found_wrong(page) == []
    page.get_by_label("What you call it").fill("My telephone")
    follow(page.get_by_role("button", name="Add it"))
    assert page.locator(".codes code").count() == 10
    assert found_wrong(page) == []
    follow(page.get_by_role("link", name="I have them: go on"))
    follow(page.get_by_role("button", name="Log out"))

    page.goto("/desk/login/")
    follow(page.get_by_role("button", name="Log in with a passkey"))
    assert page.locator(".who strong").inner_text() == WHO

    follow(page.get_by_role("button", name="Log out"))
    log_in_as_far_as_the_second_step(page, named.password)
    assert found_wrong(page) == []
    follow(page.get_by_role("button", name="Use your passkey"))
    assert page.locator(".who strong").inner_text() == WHO

    page.goto("/desk/second-factor/passkeys/")
    assert "My telephone" in page.locator("main").inner_text()
    follow(page.get_by_role("link", name="Remove My telephone"))
    follow(page.get_by_role("button", name="Remove it"))
    assert "You have none." in page.locator("main").inner_text()


def log_in_as_far_as_the_second_step(page, password):
    page.goto("/desk/login/")
    page.get_by_label("Log-in name").fill(WHO)
    page.get_by_label("Password").fill(password)
    follow(page.get_by_role("button", name="Log in", exact=True))
    assert page.url.endswith("/desk/login/second-factor/")


def test_passkey_that_nobody_has_is_told_on_the_page(page):
    page.goto("/desk/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.get_by_text("Nothing came of it").wait_for()
    assert found_wrong(page) == []
