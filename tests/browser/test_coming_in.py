"""Coming in, walked by people at browsers: by single sign-on, by invitation, with a password forgotten; and left alone too long."""

import re
import time
from urllib.parse import urlsplit

import pytest

from tests.entering import code_of
from tests.entrance.provider import CLIENT, IdentityProvider

from .conftest import server_url
from .looking import follow, found_wrong
from .people import log_in
from .site import served

pytestmark = pytest.mark.browser

PASSWORD = "a much better one 9"
BUTTON = "Log in with Record ID"


@pytest.fixture(scope="module")
def provider():
    with IdentityProvider() as running:
        yield running


@pytest.fixture(scope="module")
def office(browser, provider, tmp_path_factory):
    """The worked example with an identity provider beside it; journalist-2 has an address that it knows."""
    address = provider.issuer.replace("http://", f"http://{CLIENT}:a%20secret@")

    def with_provider(database):
        database.settings |= {"SSO_URL": address, "SSO_NAME": "Record ID"}

    with served(tmp_path_factory.mktemp("office"), server_url(), with_provider) as site:
        _run(site, "User.objects.filter(username='journalist-2').update(email='moana@record.example')")
        yield site


@pytest.fixture
def stranger(visit, office, provider):
    """A function that opens a browser which nobody has logged in with."""
    return lambda: visit(office, others=[urlsplit(provider.issuer).netloc])


def _run(site, line):
    """What no page of ours does: something that happens outside, or a clock that moves on."""
    site.database.manage("shell", "-v0", "-c", f"from factcheck.newsroom.models import User, Session\n{line}")


def _mailed(site, path):
    """The newest address that begins with `path`, out of the mail that the server prints."""
    said = (site.database.folder / "up.log").read_text().replace("=\n", "").replace("=3D", "=")
    return re.findall(rf"http://[^/\s]+({path}\S+)", said)[-1]


def _says(provider, email, subject):
    provider.claims = {"email": email, "email_verified": True, "sub": subject}


def _by_provider(page, link=BUTTON):
    follow(page.get_by_role("link", name=link))
    follow(page.get_by_role("link", name="It is me"))


def _is_at_the_desk(page):
    return page.locator(".who strong").inner_text()


def test_person_comes_in_by_the_provider_and_goes_out(stranger, provider):
    _says(provider, "moana@record.example", "u-1")
    for page in (stranger(), stranger()):  # the first time by address, then by the link that this made
        page.goto("/desk/login/?next=/desk/claims/claim/")
        assert found_wrong(page) == []
        _by_provider(page)
        assert (urlsplit(page.url).path, _is_at_the_desk(page)) == ("/desk/claims/claim/", "journalist-2")
        _says(provider, "passed.on@record.example", "u-1")
    follow(page.get_by_role("button", name="Log out"))
    assert found_wrong(page) == []
    page.goto("/desk/")
    assert urlsplit(page.url).path == "/desk/login/"


def test_somebody_whom_nobody_knows_and_an_account_that_is_linked_elsewhere_are_refused(stranger, provider):
    _says(provider, "moana@record.example", "u-1")
    page = stranger()
    page.goto("/desk/login/")
    _by_provider(page)
    for email, told in (
        ("nobody@record.example", "No account here has your e-mail address"),
        ("moana@record.example", "linked to another account of the provider"),
    ):
        _says(provider, email, "u-2")
        page = stranger()
        page.goto("/desk/login/")
        _by_provider(page)
        assert told in page.locator("main").inner_text()
        assert found_wrong(page) == []
        page.goto("/desk/")
        assert urlsplit(page.url).path == "/desk/login/"


@pytest.fixture
def invite(visit, office):
    """A function by which the administrator invites an address as an editor: the path of the link in the mail."""

    def invited(email):
        page = visit(office)
        log_in(page, "administrator", office.password)
        page.goto("/desk/newsroom/invitation/add/")
        assert found_wrong(page) == []
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Editor", exact=True).check()
        follow(page.get_by_role("button", name="Send the invitation"))
        assert "the invitation was printed by the server" in page.locator(".messages").inner_text()
        assert found_wrong(page) == []
        return _mailed(office, "/desk/invited/")

    return invited


def _sets_up_an_app(page):
    """Whoever signs off is asked for a second factor before anything else opens."""
    assert "Set up your second factor" in page.locator("main").inner_text()
    assert found_wrong(page) == []
    page.goto("/desk/claims/claim/")
    assert urlsplit(page.url).path == "/desk/second-factor/"
    follow(page.get_by_role("link", name="Set up an app"))
    assert found_wrong(page) == []
    page.get_by_label("Code").fill(code_of(page.locator("code.key").inner_text()))
    follow(page.get_by_role("button", name="Set it up"))
    assert page.locator(".codes code").count() == 10
    assert found_wrong(page) == []
    follow(page.get_by_role("link", name="I have them: go on"))


