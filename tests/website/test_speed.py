"""Speed by construction: how many queries a page makes, at three rows and at thirty, and that each walks an index."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.published.documents import HOGG, MIXED, at, hogg_document, notice, numbered_document, publish, visa_document

from .addresses import ADDRESSES, FEEDS, STREAMED, path

pytestmark = pytest.mark.django_db
ON_SQLITE = connection.vendor == "sqlite"

QUERIES = {
    "front": 3,
    "claims": 5,
    "claim": 4,
    "edition": 4,
    "claim_file": 1,
    "claim_evidence": 2,
    "claim_sums": 2,
    "share_picture": 2,
    "embed": 2,
    "oembed": 2,
    "stories": 2,
    "story": 2,
    "speaker": 3,
    "topic": 2,
    "corrections": 2,
    "ratings": 2,
    "ledger": 2,
    "ledger_page": 2,
    "ledger_head": 1,
    "ledger_block": 1,
    "ledger_texts": 1,
    "ledger_text": 1,
    "about": 0,
    "copies": 0,
    # when it changed, the rows, their editions with notices, the documents
    **{f"{of}_feed{form}": {"corrections": 3, "claims": 5}.get(of, 4) for of in FEEDS for form in ("", "_json")},
    # when it changed, the last edition, and for each batch the rows, their editions with notices, the documents
    **dict.fromkeys(["claims_csv", "claims_jsonl"], 5),
    "claimreview_feed": 6,  # and once more when it changed: it says so itself
    "corrections_csv": 3,
    "data": 0,
    "sitemap": 3,
    "news_sitemap": 2,
    "robots": 0,
    "security_txt": 0,
}
LISTS = [
    "/claims/?rating=unproven",
    "/claims/?type=allegation",
    "/claims/?speaker=jo",
    "/claims/?topic=immigration",
    "/claims/?story=uyghurs-in-new-zealand-on-the-un-report",
    "/claims/?q=visas",
    "/claims/?q=visas&rating=unproven&topic=immigration&speaker=jo",
    "/claims/?published_from=2022-09-02&published_to=2022-09-08",
    "/claims/?said_from=2022-09-01&said_to=2022-09-30",
    "/corrections/?kind=correction",
]


def publish_many(number):
    """As many claims, each corrected once, tied to the visa claim, and as many editions of the visa claim itself."""
    publish(at=at(1))
    for one in range(number):
        publish(
            numbered_document(one + 1, rating=MIXED if one % 3 else visa_document().verdict.rating),
            at=at(2, hour=1 + one % 20),
        )
        changed = numbered_document(
            one + 1, why_chosen="x", rating=MIXED if one % 3 else visa_document().verdict.rating
        )
        publish(changed, notice=notice(), at=at(3))
        publish(visa_document(why_chosen=f"x{one}"), notice=notice(), at=at(4))
        publish(hogg_document(claim_ref=f"h{one}", slug=f"h-{one}", speaker=HOGG), at=at(5))


@pytest.fixture(autouse=True)
def somebody_to_tell(settings):
    settings.SECURITY_CONTACT = "mailto:security@record.example"


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        assert response.status_code == 200
        assert b"".join(response)
    return [query["sql"] for query in captured]


def made_anew(client, address):
    """The statements of a page of which no part was made before."""
    caches["pages"].clear()
    return queries(client, address)


def beside_the_list(address):
    """A search looks at its words, and weighs; then other filters are asked. A list is counted by the press, or anew."""
    if "q=" in address:
        return 3 if "&" in address else 2
    return 2


@pytest.mark.parametrize("number", [3, 30])
def test_a_page_makes_the_same_few_queries_at_any_number_of_rows(client, number):
    publish_many(number)
    assert {name: len(made_anew(client, path(name))) for name in ADDRESSES} == QUERIES
    assert {address: len(made_anew(client, address)) for address in LISTS} == {
        address: 2 if "corrections" in address else 3 + beside_the_list(address) for address in LISTS
    }


def test_a_304_costs_one_query(client):
    publish_many(1)
    for name in ("front", "claim", "ratings", "claims_feed", "topic_feed", "corrections_feed_json"):
        tag = client.get(path(name))["ETag"]
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path(name), headers={"If-None-Match": tag}).status_code == 304
        assert len(captured) == 1


def test_a_page_that_was_made_before_costs_one_query(client):
    publish_many(1)
    for address in [*map(path, set(ADDRESSES) - {"sitemap", *STREAMED}), *LISTS]:
        made = client.get(address)
        with CaptureQueriesContext(connection) as captured:
            again = client.get(address)
        assert (again.status_code, again.content, again.headers) == (200, made.content, made.headers)
        assert len(captured) <= 1, address


def older(client, address):
    found = re.search(r'href="(\?[^"]*)" rel="next"', client.get(address).content.decode())
    return address.split("?")[0] + found[1].replace("&amp;", "&")


def plan(sql, without=("seqscan",)):
    """What the database says it will do, a step a line."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Of a table of a few rows PostgreSQL reads all, so it is asked whether there is any other way.
            for way in without:
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN {sql}")
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


