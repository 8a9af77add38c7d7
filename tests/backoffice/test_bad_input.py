"""Bad input at the desk: a clear sentence, the right status, nothing half-written and nothing typed lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import Claim, Story
from factcheck.evidence.models import Item

from .steps import address, claim_url, fields_of, send, text_of, written

CLAIM, ITEM, VERB = 'id="claim_form"', 'id="item_form"', "verb-form"
TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()
NOT_AN_ADDRESS = "Give a complete web address that begins with http:// or https://."
STILL_TO_COME = "This day is still to come. Check the year."

MARKUP = "<script>alert(1)</script><b onmouseover=x>\"'&amp;</b>"
RIGHT_TO_LEFT = "ئۇيغۇر ‮ txet ‬ \u0627\u0644\u0639\u0631\u0628\u064a\u0629"
COMBINING = "Ma\u0304ori Z\u0351\u0343\u0313a\u0300\u0301\u0302l\u0303g\u0304o"
PASTE = "A hundred thousand characters. " * 3300


def refused(answer, sentence, field, value, form, before):
    """The page came back with the sentence and with what was typed, and nothing was written."""
    assert answer.status_code == 400, answer.status_code
    assert sentence in text_of(answer)
    assert fields_of(answer, form)[field] == value
    assert written() == before


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("said_url", "javascript:alert(1)", NOT_AN_ADDRESS),
        ("said_url", "ftp://files.example/x", NOT_AN_ADDRESS),
        ("said_url", "www.rnz.co.nz", NOT_AN_ADDRESS),
        ("said_url", "https://user:secret@rnz.example/", NOT_AN_ADDRESS),
        ("said_on", TOMORROW, STILL_TO_COME),
        ("said_on", "0000-99-99", "Enter a valid date."),
        ("wording", "", "This field is required."),
        ("wording", PASTE, "at most 500 characters"),
        ("short_form", "x" * 76, "at most 75 characters"),
        ("type", "gossip", "not one of the available choices"),
        ("wording", "null \x00 byte", "Null characters are not allowed."),
    ],
)
def test_claim_form_refuses_in_a_sentence_and_keeps_what_was_typed(desk, at_desk, field, value, sentence):
    client, before = at_desk(desk.journalist), written()
    given = {field: value, **({"said_precision": "day"} if field == "said_on" else {})}
    if field == "type":  # a choice that does not exist cannot be shown as chosen
        answer = send(client, claim_url(desk.claim), CLAIM, **given)
        assert (answer.status_code, sentence in text_of(answer), written()) == (400, True, before)
        return
    refused(send(client, claim_url(desk.claim), CLAIM, **given), sentence, field, value, CLAIM, before)


def test_day_without_its_precision_is_refused_by_the_action_on_the_same_page(desk, at_desk):
    client, before = at_desk(desk.journalist), written()
    answer = send(client, claim_url(desk.claim), CLAIM, said_on="2022-09-05", said_precision="unknown")
    refused(
        answer, "Give the day it was said together with how exactly it is known", "said_on", "2022-09-05", CLAIM, before
    )


@pytest.mark.parametrize("text", [MARKUP, RIGHT_TO_LEFT, COMBINING], ids=["markup", "right-to-left", "combining"])
def test_any_text_is_kept_as_it_was_typed_and_shown_as_text(desk, at_desk, text):
    client = at_desk(desk.journalist)
    given = {"wording": text, "quotation": text, "quotation_language": "ug", "said_where": text, "why_chosen": text}
    assert send(client, claim_url(desk.claim), CLAIM, **given).status_code == 302
    assert {getattr(desk.fresh(), name) for name in ("wording", "quotation", "said_where", "why_chosen")} == {text}
    item = {"title": text, "shows": text, "passage": text}
    assert send(client, address("evidence_item", desk.parts.item), ITEM, **item).status_code == 302
    verdict = {"finding": text, "explanation": text, "not_established": text}
    assert send(client, claim_url(desk.claim, "propose-verdict"), VERB, **verdict).status_code == 302
    for page in (claim_url(desk.claim), "/desk/claims/claim/", address("reply_replyfile", desk.parts.file)):
        shown = client.get(page)
        assert shown.status_code == 200
        assert "<script>alert" not in shown.content.decode()
        assert "<b onmouseover" not in shown.content.decode()
        assert text in text_of(shown) or text is MARKUP
    desk.fresh()
    desk.submit()
    asked = at_desk(desk.editor).get(claim_url(desk.claim, "sign-off")).content.decode()
    assert "<script>alert" not in asked
    assert "<b onmouseover" not in asked


def test_box_takes_a_paste_that_is_too_long_instead_of_cutting_it(desk, at_desk):
    """A browser cuts a paste at maxlength without a word; the boxes have none, and the form says what is wrong."""
    page = at_desk(desk.journalist).get(claim_url(desk.claim)).content.decode()
    box = page[page.index('<textarea name="wording"') :]
    assert "maxlength" not in box[: box.index(">")]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("url", "file:///etc/passwd", NOT_AN_ADDRESS),
        ("archived_url", "//archive.example/x", NOT_AN_ADDRESS),
        ("published_on", TOMORROW, STILL_TO_COME),
        ("title", "", "This field is required."),
        ("passage", PASTE, "at most 5000 characters"),
    ],
)
def test_evidence_form_refuses_in_a_sentence_and_keeps_what_was_typed(desk, at_desk, field, value, sentence):
    client, before = at_desk(desk.journalist), written()
    given = {field: value, **({"published_precision": "day"} if field == "published_on" else {})}
    answer = send(client, address("evidence_item", desk.parts.item), ITEM, **given)
    refused(answer, sentence, field, value, ITEM, before)
    assert Item.objects.get().history.count() == 1


def test_deadline_in_the_past_is_refused_and_kept_in_the_form(desk, at_desk):
    client, before = at_desk(desk.journalist), written()
    past = timezone.localtime(timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    answer = send(client, address("reply_replyfile", desk.parts.file, "deadline"), VERB, deadline_at=past)
    assert answer.status_code == 409
    assert "This deadline is already past. Give one that is still to come." in text_of(answer)
    assert fields_of(answer, VERB)["deadline_at"] == past
    assert written() == before


def test_deadline_in_an_hour_that_the_clock_skips_is_refused(desk, at_desk):
    """On 26 September 2027 the newsroom's clock goes from two to three: half past two does not exist."""
    answer = send(
        at_desk(desk.journalist),
        address("reply_replyfile", desk.parts.file, "deadline"),
        VERB,
        deadline_at="2027-09-26T02:30",
    )
    assert answer.status_code == 400
    assert "couldn’t be interpreted in time zone Pacific/Auckland" in text_of(answer)


