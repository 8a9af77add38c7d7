"""What a party may send that nobody thought of: too much, nothing, twice, at once, in the wrong form, with a trap in it."""

import pytest

from factcheck.inbox.models import Filing, Incoming, IncomingAnswer
from factcheck.letters import held
from factcheck.letters.models import Outgoing
from factcheck.portal.forms import MOST
from factcheck.sources.leak_guard import hits
from tests.sources.cast import NAME, key, protect

from .steps import fields_of, text_of, written

pytestmark = pytest.mark.django_db


def errors_of(page):
    """What the summary at the top says."""
    return text_of(page).partition("Nothing has been sent yet")[2].partition("Please answer by")[0].strip()


REFUSED = {
    "nothing": ({}, "Your answer to point 1 : Nothing is said yet"),
    "spaces": ({"statement": " \r\n\t ", "point-1": "\u00a0"}, "Nothing is said yet"),
    "only who": ({"by_name": "N. Hogg"}, "Nothing is said yet"),
    "both": ({"declined": "on", "statement": "And yet."}, "You wrote an answer as well."),
    "why without when": ({"because": "Holidays."}, "Say until when you need time"),
    "yesterday": ({"until": "2001-01-02T09:30"}, "This moment is past."),
    "no such hour": ({"until": "2031-09-28T02:30"}, "couldn’t be interpreted in time zone"),
    "no moment": ({"until": "next week"}, "Enter a valid date/time."),
    "far": ({"until": "99999-01-02T09:30"}, "Enter a valid date/time."),
    "no address": ({"statement": "x", "receipt_to": "nobody"}, "Enter a valid email address."),
    "two addresses": ({"statement": "x", "receipt_to": "a@b.example,c@d.example"}, "Enter a valid email address."),
    "header": ({"statement": "x", "receipt_to": "a@b.example\r\nBcc: c@d.example"}, "Enter a valid email address."),
    "too long": ({"statement": "x" * (MOST + 1)}, "Ensure this value has at most"),
    "too long together": ({"statement": "x" * MOST, "point-2": "y"}, f"Together this is {MOST + 1} characters"),
    "long name": ({"statement": "x", "by_name": "n" * 151}, "Ensure this value has at most 150 characters"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_meant_is_refused_beside_its_field_and_nothing_is_lost(party, name):
    said, told = REFUSED[name]
    before = written()
    for step in ("check", "send"):
        page = party.post({**fields_of(party.client.get(party.url)), **said, "step": step})
        assert page.status_code == 400
        assert told in errors_of(page)
        assert "<title>Error:" in page.content.decode()
        kept = fields_of(page)
        assert all(kept[field].split() == typed.split() for field, typed in said.items())
        assert 'aria-invalid="true"' in page.content.decode()
    assert written() == before


@pytest.mark.parametrize("field", ["statement", "point-1", "by_name", "authority", "because"])
def test_address_of_the_page_in_an_answer_is_refused_so_that_no_receipt_has_it(party, token, field):
    wrapped = f"See https://x.example/reply/{token[:20]}\n{token[20:]}/"
    page = party.post({**fields_of(party.client.get(party.url)), "statement": "x", field: wrapped, "step": "send"})
    assert page.status_code == 400
    assert "This has the address of your private page in it." in errors_of(page)
    assert not Incoming.objects.exists()
    assert not Outgoing.objects.filter(purpose="receipt").exists()


def test_what_nobody_can_see_or_type_is_left_out_and_all_else_is_kept(party):
    said = "A\x00B\x07\r\nC\u202eD\ud7ff \U0001f989 <script>alert(1)</script> {{ newsroom }} [the address of your private page]"
    page = party.check(statement=said)
    kept = said.replace("\x00", "").replace("\x07", "").replace("\r\n", "\n")
    assert fields_of(page)["statement"] == kept
    assert "<script>alert" not in page.content.decode()
    party.press(page, "send")
    assert Incoming.objects.get().text == kept
    receipt = Outgoing.objects.get(purpose="receipt")
    assert kept in receipt.body and receipt.key is None


def test_bytes_that_are_no_text_are_taken_as_far_as_they_are(party):
    seal = fields_of(party.client.get(party.url))["seal"]
    body = f"seal={seal}&step=send&statement=caf%E9%FF".encode()
    answer = party.client.post(party.url, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    assert Incoming.objects.get().text == "caf\ufffd\ufffd"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"statement=" + b"x" * 3_000_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a%d=1" % n for n in range(2000)), "application/x-www-form-urlencoded", 413),
        (b'{"statement": "x"}', "application/json", 415),
        (b"", "", 415),
        (b"\x00\xff", "multipart/form-data; boundary=x", 415),
    ],
    ids=["huge", "many fields", "json", "nothing", "multipart"],
)
def test_what_is_no_form_of_ours_is_answered_in_words(party, body, kind, status):
    before = written()
    answer = party.client.post(party.url, body, content_type=kind)
    assert answer.status_code == status
    assert "Nothing has been sent." in text_of(answer)
    assert written() == before


def test_fields_that_the_form_does_not_have_are_not_looked_at(party):
    page = party.check(statement="x", point_99="Not asked.", once="a" * 64, channel="email", received_at="2001-01-01")
    party.press(page, "send")
    incoming = Incoming.objects.get()
    assert (incoming.channel, incoming.received_at.year > 2001, incoming.answers.count()) == ("web_form", True, 0)


# Twice


def test_same_answer_sent_again_is_one_statement_and_one_receipt(party):
    checked = party.check(point_1="It did not.", by_name="N. Hogg")
    first, second = party.press(checked, "send"), party.press(checked, "send")
    assert (first.status_code, second.status_code) == (303, 303)
    assert "It did not." in text_of(party.client.get(second["Location"]))
    assert (Incoming.objects.count(), IncomingAnswer.objects.count(), Filing.objects.count()) == (1, 1, 2)
    assert Outgoing.objects.filter(purpose="receipt").count() == 1


def test_same_answer_from_two_tabs_and_after_going_back_is_one_statement(party):
    one, other = party.check(statement="We reject it."), party.check(statement="We reject it.")
    party.press(one, "send")
    party.press(other, "send")
    again = party.press(party.press(one, "change"), "check")
    party.press(again, "send")
    assert Incoming.objects.count() == 1


def test_answer_changed_after_going_back_adds_a_statement(party):
    checked = party.check(statement="We reject it.")
    party.press(checked, "send")
    party.press(checked, "send", statement="We reject it. All of it.")
    assert Incoming.objects.count() == 2


def test_same_words_with_another_receipt_address_send_one_more_receipt_and_file_nothing(party):
    party.send(statement="We reject it.")
    party.send(statement="We reject it.", receipt_to="hogg@elsewhere.example")
    assert Incoming.objects.count() == 1
    to = set(Outgoing.objects.filter(purpose="receipt").values_list("to_address", flat=True))
    assert to == {"media@agency.example", "hogg@elsewhere.example"}


# No oracle


def test_name_of_a_protected_source_is_taken_as_any_other_word(settings, party, journalist, editor):
    """Were it refused, the accused could go through names until one is."""
    settings.VAULT_KEYS = [key()]
    protect(journalist, editor, ("name", NAME))
    guarded, other = (f"It was {name} who told you." for name in (NAME, "Somebody Else"))
    assert hits([guarded]) and not hits([other])
    answers = [party.press(party.check(statement=words), "send") for words in (guarded, other)]
    assert [answer.status_code for answer in answers] == [303, 303]
    shown = [text_of(party.client.get(answer["Location"])) for answer in answers]
    assert [words in page for words, page in zip((guarded, other), shown, strict=True)] == [True] * 2
    assert Incoming.objects.count() == 2
    receipts = Outgoing.objects.filter(purpose="receipt")
    assert {row.state for row in receipts} == {"queued"}
    left = [held.text_of(row) for row in receipts.order_by("pk")]
    assert [words in text for words, text in zip((guarded, other), left, strict=True)] == [True] * 2
    assert not any(NAME in row.body for row in receipts)
