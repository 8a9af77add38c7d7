"""A late answer at the desk: what is offered to whom, shown before it is done, and where the page goes from there."""

import pytest
from django.urls import reverse

from factcheck.claims.models import Claim
from factcheck.published.models import Edition
from factcheck.reply.models import EarlierExcerpt, ReplyFile
from tests.desk.late_steps import LATE, later, out_with_second

from .steps import address, claim_url, send, text_of, written


@pytest.fixture
def waiting(desk):
    """A published claim whose party answered since."""
    desk.published()
    later(desk.parts.file, desk.journalist)
    desk.fresh()
    return desk


def test_update_is_shown_whole_before_it_is_drafted(waiting, at_desk):
    page = text_of(at_desk(waiting.journalist).get(claim_url(waiting.claim, "update")))
    assert LATE in page
    assert "Immigration New Zealand answered what we had put to it." in page
    assert Claim.objects.get().status == "published"


def test_two_people_take_a_late_answer_to_its_readers(waiting, at_desk):
    first, second = at_desk(waiting.journalist), at_desk(waiting.editor)
    assert send(first, claim_url(waiting.claim, "update")).status_code == 302
    signing = second.get(claim_url(waiting.claim, "sign-update"))
    assert LATE in text_of(signing)
    assert send(second, claim_url(waiting.claim, "sign-update")).status_code == 302
    assert send(second, claim_url(waiting.claim, "publish")).status_code == 302
    assert LATE in at_desk(waiting.legal).get(reverse("claim", args=[waiting.fresh().check_slug])).content.decode()


def test_update_is_offered_only_where_an_answer_waits(desk, at_desk):
    desk.published()
    client = at_desk(desk.editor)
    assert "Draft the update" not in text_of(client.get(claim_url(desk.claim)))
    assert client.get(claim_url(desk.claim, "update")).status_code == 409
    later(desk.parts.file, desk.journalist)
    assert "Draft the update" in text_of(client.get(claim_url(desk.claim)))


def test_second_click_drafts_nothing_twice(waiting, at_desk):
    client = at_desk(waiting.journalist)
    send(client, claim_url(waiting.claim, "update"))
    before = written()
    assert client.post(claim_url(waiting.claim, "update")).status_code == 409
    assert (written(), Edition.objects.count()) == (before, 1)


def test_whoever_drafted_it_is_not_offered_to_sign_it(waiting, at_desk):
    client = at_desk(waiting.editor)
    send(client, claim_url(waiting.claim, "update"))
    assert client.get(claim_url(waiting.claim, "sign-update")).status_code == 403
    assert "Find fair and sign off" not in text_of(client.get(claim_url(waiting.claim)))


def test_answer_is_taken_over_from_the_page_of_the_other_right_of_reply(desk, at_desk):
    desk.published()
    other, file = out_with_second(desk)
    later(desk.parts.file, desk.journalist)
    client = at_desk(desk.journalist)
    page = client.get(address("reply_replyfile", file, "carry-over"))
    assert LATE in text_of(page)
    answer = send(client, address("reply_replyfile", file, "carry-over"), response=desk.parts.file.responses.last().pk)
    assert answer.status_code == 302
    assert ReplyFile.objects.get(pk=file.pk).responses.filter(verbatim=LATE).exists()


def test_somebody_elses_answer_is_not_taken_over(desk, at_desk):
    desk.published()
    other, file = out_with_second(desk)
    later(desk.parts.file, desk.journalist)
    before = written()
    client = at_desk(desk.journalist)
    assert send(client, address("reply_replyfile", file, "carry-over"), response="99999").status_code == 400
    assert written() == before


def test_editor_says_why_a_page_needs_no_update(desk, at_desk):
    desk.published()
    other, _file = out_with_second(desk)
    later(desk.parts.file, desk.journalist)
    client = at_desk(desk.editor)
    assert send(client, claim_url(other.claim, "no-update"), because="It is about visas alone.").status_code == 302
    assert "It is about visas alone." in text_of(client.get(claim_url(other.claim)))
    assert other.fresh().update_needed_at is None


def test_earlier_answer_is_shown_and_can_be_taken_off(waiting, at_desk):
    client = at_desk(waiting.journalist)
    send(client, claim_url(waiting.claim, "update"))
    kept = EarlierExcerpt.objects.get()
    assert "And after it, from the answer of" in text_of(client.get(address("reply_replyfile", waiting.parts.file)))
    assert send(client, address("reply_earlierexcerpt", kept, "drop"), because="They withdrew it.").status_code == 302
    assert "And after it" not in text_of(client.get(address("reply_replyfile", waiting.parts.file)))
