"""The numbers beside a list: by rating and by topic, right after whatever the press does, and honest about what they count."""

import re

import pytest

from factcheck.published import press, tally
from factcheck.published.document import TopicLine
from factcheck.published.models import Check, CheckTopic, Tally
from factcheck.website import counts
from factcheck.website.paging import ORDER
from factcheck.website.places import spelled
from tests.published.documents import FALSE, MIXED, UNPROVEN, at, notice, numbered_document, publish

from .addresses import Page

pytestmark = pytest.mark.django_db
VISAS, FERRIES = TopicLine(slug="visas", name="Visas"), TopicLine(slug="ferries", name="Ferries")


@pytest.fixture
def variety():
    publish(numbered_document(1, rating=MIXED, topics=(VISAS,)), at=at(1))
    publish(numbered_document(2, rating=MIXED, topics=(VISAS, FERRIES)), at=at(2))
    publish(numbered_document(3, rating=FALSE, topics=(FERRIES,)), at=at(3))
    publish(numbered_document(4, rating=UNPROVEN, topics=()), at=at(4))


def told(client, address="/claims/"):
    """{what: number} of the counts on a page, and which of them are links."""
    html = client.get(address).content.decode()
    found = re.search(r'<div class="counts">.*?</div>', html, re.DOTALL)
    lines = re.findall(r"<li>(<a[^>]*>)?<bdi>(.*?)</bdi>(?:</a>)? <span>(.*?)</span></li>", found[0]) if found else []
    return {label: number for _, label, number in lines}, [label for link, label, _ in lines if link]


def truth():
    """What the tally has to say, counted anew."""
    numbers = {}
    for pk, rating in Check.objects.values_list("pk", "rating_code"):
        for topic in ["", *CheckTopic.objects.filter(page=pk).values_list("slug", flat=True)]:
            numbers[topic, rating] = numbers.get((topic, rating), 0) + 1
    return numbers


def tallied():
    return {(line.topic, line.rating_code): line.number for line in Tally.objects.filter(number__gt=0)}


def test_the_numbers_are_those_of_the_list(client, variety):
    assert told(client)[0] == {"Mixed": "2", "False": "1", "Unproven": "1", "Visas": "2", "Ferries": "2"}
    assert told(client, "/claims/?topic=ferries")[0] == {"Mixed": "1", "False": "1", "Visas": "2", "Ferries": "2"}
    assert told(client, "/claims/?rating=mixed")[0]["Ferries"] == "1"


def test_each_number_is_a_link_to_what_it_counts_but_for_where_one_is(client, variety):
    assert told(client, "/claims/?rating=mixed")[1] == ["False", "Unproven", "Visas", "Ferries"]
    page = Page(client.get("/claims/", {"topic": "ferries", "page": spelled(at(29), 1, ORDER)}))
    assert page.all("a", href="?topic=ferries&rating=mixed")


def test_a_changed_rating_and_topic_are_counted_on_the_next_request(client, variety):
    told(client)
    publish(numbered_document(1, rating=FALSE, topics=(FERRIES,)), notice=notice("correction_verdict"), at=at(9))
    assert told(client)[0] == {"False": "2", "Mixed": "1", "Unproven": "1", "Ferries": "3", "Visas": "1"}
    assert tallied() == truth()


def test_a_retracted_claim_is_counted_as_that(client, variety):
    press.print_retraction(
        numbered_document(1).claim_ref, notice=notice("retraction"), printed_by="senior-editor", at=at(9)
    )
    assert told(client)[0]["Retracted"] == "1"
    assert "Retracted" not in told(client)[1]
    assert tallied() == truth()


def test_any_other_list_is_counted_as_far_as_its_newest(client, variety, monkeypatch):
    assert told(client, "/claims/?published_from=2022-09-02")[0] == {"Mixed": "1", "False": "1", "Unproven": "1"}
    assert "of the newest" not in Page(client.get("/claims/?published_from=2022-09-02")).text
    monkeypatch.setattr(counts, "MOST", 2)
    assert "By rating, of the newest 2" in Page(client.get("/claims/?published_from=2022-09-01")).text


@pytest.mark.parametrize("address", ["/claims/?q=visas", "/claims/?rating=nonsense", "/claims/?published_from=x"])
def test_a_search_and_an_empty_list_have_no_numbers(client, variety, address):
    assert told(client, address) == ({}, [])


def test_the_press_that_fails_counts_nothing(variety):
    before = tallied()
    with pytest.raises(press.PressError):
        press.print_edition(numbered_document(1, rating=FALSE), printed_by="editor", fingerprint="x")
    assert tallied() == before


def test_what_was_published_before_there_was_a_tally_is_counted_by_the_migration(variety):
    from importlib import import_module

    from django.db import connection

    Tally.objects.all().delete()
    module = import_module("factcheck.published.migrations.0006_count_by_rating_and_topic")
    with connection.cursor() as cursor:
        for statement in module.COUNTED:
            cursor.execute(statement)
    assert tallied() == truth()
    assert tally.by_topic(1) == [("ferries", "Ferries", 2)]
