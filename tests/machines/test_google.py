"""claims:search, rule by rule (API-2 to API-7)."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.published import press
from tests.published.documents import (
    FALSE,
    HOGG,
    MIXED,
    ON_RECORD,
    VISA,
    at,
    hogg_document,
    notice,
    numbered_document,
    publish,
    visa_document,
)

from .google_fixture import ERROR, differences

pytestmark = pytest.mark.django_db
SEARCH = "/v1alpha1/claims:search"
ALL = {"reviewPublisherSiteFilter": "127.0.0.1"}


def ask(client, **asked):
    answer = client.get(SEARCH, asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json"), answer.text
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert differences(answer.json()) == []
    return answer.json()


def texts(client, **asked):
    return [claim["text"] for claim in ask(client, **asked).get("claims", [])]


def refusal(answer):
    told = answer.json()
    assert (answer.status_code, differences(told, ERROR), told["error"]["code"]) == (400, [], 400)
    assert (told["error"]["status"], answer["Access-Control-Allow-Origin"]) == ("INVALID_ARGUMENT", "*")
    assert told["error"]["message"].endswith(".")
    return told["error"]["message"]


def test_a_claim_is_told_as_google_tells_it(client):
    publish(visa_document(said=replace(VISA.said, on="2022-09-05", precision="day")))
    [claim] = ask(client, query="visas")["claims"]
    assert claim == {
        "text": VISA.short_form,
        "claimant": "Jo",
        "claimDate": "2022-09-05T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "The Record", "site": "127.0.0.1"},
                "url": f"http://127.0.0.1:8000/claims/{VISA.slug}/",
                "title": f"Unproven: {VISA.short_form}",
                "reviewDate": "2022-09-08T21:00:00Z",
                "textualRating": "Unproven",
                "languageCode": "en",
            }
        ],
    }


def test_nothing_found_is_an_empty_object(client):
    publish()
    for asked in ({"query": "unicorns"}, {"query": "***"}, {"reviewPublisherSiteFilter": "nytimes.com"}):
        assert ask(client, **asked) == {}
    assert ask(client, **ALL, languageCode="ar") == ask(client, **ALL, offset=500) == {}


@pytest.mark.parametrize(("on", "precision"), [("", "unknown"), ("2022", "year"), ("2022-09", "month")])
def test_the_day_of_a_claim_is_left_out_where_it_is_not_known(client, on, precision):
    publish(visa_document(said=replace(VISA.said, on=on, precision=precision)))
    assert "claimDate" not in ask(client, query="visas")["claims"][0]


def test_a_claim_of_nobody_known_has_no_claimant(client):
    publish(visa_document(speaker=None))
    assert "claimant" not in ask(client, query="visas")["claims"][0]


def test_neither_query_nor_site_is_an_invalid_argument(client):
    for asked in ({}, {"query": ""}, {"languageCode": "en", "key": "x"}, {"reviewPublisherSiteFilter": ""}):
        assert "query" in refusal(client.get(SEARCH, asked))


def test_what_every_client_sends_is_taken_and_changes_nothing(client):
    publish()
    plain = client.get(SEARCH, {"query": "visas"})
    usual = {"key": "AIza", "alt": "json", "prettyPrint": "true", "quotaUser": "me", "$.xgafv": "1"}
    usual |= {"callback": "run", "fields": "claims", "access_token": "x", "uploadType": "media"}
    for name, value in usual.items():
        answer = client.get(SEARCH, {"query": "visas", name: value})
        assert (answer.content, answer["Content-Type"]) == (plain.content, "application/json"), name


@pytest.mark.parametrize("alt", ["media", "proto", "xml", "JSON "])
def test_anything_but_json_is_an_invalid_argument(client, alt):
    assert "JSON" in refusal(client.get(SEARCH, {"query": "visas", "alt": alt}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, value) for name in ("pageSize", "maxAgeDays", "offset") for value in ("x", "1.5", "", "9" * 30, "١")),
        ("maxAgeDays", "-1"),
        ("offset", "-1"),
        ("offset", "1001"),
        ("languageCode", "en NZ"),
        ("languageCode", "x" * 300),
        ("languageCode", "en\x00"),
        ("query", "a\x00b"),
        ("query", "x" * 2001),
        ("pageToken", "x"),
        ("pageToken", "é"),
        ("pageToken", "=" * 40),
        ("nonsense", "x"),
    ],
)
def test_what_cannot_be_meant_is_an_invalid_argument(client, name, value):
    publish()
    answer = client.get(SEARCH, {"reviewPublisherSiteFilter": "127.0.0.1", name: value})
    assert answer.status_code == 200 if value == "" else refusal(answer)


def test_a_page_holds_ten_or_what_was_asked_and_never_more_than_a_hundred(client):
    for number in range(1, 104):
        publish(numbered_document(number), at=at(1))
    sizes = {size: len(texts(client, **ALL, pageSize=size)) for size in (0, -5, 1, 50, 100, 101, 2**31 - 1)}
    assert sizes == {0: 10, -5: 10, 1: 1, 50: 50, 100: 100, 101: 100, 2**31 - 1: 100}
    assert len(texts(client, **ALL)) == 10


@pytest.fixture
def many():
    for number in range(1, 26):
        publish(numbered_document(number), at=at(1 + number // 6))


def test_tokens_lead_through_every_claim_once_in_order(client, many):
    seen, asked = [], {**ALL, "pageSize": 4, "languageCode": "en"}
    while True:
        told = ask(client, **asked)
        seen += [claim["text"] for claim in told["claims"]]
        if "nextPageToken" not in told:
            break
        asked["pageToken"] = told["nextPageToken"]
    assert seen == [f"Claim number {number}" for number in range(25, 0, -1)]


def test_an_offset_skips_and_a_token_makes_it_nothing(client, many):
    assert texts(client, **ALL, offset=20) == [f"Claim number {number}" for number in range(5, 0, -1)]
    first = ask(client, **ALL, offset=3, pageSize=5)
    assert first["claims"][0]["text"] == "Claim number 22"
    second = texts(client, **ALL, offset=3, pageSize=5, pageToken=first["nextPageToken"])
    assert second[0] == "Claim number 17"


@pytest.mark.parametrize(
    "changed",
    [
        {"query": "visas"},
        {"languageCode": "en"},
        {"maxAgeDays": 9999},
        {"pageSize": 4},
        {"offset": 1},
        {"reviewPublisherSiteFilter": "http://127.0.0.1/"},
    ],
)
def test_a_token_is_of_one_search_alone(client, many, changed):
    token = ask(client, **ALL, pageSize=3)["nextPageToken"]
    assert ask(client, **ALL, pageSize=3, pageToken=token, key="another")["claims"]
    answer = client.get(SEARCH, {**ALL, "pageSize": 3, "pageToken": token, **changed})
    assert "pageToken" in refusal(answer)


def test_a_token_that_was_tampered_with_is_an_invalid_argument(client, many):
    token = ask(client, **ALL)["nextPageToken"]
    assert re.fullmatch(r"[\w-]+", token, re.ASCII)
    swapped = "B" if token[5] != "B" else "C"
    for wrong in (token[:-1], f"{token}A", f"{token}=", token.lower(), token[:5] + swapped + token[6:]):
        assert "pageToken" in refusal(client.get(SEARCH, {**ALL, "pageToken": wrong}))


def test_the_age_is_of_the_claim_or_of_the_review_whichever_is_newer(client):
    today = timezone.now()
    day = (today - timedelta(days=5)).date().isoformat()
    publish(
        numbered_document(1, said=replace(VISA.said, on="2001-01-01", precision="day")), at=today - timedelta(days=2)
    )
    said_lately = numbered_document(2, said=replace(VISA.said, on=day, precision="day"))
    publish(said_lately, at=today - timedelta(days=50))
    publish(numbered_document(3), at=today - timedelta(days=400))
    numbers = {age: [int(text[-1]) for text in texts(client, **ALL, maxAgeDays=age)] for age in (1, 3, 10, 60, 500)}
    assert numbers == {1: [], 3: [1], 10: [1, 2], 60: [1, 2], 500: [1, 2, 3]}
    assert [int(text[-1]) for text in texts(client, **ALL, maxAgeDays=2**31 - 1)] == [1, 2, 3]
    seen, token = [], ""
    for _ in range(3):
        told = ask(client, **ALL, maxAgeDays=500, pageSize=1, **({"pageToken": token} if token else {}))
        seen += [claim["text"][-1] for claim in told["claims"]]
        token = told.get("nextPageToken", "")
    assert (seen, token) == (["1", "2", "3"], "")


def test_a_claim_grows_too_old_though_nothing_is_published(client, time_machine):
    publish(at=timezone.now())
    assert texts(client, query="visas", maxAgeDays=3)
    time_machine.move_to(timezone.now() + timedelta(days=5))
    assert texts(client, query="visas", maxAgeDays=3) == []


def test_a_language_matches_whatever_its_region(client):
    publish(numbered_document(1, language="en-NZ"), at=at(1))
    publish(numbered_document(2, language="en"), at=at(2))
    publish(numbered_document(3, language="mi"), at=at(3))
    for code in ("en", "en-NZ", "en-US", "EN", "en_GB"):
        assert texts(client, **ALL, languageCode=code) == ["Claim number 2", "Claim number 1"], code
    assert texts(client, **ALL, languageCode="mi-Latn-NZ") == ["Claim number 3"]
    assert texts(client, **ALL, languageCode="e") == []


@pytest.mark.parametrize(
    ("site", "ours"),
    [
        ("record.example", True),
        ("www.record.example", True),
        ("https://www.record.example/claims/", True),
        ("RECORD.example", True),
        ("example", True),
        ("cord.example", False),
        ("nytimes.com", False),
        ("record.example.org", False),
    ],
)
def test_a_site_is_ours_by_its_host(client, settings, site, ours):
    settings.SITE_URL = "https://www.record.example"
    publish()
    found = ask(client, reviewPublisherSiteFilter=site).get("claims", [])
    assert bool(found) == ours
    assert {review["publisher"]["site"] for claim in found for review in claim["claimReview"]} <= {"record.example"}


def test_only_a_rating_that_stands_is_told(client):
    publish(numbered_document(1, rating=FALSE), at=at(1))
    publish(numbered_document(2, rating=MIXED), at=at(2))
    publish(numbered_document(3, rating=ON_RECORD), at=at(3))
    why = notice("retraction", was_wrong="", says_now="", why="We were mistaken.")
    press.print_retraction("ref-1", notice=why, printed_by="senior-editor", at=at(4))
    assert texts(client, **ALL) == texts(client, query="visas") == ["Claim number 2"]


def test_a_pseudonym_stands_without_its_star(client):
    publish()
    publish(hogg_document(rating=MIXED, speaker=HOGG))
    claims = ask(client, **ALL)["claims"]
    assert sorted(claim["claimant"] for claim in claims) == ["Jo", "Nicola Hogg"]


def test_a_corrected_verdict_is_a_new_review(client):
    publish(numbered_document(1, rating=FALSE), at=at(1))
    publish(numbered_document(1, rating=MIXED), notice=notice("correction_verdict"), at=at(8))
    [review] = ask(client, **ALL)["claims"][0]["claimReview"]
    assert (review["textualRating"], review["reviewDate"]) == ("Mixed", "2022-09-07T21:00:00Z")


def test_the_query_is_never_read_as_search_syntax(client):
    publish()
    for query in (
        '"visas',
        "visas AND",
        "visas OR (",
        "visas*",
        "-visas",
        "NEAR(visas)",
        "a:visas",
        "';--",
        "visas & |",
    ):
        ask(client, query=query)


@pytest.mark.parametrize("address", ["/v1alpha1/", "/v1alpha1/pages", "/v1alpha1/claims:imageSearch", f"{SEARCH}/"])
def test_what_is_not_there_is_googles_404(client, address):
    answer = client.get(address)
    told = answer.json()["error"]
    assert (answer.status_code, told["code"], told["status"]) == (404, 404, "NOT_FOUND")


def test_writing_is_googles_error_too(client):
    told = client.post(SEARCH, {"query": "visas"}).json()["error"]
    assert (told["code"], told["status"]) == (405, "UNIMPLEMENTED")
