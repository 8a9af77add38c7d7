"""From the file: put it again with one letter, and open and shut the party's private page."""

import pytest
from django.test import Client
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.letters import afterwards, keys
from factcheck.letters.models import Letter, Outgoing
from factcheck.reply import actions as reply
from factcheck.reply.contacts import keep_contact
from factcheck.reply.models import Attempt
from tests.portal.steps import to_put

from .steps import address, fields_of, send, text_of

FORM = "verb-form"
REACH = {"role": "press office", "email": "media@agency.example", "zone": "Pacific/Auckland", "country": "NZ"}
PUT = {"channel": "email", "to_role": "press office", "text": "We put this to you.", "outcome": "delivered"}


@pytest.fixture(autouse=True)
def _reachable(desk):
    keep_contact(desk.parts.agency, by=desk.journalist, **REACH)


def put_to_the_agency(desk, wording):
    file = to_put(desk.parts.agency, desk.journalist, wording, ["That too."])
    reply.ready(file, by=desk.journalist)
    reply.put(file, by=desk.journalist, at=timezone.now(), **PUT)
    return file


def reword(desk, file, wording):
    claims.edit_claim(file.claim, by=desk.journalist, wording=wording)


def test_one_letter_puts_again_all_that_the_party_was_asked_in_other_words(desk, at_desk):
    second, third = put_to_the_agency(desk, "The second claim"), put_to_the_agency(desk, "The third claim")
    for file, wording in ((desk.parts.file, "Other words of the first"), (second, "Other words of the second")):
        reword(desk, file, wording)
    client = at_desk(desk.journalist)
    page = client.get(address("reply_replyfile", desk.parts.file, "put-again"))
    assert "Other words of the second" in text_of(page) and third.claim.wording not in text_of(page)
    made = client.post(
        address("reply_replyfile", desk.parts.file, "put-again"), {**fields_of(page, FORM), "call": "the desk"}
    )
    letter = Letter.objects.get()
    assert made["Location"] == address("letters_letter", letter)
    assert (letter.kind, set(letter.files.all())) == ("again", {desk.parts.file, second})
    assert "Other words of the first" in letter.body and "Other words of the second" in letter.body


def test_claims_page_offers_the_letter_beside_both_wordings(desk, at_desk):
    reword(desk, desk.parts.file, "Other words of the first")
    page = at_desk(desk.journalist).get(address("claims_claim", desk.claim)).content.decode()
    assert f'href="{address("reply_replyfile", desk.parts.file, "put-again")}"' in page


def test_nothing_is_put_again_while_the_words_are_the_same(desk, at_desk):
    answer = at_desk(desk.journalist).get(address("reply_replyfile", desk.parts.file, "put-again"))
    assert answer.status_code == 409
    assert "The claim is worded as it was put" in text_of(answer)


@pytest.fixture
def sent(desk):
    """A letter about the file that has left, with a private page."""
    file = desk.parts.file
    letter = Letter.objects.create(
        party=desk.parts.agency,
        party_name="Immigration New Zealand",
        subject="Request for comment",
        body="-",
        to_role="press office",
        to_address="media@agency.example",
        call="the desk",
        zone="Pacific/Auckland",
        country="NZ",
        state="sent",
        sent_at=timezone.now(),
        deadline_at=file.deadline_at,
        drafted_by=desk.journalist,
    )
    letter.parts.create(file=file, wording=file.wording_put)
    return letter


def opens(token):
    return Client().get(f"/reply/{token}/").status_code == 200


def test_page_is_shut_from_the_file(desk, sent, at_desk):
    token = keys.token_of(keys.issue(sent, by=desk.journalist))
    assert opens(token)
    answer = send(
        at_desk(desk.editor), address("reply_replyfile", desk.parts.file, "shut-page"), FORM, because="Leaked."
    )
    assert answer.status_code == 302
    assert not opens(token)
    assert not Outgoing.objects.exists()
    key = sent.keys.get()
    assert (key.revoked_by, key.revoked_because) == (desk.editor, "Leaked.")


def test_page_moves_from_the_file_and_the_new_address_leaves_in_a_letter_alone(desk, sent, at_desk):
    old = keys.token_of(keys.issue(sent, by=desk.journalist))
    url = address("reply_replyfile", desk.parts.file, "move-page")
    page = send(at_desk(desk.editor), url, FORM, because="Leaked.")
    assert page.status_code == 302
    mail = Outgoing.objects.get()
    new = keys.token_of(mail.key)
    assert not opens(old) and opens(new)
    assert (mail.purpose, mail.to_address) == ("new_page", "media@agency.example")
    assert new not in mail.body and keys.MARK in mail.body
    assert new not in at_desk(desk.editor).get(address("reply_replyfile", desk.parts.file)).content.decode()


@pytest.mark.parametrize("code", ["shut-page", "move-page"])
def test_page_that_nobody_has_is_neither_shut_nor_moved(desk, at_desk, code):
    assert at_desk(desk.editor).get(address("reply_replyfile", desk.parts.file, code)).status_code == 409


@pytest.mark.parametrize("code", ["shut-page", "move-page"])
def test_page_of_another_files_letter_cannot_be_named(desk, sent, at_desk, code):
    keys.issue(sent, by=desk.journalist)
    other = put_to_the_agency(desk, "The second claim")
    second = Letter.objects.create(
        **{f.name: getattr(sent, f.name) for f in Letter._meta.concrete_fields if f.name not in ("id", "reply_ref")}
    )
    second.parts.create(file=other, wording=other.claim.wording)
    key = keys.issue(second, by=desk.journalist)
    url = address("reply_replyfile", desk.parts.file, code)
    answer = at_desk(desk.editor).post(url, {"letter": second.pk, "because": "Leaked."})
    assert answer.status_code == 400
    key.refresh_from_db()
    assert key.revoked_at is None


def test_receipt_that_comes_back_is_no_attempt_that_failed(desk, sent):
    mail = Outgoing.objects.create(
        purpose="receipt",
        once="receipt",
        to_address="mistyped@elsewhere.example",
        subject="Receipt",
        body="-",
        letter=sent,
        state="sent",
        sent_at=timezone.now(),
        due_at=timezone.now(),
    )
    before = Attempt.objects.count()
    afterwards.came_back(mail, at=timezone.now(), because="No such user.")
    assert Attempt.objects.count() == before
