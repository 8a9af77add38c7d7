"""A document in hand, from the journalist's folder to readers and back again: released by an editor, fetched by a reader as it was
cleaned, taken back at once; with a redacted copy beside it, and a wrong one set aside. By keyboard alone at the desk."""

import pytest

from tests.evidence import samples

from . import steps
from .keyboard import press
from .looking import found_wrong

pytestmark = pytest.mark.browser

DOCUMENT, REDACTED, WRONG = "minutes of Jane Roe.pdf", "minutes, redacted.png", "holiday.jpg"
CLAIM = "found detention in Xinjiang to be arbitrary"
NAME = "Minutes of May"
PRINTED = "Minutes_of_May.pdf"


@pytest.fixture
def later_reader(visit, site):
    """Somebody who has not read the page before: a browser keeps a page for a minute without asking again."""
    return visit(site)


def bring(page, verb, name, content):
    """Add a file by the verb's page. What a keyboard does in the browser's own window of files is beyond us."""
    press(page, verb)
    assert found_wrong(page) == []
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": content})
    press(page, verb.partition(":")[0])
    assert steps.refusal(page) == steps.NOTHING
    assert name in page.locator("#files").inner_text()


def look_and_do(page, verb, name, fields):
    """The verb's page of one file of the item: nothing stops anybody on it, it names the file, and it leads back to the item."""
    press(page, f"{verb}: {name}")
    assert found_wrong(page) == []
    assert name in page.locator("main").inner_text()
    assert "Back to the evidence" in page.locator("main").inner_text()
    steps.confirm(page, verb, fields)
    assert "/desk/evidence/item/" in page.url


@pytest.fixture
def item(newsroom):
    """The page of a piece of evidence, of a published claim that was opened for a correction: (its path, the claim's)."""
    page = newsroom["senior-editor"]
    page.goto("/desk/claims/claim/?status=published")
    claim = page.locator("a.wording", has_text=CLAIM).first.evaluate("(link) => link.pathname")
    page.goto(claim)
    steps.do(page, "Correct", {"What it says now": "The minutes are with it.", "Why": "We got them."}, picked="Update")
    page.goto(claim)
    press(page, "Edit")
    return page.evaluate("location.pathname"), claim


def test_document_goes_to_readers_and_is_taken_back(newsroom, item, reader, later_reader):
    path, claim = item
    journalist, editor = newsroom["journalist"], newsroom["editor"]
    journalist.goto(path)
    bring(journalist, "Add a file", DOCUMENT, samples.pdf())
    bring(journalist, f"Add a redacted copy: {DOCUMENT}", REDACTED, samples.png())
    bring(journalist, "Add a file", WRONG, samples.jpeg())
    look_and_do(journalist, "Set aside", WRONG, {"Why": "It is another one’s."})
    assert "It is another one’s." in journalist.locator("#files").inner_text()
    assert journalist.get_by_role("link", name="Release to readers").count() == 0  # an editor's to do

    editor.goto(path)
    look_and_do(editor, "Release to readers", DOCUMENT, {"Name for readers": NAME})
    assert PRINTED in editor.locator("#files").inner_text()
    assert found_wrong(editor) == []
    address = published_anew(newsroom, claim)

    reader.goto(address)
    fetched = reader.get_by_role("link", name=PRINTED)
    with reader.expect_download() as led:
        fetched.click()
    content = led.value.path().read_bytes()
    assert (led.value.suggested_filename, content[:5]) == (PRINTED, b"%PDF-")
    assert samples.traces(content) == []
    assert found_wrong(reader) == []
    assert REDACTED not in reader.content() and DOCUMENT not in reader.content()

    file = fetched.evaluate("(link) => link.pathname")
    editor.goto(path)
    look_and_do(editor, "Take back from readers", DOCUMENT, {"Why": "A name can be read."})
    assert later_reader.goto(file).status == 410
    assert "This file was taken back" in later_reader.locator("main").inner_text()
    assert found_wrong(later_reader) == []
    later_reader.goto(address)
    assert f"{PRINTED} taken back on" in later_reader.locator("ul.files").first.inner_text()
    assert later_reader.get_by_role("link", name=PRINTED).count() == 0


def published_anew(newsroom, claim):
    """Submitted by who corrects, signed and published by who wrote none of it; returns the address readers have it at."""
    steps.do(opened(newsroom["senior-editor"], claim), "Submit for review")
    page = opened(newsroom["editor"], claim)
    press(page, "Sign off")
    assert PRINTED in page.locator(".as-read article.claim").inner_text()
    steps.confirm(page, "Sign off", done="Signed off")
    steps.do(opened(newsroom["editor"], claim), "Publish", done="Published.")
    return page.get_by_role("link", name="The page readers have").first.get_attribute("href")


def opened(page, path):
    page.goto(path)
    return page
