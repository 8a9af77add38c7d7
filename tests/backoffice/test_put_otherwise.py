"""What was put beside what would be published, wherever that decides something: the claim, its signatures, the file."""

import re

import pytest

from factcheck.claims import actions as claims
from factcheck.desk import review

from .steps import address, claim_url, text_of

SENTENCE = "Immigration New Zealand answered version 1 of the wording; this is version 3."
OLD = "The Chinese Communist Party influenced New Zealand immigration"


@pytest.fixture
def reworded(desk):
    claims.edit_claim(desk.claim, by=desk.journalist, wording="Something between")
    now = desk.claim.wording.replace("influenced", "decided")
    claims.edit_claim(desk.claim, by=desk.journalist, wording=now)
    desk.fresh()
    return desk


def both(page):
    """The two wordings as the page marks them up."""
    section = re.search(r'<div class="two-wordings">.*?</div>\n</div>', page.content.decode(), re.S)
    return section[0] if section else ""


def assert_shows_both(page):
    shown = both(page)
    assert 'Party <del><span class="visually-hidden">only before: </span>influenced</del> New' in shown
    assert 'Party <ins><span class="visually-hidden">only now: </span>decided</ins> New' in shown
    assert "Version 1, which they answered" in shown and "Version 3, which would be published" in shown


def test_claim_page_says_it_and_shows_both_with_the_ways_out(reworded, at_desk):
    page = at_desk(reworded.editor).get(claim_url(reworded.claim))
    assert SENTENCE in text_of(page)
    assert_shows_both(page)
    text = page.content.decode()
    assert 'href="#put-otherwise"' in text and 'id="put-otherwise"' in text
    for label in ("Put to the party", "Rule the change immaterial"):
        assert f'aria-label="{label}: Immigration New Zealand"' in text


@pytest.mark.parametrize("code", ["sign-off", "publish", "submit", "override"])
def test_page_of_a_decision_shows_both_though_it_cannot_be_taken(reworded, at_desk, code):
    if code != "submit":
        reworded.submit()
    person = {"submit": reworded.journalist, "override": reworded.senior_editor}.get(code, reworded.editor)
    page = at_desk(person).get(claim_url(reworded.claim, code))
    assert page.status_code == (409 if code in ("sign-off", "publish") else 200)
    assert_shows_both(page)


def test_who_signs_what_was_let_pass_still_sees_both(reworded, at_desk):
    reworded.submit()
    review.override(reworded.claim, by=reworded.senior_editor, gate="as-it-was-put", reason="The same thing.")
    page = at_desk(reworded.editor).get(claim_url(reworded.claim, "sign-off"))
    assert page.status_code == 200
    assert_shows_both(page)


@pytest.mark.parametrize("code", ["", "immaterial", "put"])
def test_file_and_its_verbs_show_both(reworded, at_desk, code):
    assert_shows_both(at_desk(reworded.editor).get(address("reply_replyfile", reworded.parts.file, code)))


def test_wording_with_markup_is_shown_as_text(desk, at_desk):
    claims.edit_claim(desk.claim, by=desk.journalist, wording="<script>alert(1)</script> & so on")
    page = at_desk(desk.editor).get(claim_url(desk.claim))
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on" in both(page)


def test_claim_worded_as_it_was_put_shows_nothing_of_it(desk, at_desk):
    for page in (claim_url(desk.claim), address("reply_replyfile", desk.parts.file)):
        answer = at_desk(desk.editor).get(page)
        assert both(answer) == "" and "put-otherwise" not in answer.content.decode()
