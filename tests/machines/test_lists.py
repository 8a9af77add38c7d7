"""The lists for programs: the filters of the readers' pages, cursors, and what changed since a moment."""

import hashlib
import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from factcheck.published import press
from factcheck.published.models import Check
from factcheck.website.filters import ClaimFilter
from tests.published.documents import (
    FALSE,
    MIXED,
    STORY,
    at,
    hogg_document,
    notice,
    numbered_document,
    publish,
    visa_document,
)
from tests.website.addresses import VISA, publish_the_example

from .addresses import LISTS, path

pytestmark = pytest.mark.django_db


def walk(client, address):
    """Every row of a list, page by page."""
    rows = []
    while address:
        told = client.get(address).json()
        rows += told["results"]
        address = told["next"] and "?".join(urlsplit(told["next"])[2:4])
        assert len(rows) < 1000
    return rows


def slugs(client, **asked):
    return [row["slug"] for row in client.get(path("api_claims"), asked).json()["results"]]


@pytest.fixture
def many():
    """Twenty-five claims at five moments, so that keys have to decide."""
    press.print_scale([MIXED, FALSE])
    for number in range(1, 26):
        publish(
            numbered_document(number, rating=MIXED if number % 5 == 0 else visa_document().verdict.rating),
            at=at(1 + number // 6),
        )


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 25),
        ({"rating": "mixed"}, 5),
        ({"type": "allegation"}, 25),
        ({"speaker": "jo"}, 25),
        ({"topic": "immigration"}, 25),
        ({"story": STORY.slug}, 25),
        ({"q": "visas"}, 25),
        ({"published_from": "2022-09-05"}, 2),
        ({"said_to": "2022-08-31"}, 0),
        ({"speaker": "no-such-speaker"}, 0),
        ({"rating": "false"}, 0),
    ],
)
def test_a_filter_finds_what_the_readers_page_finds(client, many, asked, count):
    rows = walk(client, f"{path('api_claims')}?page_size=3&" + "&".join(f"{k}={v}" for k, v in asked.items()))
    assert len(rows) == len({row["slug"] for row in rows}) == count
    in_order = {**asked, "order": "newest"} if "q" in asked else asked
    page = client.get("/claims/", in_order).text
    assert [row["slug"] for row in rows[:20]] == [r for r in _in_order(page) if r]


def _in_order(html):
    return [part.split("/")[0] for part in html.split('class="row-title"><a href="/claims/')[1:]]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"rating": "no-such-rating"}, "There is no rating “no-such-rating”. There are: false, mixed, unproven."),
        (
            {"type": "rumour", "topic": "immigration"},
            "No published claim is of the type “rumour”. There are: allegation.",
        ),
        (
            {"rating": "no-such-rating", "q": "visas"},
            "There is no rating “no-such-rating”. There are: false, mixed, unproven.",
        ),
    ],
)
def test_a_code_that_there_is_not_is_refused_as_the_readers_page_refuses_it(client, many, asked, why):
    name = next(iter(asked))
    refused = client.get(path("api_claims"), asked)
    assert (refused.status_code, refused.json()["detail"], refused.json()["parameter"]) == (400, why, name)
    page = client.get("/claims/", asked)
    assert page.status_code == 400
    assert why in page.text


def test_a_rating_of_an_earlier_scale_is_still_found(client, many):
    press.print_scale([FALSE])
    assert len(slugs(client, rating="mixed")) == 5
    assert slugs(client, rating="mixed", speaker="nobody") == []


def test_a_kind_of_correction_that_there_is_not_is_refused_with_those_there_are(client):
    refused = client.get(path("api_corrections"), {"kind": "x"})
    assert refused.status_code == 400
    assert "There is no such kind of change. There are: clarification, correction, " in refused.json()["detail"]


def test_every_filter_of_the_readers_page_is_one_of_programs():
    from factcheck.machines.lists import Claims

    assert set(ClaimFilter.base_filters) < set(Claims.parameters)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("since", ["", "updated_since=2022-09-01T00:00:00Z&"])
def test_a_list_shows_every_row_once_however_it_is_cut(client, many, name, since):
    publish(hogg_document())
    publish(hogg_document(why_chosen="x"), notice=notice(), at=at(12))
    publish(hogg_document(why_chosen="y"), notice=notice("update"), at=at(12))
    whole = client.get(f"{path(name)}?{since}page_size=100").json()
    assert whole["next"] is None
    for size in (1, 2, 7):
        assert walk(client, f"{path(name)}?{since}page_size={size}") == whole["results"]
    assert whole["results"]