def test_answer_from_the_future_is_refused_and_not_lost(desk, at_desk):
    client, before = at_desk(desk.journalist), written()
    url = address("reply_replyfile", desk.parts.file, "response")
    given = {
        "received_at": f"{TOMORROW}T12:00",
        "channel": "email",
        "kind": "denial",
        "by_role": "manager",
        "verbatim": "Never.",
    }
    answer = send(client, url, VERB, language="en", **given)
    assert answer.status_code == 409
    assert "This moment is still to come." in text_of(answer)
    assert given.items() <= fields_of(answer, VERB).items()
    assert written() == before


def test_verdict_with_a_hundred_thousand_characters_is_refused_and_not_lost(desk, at_desk):
    client, before = at_desk(desk.journalist), written()
    answer = send(client, claim_url(desk.claim, "propose-verdict"), VERB, explanation=PASTE)
    refused(answer, "at most 20000 characters", "explanation", PASTE, VERB, before)


def test_verb_with_an_empty_note_is_refused_in_a_sentence(desk, at_desk):
    desk.submit()
    client, before = at_desk(desk.editor), written()
    for note in ("", "   "):
        answer = client.post(claim_url(desk.claim, "send-back"), {"note": note})
        assert (answer.status_code, written()) == (400, before)
        assert "This was not done, and nothing has changed." in text_of(answer)


def test_lines_logged_fast_refuse_a_long_paste_and_keep_it(desk, at_desk):
    client, before = at_desk(desk.journalist), written()
    sent = {
        "line-TOTAL_FORMS": "1",
        "line-INITIAL_FORMS": "0",
        "line-0-wording": PASTE,
        "line-0-type": "event",
        "log": "1",
    }
    answer = client.post(f"/desk/claims/story/{desk.parts.story.pk}/log/", sent)
    refused(answer, "at most 500 characters", "line-0-wording", PASTE, 'id="lines"', before)


def test_lines_logged_fast_refuse_a_day_still_to_come(desk, at_desk):
    sent = {
        "line-TOTAL_FORMS": "1",
        "line-INITIAL_FORMS": "0",
        "line-0-wording": "It rained",
        "line-0-type": "event",
        "log": "1",
    }
    answer = at_desk(desk.journalist).post(
        f"/desk/claims/story/{desk.parts.story.pk}/log/", {**sent, "said_on": TOMORROW, "said_precision": "day"}
    )
    assert (answer.status_code, Claim.objects.count()) == (400, 1)
    assert STILL_TO_COME in text_of(answer)


def test_address_of_a_story_that_exists_is_refused_in_a_sentence(desk, at_desk):
    client, before = at_desk(desk.journalist), Story.objects.count()
    given = {"headline": "Another story", "slug": desk.parts.story.slug}
    answer = send(client, "/desk/claims/story/add/", 'id="story_form"', **given)
    assert answer.status_code == 400
    assert "already exists" in text_of(answer)
    assert fields_of(answer, 'id="story_form"')["headline"] == "Another story"
    assert Story.objects.count() == before


@pytest.mark.parametrize("number", ["0", "99999999999999999999"])
def test_claim_that_cannot_exist_is_not_found(desk, at_desk, number):
    assert at_desk(desk.journalist).get(f"/desk/claims/claim/{number}/submit/").status_code == 404


@pytest.mark.parametrize("key", ["abc", "9" * 20, "-1", "1' OR 1=1", "\u0663"])
def test_address_that_fills_in_nonsense_is_answered_with_an_empty_form(desk, at_desk, key):
    client = at_desk(desk.journalist)
    opening = client.get(claim_url(desk.claim, "open-reply"), {"party": key})
    adding = client.get(reverse("admin:evidence_item_add"), {"claim": key, "source": key})
    logging = client.get(reverse("admin:claims_claim_add"), {"speaker": key, "story": key, "topics": key})
    assert [page.status_code for page in (opening, adding, logging)] == [200, 200, 200]
