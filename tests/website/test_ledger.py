"""The ledger as readers and their programs get it."""

import hashlib
import json

import pytest

from factcheck.published import ledger, press
from factcheck.published.models import Edition, LedgerEntry
from tests.published import vandal
from tests.published.documents import at, notice, numbered_document, publish, visa_document

from .addresses import FEEDS, VISA, Page, publish_the_example
from .fed import feed

pytestmark = pytest.mark.django_db


@pytest.fixture
def example():
    publish_the_example()


def text_of(number, client):
    return client.get(f"/ledger/entries/{number}.json")


def test_the_page_tells_the_head_and_every_entry(client, example):
    page = Page(client.get("/ledger/"))
    assert "4 entries, the last of them on" in page.text
    told = [entry for row in LedgerEntry.objects.all() for entry in (row.hash, row.sha256)]
    assert len(told) == 8
    assert all(digest in page.text for digest in told)
    assert "Notice with edition 2" in page.text and "Correction" in page.text
    assert f"the entries, {ledger.BLOCK} at a time, each with its hash" in page.text


def test_an_empty_ledger_says_so(client):
    assert "Nothing has been published yet" in Page(client.get("/ledger/")).text
    assert client.get("/ledger/head.json").json()["entries"] == 0
    assert client.get("/ledger/blocks/1.json").json()["entries"] == []
    assert client.get("/ledger/blocks/1.jsonl").content == b""


def test_an_edition_tells_its_entry_and_the_digest_of_what_it_shows(client, example):
    for address, number in ((f"/claims/{VISA}/editions/1/", 1), (f"/claims/{VISA}/", 3)):
        page = Page(client.get(address))
        assert LedgerEntry.objects.get(number=number).sha256 in page.text
        assert page.all("a", href=f"/ledger/blocks/1/#entry-{number}")


def test_an_edition_that_was_altered_tells_another_digest_than_its_entry(client, example):
    entry = LedgerEntry.objects.get(number=1)
    vandal.take_triggers_off()
    vandal.sql("UPDATE published_edition SET document = replace(document, 'Unproven', 'True')")
    assert entry.sha256 not in Page(client.get(f"/claims/{VISA}/editions/1/")).text


def test_an_edition_that_is_not_entered_says_so(client, example):
    vandal.take_triggers_off()
    vandal.sql("DELETE FROM published_ledgerentry WHERE number = 1")
    assert "This edition is not entered." in Page(client.get(f"/claims/{VISA}/editions/1/")).text


def test_a_retracted_page_tells_the_entry_of_its_retraction(client, example):
    press.print_retraction(visa_document().claim_ref, notice=notice("retraction"), printed_by="editor", at=at(20))
    assert LedgerEntry.objects.get(number=5).sha256 in Page(client.get(f"/claims/{VISA}/")).text
    assert "verdict" not in text_of(5, client).json()
    assert text_of(1, client).json()["verdict"]["rating"]["label"] == "Unproven"


def test_a_text_is_what_its_digest_is_of_and_may_be_kept_for_ever(client, example):
    for entry in LedgerEntry.objects.all():
        answer = text_of(entry.number, client)
        assert hashlib.sha256(answer.content).hexdigest() == entry.sha256
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["ETag"] == f'"{entry.sha256}"'
        assert answer.headers["X-Robots-Tag"] == "noindex"


def test_programs_on_any_page_may_read_it(client, example):
    for address in ("head.json", "blocks/1.json", "blocks/1.jsonl", "entries/1.json"):
        assert client.get(f"/ledger/{address}").headers["Access-Control-Allow-Origin"] == "*"


def test_a_text_that_was_altered_is_not_hidden_by_what_was_kept_before(client, example):
    addresses = ("/ledger/entries/1.json", "/ledger/blocks/1.jsonl")
    before = [client.get(address) for address in addresses]
    vandal.take_triggers_off()
    vandal.sql("UPDATE published_edition SET document = replace(document, 'Unproven', 'True')")
    for address, kept in zip(addresses, before, strict=True):
        again = client.get(address, headers={"If-None-Match": kept.headers["ETag"]})
        assert (again.status_code, again.content != kept.content) == (200, True)


def test_what_is_no_document_any_more_is_told_as_nothing(client, example):
    vandal.take_triggers_off()
    vandal.sql("UPDATE published_edition SET document = %s", '"\\ud800')
    assert [text_of(number, client).content for number in (1, 2, 3)] == [b"null"] * 3


def publish_many(number):
    publish(numbered_document(1), at=at(1))
    for one in range(number - 1):
        publish(numbered_document(1, why_chosen=f"Reason {one}"), notice=notice("minor_edit"), at=at(2))


