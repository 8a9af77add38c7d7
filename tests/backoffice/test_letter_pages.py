"""A letter through its pages: who may do what, what is shown, and that what was typed is never lost."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.desk import review
from factcheck.letters import actions, noting, outgoing, sending, waiting
from factcheck.letters.models import Letter, LetterFile, Outgoing
from factcheck.letters.workers import Worker
from factcheck.reply import actions as reply
from factcheck.reply.models import ReplyFile
from tests.letters.steps import to_put

from .steps import address, fields_of, send, text_of, written

FORM = "verb-form"
TO = {"to_address": "media@health.example", "to_role": "press office", "call": "the desk, 04 000 0000"}


@pytest.fixture
def letter(desk, ready):
    return actions.draft_letter([ready], by=desk.journalist, **TO)


def url_of(letter, code=""):
    return address("letters_letter", letter, code)


def test_letter_is_written_from_the_file_and_sent_from_its_page(desk, at_desk, ready):
    client = at_desk(desk.journalist)
    written_to = send(client, address("reply_replyfile", ready, "letter"), FORM, **TO)
    letter = Letter.objects.get()
    assert (written_to.status_code, written_to["Location"]) == (302, url_of(letter))
    assert "That it kept no figures." in text_of(client.get(url_of(letter)))
    assert send(client, url_of(letter, "send"), FORM).status_code == 302
    assert Letter.objects.get().state == "queued"


def test_letter_is_not_offered_what_was_asked_on_a_claim_that_is_closed(desk, at_desk, ready):
    beside = to_put(reply.open_file(_other_claim(desk), by=desk.journalist, party=ready.party), desk.journalist)
    client = at_desk(desk.journalist)
    page = address("reply_replyfile", ready, "letter")
    assert 'name="also"' in client.get(page).content.decode()
    review.close(beside.claim, by=desk.journalist, closed_as="dropped", note="Nobody said it.")
    assert 'name="also"' not in client.get(page).content.decode()


def _other_claim(desk):
    return claims.log_claim(by=desk.journalist, wording="The agency lost its figures.", type="allegation")


def test_edited_letter_keeps_its_words_and_plain_line_ends(desk, at_desk, letter):
    client, body = at_desk(desk.journalist), letter.body + "\n\nOne more line."
    assert send(client, url_of(letter, "edit"), FORM, body=body.replace("\n", "\r\n")).status_code == 302
    assert Letter.objects.get().body == body


def test_what_was_typed_survives_a_refusal(desk, at_desk, letter):
    client = at_desk(desk.journalist)
    refused = send(client, url_of(letter, "edit"), FORM, to_address="nobody", body="Typed for an hour")
    assert refused.status_code == 400
    assert fields_of(refused, FORM)["body"] == "Typed for an hour"


def test_second_of_two_writers_is_told(desk, at_desk, letter, journalist_2):
    first, second = at_desk(desk.journalist), at_desk(journalist_2)
    form = fields_of(second.get(url_of(letter, "edit")), FORM)
    assert send(first, url_of(letter, "edit"), FORM, subject="Request").status_code == 302
    late = second.post(url_of(letter, "edit"), {**form, "subject": "Another"})
    assert late.status_code == 409
    assert "Somebody else saved this record" in text_of(late)


def test_page_says_what_is_missing_before_it_can_be_sent(desk, at_desk, letter):
    actions.edit_letter(letter, by=desk.journalist, body="Dear press office, what do you say?")
    client = at_desk(desk.journalist)
    page = text_of(client.get(url_of(letter)))
    assert "This is on the file and does not stand in the letter: “That it kept no figures.”" in page
    assert client.get(url_of(letter, "send")).status_code == 409
    assert client.post(url_of(letter, "send")).status_code == 409
    assert Letter.objects.get().state == "drafting"


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        ("edit", {"journalist", "journalist-2", "editor", "senior-editor"}),
        ("to-legal", {"journalist", "journalist-2", "editor", "senior-editor"}),
        ("withdraw", {"journalist", "journalist-2", "editor", "senior-editor"}),
        ("clear", {"legal"}),
        ("send-back", {"legal"}),
    ],
)
def test_verb_is_offered_to_those_who_may_and_to_nobody_else(desk, people, at_desk, letter, code, allowed):
    claims.edit_claim(desk.claim, by=desk.journalist, legal_risk=True)
    if code in ("clear", "send-back"):
        actions.send_to_legal(letter, by=desk.journalist)
    before = written()
    for who, person in people.items():
        client = at_desk(person)
        assert client.get(url_of(letter, code)).status_code == (200 if who in allowed else 403), who
        assert (url_of(letter, code) in client.get(url_of(letter)).content.decode()) is (who in allowed), who
    assert written() == before


def test_legal_clears_what_is_on_the_page_and_nothing_else(desk, at_desk, letter):
    claims.edit_claim(desk.claim, by=desk.journalist, legal_risk=True)
    actions.send_to_legal(letter, by=desk.journalist)
    client = at_desk(desk.legal)
    form = fields_of(client.get(url_of(letter, "clear")), FORM)
    actions.edit_letter(letter, by=desk.journalist, body=letter.body + "\n\nSlipped in.")
    actions.send_to_legal(Letter.objects.get(), by=desk.journalist)
    assert client.post(url_of(letter, "clear"), form).status_code == 409
    assert send(client, url_of(letter, "clear"), FORM).status_code == 302
    assert Letter.objects.get().state == "cleared"


def test_letter_in_doubt_is_decided_on_its_page(desk, at_desk, letter):
    mail = actions.queue_letter(letter, by=desk.journalist).outgoing.get()
    mail.state, mail.taken_by, mail.taken_until = "sending", "elsewhere-1-aa", letter.drafted_at
    mail.save()
    worker = Worker()
    assert sending.settle_one(worker)
    worker.close()
    client = at_desk(desk.journalist)
    assert "This letter may have been sent." in text_of(client.get(url_of(letter)))
    decided = send(client, address("letters_outgoing", mail, "decide"), FORM, went="1", because="The log says so.")
    assert (decided.status_code, decided["Location"]) == (302, url_of(letter))
    assert Letter.objects.get().state == "sent"
    assert ReplyFile.objects.get(pk=letter.file.pk).state == "sent"


def test_how_to_reach_them_is_kept_and_nonsense_is_refused(desk, at_desk, ready):
    client, url = at_desk(desk.journalist), address("reply_replyfile", ready, "contact")
    assert send(client, url, FORM, zone="Mars/Olympus").status_code == 400
    assert send(client, url, FORM, country="GB", region="AUK").status_code == 400
    given = {"role": "press office", "email": "media@health.example", "region": "WGN"}
    assert send(client, url, FORM, **given).status_code == 302
    assert "media@health.example" in text_of(client.get(address("reply_replyfile", ready)))


def test_attempt_is_logged_where_the_file_is(desk, at_desk, asked):
    client, page = at_desk(desk.journalist), address("reply_replyfile", asked)
    form = fields_of(client.get(page), 'class="quick"')
    assert form["to_role"] == "press office"
    done = client.post(
        address("reply_replyfile", asked, "attempt"), {**form, "channel": "phone", "outcome": "no_answer"}
    )
    assert (done.status_code, done["Location"]) == (302, page)
    assert [a.outcome for a in asked.attempts.all()] == ["delivered", "no_answer"]


def test_list_of_letters_asks_the_same_of_one_row_and_of_three(desk, at_desk, letter, django_assert_num_queries):
    client, url = at_desk(desk.editor), reverse("admin:letters_letter_changelist")
    client.get(url)
    with django_assert_num_queries(4):
        client.get(url)
    fields = {
        f.name: getattr(letter, f.name) for f in Letter._meta.concrete_fields if f.name not in ("id", "reply_ref")
    }
    for _each in range(2):
        Letter.objects.create(**fields)
    with django_assert_num_queries(4):
        client.get(url)


WAITING = {  # the state of a letter's e-mail, and its own -> the piles it lies on
    ("uncertain", "uncertain"): ["doubt"],
    ("failed", "failed"): ["stopped"],
    ("sent", "bounced"): ["stopped"],
    ("queued", "with_legal"): ["legal"],
    ("sent", "sent"): [],
}


@pytest.mark.parametrize(("mail", "state"), WAITING)
def test_letter_that_waits_for_a_person_is_counted_and_listed(desk, at_desk, letter, mail, state):
    sent_at = timezone.now()
    outgoing.queue(purpose="letter", once="letter:1", to_address="a@b.example", subject="x", body="x", letter=letter)
    Outgoing.objects.update(state=mail, sent_at=sent_at)
    Letter.objects.update(state=state, sent_at=sent_at)
    ReplyFile.objects.filter(pk=letter.file.pk).update(state="sent")
    client = at_desk(desk.editor)
    home = client.get("/desk/").content.decode()
    for code in ("doubt", "stopped", "legal"):
        listed, waits = f"/desk/letters/letter/?waits={code}", code in WAITING[mail, state]
        [number] = re.findall(rf'<h3><a href="{re.escape(listed)}">[^<]*<span class="number">([^<]+)</span>', home)
        assert number == str(int(waits))
        assert (f"{letter.pk}/change/" in client.get(listed).content.decode()) is waits
    assert (f"/desk/letters/letter/{letter.pk}/change/" in home) is bool(WAITING[mail, state])


def test_letter_that_came_back_is_not_forgotten_however_many_came_back_after_it(letter):
    sent_at = timezone.now()
    Letter.objects.update(state="bounced", sent_at=sent_at)
    fields = {f.name: getattr(letter, f.name) for f in Letter._meta.concrete_fields}
    later = {**fields, "id": None, "state": "bounced", "sent_at": sent_at}
    Letter.objects.bulk_create(Letter(**later | {"reply_ref": f"later{n}"}) for n in range(1001))
    for state, found in [("extended", [letter]), ("responded", [])]:
        ReplyFile.objects.update(state=state)
        assert list(waiting.stopped()) == found


def test_letter_that_came_back_waits_no_more_once_another_was_written(letter):
    file = letter.file
    Letter.objects.update(state="bounced", sent_at=timezone.now())
    ReplyFile.objects.update(state="sent")
    fields = {f.name: getattr(letter, f.name) for f in Letter._meta.concrete_fields}
    another = Letter.objects.create(**fields | {"id": None, "reply_ref": "another"})
    assert list(waiting.stopped()) == [letter]
    LetterFile.objects.create(letter=another, file=file, wording="As it was")
    assert list(waiting.stopped()) == []


def test_receipt_in_doubt_is_decided_on_the_letters_page(desk, at_desk, letter):
    receipt = {"to_address": "a@b.example", "subject": "x", "body": "x", "letter": letter}
    mail = outgoing.queue(purpose="receipt", once="receipt:1", **receipt)
    noting.in_doubt(mail, "It hung up.")
    client = at_desk(desk.journalist)
    assert f"/desk/letters/letter/{letter.pk}/change/" in client.get("/desk/").content.decode()
    decide = address("letters_outgoing", mail, "decide")
    assert decide in client.get(url_of(letter)).content.decode()
    assert send(client, decide, FORM, went="1", because="The server's log has it.").status_code == 302
    assert Outgoing.objects.get().state == "sent"


def test_digest_in_doubt_waits_for_nobody(desk, at_desk):
    mail = outgoing.queue(purpose="digest", once="digest:1", to_address="a@b.example", subject="x", body="x")
    noting.in_doubt(mail, "It hung up.")
    client = at_desk(desk.journalist)
    assert client.get(address("letters_outgoing", mail, "decide")).status_code == 404
