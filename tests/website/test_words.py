"""Every word of the interface goes through gettext: with a made-up locale that marks what it was asked for, none is left."""

import re
from dataclasses import replace

import pytest
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import trans_real

from factcheck.published import press
from factcheck.published.document import AppearanceLine, QuotationLine
from factcheck.website import columns
from tests.published.documents import (
    FILE,
    HOGG,
    INZ_REPLY,
    JO,
    OHCHR,
    PARTY_WAIVED,
    REPORT,
    STORY,
    UNPROVEN,
    at,
    notice,
    numbered_document,
    publish,
    visa_document,
)

from .addresses import FEEDS, HTML, VISA, Page, path
from .fed import feed

pytestmark = pytest.mark.django_db
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
THEIRS = re.compile(r"‹[^‹›]*›")
MADE_UP = "en-x-marked"


class Marked(trans_real.DjangoTranslation):
    """A language in which every text that is asked for comes back in brackets."""

    def __init__(self):
        super().__init__("en")

    def gettext(self, message):
        return f"⟦{message}⟧" if message else message

    def ngettext(self, one, many, number):
        return self.gettext(one if number == 1 else many)


@pytest.fixture(autouse=True)
def made_up_locale(settings):
    settings.NEWSROOM_NAME = "‹newsroom›"
    settings.REPORT_ERRORS_TO = "‹address›"
    trans_real._translations[MADE_UP] = Marked()
    with translation.override(MADE_UP):
        yield
    del trans_real._translations[MADE_UP]


def theirs(value, names):
    """The value with each of these fields marked as the newsroom's own words."""
    return replace(value, **{name: f"‹{getattr(value, name) or name}›" for name in names.split()})


def marked_document(document):
    speaker = (
        theirs(document.speaker, "name role affiliation note note_reason description") if document.speaker else None
    )
    rating = theirs(document.verdict.rating, "label meaning")
    return replace(
        theirs(document, "wording short_form claim_type_label why_chosen"),
        speaker=speaker,
        said=theirs(document.said, "where"),
        story=theirs(STORY, "headline outlet byline note"),
        topics=tuple(theirs(topic, "name") for topic in document.topics),
        quotation=QuotationLine("‹words›", "en", "‹translation›"),
        appearances=(AppearanceLine("‹radio›", "https://a.example/", "https://b.example/", "2022", "year", "‹by›"),),
        replies=tuple(
            replace(
                theirs(reply, "party state_label line quote quote_translation by_name by_role reason note"),
                allegations=("‹allegation›",),
                late=late,
            )
            for reply, late in ((INZ_REPLY, True), (PARTY_WAIVED, False))
        ),
        evidence=tuple(
            replace(theirs(item, "title kind_label publisher locator passage shows secondary_reason"), stance=stance)
            for item, stance in ((REPORT, "supports"), (replace(OHCHR, archived_url="https://b.example/2"), "context"))
        ),
        verdict=replace(theirs(document.verdict, "finding explanation_html not_established"), rating=rating),
        written_by=("‹one›", "‹two›"),
        signed_off_by=("‹three›",),
    )


def left_over(text):
    """Letters that are neither ours, marked as asked for, nor the newsroom's."""
    while text != (text := MARKED.sub(" ", THEIRS.sub(" ", text))):
        pass
    return re.findall(r"[^\W\d_][^⟦⟧‹›]*", text)


def publish_marked():
    told = notice(was_wrong="‹old›", says_now="‹new›", why="‹why›")
    publish(marked_document(visa_document()))
    publish(marked_document(numbered_document(1, speaker=HOGG)), at=at(10))
    publish(replace(marked_document(visa_document(replace(UNPROVEN, code="other"))), slug=VISA), notice=told, at=at(12))
    told = replace(told, kind="retraction")
    press.print_retraction("ref-1", notice=told, printed_by="senior-editor", at=at(13))
    bare = marked_document(numbered_document(2))
    bare = replace(bare, speaker=None, replies=(), evidence=(), appearances=(), why_chosen="", signed_off_by=())
    publish(replace(bare, said=replace(bare.said, on="", where=""), verdict=replace(bare.verdict, not_established="")))


MORE = [
    f"/claims/{VISA}/editions/2/",
    "/claims/claim-1/",
    "/claims/claim-1/editions/1/",
    "/claims/claim-2/",
    "/claims/?q=***&said_from=x",
    "/claims/?rating=none",
    "/corrections/?kind=none",
    "/corrections/?kind=update",
    "/no/such/page",
]


# What open data calls its files and columns, where it stands alone on the page that explains them.
OF_MACHINES = {*columns.CLAIMS, *columns.CORRECTIONS, *columns.LINES}
OF_MACHINES |= {"claims.csv", "claims.jsonl", "corrections.csv", "claimreview.json"}


def silent(text):
    """Text that is nobody's words: codes, numbers, addresses, a machine's names."""
    known = (
        "404",
        "500",
        FILE.name,
        "evidence.json",
        "SHA256SUMS",
        "SHA-256",
        "NZST",
        "NZDT",
        "http://127.0.0.1:8000/",
        VISA,
        MADE_UP,
    )
    text = re.sub(r"<iframe .*?</iframe>", " ", text, flags=re.DOTALL)  # HTML that is shown, to be copied
    text = re.sub(r"\b[0-9a-f]{64}\b", " ", text)  # first: a digest may hold "404"
    for one in known:
        text = text.replace(one, " ")
    text = re.sub(r"\bledger/(head\.json|blocks/1\.jsonl?)", " ", text)
    return re.sub(r"claims/claim-\d+/|claims/\s*/|\(\s*\)", " ", text)


@pytest.mark.parametrize("address", [*HTML, *MORE])
def test_no_word_of_a_public_page_is_untranslated(client, address):
    publish_marked()
    page = Page(client.get(path(address) if address in HTML else address))
    assert "⟦" in page.text
    assert left_over(silent(" \n ".join(word for word in page.words if word not in OF_MACHINES))) == []
    assert left_over(silent(" \n ".join(page.read_out))) == []


@pytest.mark.parametrize("of", FEEDS)
@pytest.mark.parametrize("form", ["", "_json"])
def test_no_word_of_a_feed_is_untranslated(client, of, form):
    publish_marked()
    told = feed(client, of, form)
    entries = told["items"] if form else told.entries
    text = [told["title"] if form else told.feed.title]
    for entry in entries:
        text += [entry["title"], strip_tags(entry.get("content_html", "")), strip_tags(entry["summary"])]
    assert entries and "⟦" in text[1]
    assert left_over(silent(" \n ".join(text))) == []


def test_a_failure_is_told_in_the_readers_language(client, django_db_blocker):
    client.raise_request_exception = False
    with django_db_blocker.block():
        page = Page(client.get("/"))
    assert left_over(silent(page.text)) == []


def test_an_untranslated_word_would_be_found():
    assert left_over(silent("c0ffee404" + "5" * 55 + " and")) == ["and"]
    assert left_over("⟦The claim ‹of somebody›⟧ and") == ["and"]
    assert JO.name not in "⟦⟧"
