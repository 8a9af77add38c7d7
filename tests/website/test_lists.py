"""The lists: filters, paging, nonsense, and what a story, a speaker, a topic and the corrections page show."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from factcheck.published import press
from factcheck.published.document import TopicLine
from factcheck.website.paging import ORDER, SIZE
from factcheck.website.places import SINCE, place_in, spelled
from tests.published.documents import (
    FALSE,
    HOGG,
    MIXED,
    ON_RECORD,
    STORY,
    TRUE,
    UNPROVEN,
    VISA,
    at,
    hogg_document,
    notice,
    numbered_document,
    publish,
    visa_document,
)

from .addresses import Page

pytestmark = pytest.mark.django_db
UN = TopicLine(slug="united-nations", name="United Nations")


def titles(client, address="/claims/", **params):
    response = client.get(f"{address}?{urlencode(params)}" if params else address)
    assert response.status_code == 200
    return re.findall(r'class="row-title"><a[^>]*>(.*?)</a>', response.content.decode())


@pytest.fixture
def variety():
    publish(numbered_document(1, short_form="One", said=replace(VISA.said, on="2021")), at=at(1))
    publish(numbered_document(2, short_form="Two", rating=MIXED, topics=(UN,), why_chosen="Ōtautahi"), at=at(2))
    publish(
        numbered_document(3, short_form="Three", speaker=HOGG, claim_type="statistic", claim_type_label="Statistic"),
        at=at(3),
    )
    other = replace(STORY, slug="another-story", headline="Another story")
    publish(numbered_document(4, short_form="Four", story=other, said=replace(VISA.said, on="2022-08-31")), at=at(4))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Four", "Three", "Two", "One"]),
        ({"rating": "mixed"}, ["Two"]),
        ({"type": "statistic"}, ["Three"]),
        ({"speaker": "nicola-hogg"}, ["Three"]),
        ({"topic": "united-nations"}, ["Two"]),
        ({"story": "another-story"}, ["Four"]),
        ({"q": "otautahi"}, ["Two"]),
        ({"published_from": "2022-09-03"}, ["Four", "Three"]),
        ({"published_to": "2022-09-02"}, ["Two", "One"]),
        ({"said_from": "2022-01-01", "said_to": "2022-08-31"}, ["Four"]),
        ({"said_to": "2021-12-31"}, ["One"]),
        ({"rating": "unproven", "topic": "immigration", "published_from": "2022-09-02"}, ["Four", "Three"]),
        ({"rating": "mixed", "speaker": "nicola-hogg"}, []),
    ],
)
def test_a_filter_finds_what_it_says(client, variety, asked, found):
    assert titles(client, **asked) == found


def test_the_days_of_a_filter_are_the_newsrooms(client):
    publish(numbered_document(1, short_form="Just after midnight"), at=at(9, hour=0))  # 8 September in UTC
    assert titles(client, published_from="2022-09-09") == ["Just after midnight"]
    assert titles(client, published_to="2022-09-08") == []


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("q", "***", "only punctuation"),
        ("q", "\x00", "null character"),
        ("q", "x" * 501, "at most 500 characters"),
        ("rating", "no-such-rating", "There is no rating “no-such-rating”. There are: mixed, unproven."),
        ("type", "rumour", "No published claim is of the type “rumour”. There are: allegation"),
        ("rating", "<script>", "a name of letters, digits"),
        ("type", "'; DROP TABLE published_check; --", "a name of letters, digits"),
        ("speaker", "x" * 200, "at most 80 characters"),
        ("topic", "%00", "a name of letters, digits"),
        ("topic", "\x00", "null character"),
        ("story", "../../etc", "a name of letters, digits"),
        ("published_from", "yesterday", "Give a day"),
        ("published_to", "9999-12-31", "Give a day"),
        ("published_from", "0001-01-01", "Give a day"),
        ("said_from", "2022-13-45", "Give a day"),
        ("said_to", "٢٠٢٢", "Give a day"),
    ],
)
def test_a_nonsense_value_finds_nothing_and_says_why(client, variety, name, value, why):
    response = client.get("/claims/", {name: value})
    assert response.status_code == 400
    assert 'class="row-title"' not in response.text
    assert why in Page(response).text


def test_an_unknown_parameter_changes_nothing(client, variety):
    assert titles(client, utm_source="x", order_by="-id") == ["Four", "Three", "Two", "One"]


def test_the_form_keeps_what_was_asked(client, variety):
    page = Page(client.get("/claims/", {"rating": "mixed", "q": "two", "said_from": "2020-01-01"}))
    assert page.all("option", value="mixed", selected=None)
    assert page.all("input", name="q", value="two")
    assert page.all("details", open=None)


@pytest.mark.parametrize(
    ("address", "count"),
    [("/claims/", 45), ("/claims/?rating=unproven", 45), ("/claims/?topic=immigration", 45), ("/claims/?q=visas", 45)]
    + [("/topics/immigration/", 45), (f"/stories/{STORY.slug}/", 45), ("/speakers/jo/", 45)],
)
def test_paging_shows_every_row_once_in_order(client, address, count):
    for number in range(1, count + 1):  # many at one moment: the key decides
        publish(numbered_document(number, short_form=f"Number {number:02}"), at=at(1 + number // 20))
    seen = titles(client, address)
    html = client.get(address).content.decode()
    while older := re.search(r'href="(\?[^"]*)" rel="next"', html):
        step = address.split("?")[0] + older[1].replace("&amp;", "&")
        seen += titles(client, step)
        html = client.get(step).content.decode()
    assert seen == [f"Number {number:02}" for number in range(count, 0, -1)]
    assert 'rel="first"' in html


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "",
        "\x00",
        "é",
        "1",
        "1.",
        ".1",
        "1.1.1",
        "1.-1",
        " 1.1",
        "1.1\n",
        "１.１",
        "9" * 18 + ".1",
        "1." + "9" * 19,
    ],
)
def test_a_place_that_we_did_not_give_out_is_refused_in_a_sentence(client, variety, token):
    for address in ("/claims/", "/stories/", "/corrections/", "/topics/immigration/", "/speakers/jo/"):
        response = client.get(address, {"page": token})
        assert response.status_code == (400 if token else 200)
        if token and "\x00" not in token:
            assert "no place in a list of ours" in Page(response).text


def test_a_page_goes_on_below_its_place_whatever_stands_there_now(client):
    for number in range(SIZE + 1):
        publish(numbered_document(number + 1), at=at(1, hour=number))
    token = re.search(r'page=([^"&]+)"', client.get("/claims/").content.decode())[1]
    assert titles(client, page=token) == ["Claim number 1"]
    moment, key = place_in(token, ORDER)
    assert titles(client, page=spelled(moment, key + 1, ORDER)) == ["Claim number 2", "Claim number 1"]
    assert titles(client, page=spelled(moment - timedelta(seconds=1), key, ORDER)) == ["Claim number 1"]
    for wrong in (token[:-1], f"1{token}", token.replace(f".{key}.", f".{key + 1}."), token.upper() + "F"):
        assert client.get("/claims/", {"page": wrong}).status_code == 400
    assert titles(client, page=spelled(SINCE, 1, ORDER)) == []
    assert len(titles(client, page=spelled(datetime.max.replace(tzinfo=UTC), 10**18 - 1, ORDER))) == SIZE


def test_a_retracted_claim_is_listed_as_retracted_and_no_longer_counts(client, variety):
    press.print_retraction("ref-2", notice=notice("retraction"), printed_by="senior-editor", at=at(20))
    assert titles(client, rating="mixed") == []
    assert titles(client)[0] == "Two"
    assert "Retracted" in Page(client.get("/claims/")).text
    assert "Two" not in titles(client, "/")
    assert "Mixed" not in Page(client.get("/speakers/jo/")).text.split("What they claimed")[0]


def test_a_speakers_page_counts_ratings_in_a_drawing_and_a_table(client):
    for number, rating in enumerate((TRUE, FALSE, FALSE, UNPROVEN, ON_RECORD), start=1):
        publish(numbered_document(number, rating=rating, speaker=HOGG))
    page = Page(client.get("/speakers/nicola-hogg/"))
    assert [a["width"] for a in page.all("rect")] == ["340.0", "170.0", "170.0", "170.0"]
    assert page.all("th", scope="row") and page.all("th", scope="col")
    assert "False2On the record1True1Unproven1" in page.text
    assert titles(client, speaker="nicola-hogg", rating="false") == ["Claim number 3", "Claim number 2"]


def test_a_pseudonyms_star_leads_to_the_note_on_every_list(client):
    publish()
    for address in ("/", "/claims/", "/topics/immigration/", f"/stories/{STORY.slug}/"):
        star = Page(client.get(address)).all("a", **{"class": "star"})
        assert [(a["href"], a["aria-label"][:21]) for a in star] == [
            (f"/claims/{VISA.slug}/#name", "Name has been changed")
        ]
    assert Page(client.get("/speakers/jo/")).all("p", id="name")


def test_the_story_page_gives_the_storys_note_and_its_claims(client):
    publish()
    text = Page(client.get(f"/stories/{STORY.slug}/")).text
    assert STORY.note in text and "RNZ" in text and VISA.short_form in text


def test_the_ratings_page_is_the_scale_as_the_press_was_given_it(client):
    press.print_scale([TRUE, MIXED, FALSE, UNPROVEN, ON_RECORD])
    page = Page(client.get("/ratings/"))
    places = [page.text.find(meaning) for meaning in (TRUE.meaning, MIXED.meaning, FALSE.meaning, ON_RECORD.meaning)]
    assert -1 not in places and places == sorted(places)
    assert "5 on a scale of 1 to 5" in page.text and "off the scale" in page.text and "no rating" in page.text


def test_the_corrections_page_lists_all_but_minor_edits(client):
    publish()
    publish(hogg_document())
    publish(visa_document(why_chosen="a"), notice=notice("minor_edit", why="A comma."), at=at(11))
    publish(visa_document(why_chosen="b"), notice=notice("correction", why="A wrong role."), at=at(12))
    publish(hogg_document(why_chosen="c"), notice=notice("update", why="A late answer."), at=at(13))
    text = Page(client.get("/corrections/")).text
    assert text.find("A late answer.") < text.find("A wrong role.")
    assert "A wrong role." in text and "A comma." not in text
    only = Page(client.get("/corrections/?kind=update")).text
    assert "A late answer." in only and "A wrong role." not in only


def test_what_a_correction_said_goes_when_its_claim_is_retracted_and_that_there_was_one_stays(client):
    publish(visa_document(FALSE))
    publish(visa_document(MIXED), notice=notice("correction_verdict"), at=at(11))
    publish(hogg_document())
    publish(
        hogg_document(why_chosen="x"),
        notice=notice(was_wrong="Her name.", says_now="Hers.", why="Misheard."),
        at=at(12),
    )
    gone = ("“False” and is now “Mixed”", "It gave the wrong role.", "It gives the right role.", "A reader wrote.")
    address = f"/claims/{VISA.slug}/"
    pages = ("/corrections/", "/corrections/?kind=correction_verdict", address, f"{address}editions/2/")
    for page in pages:
        text = Page(client.get(page)).text
        assert [words for words in gone if words not in text] == []
    told = notice("retraction", was_wrong="", says_now="", why="It rested on a forgery.")
    press.print_retraction(VISA.claim_ref, notice=told, printed_by="chief", at=at(14))
    for page in pages:
        text = Page(client.get(page)).text
        assert "Correction of the verdict" in text and "This fact-check has been retracted since." in text
        assert [words for words in gone if words in text] == []
    assert "It rested on a forgery." in Page(client.get("/corrections/")).text
    assert "Her name." in Page(client.get("/corrections/")).text


@pytest.mark.parametrize("kind", ["minor_edit", "nonsense", "\x00", "x" * 500])
def test_a_kind_of_correction_that_is_not_public_finds_nothing_and_says_so(client, kind):
    publish()
    publish(visa_document(why_chosen="a"), notice=notice("minor_edit", why="A comma."), at=at(11))
    response = client.get("/corrections/", {"kind": kind})
    assert response.status_code == 400
    assert ("null character" if kind == "\x00" else "There is no such kind of change") in Page(response).text
    assert "A comma." not in Page(response).text


@pytest.mark.parametrize("address", ["/", "/claims/", "/stories/", "/corrections/", "/ratings/", "/feeds/claims.atom"])
def test_an_empty_newspaper_is_a_page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert "Last-Modified" not in response
    tag = response["ETag"]
    publish()
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200
