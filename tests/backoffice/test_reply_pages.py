"""The right of reply through its pages: from the first draft to what readers are told, each verb by whoever may."""

import re
from datetime import timedelta

import time_machine
from django.utils import timezone

from factcheck.backoffice.reply_verbs import ALLEGATION_VERBS, RESPONSE_VERBS
from factcheck.claims import actions
from factcheck.claims.models import Claim
from factcheck.reply.actions import log_attempt, put
from factcheck.reply.models import Attempt, ReplyFile
from tests.builders import ANSWER, answer_with
from tests.reply.steps import drafted

from .steps import address, claim_url, fields_of, send, text_of, written

FORM = "verb-form"
ATTEMPT = {"channel": "email", "to_role": "press office", "text": "We put this to you.", "outcome": "delivered"}
SAID = {
    "channel": "email",
    "by_role": "manager",
    "verbatim": ANSWER,
    "language": "en",
    "kind": "denial",
    "on_record": "on",
}


def url_of(file, code=""):
    return address("reply_replyfile", file, code)


def moment(**ago):
    return timezone.localtime(timezone.now() - timedelta(**ago)).strftime("%Y-%m-%dT%H:%M")


def test_file_is_opened_from_the_claims_page_and_leads_to_its_own(desk, at_desk, party):
    answer = send(at_desk(desk.journalist), claim_url(desk.claim, "open-reply"), FORM, party=str(party.pk))
    file = ReplyFile.objects.get(party=party)
    assert (answer.status_code, answer["Location"]) == (302, url_of(file))


def test_file_goes_from_draft_to_answer_through_its_pages(desk, at_desk, opened):
    client = at_desk(desk.journalist)
    steps = [
        ("draft", {"text": "That it kept no figures."}),
        ("deadline", {"deadline_at": moment(days=-3), "deadline_basis": "Three days."}),
        ("ready", {}),
        ("put", {**ATTEMPT, "at": moment(minutes=2)}),
        ("response", {**SAID, "received_at": moment(minutes=1)}),
    ]
    for code, given in steps:
        answer = send(client, url_of(opened, code), FORM, **given)
        assert (answer.status_code, answer.get("Location")) == (302, url_of(opened)), (code, text_of(answer))
    response = opened.responses.get()
    given = {"response": str(response.pk), "excerpt": "Absolutely under no circumstances"}
    assert send(client, url_of(opened, "excerpt"), FORM, **given).status_code == 302
    assert send(at_desk(desk.editor), url_of(opened, "fair"), FORM).status_code == 302
    text = text_of(client.get(url_of(opened)))
    for part in (
        "That it kept no figures.",
        "press office",
        ANSWER,
        "found fair by editor",
        "Ministry of Health said:",
    ):
        assert part in text


def test_two_answers_of_one_kind_and_role_are_told_apart_where_one_is_chosen(desk, at_desk, answered):
    answer_with(desk, answered, "We have looked again.")
    page = text_of(at_desk(desk.journalist).get(url_of(answered, "excerpt")))
    assert re.search(
        r"Denial, .{1,60} · e-mail · \w{3} \d{1,2} \w{3} \d{4}, \d\d:\d\d · “We have looked again\.”", page
    )


def test_what_was_sent_is_folded_where_it_is_a_letter_and_not_where_it_is_a_line(desk, at_desk, answered):
    attempt = {"channel": "phone", "to_role": "press office", "outcome": "spoke", "at": timezone.now()}
    for text in ("We asked.", "We asked at length. " * 40):
        log_attempt(answered, by=desk.journalist, text=text, **attempt)
    page = at_desk(desk.journalist).get(url_of(answered)).content.decode()
    folded = re.findall(r'<details class="sent">.*?</details>', page, re.S)
    assert ["We asked at length." in part for part in folded] == [True]
    assert "We asked.</p>" in page


def test_excerpt_is_found_fair_by_an_editor_who_did_not_choose_it(desk, at_desk, answered):
    chosen = {"response": str(answered.responses.get().pk), "excerpt": "Absolutely under no circumstances"}
    assert send(at_desk(desk.editor), url_of(answered, "excerpt"), FORM, **chosen).status_code == 302
    for who, status in ((desk.journalist, 403), (desk.legal, 403), (desk.editor, 403), (desk.senior_editor, 200)):
        assert at_desk(who).get(url_of(answered, "fair")).status_code == status
    own = at_desk(desk.editor).post(url_of(answered, "fair"))
    assert (own.status_code, "You chose this excerpt" in text_of(own)) == (403, True)
    assert send(at_desk(desk.senior_editor), url_of(answered, "fair"), FORM).status_code == 302


