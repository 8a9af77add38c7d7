"""Feeds: whatever form a reader takes them in, a correction is told under the name he knows, and a false claim never alone."""

import json
from dataclasses import replace

import pytest
from django.urls import reverse

from factcheck.published import press
from tests.published.documents import (
    FALSE,
    HOGG,
    JO,
    MIXED,
    STORY,
    TRUE,
    VISA,
    at,
    notice,
    numbered_document,
    publish,
    visa_document,
)

from .addresses import FEEDS, publish_the_example
from .fed import entries, feed

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
PAGE = f"{SITE}/claims/{VISA.slug}/"
in_both_forms = pytest.mark.parametrize("form", ["", "_json"])
of_claims = pytest.mark.parametrize("of", [of for of in FEEDS if of != "corrections"])


def retract():
    press.print_retraction(
        VISA.claim_ref, notice=notice("retraction", why="It rested on a forgery."), printed_by="chief", at=at(12)
    )


def moment(entry, which="updated"):
    return entry.get(which) or entry[{"updated": "date_modified", "published": "date_published"}[which]]


def content(entry):
    return entry.get("content_html") or entry["summary"]


@in_both_forms
@of_claims
def test_a_claim_is_in_every_feed_it_belongs_to(client, of, form):
    publish_the_example()
    publish(numbered_document(7, speaker=replace(HOGG, slug="x"), topics=(), story=replace(STORY, slug="x")), at=at(11))
    told = [entry["id"] for entry in entries(client, of, form)]
    assert PAGE in told
    assert (f"{SITE}/claims/claim-7/" in told) == (of == "claims")


@in_both_forms
def test_a_title_begins_with_the_rating_in_words(client, form):
    publish(visa_document(FALSE))
    (entry,) = entries(client, form=form)
    assert entry["title"] == f"False: {VISA.short_form}"


@in_both_forms
@of_claims
def test_a_pseudonym_comes_with_its_note(client, of, form):
    publish()
    (entry,) = entries(client, of, form)
    assert "Jo (Name has been changed to protect the speaker from reprisal)" in content(entry)


def test_the_name_of_a_speakers_feed_gives_a_pseudonym_its_note(client):
    publish()
    wanted = "said by Jo (Name has been changed to protect the speaker from reprisal)"
    assert feed(client, "speaker").feed.title.endswith(wanted)
    assert feed(client, "speaker", "_json")["title"].endswith(wanted)


@in_both_forms
@of_claims
def test_a_corrected_verdict_comes_first_again_under_the_same_name(client, of, form):
    publish()
    publish(numbered_document(1), at=at(10))
    before = entries(client, of, form)[-1]
    publish(visa_document(MIXED), notice=notice("correction_verdict"), at=at(12))
    first, *others = entries(client, of, form)
    assert first["title"] == f"Corrected: Mixed: {VISA.short_form}"
    assert (first["id"], moment(first, "published")) == (before["id"], moment(before, "published"))
    assert moment(first) > moment(before)
    assert first["id"] not in [other["id"] for other in others]


@in_both_forms
def test_an_update_of_the_verdict_says_so(client, form):
    publish()
    publish(visa_document(TRUE), notice=notice("update"), at=at(12))
    assert entries(client, form=form)[0]["title"] == f"Updated: True: {VISA.short_form}"


@in_both_forms
def test_a_correction_that_leaves_the_verdict_is_told_in_its_entry(client, form):
    publish()
    before = entries(client, form=form)[0]
    publish(visa_document(why_chosen="x"), notice=notice(), at=at(12))
    after = entries(client, form=form)[0]
    assert (after["id"], after["title"]) == (before["id"], before["title"])
    assert moment(after) > moment(before)
    assert "It gives the right role." in content(after)


@in_both_forms
def test_nobody_is_called_back_for_a_minor_edit(client, form):
    publish()
    before = entries(client, form=form)
    publish(visa_document(why_chosen="A comma."), notice=notice("minor_edit"), at=at(12))
    after = entries(client, form=form)
    assert [moment(entry) for entry in after] == [moment(entry) for entry in before]


def _all_that_is_said(entry):
    return " ".join([entry["title"], content(entry), entry["summary"], json.dumps(entry.get("_factcheck"))])


@in_both_forms
@of_claims
def test_a_retraction_is_told_without_verdict_finding_or_answers(client, of, form):
    publish(visa_document(FALSE))
    publish(visa_document(MIXED), notice=notice("correction_verdict", was_wrong="It was rated False."), at=at(11))
    before = entries(client, of, form)[0]
    retract()
    (entry,) = entries(client, of, form)
    assert entry["id"] == before["id"]
    assert moment(entry) > moment(before)
    assert entry["title"] == f"Retracted: {VISA.short_form}"
    assert "It rested on a forgery." in content(entry)
    told, withdrawn = (
        _all_that_is_said(entry),
        ("Mixed", "none in hand", "Immigration New Zealand said", "was rated False"),
    )
    assert [words for words in withdrawn if words not in _all_that_is_said(before)] == []
    assert [words for words in (*withdrawn, "False") if words in told] == []
    if form:
        assert entry["_factcheck"] == {
            "claim": VISA.wording,
            "edition": 3,
            "retracted": True,
            "claimant": "Jo",
            "pseudonym": True,
            "claimant_note": JO.whole_note,
        }


