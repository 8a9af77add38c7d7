"""What came in and nobody has read stands in the way of publishing, and of calling a party silent or out of reach (RR-2, RR-3)."""

import pytest
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.desk.gates import blockers
from factcheck.desk.publish import NotPublishable
from factcheck.inbox import actions as inbox
from factcheck.newsroom.refusals import Refused
from factcheck.reply import actions as reply
from tests.builders import ask
from tests.reply.steps import past_the_deadline


@pytest.fixture
def incoming(desk):
    """An answer that lies unread on a claim that could be published otherwise."""
    desk.cleared()
    return inbox.file_statement([desk.parts.file], text="We would like to add something.")[0]


def sentences(desk):
    return [blocker.sentence for blocker in blockers(desk.dossier()) if "nobody has read" in blocker.sentence]


def test_claim_with_an_unread_answer_is_not_published(desk, incoming):
    assert sentences(desk) == [
        "Something came in from Immigration New Zealand that nobody has read yet: confirm it, or set it aside."
    ]
    with pytest.raises(NotPublishable):
        desk.publish()


def test_claim_is_published_on_the_same_sign_off_once_it_is_set_aside(desk, incoming):
    inbox.set_aside(incoming.filings.get(), by=desk.journalist, because="An advertisement.")
    assert sentences(desk) == []
    desk.publish()


def test_party_with_an_unread_answer_is_not_silent(desk, clock, settings):
    settings.ATTEMPTS_BEFORE_SILENCE = 2
    party = claims.add_speaker(by=desk.journalist, name="The Party", kind="party")
    file = ask(desk, party, answer="")
    fields = {"to_role": "press office", "text": "We asked once more.", "outcome": "voicemail"}
    reply.log_attempt(file, by=desk.journalist, at=timezone.now(), channel="phone", **fields)
    past_the_deadline(file, clock)
    inbox.file_statement([file], text="Please see the attachment.")
    with pytest.raises(Refused, match="nobody has read"):
        reply.mark_no_response(file, by=desk.journalist)
    inbox.set_aside(file.filings.get(), by=desk.journalist, because="An advertisement.")
    assert reply.mark_no_response(file, by=desk.journalist).state == "no_response"