def test_silence_is_offered_only_once_it_counts_and_says_what_it_waits_for(desk, at_desk, asked, settings):
    settings.ATTEMPTS_BEFORE_SILENCE = 2
    client, url = at_desk(desk.journalist), url_of(asked, "no-response")
    page = client.get(url_of(asked))
    assert url not in page.content.decode()
    assert "Silence does not count yet The deadline is not past yet" in text_of(page)
    before = written()
    refused = client.post(url)
    assert refused.status_code == 409
    assert "Silence counts after attempts on two channels." in text_of(refused)
    assert written() == before
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        client.force_login(desk.journalist)
        assert send(client, url_of(asked, "attempt"), FORM, **{**ATTEMPT, "channel": "phone"}).status_code == 302
        assert send(client, url, FORM).status_code == 302
        assert "did not respond to 2 requests for comment" in text_of(client.get(url_of(asked)))


def test_party_counts_as_unreachable_after_two_attempts_that_failed(desk, at_desk, asked):
    client, url = at_desk(desk.journalist), url_of(asked, "undeliverable")
    assert client.get(url).status_code == 409
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):  # an e-mail may come back later than it went
        for channel in ("email", "phone"):
            given = {**ATTEMPT, "channel": channel, "outcome": "bounced"}
            assert send(client, url_of(asked, "attempt"), FORM, **given).status_code == 302
        assert send(client, url, FORM).status_code == 302
    assert "We were unable to reach Ministry of Health (press office)." in text_of(client.get(url_of(asked)))


def main_buttons(page):
    return re.findall(r'<a class="button main"[^>]*>([^<]+)</a>', page.content.decode())


def test_page_has_one_main_button_and_it_is_the_next_step(desk, at_desk, opened, answered):
    drafted(opened, desk.journalist)
    opened.refresh_from_db()
    client = at_desk(desk.journalist)
    assert main_buttons(client.get(url_of(opened))) == ["Write a letter"]
    put(opened, by=desk.journalist, at=timezone.now(), **ATTEMPT)
    assert main_buttons(client.get(url_of(opened))) == ["Record a response"]
    assert main_buttons(client.get(url_of(answered))) == ["Choose what is printed"]


def test_same_thing_is_not_put_twice(desk, at_desk, asked):
    client, before = at_desk(desk.journalist), written()
    assert url_of(asked, "put") not in client.get(url_of(asked)).content.decode()
    answer = client.post(url_of(asked, "put"), {**ATTEMPT, "at": moment(minutes=0)})
    assert answer.status_code == 409
    assert "All of this was put already." in text_of(answer)
    assert written() == before


def test_what_is_ready_has_a_draft_and_a_deadline(desk, at_desk, opened):
    answer = at_desk(desk.journalist).get(url_of(opened, "ready"))
    assert answer.status_code == 409
    assert "This cannot be done while the right of reply is “Required”." in text_of(answer)


def test_senior_editor_who_wrote_part_of_the_claim_cannot_waive(desk, at_desk, opened):
    actions.edit_claim(desk.claim, by=desk.senior_editor, why_chosen="I say so.")
    client, before = at_desk(desk.senior_editor), written()
    for answer in (
        client.get(url_of(opened, "waive")),
        client.post(url_of(opened, "waive"), {"reason": "urgent", "note": "N"}),
    ):
        assert answer.status_code == 403
        assert "You wrote or edited part of this claim" in text_of(answer)
    assert written() == before


def test_words_that_were_put_stand_and_those_that_were_not_can_change(desk, at_desk, opened, answered):
    client = at_desk(desk.journalist)
    send(client, url_of(opened, "draft"), FORM, text="First words")
    drafted = opened.allegations.get()
    assert send(client, address("reply_allegation", drafted, "edit"), FORM, text="Better words").status_code == 302
    assert opened.allegations.get().text == "Better words"
    put = answered.allegations.get()
    refused = client.get(address("reply_allegation", put, "edit"))
    assert (refused.status_code, "its words stand" in text_of(refused)) == (409, True)
    assert send(client, address("reply_allegation", put, "drop"), FORM, because="Not ours to say.").status_code == 302
    assert "dropped: Not ours to say." in text_of(client.get(url_of(answered)))