def scans(steps):
    """The steps that read a table from end to end. An index read in its own order, up to the page's limit, is not one."""
    if connection.vendor == "postgresql":
        return [step for step in steps if "Seq Scan" in step]
    indexed = ("USING INDEX", "USING COVERING INDEX", "VIRTUAL TABLE INDEX")
    return [step for step in steps if step.startswith("SCAN published") and not any(way in step for way in indexed)]


def captured(client, address):
    """The statements of a page with their values, as the database was given them."""
    return [sql for sql in queries(client, address) if sql.startswith("SELECT")]


@pytest.fixture
def many(client):
    publish_many(25)


def test_no_query_of_any_page_scans_a_table(client, many):
    addresses = [path(name) for name in ADDRESSES if QUERIES[name]] + LISTS
    addresses += [older(client, address) for address in ("/claims/", "/claims/?topic=immigration", "/claims/?q=visas")]
    found = {address: [(sql, plan(sql)) for sql in captured(client, address)] for address in addresses}
    assert all(found.values())
    assert [(a, step) for a, plans in found.items() for _, steps in plans for step in scans(steps)] == []


@pytest.mark.parametrize(
    ("address", "index"),
    [
        ("/claims/", "check_listed"),
        ("/claims/?rating=unproven", "check_by_rating"),
        ("/claims/?type=allegation", "check_by_type"),
        ("/claims/?speaker=jo", "check_by_speaker"),
        ("/claims/?topic=immigration", "checktopic_listed"),
        ("/claims/?story=uyghurs-in-new-zealand-on-the-un-report", "check_by_story"),
        ("/claims/?published_from=2022-09-02", "check_listed"),
        ("/topics/immigration/", "checktopic_listed"),
        ("/speakers/jo/", "check_by_speaker"),
        ("/stories/", "storypage_listed"),
        ("/corrections/", "notice_newest"),
        ("/corrections/?kind=correction", "notice_by_kind"),
        ("/feeds/claims.atom", "check_listed"),
        ("/feeds/topics/immigration.json", "checktopic_listed"),
        ("/feeds/speakers/jo.atom", "check_by_speaker"),
        ("/feeds/stories/uyghurs-in-new-zealand-on-the-un-report.atom", "check_by_story"),
        ("/feeds/corrections.json", "notice_newest"),
    ],
)
def test_each_list_walks_its_own_index_in_order(client, many, address, index):
    plans = [plan(sql) for sql in captured(client, address)]
    if connection.vendor == "postgresql":  # which of several indexes it takes for a few rows is its own affair
        assert is_there(index)
        return
    using = [steps for steps in plans if any(index in step for step in steps)]
    assert using, plans
    assert not [step for steps in using for step in steps if "TEMP B-TREE FOR ORDER BY" in step]


def is_there(index):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname = %s", [index])
        return cursor.fetchone() is not None


def test_a_search_asks_the_index_of_words(client, many):
    statements = [sql for sql in captured(client, "/claims/?q=visas") if "visas" in sql]
    plans = [plan(sql, without=("seqscan", "indexscan")) for sql in statements]
    wanted = "published_check_words" if connection.vendor == "postgresql" else "VIRTUAL TABLE INDEX"
    assert plans
    assert all(any(wanted in step for step in steps) for steps in plans), plans