def test_programs_get_the_verdict_its_place_on_the_scale_and_what_was_answered(client):
    publish(visa_document(FALSE))
    (entry,) = entries(client, form="_json")
    facts = entry["_factcheck"]
    replies = facts.pop("replies")
    assert facts == {
        "claim": VISA.wording,
        "edition": 1,
        "retracted": False,
        "claimant": "Jo",
        "pseudonym": True,
        "claimant_note": JO.whole_note,
        "verdict": "False",
        "rating": "false",
        "ordinal": 1,
        "worst": 1,
        "best": 5,
    }
    assert [set(reply) for reply in replies] == [{"party", "state", "state_label", "line"}] * 2
    assert entry["summary"].startswith("No record or decision in hand")
    assert entry["tags"] == ["Immigration"]


def test_a_rating_off_the_scale_has_no_number(client):
    publish()
    facts = entries(client, form="_json")[0]["_factcheck"]
    assert not {"ordinal", "worst", "best"} & set(facts)


@in_both_forms
def test_a_correction_leads_with_its_kind_and_quotes_the_claim(client, form):
    publish(visa_document(FALSE))
    publish(visa_document(FALSE, why_chosen="a"), notice=notice("minor_edit", why="A comma."), at=at(11))
    publish(visa_document(MIXED), notice=notice("correction_verdict", why="A reader wrote."), at=at(12))
    publish(visa_document(MIXED, why_chosen="b"), notice=notice("update", why="It answered."), at=at(13))
    update, correction = entries(client, "corrections", form)
    assert update["title"] == f"Update: “{VISA.short_form}”"
    assert correction["title"] == f"Correction of the verdict: “{VISA.short_form}”"
    assert correction["id"] == f"{PAGE}editions/3/"
    assert "The rating was “False” and is now “Mixed”." in content(correction)
    assert "A reader wrote." in content(correction)


def test_programs_get_every_fact_of_a_correction(client):
    publish(visa_document(FALSE))
    publish(visa_document(MIXED), notice=notice("correction_verdict"), at=at(12))
    (entry,) = entries(client, "corrections", "_json")
    assert entry["_factcheck"] == {
        "claim_url": PAGE,
        "edition": 2,
        "kind": "correction_verdict",
        "was_wrong": "It gave the wrong role.",
        "says_now": "It gives the right role.",
        "why": "A reader wrote.",
        "rating_before": "False",
        "rating_after": "Mixed",
        "retracted": False,
    }


@in_both_forms
def test_a_retraction_is_among_the_corrections_and_repeats_no_rating(client, form):
    publish(visa_document(FALSE))
    publish(visa_document(MIXED), notice=notice("correction_verdict"), at=at(11))
    before = entries(client, "corrections", form)
    retract()
    told = entries(client, "corrections", form)
    assert told[0]["title"] == f"Retraction: “{VISA.short_form}”"
    assert "It rested on a forgery." in content(told[0])
    assert told[1]["title"] == f"Correction of the verdict: “{VISA.short_form}”"
    assert "This fact-check has been retracted since." in content(told[1])
    gone = ("Mixed", "It gave the wrong role.", "It gives the right role.", "A reader wrote.")
    assert [words for words in gone if words in str(told[1:])] == []
    assert [words for words in gone if words not in str(before)] == []
    assert "Mixed" not in str(told) and "The rating was" not in str(told)


@in_both_forms
def test_hostile_text_arrives_as_text(client, form):
    hostile = "bell\x07 \ufffe<script>alert(1)</script> & ]]> \u2028"
    publish(visa_document(short_form=hostile, wording=hostile, topics=(replace(VISA.topics[0], name=hostile),)))
    (entry,) = entries(client, form=form)
    assert "<script>alert(1)</script> & ]]>" in entry["title"]
    assert "&lt;script&gt;" in content(entry) if form else "<script" not in content(entry)


def test_atom_hands_a_claim_to_readers_as_escaped_html(client):
    publish(visa_document(wording="<img src=x onerror=alert(1)>"))
    raw = client.get("/feeds/claims.atom").content.decode()
    assert "&amp;lt;img src=x" in raw and "&lt;img src=x" not in raw.replace("&amp;lt;", "")


def test_words_in_another_language_are_marked(client):
    publish(visa_document(short_form="ئۇيغۇر", language="ug"))
    assert 'xml:lang="ug"' in client.get("/feeds/claims.atom").content.decode()
    (entry,) = entries(client, form="_json")
    assert entry["language"] == "ug"
    assert 'lang="ug" dir="rtl"' in entry["content_html"]


def test_evidence_and_ties_to_other_claims_are_in_no_feed(client):
    publish_the_example()
    for of in FEEDS:
        for form in ("", "_json"):
            text = client.get(reverse(f"{of}_feed{form}", args=FEEDS[of])).content.decode()
            assert VISA.claim_ref not in text and "ohchr.org" not in text