def test_invited_editor_sets_password_and_second_factor(invite, stranger):
    link, page = invite("first@record.example"), stranger()
    page.goto(link)
    assert found_wrong(page) == []
    page.get_by_label("Log-in name").fill("first")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_label("Password, once more").fill("short")
    follow(page.get_by_role("button", name="Come in"))
    assert "too short" in page.locator("[role=alert]:visible").inner_text()
    assert found_wrong(page) == []
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password, once more").fill(PASSWORD)
    follow(page.get_by_role("button", name="Come in"))
    _sets_up_an_app(page)
    assert _is_at_the_desk(page) == "first"
    page = stranger()
    page.goto(link)
    assert "It was used already" in page.locator("main").inner_text()
    assert found_wrong(page) == []


def test_invited_editor_comes_in_by_the_provider_alone(invite, stranger, provider):
    link, page = invite("second@record.example"), stranger()
    _says(provider, "second@record.example", "u-second")
    page.goto(link)
    _by_provider(page, "Come in with Record ID instead")
    assert "You need no password" in page.locator("main").inner_text()
    assert page.get_by_label("Log-in name").input_value() == "second"
    assert found_wrong(page) == []
    follow(page.get_by_role("button", name="Come in"))
    _sets_up_an_app(page)
    assert _is_at_the_desk(page) == "second"
    page.goto("/desk/password_change/")
    assert "You have no password here" in page.locator("main").inner_text()
    assert found_wrong(page) == []
    page = stranger()
    page.goto("/desk/login/")
    _by_provider(page)
    assert urlsplit(page.url).path == "/desk/login/second-factor/"
    assert found_wrong(page) == []


def test_forgotten_password_is_set_anew(stranger, office):
    page = stranger()
    page.goto("/desk/login/")
    follow(page.get_by_role("link", name="Forgotten your password?"))
    assert found_wrong(page) == []
    page.get_by_label("Your e-mail address").fill("moana@record.example")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert found_wrong(page) == []
    _until(lambda: _mailed(office, "/desk/password/new/"))
    page.goto(_mailed(office, "/desk/password/new/"))
    assert found_wrong(page) == []
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password, once more").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert found_wrong(page) == []
    log_in(page, "journalist-2", PASSWORD)
    page.goto("/desk/second-factor/")
    assert found_wrong(page) == []
    assert page.locator(".sessions li").count() >= 1


def _until(happened, patience=60):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            return happened()
        except IndexError:
            time.sleep(0.3)
    return happened()


def test_whoever_does_nothing_is_warned_stays_when_they_say_so_and_is_out_when_they_do_not(stranger, office):
    page = stranger()
    log_in(page, "journalist", office.password)
    page.clock.install()  # the page's own script keeps time by the browser's clock, which the test moves on
    page.goto("/desk/claims/claim/add/")
    warning = page.locator("[data-idle]")
    page.get_by_role("textbox", name="What is claimed").fill("Half a sentence")
    assert not warning.is_visible()
    _idle_until(office, 100)
    page.clock.fast_forward("59:00")
    page.get_by_text("You are about to be logged out").wait_for()
    assert found_wrong(page) == []
    page.get_by_role("button", name="Stay logged in").click()
    warning.wait_for(state="hidden")

    _idle_until(office, 100)
    page.clock.fast_forward("59:00")
    page.get_by_text("You are about to be logged out").wait_for()
    _idle_until(office, 0)
    page.clock.fast_forward("02:00")
    page.get_by_text("You are logged out. What you typed is still on this page").wait_for()
    assert not page.get_by_role("button", name="Stay logged in").is_visible()
    assert found_wrong(page) == []
    assert page.get_by_role("textbox", name="What is claimed").input_value() == "Half a sentence"
    page.goto("/desk/")
    assert urlsplit(page.url).path == "/desk/login/"
    assert found_wrong(page) == []


def _idle_until(site, seconds):
    """Let the session of `journalist` have been left alone, so that it ends in so many seconds."""
    moved = f"timezone.now() - timezone.timedelta(seconds=60 * 60 - {seconds})"
    _run(
        site,
        f"from django.utils import timezone\nSession.objects.filter(person__username='journalist').update(seen_at={moved})",
    )
