"""Where feeds are: on which pages they are named, how they are paged, and what is no feed at all."""

import pytest
from django.urls import reverse

from factcheck.website import feeds
from tests.published.documents import at, notice, numbered_document, publish

from .addresses import FEEDS, HTML, Page, path, publish_the_example
from .fed import entries, feed

pytestmark = pytest.mark.django_db
in_both_forms = pytest.mark.parametrize("form", ["", "_json"])


@in_both_forms
@pytest.mark.parametrize("of", FEEDS)
def test_older_entries_are_on_the_next_page_and_none_is_lost(client, monkeypatch, of, form):
    monkeypatch.setattr(feeds, "LENGTH", 2)
    for number in range(1, 6):
        publish(numbered_document(number), at=at(number))
        publish(numbered_document(number, why_chosen="x"), notice=notice(), at=at(20, hour=number))
    query, seen = "", []
    while query is not None:
        told = feed(client, of, form, query)
        seen += [entry["id"] for entry in (told["items"] if form else told.entries)]
        links = [] if form else [link.href for link in told.feed.links if link.rel == "next"]
        following = told.get("next_url") if form else next(iter(links), None)
        query = following and "?" + following.split("?")[1]
    assert len(seen) == len(set(seen)) == 5


@in_both_forms
@pytest.mark.parametrize("of", FEEDS)
def test_a_feed_names_itself_and_the_page_it_goes_with(client, settings, of, form):
    settings.SITE_URL = "https://record.example"
    publish_the_example()
    told = feed(client, of, form)
    own = f"https://record.example{reverse(f'{of}_feed{form}', args=FEEDS[of])}"
    page = f"https://record.example{path(of)}"
    if form:
        assert (told["feed_url"], told["home_page_url"]) == (own, page)
    else:
        leads_to = {link.rel: link.href for link in told.feed.links}
        assert (leads_to["self"], leads_to["alternate"]) == (own, page)
        assert told.feed.id == page


@in_both_forms
@pytest.mark.parametrize("of", ["claims", "corrections"])
def test_an_empty_feed_is_whole_and_the_same_each_time(client, of, form):
    assert entries(client, of, form) == []
    address = reverse(f"{of}_feed{form}")
    assert client.get(address).content == client.get(address).content


@in_both_forms
@pytest.mark.parametrize("of", ["topic", "speaker", "story"])
def test_a_feed_of_nothing_published_is_a_404(client, of, form):
    publish()
    assert client.get(reverse(f"{of}_feed{form}", args=["no-such"])).status_code == 404


@in_both_forms
@pytest.mark.parametrize("query", ["?page=x", "?page=1.1.1", "?page=" + "9" * 400, "?page=%00", "?page=%ff"])
def test_a_place_that_is_none_is_refused(client, form, query):
    publish()
    assert client.get(reverse(f"claims_feed{form}") + query).status_code == 400


@in_both_forms
def test_what_a_feed_does_not_heed_changes_nothing(client, form):
    publish()
    address = reverse(f"claims_feed{form}")
    assert client.get(f"{address}?q=x&rating=false&page=").content == client.get(address).content


MATCHING = {
    "front": ["claims", "corrections"],
    "claims": ["claims"],
    "claim": ["claims"],
    "edition": ["claims"],
    "corrections": ["corrections"],
    "topic": ["topic"],
    "speaker": ["speaker"],
    "story": ["story"],
}


@pytest.mark.parametrize("name", HTML)
def test_a_page_names_the_feeds_that_go_with_it(client, name):
    publish_the_example()
    page = Page(client.get(path(name)))
    forms = ("application/atom+xml", "application/feed+json")
    named = {(link["type"], link["href"]) for link in page.all("link", rel="alternate") if link["type"] in forms}
    wanted = set()
    for of in MATCHING.get(name, ()):
        wanted |= {
            ("application/atom+xml", reverse(f"{of}_feed", args=FEEDS[of])),
            ("application/feed+json", reverse(f"{of}_feed_json", args=FEEDS[of])),
        }
    assert named == wanted
    assert all(link["title"] for link in page.all("link", rel="alternate"))


@pytest.mark.parametrize("of", FEEDS)
def test_a_list_has_its_feeds_where_people_see_them(client, of):
    publish_the_example()
    leads_to = [a.get("href") for a in Page(client.get(path(of))).all("a")]
    assert {reverse(f"{of}_feed{form}", args=FEEDS[of]) for form in ("", "_json")} <= set(leads_to)


@pytest.mark.parametrize("address", ["/feeds/claims.atom", "/feeds/corrections.json", "/data/corrections.csv"])
def test_a_name_that_somebody_put_behind_an_address_changes_nothing(client, address):
    publish_the_example()
    told, asked = client.get(address), client.get(address, {"utm_source": "letter"})
    assert asked.status_code == 200
    assert b"".join(asked) == b"".join(told)
