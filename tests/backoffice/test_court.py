"""The file for a complaint or a court as people at the desk get it: a page for paper, a PDF, JSON."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader

from factcheck.backoffice import court
from factcheck.desk.court.gathering import gather
from factcheck.newsroom.models import JournalEntry
from factcheck.published.document import digest
from tests.desk.late_steps import LATE, later

from .steps import address, claim_url, send, text_of, written


@pytest.fixture
def out(desk):
    desk.published()
    later(desk.parts.file, desk.journalist)
    return desk


def test_download_is_named_after_the_newsrooms_day(out):
    evening = replace(gather(out.claim), made_at=datetime(2026, 11, 25, 21, 0, tzinfo=UTC))
    assert "-2026-11-26" in court.response(evening, "json")["Content-Disposition"]


def test_page_is_handed_out_as_a_download_that_needs_nothing_else(out, at_desk):
    answer = send(at_desk(out.journalist), claim_url(out.claim, "court-file"), 'class="verb-form"', output="html")
    page = answer.content.decode()
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="the-chinese-communist-party')
    assert "no-store" in answer.headers["Cache-Control"]
    assert LATE in page
    assert not Outside.of(page)


class Outside(HTMLParser):
    """Everything in a page that would be fetched from somewhere."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [
            (tag, name) for name, _value in attrs if name in ("src", "srcset") or (tag, name) == ("link", "href")
        ]

    @classmethod
    def of(cls, page):
        parser = cls()
        parser.feed(page)
        return parser.found + (["@import"] if "@import" in page or "url(" in page else [])


def test_words_of_the_record_are_text_and_never_markup(out, at_desk):
    later(out.parts.file, out.journalist, "<script>alert(1)</script><img src=x>")
    answer = send(at_desk(out.journalist), claim_url(out.claim, "court-file"), 'class="verb-form"', output="html")
    assert "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;alert(1)" in answer.content.decode()


def test_json_is_what_the_journal_has_the_digest_of(out, at_desk):
    answer = send(
        at_desk(out.legal), address("reply_replyfile", out.parts.file, "court-file"), "verb-form", output="json"
    )
    assert json.loads(answer.content)["about"]["party"] == "Immigration New Zealand"
    assert JournalEntry.objects.first().details["digest"] == digest(answer.content.decode())


@pytest.mark.skipif(not court.can_make_pdf(), reason="WeasyPrint or its Pango is not installed")
def test_pdf_says_what_the_page_says(out, at_desk):
    answer = send(at_desk(out.legal), claim_url(out.claim, "court-file"), 'class="verb-form"', output="pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())
    assert "No officer was ever told to decline anybody" in said
    assert "Schedule of what was redacted" in said
    assert JournalEntry.objects.exclude(verb="made court file").first().hash[:20] in said.replace(" ", "")


@pytest.mark.skipif(not court.can_make_pdf(), reason="WeasyPrint or its Pango is not installed")
def test_pdf_fetches_nothing(out):
    with pytest.raises(ValueError, match="itself alone"):
        court._fetch_nothing("http://127.0.0.1/")


def test_whole_file_is_offered_to_those_who_may_have_it(out, at_desk):
    offered = {
        name: "with nothing redacted" in text_of(at_desk(person).get(claim_url(out.claim, "court-file")))
        for name, person in (("journalist", out.journalist), ("editor", out.editor), ("legal", out.legal))
    }
    assert offered == {"journalist": False, "editor": False, "legal": True}


def test_whole_file_slipped_into_the_form_of_somebody_else_stays_redacted(out, at_desk):
    fields = {"output": "json", "whole": "on", "reason": "I want it."}
    answer = send(at_desk(out.journalist), claim_url(out.claim, "court-file"), 'class="verb-form"', **fields)
    assert json.loads(answer.content)["form"] == "redacted"


def test_whole_file_without_a_reason_is_refused_and_nothing_is_noted(out, at_desk):
    client, before = at_desk(out.legal), written()
    answer = send(client, claim_url(out.claim, "court-file"), 'class="verb-form"', output="json", whole="on")
    assert answer.status_code == 409
    assert "Say why the whole file is needed" in text_of(answer)
    assert written() == before


def test_form_of_the_file_that_does_not_exist_is_refused(out, at_desk):
    answer = send(at_desk(out.legal), claim_url(out.claim, "court-file"), 'class="verb-form"', output="exe")
    assert answer.status_code == 400


def test_page_without_the_pdf_extra_says_how_to_do_without(out, at_desk, monkeypatch):
    monkeypatch.setattr(court, "can_make_pdf", lambda: False)
    page = text_of(at_desk(out.legal).get(claim_url(out.claim, "court-file")))
    assert "Print the page instead" in page


def test_claim_and_right_of_reply_lead_to_it(out, at_desk):
    client = at_desk(out.legal)
    assert claim_url(out.claim, "court-file") in client.get(claim_url(out.claim)).content.decode()
    page = client.get(address("reply_replyfile", out.parts.file)).content.decode()
    assert address("reply_replyfile", out.parts.file, "court-file") in page


def test_broken_journal_is_said_at_the_head_of_the_page(out):
    file = gather(out.claim)
    broken = replace(file, chain=replace(file.chain, broken=3, entries=2, why="it is missing"))
    assert "It does not hold. The first 2 entries do; entry 3 does not" in court.as_page(broken)
