"""A search by words as its reader meets it: the best matches first, or the newest, and how many of them there are."""

import re

import pytest

from factcheck.database import fulltext
from factcheck.published import press
from factcheck.website.paging import SIZE
from tests.published.documents import MIXED, at, notice, numbered_document, publish, visa_document

from .addresses import VISA, Page
from .conftest import ON_SERVER
from .test_lists import titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def ferries():
    publish(numbered_document(1, short_form="Most of all", why_chosen="ferry " * 9), at=at(1))
    publish(numbered_document(2, short_form="In passing", why_chosen="A ferry, and much else", rating=MIXED), at=at(2))
    publish(numbered_document(3, short_form="Something else"), at=at(3))


def told(client, **params):
    page = Page(client.get("/claims/", params))
    return page.text


def test_the_best_matches_come_first_and_the_newest_where_that_is_asked(client, ferries):
    assert titles(client, q="ferry") == ["Most of all", "In passing"]
    assert titles(client, q="ferry", order="newest") == ["In passing", "Most of all"]
    refused = client.get("/claims/", {"q": "ferry", "order": "nonsense"})
    assert (refused.status_code, "“order” is “newest”" in Page(refused).text) == (400, True)


def test_the_page_says_how_many_there_are_and_offers_both_orders(client, ferries):
    assert "2 claims, the best matches first." in told(client, q="ferry")
    assert "1 claim, the best match first." in told(client, q="else ferry")
    assert "Newest first." in told(client, q="ferry", order="newest")
    page = Page(client.get("/claims/?q=ferry&order=newest"))
    assert page.all("a", href="?q=ferry")
    assert page.all("a", href="?q=ferry&order=newest") == [{"href": "?q=ferry&order=newest", "aria-current": "true"}]
    assert not Page(client.get("/claims/?rating=mixed")).all("nav", **{"aria-label": "Order"})


def test_another_filter_narrows_a_search(client, ferries):
    assert titles(client, q="ferry", rating="mixed") == ["In passing"]
    assert "1 claim, the best match first." in told(client, q="ferry", rating="mixed")
    assert titles(client, q="ferry", speaker="nobody") == []
    assert client.get("/claims/", {"q": "ferry", "rating": "no-such-rating"}).status_code == 400
    assert titles(client, q="ferry", published_to="2022-09-01") == ["Most of all"]


def test_the_best_matches_are_paged_and_each_is_shown_once(client):
    for number in range(1, 2 * SIZE + 6):
        publish(numbered_document(number, short_form=f"Number {number:02}", why_chosen="ferry"))
    seen, address = [], "/claims/?q=ferry"
    while address:
        html = client.get(address).content.decode()
        seen += re.findall(r"Number \d\d(?=</a>)", html)
        older = re.search(r'href="(\?[^"]*)" rel="next"', html)
        address = older and "/claims/" + older[1].replace("&amp;", "&")
    assert sorted(seen) == [f"Number {number:02}" for number in range(1, 2 * SIZE + 6)]
    assert 'rel="first"' in html


@pytest.mark.parametrize("after", ["x", "-1", "0", "1.5", "99999", "\x00", "٣", " 1"])
def test_a_place_that_is_none_is_refused(client, ferries, after):
    assert client.get("/claims/", {"q": "ferry", "after": after}).status_code == 400


def test_a_place_past_the_last_match_is_an_empty_page(client, ferries):
    assert titles(client, q="ferry", after="9999") == []


def test_a_word_that_is_in_very_many_claims_says_that_only_the_newest_were_weighed(client, ferries, monkeypatch):
    monkeypatch.setattr(fulltext, "COMMON", 1)
    monkeypatch.setattr(fulltext, "EVERYWHERE", 0)
    assert "More than 1 claims match. These are the best of the newest of them." in told(client, q="ferry")
    assert titles(client, q="ferry") == ["In passing"]
    assert titles(client, q="ferry", order="newest") == ["In passing", "Most of all"]


def test_words_in_very_many_claims_narrowed_otherwise_miss_no_older_claim(client, ferries, monkeypatch):
    publish(numbered_document(4, short_form="Older rating", why_chosen="ferry"), at=at(4))
    monkeypatch.setattr(fulltext, "COMMON", 1)
    assert titles(client, q="ferry", rating="mixed") == ["In passing"]
    assert "Newest first." in told(client, q="ferry", rating="mixed")


def test_of_words_that_are_everywhere_the_claims_that_say_them_come_first(client, ferries, monkeypatch):
    publish(numbered_document(4, short_form="A ferry in the claim itself"), at=at(4))
    publish(numbered_document(5, short_form="The newest", why_chosen="ferry ferry ferry"), at=at(5))
    monkeypatch.setattr(fulltext, "COMMON", 2)
    if ON_SERVER:  # which weighs such words as it does any other
        assert "These are the best of the newest of them." in told(client, q="ferry")
        return
    assert titles(client, q="ferry") == ["A ferry in the claim itself", "The newest"]
    assert "those that say it in the claim itself come first" in told(client, q="ferry")


def test_a_claim_that_was_retracted_is_found_by_what_was_claimed_and_not_by_what_was_found(client):
    publish(visa_document())
    for words in ("visas", "Unproven", "rejects"):
        assert VISA.encode() in client.get("/claims/", {"q": words}).content, words
    press.print_retraction(visa_document().claim_ref, notice=notice("retraction"), printed_by="x", at=at(12))
    assert VISA.encode() in client.get("/claims/", {"q": "visas"}).content
    for address in ("/claims/", "/api/v1/claims/"):
        for words in ("Unproven", "rejects", "Hogg"):
            assert VISA.encode() not in client.get(address, {"q": words}).content, (address, words)
