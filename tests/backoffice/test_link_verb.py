"""Paste a link, get the record: fetched when asked, filled in, the passage looked for, nothing kept of what is not the page."""

from datetime import date

import pytest

from factcheck.evidence.models import Capture, Item, Watch
from tests.evidence.conftest import PASSAGE, report
from tests.fetching.web import Answer

from .steps import address, claim_url, fields_of, send, text_of, written

VERB = "verb-form"


@pytest.fixture
def url(cited):
    """The page of the verb, on a claim that cites nothing yet."""
    Item.objects.all().delete()
    return address("claims_claim", cited.claim, "evidence-link")


@pytest.fixture
def client(journalist, at_desk):
    return at_desk(journalist)


def test_claims_page_offers_it_and_opening_it_fetches_nothing(web, cited, url, client):
    assert url in client.get(claim_url(cited.claim)).content.decode()
    assert client.get(url).status_code == 200
    assert web.called_on == []


def test_link_becomes_a_record_that_says_what_the_page_says(web, url, client):
    answer = send(client, url, VERB, url=web.url("/report"))
    item = Item.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address("evidence_item", item))
    said = (item.title, item.publisher, item.published_on, item.published_precision, item.kind)
    assert said == (
        "Assessment of human rights concerns",
        "Jane Roe, Human Rights Office",
        date(2022, 8, 31),
        "day",
        "web_page",
    )
    assert item.history.first().history_user.get_username() == "journalist"


def test_copy_is_asked_for_unless_the_tick_is_taken_off(web, url, client):
    send(client, url, VERB, url=web.url("/report"))
    assert (Capture.objects.count(), Watch.objects.count()) == (1, 1)
    client.post(url, {"url": web.url("/")})
    assert (Item.objects.count(), Capture.objects.count(), Watch.objects.count()) == (2, 1, 1)


def test_passage_that_stands_there_is_taken(web, url, client):
    assert send(client, url, VERB, url=web.url("/report"), passage=PASSAGE, passage_language="en").status_code == 302
    assert Item.objects.get().passage == PASSAGE


def test_passage_that_does_not_is_refused_until_somebody_says_to_keep_it(web, url, client):
    given = {"url": web.url("/report"), "passage": "minor violations had been committed", "passage_language": "en"}
    answer = send(client, url, VERB, **given)
    assert answer.status_code == 400
    assert "Not found on the page, word for word. Check the wording." in text_of(answer)
    assert not Item.objects.exists()
    again = {**fields_of(answer, VERB), "as_it_stands": "on"}
    assert again["passage"] == given["passage"]
    assert client.post(url, again).status_code == 302
    assert Item.objects.get().passage == given["passage"]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (Answer("<form><input type=password></form>"), "The page wants a log-in"),
        (Answer("", 404), "There is no page at this address any more"),
        (Answer("", 302, Location="http://169.254.169.254/"), "which is not on the public internet"),
    ],
)
def test_what_is_not_the_page_is_told_and_nothing_typed_is_lost(web, url, client, page, told):
    web.pages["/report"] = page
    before = written()
    answer = send(client, url, VERB, url=web.url("/report"), passage=PASSAGE, passage_language="en")
    assert answer.status_code == 400
    assert told in text_of(answer)
    assert fields_of(answer, VERB)["passage"] == PASSAGE
    assert written() == before


@pytest.mark.parametrize(
    "link", ["", "nonsense", "file:///etc/passwd", "http://10.0.0.1/", "http://[::1]/", "x" * 3000]
)
def test_link_that_leads_nowhere_good_is_told(web, url, client, link):
    answer = send(client, url, VERB, url=link)
    assert answer.status_code == 400
    assert not Item.objects.exists()
    assert web.called_on == []


def test_link_that_is_evidence_already_is_not_fetched_again(web, url, client):
    send(client, url, VERB, url=web.url("/report"))
    web.called_on.clear()
    assert "evidence of this claim already" in text_of(send(client, url, VERB, url=web.url("/report")))
    assert web.called_on == []


def test_claim_that_is_out_is_not_added_to_and_nothing_is_fetched(web, cited, url, client):
    type(cited.claim).objects.update(status="published")
    assert client.get(url).status_code == 409
    assert client.post(url, {"url": web.url("/report")}).status_code == 400
    assert web.called_on == []


def test_page_that_claims_a_day_to_come_or_says_nothing_is_taken_without(web, url, client):
    web.pages["/report"].body = web.pages["/report"].body.replace(b"2022-08-31", b"2999-01-01")
    send(client, url, VERB, url=web.url("/report"))
    assert Item.objects.get().published_on is None
    web.pages["/bare"] = Answer("<p>Words.</p>")
    send(client, url, VERB, url=web.url("/bare"))
    assert Item.objects.last().title == web.url("/bare").partition("://")[2]


def test_title_of_a_hostile_page_is_cut_and_shown_as_words(web, url, client):
    page = report()
    page.body = page.body.replace(b"<title>Assessment", b"<title>&lt;script&gt;alert(1)&lt;/script&gt;" + b"x" * 5000)
    page.body = page.body.replace(b"<h1>Assessment of human rights concerns</h1>", b"")
    web.pages["/report"] = page
    answer = send(client, url, VERB, url=web.url("/report"))
    assert answer.status_code == 302
    assert len(Item.objects.get().title) <= 250
    assert b"<script>alert(1)" not in client.get(answer["Location"]).content