def test_answer_becomes_a_claim_of_its_own_without_retyping(desk, at_desk, answered):
    client, response = at_desk(desk.journalist), answered.responses.get()
    url = address("reply_response", response, "claim")
    assert at_desk(desk.legal).get(url).status_code == 403
    done = send(client, url, FORM, wording="INZ never profiles people by race alone")
    made = Claim.objects.first()
    assert (done.status_code, done["Location"]) == (302, claim_url(made))
    assert (made.quotation, made.links.get().to) == (ANSWER, desk.claim)
    assert "was said in reply to this claim" in text_of(client.get(claim_url(desk.claim)))


def test_excerpt_that_was_not_said_is_refused_and_kept_in_the_form(desk, at_desk, answered):
    client, before = at_desk(desk.journalist), written()
    given = {"response": str(answered.responses.get().pk), "excerpt": "We always profile people"}
    answer = client.post(url_of(answered, "excerpt"), given)
    assert answer.status_code == 409
    assert "These words do not stand in the answer" in text_of(answer)
    assert fields_of(answer, FORM)["excerpt"] == "We always profile people"
    assert written() == before


def test_sentence_harsher_than_the_facts_is_refused(desk, at_desk, answered):
    answer = at_desk(desk.journalist).post(url_of(answered, "line"), {"line": "They refused to answer."})
    assert answer.status_code == 409
    assert "“refused” is harsher than the facts allow" in text_of(answer)


def test_answer_after_publication_marks_the_claim_and_is_still_recorded(desk, at_desk, journalist):
    desk.published()
    client = at_desk(desk.journalist)
    given = {**SAID, "received_at": moment(minutes=0)}
    assert send(client, url_of(desk.parts.file, "response"), FORM, **given).status_code == 302
    text = text_of(client.get(claim_url(desk.claim)))
    assert "Needs an update. Immigration New Zealand answered after publication." in text
    assert client.get(url_of(desk.parts.file, "line")).status_code == 409  # what shapes the page waits for “Correct”


def test_party_is_asked_once(desk, at_desk, answered):
    client, before = at_desk(desk.journalist), written()
    answer = client.post(claim_url(desk.claim, "open-reply"), {"party": str(desk.parts.agency.pk)})
    assert answer.status_code == 400
    assert "already exists" in text_of(answer)
    assert written() == before


def test_claim_page_offers_to_ask_everybody_accused_who_has_no_file(desk, at_desk, party, journalist):
    actions.name_party(desk.claim, by=journalist, party=party)
    page = at_desk(desk.journalist).get(claim_url(desk.claim))
    assert f"{claim_url(desk.claim, 'open-reply')}?party={party.pk}" in page.content.decode()
    assert "Ask Ministry of Health" in text_of(page)


def test_file_that_does_not_exist_is_not_found(desk, at_desk):
    client = at_desk(desk.journalist)
    for nonsense in ("99999", "x", "9" * 30, "1' OR 1=1"):
        assert client.get(f"/desk/reply/replyfile/{nonsense}/change/").status_code == 404


def test_nothing_that_was_logged_can_be_changed_or_deleted_at_the_desk(desk, at_desk, answered):
    client, before = at_desk(desk.senior_editor), Attempt.objects.count()
    assert client.post(url_of(answered), {"state": "waived"}).status_code == 405
    assert client.get(f"/desk/reply/replyfile/{answered.pk}/delete/").status_code == 403
    answered.refresh_from_db()
    assert (answered.state, Attempt.objects.count()) == ("responded", before)


def test_every_verb_on_what_is_in_a_file_is_tested_here():
    assert {verb.code for verb in (*ALLEGATION_VERBS, *RESPONSE_VERBS)} == {"edit", "drop", "claim"}


def test_reading_roles_see_the_file_and_no_button(desk, at_desk, answered):
    page = at_desk(desk.legal).get(url_of(answered))
    assert page.status_code == 200
    assert ANSWER in text_of(page)
    assert "verb-form" not in page.content.decode()
    assert "Nothing: you read this, and others work on it." in text_of(page)
