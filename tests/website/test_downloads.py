"""Downloads as they are sent: one moment's state however slowly they are taken, in pieces, and flat in memory."""

import gc
import tracemalloc

import pytest

from factcheck.published import wholesale
from factcheck.published.models import Edition, Notice
from tests.bench.load import load
from tests.published.documents import FALSE, MIXED, at, notice, numbered_document, publish

from .addresses import publish_the_example
from .test_open_data import ALL, content, retract

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_at_a_time(monkeypatch):
    monkeypatch.setattr(wholesale, "BATCH", 1)


@pytest.mark.parametrize("address", ALL)
def test_what_is_published_meanwhile_is_in_the_next_download_and_not_in_this_one(client, one_at_a_time, address):
    for number in range(1, 5):
        publish(numbered_document(number, rating=MIXED), at=at(number))
        publish(numbered_document(number, rating=FALSE), notice=notice("update"), at=at(9, hour=number))
    before = content(client, address)
    pieces = iter(client.get(address))
    begun = [next(pieces), next(pieces), next(pieces)]
    for number in (1, 4):
        publish(numbered_document(number, rating=MIXED), notice=notice("correction_verdict"), at=at(12, hour=number))
    retract("ref-3")
    publish(numbered_document(5, rating=MIXED), at=at(14))
    assert b"".join([*begun, *pieces]).decode() == before
    assert content(client, address) != before


@pytest.mark.parametrize("address", ALL)
def test_batches_leave_nothing_out_and_tell_nothing_twice(client, monkeypatch, address):
    for number in range(1, 7):
        publish(numbered_document(number, rating=MIXED), at=at(number))
        publish(numbered_document(number, rating=MIXED, why_chosen="x"), notice=notice(), at=at(9, hour=number))
    whole = content(client, address)
    for size in (1, 2, 3, 5, 6, 7):
        monkeypatch.setattr(wholesale, "BATCH", size)
        assert content(client, address) == whole
    assert all(whole.count(f"/claims/claim-{number}/") for number in range(1, 7))


@pytest.mark.parametrize("address", ALL)
def test_whoever_asks_for_the_head_alone_makes_nothing(client, address, django_assert_num_queries):
    publish_the_example()
    got = client.get(address)
    with django_assert_num_queries(1):
        head = client.head(address)
    assert b"".join(head) == b"" and "Content-Length" not in head
    assert {name: head[name] for name in ("ETag", "Content-Type")} == {
        name: got[name] for name in ("ETag", "Content-Type")
    }


@pytest.mark.parametrize("address", ALL)
def test_parameters_change_nothing(client, address):
    publish_the_example()
    plain = content(client, address)
    for query in ("page=x", "rating=false", "q=%00", "x=%ff", "format=xml&format=csv"):
        assert content(client, f"{address}?{query}") == plain


@pytest.fixture
def many(db):
    for done in load(300):
        assert done == 300
    Notice.objects.bulk_create(
        Notice(
            **{"kind": "update", "was_wrong": "x" * 2_000, "public": True, "slug": edition.page.slug, "number": 1},
            **{"title": "x", "page": edition.page, "edition": edition, "printed_at": edition.printed_at},
        )
        for edition in Edition.objects.select_related("page")
    )


def test_memory_holds_a_batch_and_not_everything(client, monkeypatch, many):
    for address in ALL:
        monkeypatch.setattr(wholesale, "BATCH", 10_000)
        everything = _highest(client, address)
        monkeypatch.setattr(wholesale, "BATCH", 10)
        assert _highest(client, address) < everything / 5, address


def _highest(client, address):
    """The most memory, in bytes, that was taken at once while the pieces came and were dropped."""
    pieces = iter(client.get(address))
    tracemalloc.start()
    try:
        for _piece in pieces:
            gc.collect()  # rows and notices hold each other, until they are looked for
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
