"""What people do at the desk, a step each: by keyboard alone, and looking at what came of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from .keyboard import fill, pick, press

NEWSROOM_TIME = ZoneInfo("Pacific/Auckland")
NOTHING = ""


def do(page, verb, fields=None, *, picked=None, done=None):
    """Choose `verb` on the page that is open, pick and fill in what its page asks for, confirm.

    `done` is what the desk says afterwards, where it says anything.
    """
    press(page, verb)
    confirm(page, verb, fields, picked=picked, done=done)


def confirm(page, verb, fields=None, *, picked=None, done=None):
    """The page of `verb` is open: pick, fill in, confirm."""
    if picked:
        pick(page, picked)
    fill(page, fields or {})
    press(page, verb)
    assert refusal(page) == NOTHING
    if done:
        assert done in page.locator("[role=status]").inner_text()


def refusal(page):
    """What the page says stands in the way; nothing where it does not refuse."""
    # Every page has one more alert, hidden until somebody is about to be logged out.
    return "\n".join(page.locator("[role=alert]:visible").all_inner_texts())


def save(page, fields):
    """Fill in a record's page and save it."""
    fill(page, fields)
    press(page, "Save")
    assert refusal(page) == NOTHING


def log_fast(page, *claims):
    """On the page that logs many: a line for each (what is claimed, type, who says it, topics). It may be refused."""
    for wording, kind, speaker, topics in claims:
        page.keyboard.insert_text(wording)
        fill(page, {"Type": kind, "Who says it": speaker, "Topics": topics})
        page.keyboard.press("Enter")
    send_lines(page)


def send_lines(page):
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")


def add_evidence(page, fields):
    """From the claim's page, and back to it."""
    press(page, "Add evidence")
    save(page, fields)
    assert fields["Title"] in page.locator("#evidence").inner_text()


def put_to_the_party(page, allegation):
    """From the page of a right of reply that was just opened: draft, deadline, ready, put."""
    deadline = datetime.now(NEWSROOM_TIME) + timedelta(days=3)
    do(page, "Draft an allegation", {"What is put to them": allegation}, done="Drafted.")
    do(page, "Set the deadline", {"Deadline": deadline, "Why this deadline is fair": "Three days."})
    do(page, "Ready to put", done="Ready to put.")
    attempt = {"Channel": "e-mail", "To which role": "press office", "What was said": "We put this to you."}
    do(page, "Put to the party", {**attempt, "Outcome": "delivered"}, done="Put to the party")


def record_answer(page, answer, by_name, by_role):
    """What came back, word for word, and what is printed of it."""
    given = {"Channel": "e-mail", "Who answered": by_name, "In what role": by_role, "Kind": "Denial"}
    do(page, "Record a response", {**given, "What they said": answer, "Language": "en"})
    do(page, "Choose what is printed", {"What is printed": answer}, done="Another editor has to find it fair.")


def checklist(page):
    """What stands between the claim and its readers, as the page says it."""
    return page.locator("#checklist .stands").all_inner_texts()
