"""The party's private page in a real browser: by keyboard, without script, on every window, twice, and told to nobody."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest

from ..portal.served import write_letter
from .keyboard import fill, press, tab_to
from .looking import found_wrong, overflow
from .steps import NEWSROOM_TIME

pytestmark = pytest.mark.browser

COUNT = "from factcheck.inbox.models import Incoming; print(Incoming.objects.filter(text=%r).count())"


@pytest.fixture
def token(site):
    return write_letter(site.database)


@pytest.fixture
def private(visit, site, token):
    """The page, opened; every request that the browser makes is noted."""
    page = visit(site)
    page.asked = []
    page.context.on("request", lambda request: page.asked.append((request.url, request.all_headers(), request)))
    page.goto(f"/reply/{token}/")
    return page


def filed(site, text):
    return int(site.database.manage("shell", "--no-imports", "-c", COUNT % text).split()[-1])


def press_first(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_party_answers_by_keyboard_alone(private, site):
    in_a_week = datetime.now(NEWSROOM_TIME) + timedelta(days=9)
    answers = {
        "Your answer to point 1": "It kept nobody out.",
        "Your answer to point 2": "It keeps figures.",
        "Your statement": "By keyboard.",
        "Until when you need": in_a_week.replace(hour=9, minute=30),
        "Why you need more time": "For the rest.",
        "Your name": "N. Hogg",
        "Your role": "press officer",
        "With what authority you answer": "for the ministry",
    }
    fill(private, answers)
    press(private, "Check what you wrote")
    assert "Nothing has been sent yet." in private.locator("main").inner_text()
    press(private, "Send this answer")
    said = private.locator("main").inner_text()
    assert private.locator("h1").inner_text() == "We have your answer"
    for words in (
        "It kept nobody out.",
        "It keeps figures.",
        "By keyboard.",
        "N. Hogg, press officer",
        "For the rest.",
    ):
        assert words in said
    assert filed(site, "By keyboard.") == 1


def test_party_answers_without_script(visit, site, token):
    page = visit(site, java_script_enabled=False)
    page.goto(f"/reply/{token}/")
    page.get_by_label("We decline to comment.").check()
    page.get_by_label("Your statement").fill("And yet.")
    press_first(page, "Check what you wrote")
    assert "You wrote an answer as well." in page.get_by_role("alert").inner_text()
    page.get_by_label("We decline to comment.").uncheck()
    press_first(page, "Check what you wrote")
    press_first(page, "Change it")
    assert page.get_by_label("Your statement").input_value() == "And yet."
    press_first(page, "Check what you wrote")
    press_first(page, "Send this answer")
    assert page.locator("h1").inner_text() == "We have your answer"
    assert page.context.cookies() == []


def test_every_page_stops_nobody_and_fits_every_window(private, visit, site):
    wrong = found_wrong(private)
    private.get_by_label("Your name").fill("n" * 200)
    press_first(private, "Check what you wrote")
    wrong += found_wrong(private)
    private.get_by_label("Your name").fill("Unbreakable" * 12)
    private.get_by_label("Your statement").fill("W" * 400 + " \u05e9\u05dc\u05d5\u05dd")
    press_first(private, "Check what you wrote")
    wrong += found_wrong(private)
    press_first(private, "Send this answer")
    wrong += found_wrong(private)
    private.get_by_role("link", name="Add something").click()
    private.get_by_text("Answers have come by this page before.").wait_for()
    wrong += found_wrong(private)
    closed = visit(site)
    assert closed.goto("/reply/nobody-gave-this-one/").status == 404
    wrong += found_wrong(closed)
    assert not wrong, "\n".join(wrong)


def test_page_fits_at_twice_its_size(private):
    for width in (390, 683, 1366):
        private.set_viewport_size({"width": width, "height": 800})
        private.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert overflow(private) == []


def test_what_is_wrong_has_the_focus_and_leads_to_its_field(private):
    private.get_by_label("Where to send the receipt").fill("nobody")
    private.get_by_label("Your statement").fill("x")
    press_first(private, "Check what you wrote")
    assert private.evaluate("document.activeElement.id") == "errors"
    tab_to(private, "Where to send the receipt")
    private.keyboard.press("Enter")
    field = private.get_by_label("Where to send the receipt")
    assert field.evaluate("(field) => field.id") == urlsplit(private.url).fragment
    assert field.get_attribute("aria-invalid") == "true"
    described = field.get_attribute("aria-describedby")
    assert "Enter a valid email address." in private.locator(f"#{described}").inner_text()


def test_what_is_put_is_read_out_with_its_field(private):
    field = private.get_by_label("Your answer to point 2")
    assert private.locator(f"#{field.get_attribute('aria-describedby')}").inner_text() == "That it kept no figures."


def test_double_click_and_a_second_tab_are_one_answer(private, site):
    private.get_by_label("Your statement").fill("Pressed twice.")
    press_first(private, "Check what you wrote")
    private.get_by_role("button", name="Send this answer").dblclick()
    private.get_by_role("heading", name="We have your answer").wait_for()
    second = private.context.new_page()
    second.goto(private.url.partition("received")[0])
    second.get_by_label("Your statement").fill("Pressed twice.")
    press_first(second, "Check what you wrote")
    press_first(second, "Send this answer")
    assert filed(site, "Pressed twice.") == 1


def test_going_back_from_the_check_loses_nothing(private):
    private.get_by_label("Your statement").fill("Typed for an hour.")
    press_first(private, "Check what you wrote")
    private.go_back()
    assert private.get_by_label("Your statement").input_value() == "Typed for an hour."


def test_address_is_in_no_title_referrer_or_request_but_the_pages_own(private, token):
    titles = [private.title()]
    private.get_by_label("Your statement").fill("Told to nobody.")
    for button in ("Check what you wrote", "Send this answer"):
        press_first(private, button)
        titles.append(private.title())
    assert len(set(titles)) == 3 and token not in " ".join(titles)
    assert len(private.asked) > 6
    for url, headers, request in private.asked:
        assert not headers.get("referer")
        assert token not in str(headers)
        assert token not in url or request.is_navigation_request()
    private.goto("/about/")
    assert token not in str(private.asked[-1][1])
    assert private.evaluate("document.referrer") == ""
