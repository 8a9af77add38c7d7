"""The claim page: what a reader of the worked example's visa claim meets, in the order of H2, and what corrections do to it."""

from dataclasses import replace

import pytest

from factcheck.published import press
from factcheck.published.document import AppearanceLine, QuotationLine
from tests.published.documents import (
    INZ_REPLY,
    MIXED,
    OHCHR,
    STORY,
    at,
    hogg_document,
    notice,
    publish,
    visa_document,
)

from .addresses import VISA, Page

pytestmark = pytest.mark.django_db
ADDRESS = f"/claims/{VISA}/"
HOSTILE = "<script>alert(1)</script><b onclick=x>&amp;"


def page(client, address=ADDRESS):
    return Page(client.get(address))


def test_the_visa_claim_gives_both_sides_and_the_finding(client):
    publish()
    text = page(client).text
    for said in (
        "Unproven",
        "No record or decision in hand shows it, and none in hand rules it out.",
        "9 September 2022",
        "Immigration New Zealand said:",
        "Absolutely under no circumstances would INZ ever profile people",
        "Nicola Hogg, border and visa operations manager",
        "We did not seek comment from the Chinese Communist Party before publication.",
        "Already on record",
        "holds no answer of the party to this",
        "Name has been changed to protect the speaker from reprisal",
        "A worked example of the tracker",
        "Whether any application was declined",
        "Primary source",
        "Why a secondary source:",
    ):
        assert said in text


def test_the_blocks_stand_in_their_order(client):
    publish()
    text = page(client).text
    order = ["Said by", "Unproven", "Right of reply", "Evidence", "How we checked", "What could not be established"]
    order += [
        "Corrections and updates",
        "Editions",
        "About this page",
        "Checked by",
        "Signed off by",
        "Report an error",
    ]
    places = [text.find(words, text.find("The claim")) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_a_block_with_nothing_in_it_says_so(client):
    bare = visa_document(replies=(), evidence=(), why_chosen="", speaker=None, story=None, topics=(), signed_off_by=())
    bare = replace(bare, verdict=replace(bare.verdict, not_established="", explanation_html=""))
    publish(replace(bare, said=replace(bare.said, on="", precision="unknown", where="")))
    text = page(client).text
    assert text.count("None in hand.") == 3
    for said in ("somebody we do not know", "date unknown", "place unknown", "None: nobody is accused here", "None."):
        assert said in text
    assert "Nothing is named here." in text


def test_the_star_of_a_pseudonym_is_a_link_to_its_note(client):
    publish()
    read = page(client)
    assert read.all("a", href="#name", **{"aria-label": "Name has been changed"})
    assert len(read.all("p", id="name")) == 1


def test_reply_and_allegation_stand_at_the_same_level(client):
    publish()
    sides = page(client).all("div", **{"class": "side"})
    assert len(sides) == 3  # the allegation, and each of the two parties


def test_parties_that_were_asked_different_things_stand_apart(client):
    publish(visa_document(replies=(INZ_REPLY, replace(INZ_REPLY, party="Another", allegations=("Another thing.",)))))
    assert len(page(client).all("div", **{"class": "sides"})) == 2


def test_words_in_another_script_carry_language_and_direction(client):
    publish(visa_document(quotation=QuotationLine(text="سۆز", language="ug", translation="A word")))
    assert page(client).all("blockquote", lang="ug", dir="rtl")


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("ug", "rtl"),
        ("ug-Latn", "auto"),
        ("uz-Arab", "rtl"),
        ("mi", "auto"),
        ("zh-Hant", "auto"),
        ("AR", "rtl"),
        ("", "auto"),
    ],
)
def test_direction_follows_language_and_script(language, direction):
    from factcheck.website.templatetags.readers import speech

    assert f'dir="{direction}"' in speech(language)
    assert ("lang=" in speech(language)) == bool(language)


def test_archived_copies_have_names_of_their_own(client):
    seen = AppearanceLine(
        where="Radio",
        url="https://x.example/",
        archived_url="https://a.example/1",
        on="2022",
        precision="year",
        by="",
    )
    publish(visa_document(appearances=(seen,), evidence=(replace(OHCHR, archived_url="https://a.example/2"),)))
    links = page(client).all("a")
    names = {a["href"]: a.get("aria-label") for a in links}
    assert names["https://a.example/1"] == "Archived copy of Radio"
    assert names["https://a.example/2"] == f"Archived copy of {OHCHR.title}"


def test_every_moment_and_day_is_marked_for_machines_with_its_zone(client):
    publish()
    times = {a["datetime"] for a in page(client).all("time")}
    assert {"2022-09", "2022-09-09", "2022-08-31", "2022-09-09T09:00:00+12:00"} <= times
    assert "9 September 2022, 09:00 NZST" in page(client).text


def test_a_statement_made_in_reply_is_linked_both_ways_once_both_are_published(client):
    publish(hogg_document())
    assert "Related claims" not in page(client, "/claims/inz-holds-no-data-on-uyghur-people/").text
    publish(visa_document(), at=at(10))
    assert "This was said in reply to" in page(client, "/claims/inz-holds-no-data-on-uyghur-people/").text
    read = page(client)
    assert "A statement made in reply" in read.text
    assert read.all("a", href="/claims/inz-holds-no-data-on-uyghur-people/")