@pytest.mark.parametrize(("size", "blocks"), [(2, [2, 2, 1]), (5, [5]), (4, [4, 1])])
def test_programs_walk_it_block_by_block(client, monkeypatch, size, blocks):
    publish_many(3)
    monkeypatch.setattr(ledger, "BLOCK", size)
    address, numbers = "/ledger/blocks/1.json", []
    while address:
        block = client.get(address).json()
        texts = client.get(block["texts"]).content.split(b"\n")[:-1]
        assert [hashlib.sha256(text).hexdigest() for text in texts] == [entry["sha256"] for entry in block["entries"]]
        numbers.append([entry["entry"] for entry in block["entries"]])
        address = block["next"]
    assert [len(each) for each in numbers] == blocks
    assert sum(numbers, []) == [1, 2, 3, 4, 5]


def numbers_on(page):
    return [int(a["id"].removeprefix("entry-")) for tag, a in page.elements if tag == "li" and "id" in a]


def way_on(page, rel):
    return [a["href"] for a in page.all("a", rel=rel)]


def test_older_entries_stand_on_pages_that_keep_them(client, monkeypatch):
    monkeypatch.setattr(ledger, "BLOCK", 10)
    publish_many(12)  # 23 entries
    newest = Page(client.get("/ledger/"))
    assert (numbers_on(newest), way_on(newest, "next")) == ([*range(23, 3, -1)], ["/ledger/blocks/1/#entry-3"])
    pages = [Page(client.get(f"/ledger/blocks/{number}/")) for number in (1, 2, 3)]
    assert [numbers_on(page) for page in pages] == [[*range(10, 0, -1)], [*range(20, 10, -1)], [23, 22, 21]]
    assert [way_on(page, "next") for page in pages] == [[], ["/ledger/blocks/1/"], ["/ledger/blocks/2/"]]
    assert [way_on(page, "prev") for page in pages] == [["/ledger/blocks/2/"], ["/ledger/blocks/3/"], []]
    assert [way_on(page, "first") for page in pages] == [["/ledger/"]] * 3


def test_a_list_that_ends_leads_nowhere(client, example):
    assert way_on(Page(client.get("/ledger/")), "next") == []


def test_the_page_of_a_full_block_stays_as_it_is_until_something_on_it_changes(client, monkeypatch):
    monkeypatch.setattr(ledger, "BLOCK", 2)
    publish_many(2)  # the page of what is in the first block changes with its third entry
    publish(numbered_document(2), at=at(3))
    kept = [client.get(f"/ledger/blocks/{number}/")["ETag"] for number in (1, 2)]
    publish(numbered_document(3), at=at(4))
    assert [
        client.get(f"/ledger/blocks/{number}/")["ETag"] == tag for number, tag in zip((1, 2), kept, strict=True)
    ] == [
        True,
        False,
    ]
    publish(numbered_document(1, short_form="Called otherwise"), notice=notice("minor_edit"), at=at(5))
    assert "Called otherwise" in client.get("/ledger/blocks/1/").content.decode()


def test_the_first_page_of_entries_is_there_before_anything_is_in_it(client):
    assert "Nothing has been published yet" in Page(client.get("/ledger/blocks/1/")).text


def test_the_page_of_evidence_and_the_ledger_name_one_digest(client, example):
    told = client.get(f"/claims/{VISA}/evidence.json").json()
    assert told["edition_sha256"] == LedgerEntry.objects.get(number=3).sha256
    assert told["edition_sha256"] not in Edition.objects.values_list("digest", flat=True)


def test_the_head_for_programs_is_that_of_the_page(client, example):
    head = client.get("/ledger/head.json").json()
    assert head == {
        "entries": 4,
        "head": LedgerEntry.objects.get(number=4).hash,
        "entered_at": json.loads(json.dumps(ledger.head().at.isoformat())),
        "first": "/ledger/blocks/1.json",
    }


@pytest.mark.parametrize("form", ["", "_json"])
@pytest.mark.parametrize("of", FEEDS)
def test_the_feeds_of_all_that_is_printed_tell_the_head(client, example, of, form):
    """Those of one topic, speaker or story stay as they are while others are printed."""
    told = feed(client, of, form)
    if form:
        heads = [told["_ledger"]["head"]] if "_ledger" in told else []
    else:
        heads = [link.title.rpartition(" ")[2] for link in told.feed.links if link.rel == "related"]
    assert heads == ([ledger.head().hash] if of in ("claims", "corrections") else [])


def test_a_feed_tells_the_next_head_with_the_next_edition(client, example):
    kept = feed(client, "claims", "_json")["_ledger"]
    publish(numbered_document(1), at=at(13))
    told = feed(client, "claims", "_json")["_ledger"]
    assert (kept["entries"], told["entries"], told["head"]) == (4, 5, ledger.head().hash)
    assert kept["head"] in LedgerEntry.objects.values_list("hash", flat=True)
