"""Pages that are handed out again: the same bytes while nothing changed, and never once something has."""

from dataclasses import replace

import pytest
from django.core.cache import caches

from factcheck.published import handing, press
from factcheck.website.paging import SIZE
from tests.published.documents import FILE, HOGG, at, notice, numbered_document, publish, visa_document

from .addresses import ADDRESSES, HTML, WITHOUT_ROWS, Page, path, publish_the_example

pytestmark = pytest.mark.django_db


@pytest.fixture
def example():
    publish_the_example()


@pytest.mark.parametrize("name", [name for name in HTML if name not in WITHOUT_ROWS])
def test_a_correction_is_what_the_next_request_gets(client, example, name):
    before = client.get(path(name)).content
    assert client.get(path(name)).content == before
    publish(visa_document(short_form="Now in other words"), notice=notice(), at=at(13))
    after = client.get(path(name))
    assert (b"Now in other words" in after.content) == (name not in ("edition", "stories", "ratings"))
    assert after.status_code == 200


def test_a_retraction_is_what_the_next_request_gets(client, example):
    for name in ("claim", "claims", "edition"):
        client.get(path(name))
    press.print_retraction(
        visa_document().claim_ref, notice=notice("retraction"), printed_by="senior-editor", at=at(20)
    )
    assert all("etract" in Page(client.get(path(name))).text for name in ("claim", "claims", "edition"))


def test_a_party_that_gets_a_page_is_linked_on_the_next_request(client):
    publish(at=at(1))
    there = b'href="/speakers/immigration-new-zealand/"'
    assert there not in client.get(path("claim")).content
    publish(numbered_document(1, speaker=replace(HOGG, slug="immigration-new-zealand", name="INZ")), at=at(2))
    assert there in client.get(path("claim")).content


def test_a_file_that_is_taken_back_is_gone_on_the_next_request(client, example):
    assert client.get(path("claim_file")).status_code == client.get(path("claim_file")).status_code == 200
    handing.take_back(visa_document().claim_ref, FILE.sha256)
    assert client.get(path("claim_file")).status_code == 410


def test_head_keeps_nothing_that_get_would_be_given(client, example):
    for name in set(ADDRESSES) - {"security_txt"}:
        client.head(path(name))
        assert b"".join(client.get(path(name))), name


@pytest.mark.parametrize("query", ["utm_source=x", "page=", "nonsense=%00", "q="])
def test_what_a_page_does_not_heed_is_neither_in_it_nor_kept_apart(client, query):
    for number in range(SIZE + 1):
        publish(numbered_document(number + 1))
    plain = client.get("/claims/")
    kept = set(caches["pages"]._cache)
    assert client.get(f"/claims/?{query}").content == plain.content
    assert set(caches["pages"]._cache) == kept


def test_a_page_is_made_anew_where_a_setting_that_it_prints_changes(client, example, settings):
    client.get("/claims/")
    settings.NEWSROOM_NAME = "Another Newsroom"
    assert b"Another Newsroom" in client.get("/claims/").content


def test_pages_kept_in_redis_are_the_same_bytes(client, example, redis):
    made = client.get(path("claim"))
    assert len(list(caches["pages"]._cache.get_client().keys("factcheck:*"))) == 1
    again = client.get(path("claim"))
    assert (again.content, again.headers) == (made.content, made.headers)


def test_a_redis_that_is_gone_or_holds_nonsense_costs_time_and_no_page(client, example, redis):
    made = client.get(path("claim")).content
    server = caches["pages"]._cache.get_client()
    for key in server.keys("factcheck:*"):
        server.set(key, b"cos\nsystem\n(S'true'\ntR.")
    assert client.get(path("claim")).content == made
    redis.terminate()
    redis.wait()
    assert client.get(path("claim")).content == made