def test_a_party_with_a_page_is_linked_and_another_is_not(client):
    publish(visa_document(replies=(replace(INZ_REPLY, party_slug="nicola-hogg"), INZ_REPLY)))
    publish(hogg_document())
    links = {a["href"] for a in page(client).all("a")}
    assert "/speakers/nicola-hogg/" in links
    assert "/speakers/immigration-new-zealand/" not in links


def test_markup_in_any_text_is_shown_and_not_obeyed(client):
    story = replace(STORY, headline=HOSTILE, note=HOSTILE)
    document = visa_document(
        wording=HOSTILE, why_chosen=HOSTILE, story=story, evidence=(replace(OHCHR, title=HOSTILE),)
    )
    publish(document)
    html = client.get(ADDRESS).content.decode()
    assert "<script>alert" not in html
    assert "<b onclick" not in html
    assert html.count("&lt;script&gt;alert(1)") >= 4


@pytest.mark.parametrize("text", ["e\u0301" * 500, "\u202eevil", "👩\u200d🚀 ئۇ", "word " * 20_000, "x" * 100_000])
def test_any_letters_at_any_length_are_a_page(client, text):
    publish(visa_document(why_chosen=text, wording=text[:900]))
    for address in (ADDRESS, "/claims/", "/", "/feeds/claims.atom", "/speakers/jo/"):
        assert client.get(address).status_code == 200


def test_an_earlier_edition_stays_as_it_was_and_says_that_it_is_old(client):
    first = visa_document(replies=(replace(INZ_REPLY, by_role="border manager"),))
    publish(first)
    publish(visa_document(), notice=notice(was_wrong="border manager"), at=at(12))
    now, old = page(client), page(client, f"{ADDRESS}editions/1/")
    assert "border and visa operations manager" in now.text
    assert "Nicola Hogg, border manager" in old.text
    assert "This is edition 1, kept as it was printed." in old.text
    assert "A reader wrote." in now.text
    assert old.all("link", rel="canonical", href=f"http://127.0.0.1:8000{ADDRESS}")
    assert old.all("meta", name="robots", content="noindex, follow")
    assert not now.all("meta", name="robots")
    assert "A reader wrote." in page(client, f"{ADDRESS}editions/2/").text


def test_a_corrected_verdict_is_told_at_the_head_and_other_notices_at_the_foot(client):
    publish()
    publish(visa_document(MIXED), notice=notice("correction_verdict", why="The record was misread."), at=at(12))
    publish(visa_document(MIXED, why_chosen="x"), notice=notice("clarification", why="It could mislead."), at=at(13))
    text = page(client).text
    assert text.find("The record was misread.") < text.find("Said by") < text.find("It could mislead.")
    assert "The rating was “Unproven” and is now “Mixed”." in text
    assert (
        "The record was misread." not in page(client, f"{ADDRESS}editions/1/").text.split("Corrections and updates")[0]
    )


def test_a_minor_edit_has_an_edition_and_no_notice(client):
    publish()
    publish(visa_document(why_chosen="It matters."), notice=notice("minor_edit", why="A comma."), at=at(12))
    text = page(client).text
    assert "A comma." not in text
    assert "Minor edit" in text.split("Editions")[1]


def test_the_head_of_an_earlier_edition_says_that_it_is_one_and_of_a_retracted_claim_nothing_else(client):
    publish(at=at(9))
    publish(visa_document(MIXED), notice=notice("correction_verdict"), at=at(13))
    old, now = (page(client, f"{ADDRESS}editions/{number}/") for number in (1, 2))
    assert [titled(one).partition(":")[0] for one in (old, now)] == ["An earlier edition", "Mixed"]
    press.print_retraction(visa_document().claim_ref, notice=notice("retraction"), printed_by="editor", at=at(14))
    for number in (1, 2, 3):
        html = client.get(f"{ADDRESS}editions/{number}/").content.decode()
        head = html[: html.index("</head>")]
        assert "<title>Retracted: " in head
        assert not [word for word in ("Mixed", "Unproven", visa_document().verdict.finding) if word in head]


def titled(page):
    return page.text.strip().splitlines()[0]


def test_a_retracted_page_says_so_and_why_and_shows_no_finding(client):
    publish()
    told = notice("retraction", was_wrong="We said Unproven.", says_now="", why="The record was forged.")
    press.print_retraction(visa_document().claim_ref, notice=told, printed_by="senior-editor", at=at(14))
    response = client.get(ADDRESS)
    text = Page(response).text
    assert response.status_code == 200
    assert "We have retracted this fact-check." in text
    assert "The record was forged." in text
    assert "none in hand rules it out" not in response.content.decode()
    old = page(client, f"{ADDRESS}editions/1/").text
    assert "none in hand rules it out" in old
    assert "We have retracted this fact-check." in old


def test_a_reader_can_report_an_error(client, settings):
    settings.REPORT_ERRORS_TO = "put-right@record.example"
    publish()
    report = next(a["href"] for a in page(client).all("a") if a["href"].startswith("mailto:") and "?" in a["href"])
    assert report.startswith("mailto:put-right@record.example?subject=Error%20in%20")
    assert " " not in report
