"""What came in and nobody has read stands in the way of publishing, and of calling a party silent or out of reach (RR-2, RR-3)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.desk.gates import blockers, warnings
from factcheck.desk.publish import NotPublishable
from factcheck.inbox import actions as inbox
from factcheck.newsroom.refusals import Refused
from factcheck.reply import actions as reply
from tests.builders import answer_with, ask
from tests.desk.late_steps import later
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


def unquoted(desk):
    return [str(note) for note in warnings(desk.dossier()) if "nothing is printed" in str(note)]


def test_answer_of_which_nothing_is_printed_is_told_to_the_editor_and_stops_nothing(desk):
    assert unquoted(desk) == []
    later(desk.parts.file, desk.journalist, "The figures are in our annual report.", kind="new_information")
    [note] = unquoted(desk)
    assert note.startswith("Of what Immigration New Zealand answered on ")
    assert note.endswith(" (New information), nothing is printed (RR-7).")
    answer_with(desk, desk.parts.file, "And one thing more.")
    assert len(unquoted(desk)) == 2
    desk.cleared()
    desk.publish()


def test_answer_off_the_record_is_not_missed_on_the_page(desk):
    later(desk.parts.file, desk.journalist, "Between us: no.", on_record=False)
    assert unquoted(desk) == []


def still_promised(desk):
    return [blocker.sentence for blocker in blockers(desk.dossier()) if "is not over" in blocker.sentence]


def give_time(desk, days):
    file = desk.parts.file
    file.refresh_from_db()
    until = file.deadline_at + timedelta(days=days)
    more = {"asked_at": timezone.now(), "asked_by_role": "press office", "reason": "To find the figures."}
    reply.decide_extension(file, by=desk.journalist, granted=True, new_deadline_at=until, **more)
    return until


def test_claim_is_not_published_while_a_party_that_answered_may_say_more(desk, clock):
    desk.cleared()
    clock.shift(timedelta(hours=1))
    until = give_time(desk, days=4)
    [sentence] = still_promised(desk)
    assert sentence.startswith("Immigration New Zealand was given time until ")
    with pytest.raises(NotPublishable):
        desk.publish()
    clock.move_to(until + timedelta(minutes=1))
    assert still_promised(desk) == []


def test_what_they_say_in_that_time_fulfils_it(desk, clock):
    clock.shift(timedelta(hours=1))
    give_time(desk, days=4)
    clock.shift(timedelta(hours=1))
    later(desk.parts.file, desk.journalist, "Here they are.")
    assert still_promised(desk) == []
