"""The structured data of a claim page, rule by rule (SD-1 to SD-10), and the command that checks every page."""

import io
import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from factcheck.database.append_only import allow_changes
from factcheck.published import ledger, press
from factcheck.published.document import AppearanceLine, EvidenceLine
from factcheck.published.models import Check, Edition
from factcheck.website import standards
from factcheck.website.standards import ClaimPage
from tests.published.documents import (
    HOGG,
    MIXED,
    OHCHR,
    ON_RECORD,
    VISA,
    at,
    hogg_document,
    notice,
    numbered_document,
    publish,
    visa_document,
)

from .addresses import HTML, path, publish_the_example

pytestmark = pytest.mark.django_db
ADDRESS = f"/claims/{VISA.slug}/"
HOSTILE = "</script><!-- <script>\u2028\u2029& \" '"


def blocks(client, address=ADDRESS):
    return ClaimPage(client.get(address).content.decode()).blocks


def review(client, address=ADDRESS):
    (block,) = blocks(client, address)
    return json.loads(block)


def test_a_rated_claim_carries_one_review_with_what_the_page_says(client):
    publish()
    node = review(client)
    assert node["@context"] == "https://schema.org"
    assert node["@type"] == "ClaimReview"
    assert node["url"] == f"http://127.0.0.1:8000{ADDRESS}"
    assert node["claimReviewed"] == VISA.short_form
    assert node["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Unproven",
        "ratingExplanation": "No record or decision in hand shows it, and none in hand rules it out.",
    }
    assert node["author"] == {"@type": "Organization", "name": "The Record", "url": "http://127.0.0.1:8000/"}
    assert node["itemReviewed"]["datePublished"] == "2022-09"
    assert node["datePublished"] == "2022-09-08T21:00:00+00:00"
    assert node["inLanguage"] == "en"


def test_only_claim_pages_carry_a_review(client):
    publish_the_example()
    carrying = {name for name in HTML if blocks(client, path(name))}
    assert carrying == {"claim"}


@pytest.mark.parametrize("document", [visa_document(ON_RECORD), hogg_document()])
def test_no_rating_means_no_review(client, document):
    publish(document)
    assert blocks(client, f"/claims/{document.slug}/") == []


def test_a_retracted_claim_carries_no_review(client):
    publish()
    press.print_retraction(VISA.claim_ref, notice=notice("retraction"), printed_by="senior-editor")
    assert blocks(client) == []


def test_a_scale_gives_all_three_numbers(client):
    publish(visa_document(MIXED))
    rating = review(client)["reviewRating"]
    assert (rating["worstRating"], rating["ratingValue"], rating["bestRating"]) == (1, 3, 5)


def test_a_scale_with_a_number_missing_gives_none(client):
    publish(visa_document(replace(MIXED, worst=None)))
    assert set(review(client)["reviewRating"]) == {"@type", "alternateName", "ratingExplanation"}


def test_of_a_pseudonym_only_the_name_is_told(client):
    publish()
    assert review(client)["itemReviewed"]["author"] == {"@type": "Person", "name": "Jo"}


@pytest.mark.parametrize(
    ("speaker", "told"),
    [
        (HOGG, {"@type": "Person", "name": "Nicola Hogg", "jobTitle": "border and visa operations manager"}),
        (replace(HOGG, kind="government", name="INZ"), {"@type": "Organization", "name": "INZ"}),
        (replace(HOGG, role=""), {"@type": "Person", "name": "Nicola Hogg"}),
        (None, None),
    ],
)
def test_the_speaker_is_told_as_what_they_are(client, speaker, told):
    publish(visa_document(speaker=speaker))
    assert review(client)["itemReviewed"].get("author") == told


def test_appearances_leave_out_the_first_and_empty_ones(client):
    places = [
        AppearanceLine("x", url, "", "", "unknown", "") for url in ("https://b.example/", "", "https://a.example/")
    ]
    said = replace(VISA.said, url="https://a.example/")
    publish(visa_document(said=said, appearances=tuple(places)))
    item = review(client)["itemReviewed"]
    assert item["firstAppearance"]["url"] == "https://a.example/"
    assert [one["url"] for one in item["appearance"]] == ["https://b.example/"]


def test_what_is_unknown_is_left_out(client):
    said = replace(VISA.said, on="", precision="unknown")
    publish(visa_document(said=said, evidence=(), speaker=None))
    node = review(client)
    assert set(node["itemReviewed"]) == {"@type", "@id"}
    assert "citation" not in node and "correction" not in node


def test_evidence_and_public_corrections_are_told(client):
    publish(visa_document(evidence=(replace(OHCHR, archived_url="https://a.example/1"),)))
    publish(visa_document(evidence=(OHCHR,)), notice=notice("minor_edit", why="A comma."), at=at(11))
    publish(visa_document(evidence=(OHCHR,)), notice=notice(why="A wrong role."), at=at(12))
    node = review(client)
    assert [(one["name"], one["datePublished"]) for one in node["citation"]] == [(OHCHR.title, "2022-08-31")]
    (correction,) = node["correction"]
    assert correction["text"].endswith("A wrong role.")
    assert node["dateModified"] == "2022-09-11T21:00:00+00:00"


