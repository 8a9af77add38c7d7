"""Logging many claims at a real keyboard: no mouse, no line lost, and nothing asked twice."""

import pytest

from .keyboard import press, tab_to
from .looking import found_wrong
from .steps import send_lines

pytestmark = pytest.mark.browser

FIVE = [
    "The bridge cost twice what was promised",
    "No tender was ever held for the ferry",
    "Ratepayers were told of it a year late",
    "The engineer who warned them was let go",
    "Every other council asked for three offers",
]


@pytest.fixture
def sheet(newsroom):
    """The page that logs many, reached from the list of stories without a mouse."""
    page = newsroom["journalist"]
    page.goto("/desk/claims/story/")
    page.keyboard.press("Tab")
    press(page, "Uyghurs in New Zealand")
    press(page, "Log its claims")
    return page


def said(page):
    return page.locator("[role=status]").inner_text()


def focused(page):
    return page.evaluate("document.activeElement.id")


def offered(page, names, name):
    """Waits until `name` is all that is offered."""
    page.locator(f'{names} option[value="{name}"]:only-child').wait_for(state="attached")


def test_five_claims_are_logged_by_keyboard_alone(sheet):
    assert focused(sheet) == "id_line-0-wording"
    sheet.keyboard.type(FIVE[0])
    sheet.keyboard.press("Tab")
    sheet.keyboard.type("Event")
    sheet.keyboard.press("Tab")
    sheet.keyboard.type("Ratepayers’ union")
    sheet.keyboard.press("Tab")
    sheet.keyboard.type("Organisation")
    sheet.keyboard.press("Tab")
    sheet.keyboard.type("Council spending")
    for number, wording in enumerate(FIVE[1:], 1):
        sheet.keyboard.press("Enter")
        assert focused(sheet) == f"id_line-{number}-wording"
        sheet.keyboard.type(wording)
    send_lines(sheet)
    assert "5 claims are logged." in said(sheet)
    logged = sheet.locator("section.panel li").all_inner_texts()[:5]
    assert [line.splitlines()[0] for line in logged] == [
        f"{wording} Ratepayers’ union · Logged" for wording in reversed(FIVE)
    ]


def test_enter_on_the_last_line_adds_one(sheet):
    sheet.locator("#id_line-4-wording").focus()
    sheet.keyboard.press("Enter")
    assert focused(sheet) == "id_line-5-wording"
    assert sheet.locator("[name=line-TOTAL_FORMS]").input_value() == "6"
    assert sheet.locator("fieldset.line legend").last.inner_text() == "6"
    assert sheet.locator("label[for=id_line-5-speaker]").count() == 1


def test_paste_of_many_lines_fills_many_lines_and_loses_none(sheet, site):
    sheet.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
    pasted = [f"Pasted line {number}" for number in range(1, 121)]
    sheet.evaluate("text => navigator.clipboard.writeText(text)", "\n".join(pasted))
    sheet.keyboard.press("Control+v")
    boxes = sheet.locator(".cell-wording textarea")
    boxes.nth(99).wait_for()
    filled = "\n".join(box.input_value() for box in boxes.all()).split("\n")
    assert filled == pasted


def test_speakers_and_topics_are_offered_while_one_types(sheet):
    tab_to(sheet, "Who says it")
    sheet.keyboard.type("hog")
    offered(sheet, "#speaker-offered", "Nicola Hogg")
    tab_to(sheet, "Topics")
    sheet.keyboard.type("Immigration, foreign")
    offered(sheet, "#topics-offered", "Immigration, Foreign policy and trade")


def test_claim_logged_before_is_pointed_out_on_a_page_that_stops_nobody(sheet):
    sheet.keyboard.insert_text("Beijing pressed the UN not to release its report about Xinjiang")
    sheet.keyboard.press("Tab")
    sheet.keyboard.type("Allegation")
    send_lines(sheet)
    assert "It looks like:" in sheet.locator(".looks-like").inner_text()
    assert tab_to(sheet, "Another claim: log it anyway") == "checkbox"
    assert found_wrong(sheet) == []