def test_what_is_published_meanwhile_pushes_nothing_to_the_next_page(client, many):
    first = client.get(path("api_claims"), {"page_size": 10}).json()
    publish(numbered_document(77), at=at(20))
    second = client.get(first["next"]).json()
    seen = [row["slug"] for row in first["results"] + second["results"]]
    assert "claim-77" not in seen and len(set(seen)) == 20


def test_what_changed_since_a_moment_comes_in_the_order_it_changed(client):
    for number in range(1, 5):
        publish(numbered_document(number), at=at(number))
    moment = Check.objects.get(slug="claim-3").changed_at.isoformat()
    publish(numbered_document(1, why_chosen="x"), notice=notice(), at=at(9))
    assert slugs(client, updated_since=moment) == ["claim-3", "claim-4", "claim-1"]
    assert slugs(client, updated_since=datetime(2999, 1, 1, tzinfo=UTC).isoformat()) == []
    assert slugs(client, updated_since=moment, q="visas", topic="immigration") == ["claim-3", "claim-4", "claim-1"]


def test_a_copy_is_kept_up_by_the_last_moment_it_has(client):
    publish_the_example()
    last = client.get(path("api_claims"), {"updated_since": "2000-01-01T00:00:00Z"}).json()["results"][-1]["changed_at"]
    publish(numbered_document(5), at=at(13))
    assert slugs(client, updated_since=last)[-1] == "claim-5"


def test_a_plus_that_was_not_escaped_is_understood(client):
    publish_the_example()
    for zone in ("+12:00", "%2B12:00", "Z"):
        assert client.get(f"{path('api_claims')}?updated_since=2022-09-01T00:00:00{zone}").json()["results"]


def test_the_next_page_is_in_a_header_as_well(client, many):
    answer = client.get(path("api_claims"))
    assert answer["Link"] == f'<{answer.json()["next"]}>; rel="next"'
    assert "Link" not in client.get(path("api_ratings"))


def test_editions_and_corrections_of_one_claim(client):
    publish_the_example()
    editions = client.get(path("api_editions"), {"claim": VISA}).json()["results"]
    assert [(row["number"], row["is_current"]) for row in editions] == [(2, True), (1, False)]
    corrections = client.get(path("api_corrections"), {"claim": VISA}).json()["results"]
    assert [(row["edition"], row["kind"]["code"]) for row in corrections] == [(2, "correction")]
    for name in ("api_editions", "api_corrections"):
        assert client.get(path(name), {"claim": "no-such-claim"}).json()["results"] == []


def test_minor_edits_are_no_corrections(client):
    publish_the_example()
    publish(visa_document(why_chosen="a"), notice=notice("minor_edit", why="A comma."), at=at(14))
    assert "A comma." not in client.get(path("api_corrections")).text + client.get(path("api_claim")).text
    assert client.get(path("api_corrections"), {"kind": "minor_edit"}).status_code == 400


def test_anybody_can_compute_the_digest_of_a_document(client):
    publish_the_example()
    for name in ("api_claim", "api_edition"):
        told = client.get(path(name)).json()
        text = json.dumps(told["document"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert told["sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_an_earlier_edition_is_as_it_was_printed(client):
    publish_the_example()
    before, now = client.get(path("api_edition")).json(), client.get(path("api_claim")).json()
    assert before["document"]["why_chosen"] != now["document"]["why_chosen"] == "It accuses two bodies."
    assert (before["edition"], before["current_edition"], now["edition"]) == (1, 2, 2)


def test_a_pseudonym_says_that_it_is_one_and_a_name_does_not(client):
    publish_the_example()
    said = {
        row["slug"]: (row["is_pseudonym"], bool(row["note"]))
        for row in client.get("/api/v1/speakers/").json()["results"]
    }
    assert said == {"jo": (True, True), "nicola-hogg": (False, False)}
    lines = [row["speaker"] for row in client.get("/api/v1/claims/").json()["results"]]
    assert {line["slug"]: line["is_pseudonym"] for line in lines} == {"jo": True, "nicola-hogg": False}
