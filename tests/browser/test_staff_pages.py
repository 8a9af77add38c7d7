"""The staff's pages in a real browser, each before somebody who works there: on a phone and on a desk, in light and in dark."""

import pytest

from .looking import follow, found_wrong
from .people import FIRST, go

pytestmark = pytest.mark.browser

CLAIMS, STORIES = "/desk/claims/claim/", "/desk/claims/story/"
LOGGED, RESEARCHING, IN_REVIEW, CLEARED, PUBLISHED, CLOSED = (
    f"{CLAIMS}?status={status}" for status in ("logged", "researching", "in_review", "cleared", "published", "closed")
)
ASKED, ANSWERED, OPEN_REPLY = f"{CLAIMS}?reply=sent", f"{CLAIMS}?reply=responded", "Open the right of reply of…"

# Where it begins, and what is followed from there.
PAGES = {
    "journalist": [
        ["/desk/"],
        [CLAIMS],
        [f"{CLAIMS}?q=no+such+words"],
        [f"{CLAIMS}add/"],
        [LOGGED, FIRST],
        [LOGGED, FIRST, "Start research"],
        [RESEARCHING, FIRST],
        [RESEARCHING, FIRST, "Add evidence"],
        [RESEARCHING, FIRST, "Propose verdict"],
        [RESEARCHING, FIRST, "Open a right of reply"],
        [RESEARCHING, FIRST, "Submit for review"],
        [LOGGED, FIRST, "Close"],
        [RESEARCHING, FIRST, "What changed in its fields, and who changed it"],
        [STORIES],
        [STORIES, FIRST],
        [STORIES, FIRST, "Log its claims"],
        ["/desk/claims/speaker/"],
        ["/desk/claims/speaker/", FIRST],
        ["/desk/claims/topic/", FIRST],
        ["/desk/sources/pseudonym/", FIRST],
        ["/desk/people/not-there/"],
        ["/desk/inbox/filing/"],
        ["/desk/letters/letter/"],
        ["/desk/", "Replies sought and received"],
        [ANSWERED, FIRST, OPEN_REPLY, "File for a complaint or a court"],
    ],
    "editor": [
        ["/desk/"],
        [IN_REVIEW, FIRST],
        [IN_REVIEW, FIRST, "Sign off"],
        [IN_REVIEW, FIRST, "Send back"],
        [CLEARED, FIRST, "Publish"],
        [PUBLISHED, FIRST],
        [PUBLISHED, FIRST, "Correct"],
        [PUBLISHED, FIRST, "Propose retraction"],
        [ANSWERED, FIRST, OPEN_REPLY],
        [CLOSED, FIRST, "Reopen"],
        ["/desk/published/check/", FIRST],
    ],
    "senior-editor": [
        ["/desk/"],
        [LOGGED, FIRST, "Override a gate"],
        ["/desk/desk/override/"],
        ["/desk/desk/rating/"],
    ],
    "legal": [["/desk/"], [IN_REVIEW, FIRST]],
    "administrator": [
        ["/desk/"],
        ["/desk/newsroom/user/"],
        ["/desk/newsroom/user/", FIRST],
        ["/desk/newsroom/user/add/"],
        ["/desk/newsroom/journalentry/"],
        ["/desk/newsroom/journalentry/", FIRST],
        ["/desk/password_change/"],
        ["/desk/second-factor/"],
        ["/desk/second-factor/app/"],
        ["/desk/second-factor/passkeys/"],
        [CLAIMS],
    ],
}


WALKS = [(who, *way) for who, ways in PAGES.items() for way in ways]


@pytest.mark.parametrize("walk", WALKS, ids=[" ".join(walk).replace("/", "-") for walk in WALKS])
def test_staff_page_stops_nobody_and_fits_every_window(newsroom, walk):
    page = newsroom[walk[0]]
    go(page, *walk[1:])
    assert found_wrong(page) == []


def test_log_in_page_stops_nobody_and_fits_every_window(reader):
    reader.goto("/desk/login/?next=/desk/")
    assert found_wrong(reader) == []


def test_wrong_password_is_told_on_the_same_page(reader):
    reader.goto("/desk/login/?next=/desk/")
    reader.get_by_label("Log-in name").fill("editor")
    reader.get_by_label("Password").fill("not the password")
    follow(reader.get_by_role("button", name="Log in", exact=True))
    assert reader.get_by_role("alert").inner_text()
    assert reader.get_by_label("Log-in name").input_value() == "editor"
    assert found_wrong(reader) == []
