"""The frame on another site: what it shows, who may show it, and how soon a correction stands in it (FD-5)."""

import re

import pytest

from factcheck.published import press
from factcheck.published.document import QuotationLine
from tests.published.documents import FALSE, at, hogg_document, notice, publish, visa_document

from ..headers import missing_headers
from .addresses import ADDRESSES, VISA, Page, path, publish_the_example

pytestmark = pytest.mark.django_db
EMBED = f"/embed/{VISA}/"


def shown(client):
    return Page(client.get(EMBED))


def test_the_frame_says_the_rating_the_claim_and_both_sides(client):
    publish()
    text = shown(client).text
    for said in (
        "Unproven",
        "The Chinese Communist Party kept Uyghurs from getting NZ visas",
        "Claimed by Jo*, a Uyghur national in New Zealand",
        "*Name has been changed to protect the speaker from reprisal.",
        "No record or decision in hand shows it, and none in hand rules it out.",
        "Immigration New Zealand said:",
        "Absolutely under no circumstances would INZ ever profile people",
        "We did not seek comment from the Chinese Communist Party before publication.",
        "9 September 2022",
    ):
        assert said in text
    assert "What changed" not in text


def test_the_rating_comes_before_the_claim(client):
    publish(visa_document(FALSE))
    text = shown(client).text
    assert text.index("False") < text.index("kept Uyghurs from getting NZ visas")


def test_links_open_the_page_in_a_new_tab_that_has_no_hold_on_the_frame(client):
    publish()
    page = shown(client)
    links = [a for a in page.all("a") if a["href"] != "#name"]
    assert len(links) == 2
    for link in links:
        assert link["href"].startswith(f"http://127.0.0.1:8000/claims/{VISA}/")
        assert (link["target"], link["rel"]) == ("_blank", "noopener noreferrer")
    assert page.all("script") == page.all("form") == page.all("iframe") == []


def test_a_correction_stands_in_the_frame_on_the_next_request(client):
    publish()
    tag = client.get(EMBED)["ETag"]
    publish(visa_document(FALSE), notice=notice("correction_verdict"), at=at(12))
    corrected = client.get(EMBED, headers={"If-None-Match": tag})
    assert corrected.status_code == 200
    text = Page(corrected).text
    assert "Correction of the verdict, 12 September 2022" in text
    assert "Unproven" not in text


def test_an_update_says_so_and_a_minor_edit_does_not(client):
    publish()
    publish(visa_document(why_chosen="It is grave."), notice=notice("minor_edit"), at=at(10))
    assert "Minor edit" not in shown(client).text
    publish(visa_document(why_chosen="It matters."), notice=notice("update"), at=at(11))
    publish(visa_document(why_chosen="It does matter."), notice=notice("minor_edit"), at=at(12))
    assert "Update, 11 September 2022" in shown(client).text


def test_a_retraction_takes_rating_finding_and_answers_from_the_frame(client):
    publish()
    press.print_retraction(visa_document().claim_ref, notice=notice("retraction"), printed_by="editor", at=at(14))
    text = shown(client).text
    assert "Retracted" in text and "Retraction, 14 September 2022" in text
    assert "Unproven" not in text and "none in hand rules it out" not in text and "INZ would" not in text


def test_a_frame_is_kept_for_a_minute_at_most(client):
    publish()
    for _ in range(2):
        answer = client.get(EMBED)
        kept = int(re.search(r"max-age=(\d+)", answer["Cache-Control"])[1])
        assert 0 < kept <= 60


def test_nothing_but_the_frame_can_be_framed(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@record.example"
    publish_the_example()
    for name in ADDRESSES:
        answer = client.get(path(name))
        framable = "X-Frame-Options" not in answer
        assert framable == (name == "embed"), name
        assert ("frame-ancestors 'none'" in answer["Content-Security-Policy"]) == (not framable), name


@pytest.mark.parametrize(
    ("allowed", "said"),
    [
        (["https://news.example", "https://*.example.org"], "https://news.example https://*.example.org"),
        (["'none'"], "'none'"),
    ],
)
def test_the_setting_says_who_may_frame_it(client, settings, allowed, said):
    settings.EMBED_ANCESTORS = allowed
    publish()
    assert missing_headers(client.get(EMBED), framed_by=said) == []


def test_the_answer_that_nothing_changed_keeps_the_frames_policy(client):
    publish()
    tag = client.get(EMBED)["ETag"]
    again = client.get(EMBED, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert missing_headers(again, framed_by="*") == []


def test_a_claim_that_is_not_published_has_no_frame(client):
    answer = client.get(EMBED)
    assert answer.status_code == 404
    assert missing_headers(answer) == []


def test_the_frame_costs_two_queries_and_one_once_it_was_made(client, django_assert_num_queries):
    publish()
    publish(hogg_document())
    for number in (2, 1):
        with django_assert_num_queries(number):
            client.get(EMBED)


def test_hostile_words_stay_words(client):
    hostile = "<script>alert(1)</script>"
    quotation = QuotationLine(text=hostile, language="en", translation="")
    publish(visa_document(wording=hostile, short_form=hostile, quotation=quotation))
    assert shown(client).all("script") == []
    assert hostile in shown(client).text


# The page's own words on how to embed it


def test_the_page_offers_the_frame_as_html_and_earlier_editions_do_not(client):
    publish_the_example()
    page = Page(client.get(f"/claims/{VISA}/"))
    assert f'<iframe src="http://127.0.0.1:8000{EMBED}"' in page.text
    assert page.all("iframe") == []
    assert "<iframe" not in Page(client.get(f"/claims/{VISA}/editions/1/")).text