def test_hostile_text_is_harmless_in_the_script_and_arrives_whole(client):
    publish(visa_document(short_form=HOSTILE, speaker=replace(HOGG, name=HOSTILE)))
    html = client.get(ADDRESS).content.decode()
    assert html.count("</script>") == 1
    assert "<!--" not in html
    node = review(client)
    assert node["claimReviewed"] == node["itemReviewed"]["author"]["name"] == HOSTILE


def check_published():
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("check_published", stdout=out, stderr=err)
    except CommandError as failed:
        return str(failed), out.getvalue(), err.getvalue()
    return "", out.getvalue(), err.getvalue()


def ledger_holds(entries):
    return f"{entries} entries of the ledger hold. The head is {ledger.head().hash}.\n"


def test_sound_pages_pass_the_check():
    publish_the_example()
    publish(numbered_document(1, short_form=HOSTILE, rating=MIXED))
    publish(numbered_document(2))
    press.print_retraction("ref-2", notice=notice("retraction"), printed_by="senior-editor")
    assert check_published() == ("", f"4 pages hold to the rules.\n{ledger_holds(8)}", "")


def test_a_long_claim_is_a_warning_and_no_fault():
    publish(visa_document(short_form=""))
    failed, out, err = check_published()
    assert (failed, "SD-10" in err) == ("", True)


def test_a_document_that_breaks_a_rule_is_named():
    broken = replace(MIXED, ordinal=9)
    publish(visa_document(broken, evidence=(replace(OHCHR, published_on="next week"),)))
    failed, out, _ = check_published()
    assert failed == "2 faults in 1 pages, 0 in the ledger."
    assert f"{ADDRESS} edition 1: SD-5" in out
    assert "SD-9" in out


def test_an_altered_edition_is_found():
    publish()
    allow_changes(connection, "published_edition")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE published_edition SET document = replace(document, 'Unproven', 'True')")
    assert "the document is not the one that was printed" in check_published()[1]


@pytest.mark.parametrize(
    "altered",
    [
        "retracted = FALSE",
        "finding = 'It is all so.'",
        "rating_code = 'true', rating_label = 'True'",
        "title = 'Another'",
    ],
)
def test_a_list_that_shows_something_else_than_was_printed_is_found(altered):
    publish(numbered_document(1))
    publish(numbered_document(2))
    press.print_retraction("ref-2", notice=notice("retraction"), printed_by="senior-editor")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE published_check SET {altered} WHERE claim_ref = 'ref-2'")
    failed, out, _err = check_published()
    assert failed == "1 faults in 2 pages, 0 in the ledger."
    assert "/claims/claim-2/ edition 2: lists and pages show something else than what was printed: " in out


def node_of(client):
    publish()
    return client.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('"@type": "ClaimReview"', '"x": "ClaimReview"', "SD-1"),
        ("application/ld+json", "text/plain", "SD-1"),
        ('"alternateName": "Unproven"', '"alternateName": "False"', "SD-3"),
        ('"name": "Jo"}', '"name": "Sam"}', "SD-3"),
        ('rel="canonical" href="http', 'rel="canonical" href="x', "SD-4"),
        ('"alternateName"', '"ratingValue": "3", "alternateName"', "SD-5"),
        ('"name": "Jo"}', '"name": "Jo", "sameAs": "https://x.example/"}', "SD-6"),
        ('"inLanguage": "en"', '"inLanguage": ""', "SD-7"),
        ('"inLanguage": "en"', '"inLanguage": "e\u2028n"', "SD-8"),
        ('"inLanguage": "en"', '"inLanguage": en', "SD-8"),
        ('"datePublished": "2022-09"', '"datePublished": "September"', "SD-9"),
    ],
)
def test_each_rule_is_seen_to_be_broken(client, old, new, rule):
    html = node_of(client)
    assert standards.faults(html, visa_document(), wanted=True) == []
    assert old in html
    found = standards.faults(html.replace(old, new), visa_document(), wanted=True)
    assert {fault[: len(rule)] for fault in found} == {rule}


def test_the_current_edition_is_what_is_checked():
    publish_the_example()
    assert Check.objects.count() == 2
    assert Edition.objects.count() == 3
    assert isinstance(visa_document().evidence[0], EvidenceLine)
    assert check_published()[1] == f"2 pages hold to the rules.\n{ledger_holds(4)}"


def test_without_static_files_the_check_says_what_to_do(settings, tmp_path):
    collected = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": collected}
    settings.STATIC_ROOT = tmp_path
    assert check_published()[0] == "The pages cannot be made: run manage.py collectstatic first."
