"""Speed by construction: how many queries an answer makes, at three rows and at thirty, and that each walks an index."""

import pytest

from tests.website.test_speed import ON_SQLITE, captured, is_there, plan, publish_many, queries, scans

from .addresses import ADDRESSES, LISTS, path

pytestmark = pytest.mark.django_db

QUERIES = {
    "openapi": 0,
    "api_claims": 3,
    "api_claim": 3,
    "api_edition": 3,
    "api_editions": 2,
    "api_corrections": 2,
    "api_stories": 2,
    "api_story": 1,
    "api_speakers": 2,
    "api_speaker": 1,
    "api_topics": 2,
    "api_topic": 1,
    "api_ratings": 2,
    "claims_search": 5 + ON_SQLITE,  # one to see how common the word is, and on SQLite one for what begins like it
}
SINCE = "?updated_since=2020-01-01T00:00:00Z"
ASKED = [
    "/api/v1/claims/?rating=unproven",
    "/api/v1/claims/?topic=immigration",
    "/api/v1/claims/?published_from=2022-09-02&published_to=2022-09-08",
    "/api/v1/editions/?claim=claim-1",
    "/api/v1/corrections/?claim=claim-1",
    "/api/v1/corrections/?kind=correction",
    *(f"{path}{SINCE}" for path in map("/api/v1/{}/".format, [name.removeprefix("api_") for name in LISTS])),
    f"/api/v1/claims/{SINCE}&topic=immigration",
]
SEARCH = "/v1alpha1/claims:search?reviewPublisherSiteFilter=127.0.0.1"
SEARCHES = [SEARCH, f"{SEARCH}&languageCode=en", f"{SEARCH}&maxAgeDays=9999", f"{SEARCH}&maxAgeDays=1&languageCode=en"]


@pytest.mark.parametrize("number", [3, 30])
def test_an_answer_makes_the_same_few_queries_at_any_number_of_rows(client, number):
    publish_many(number)
    assert {name: len(queries(client, path(name))) for name in ADDRESSES} == QUERIES
    assert {address: len(queries(client, address)) for address in ASKED} == {
        address: 3 if "claims" in address else 2 for address in ASKED
    }


def test_an_answer_that_was_made_before_costs_one_query(client):
    publish_many(1)
    for address in [*map(path, set(ADDRESSES) - {"openapi"}), *ASKED]:
        made = client.get(address)
        again = queries(client, address)
        assert (len(again), client.get(address).content) == (1, made.content), address


def test_no_query_scans_a_table(client):
    publish_many(25)
    addresses = [*map(path, set(ADDRESSES) - {"openapi"}), *ASKED, *SEARCHES]
    addresses += [
        client.get(path(name), {"page_size": 1}).json()["next"].split(":8000")[1]
        for name in ("api_claims", "api_editions")
    ]
    found = {address: [(sql, plan(sql)) for sql in captured(client, address)] for address in addresses}
    assert all(found.values())
    assert [(a, step) for a, plans in found.items() for _, steps in plans for step in scans(steps)] == []


@pytest.mark.parametrize(
    ("address", "index"),
    [
        ("/api/v1/claims/", "check_listed"),
        (f"/api/v1/claims/{SINCE}", "check_changed"),
        ("/api/v1/editions/", "edition_printed"),
        (f"/api/v1/editions/{SINCE}", "edition_printed"),
        ("/api/v1/corrections/", "notice_newest"),
        (f"/api/v1/corrections/{SINCE}", "notice_newest"),
        (f"/api/v1/stories/{SINCE}", "storypage_changed"),
        (f"/api/v1/speakers/{SINCE}", "speakerpage_changed"),
        (f"/api/v1/topics/{SINCE}", "topicpage_changed"),
    ],
)
def test_each_list_walks_its_own_index_in_order(client, address, index):
    publish_many(25)
    plans = [plan(sql) for sql in captured(client, address)]
    if not ON_SQLITE:  # which of several indexes PostgreSQL takes for a few rows is its own affair
        assert is_there(index)
        return
    using = [steps for steps in plans if any(index in step for step in steps)]
    assert using, plans
    assert not [step for steps in using for step in steps if "TEMP B-TREE FOR ORDER BY" in step]
