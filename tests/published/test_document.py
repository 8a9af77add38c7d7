"""The public document: every key that readers can be shown, and that an edition reads back as what was printed."""

import json
from dataclasses import fields, is_dataclass, replace

from factcheck.published import document as printed

from .documents import FILE, OHCHR, hogg_document, visa_document

# A key that is not here must not be there: adding one is a decision about what the world is told.
KEYS = {
    "Document": "appearances claim_ref claim_type claim_type_label evidence language links quotation replies said short_form "
    "signed_off_by slug speaker story topics verdict why_chosen wording written_by",
    "SpeakerLine": "affiliation description is_pseudonym kind name note note_reason role slug",
    "SaidLine": "on precision url where",
    "QuotationLine": "language text translation",
    "AppearanceLine": "archived_url by on precision url where",
    "StoryLine": "byline headline note outlet published_on slug url",
    "TopicLine": "name slug",
    "RatingLine": "best code is_rating label meaning ordinal shape token worst",
    "VerdictLine": "evidence_as_of explanation_html finding not_established rating",
    "EarlierAnswer": "by_name by_role late line quote quote_language received_on",
    "ReplyLine": "allegations by_name by_role earlier late line note party party_kind party_slug quote quote_language "
    "quote_translation reason received_on state state_label",
    "FileLine": "name sha256 size type",
    "EvidenceLine": "archived_url captured_at captured_sha256 files kind kind_label locator passage passage_language primary "
    "published_on publisher secondary_reason shows stance title url",
    "LinkLine": "claim_ref relation",
    "NoticeLine": "kind says_now was_wrong why",
}


def test_every_key_of_the_document_is_named_here():
    there = {name: kind for name, kind in vars(printed).items() if isinstance(kind, type) and is_dataclass(kind)}
    assert {name: {f.name for f in fields(kind)} for name, kind in there.items()} == {
        name: set(keys.split()) for name, keys in KEYS.items()
    }


def test_a_document_reads_back_as_it_was_printed():
    for document in (visa_document(), hogg_document(speaker=None, story=None)):
        assert printed.from_data(json.loads(printed.as_json(document))) == document


def test_the_canonical_form_is_the_same_whatever_the_order_and_keeps_letters():
    text = printed.as_json(visa_document(why_chosen="ئۇيغۇر"))
    assert text == json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert "ئۇيغۇر" in text


def test_an_edition_printed_before_a_field_came_reads_back_with_its_digest():
    before = visa_document(evidence=(OHCHR,))
    text = printed.as_json(before)
    assert not {"captured_at", "captured_sha256", "files"} & set(json.loads(text)["evidence"][0])
    again = printed.from_data(json.loads(text))
    assert (again, printed.as_json(again)) == (before, text)


def test_a_later_field_that_says_something_is_in_the_canonical_form():
    line = replace(OHCHR, captured_at="2022-09-09T00:00:00+00:00", captured_sha256="a" * 64, files=(FILE,))
    document = visa_document(evidence=(line,))
    assert json.loads(printed.as_json(document))["evidence"][0]["files"][0]["sha256"] == FILE.sha256
    assert printed.from_data(json.loads(printed.as_json(document))) == document
