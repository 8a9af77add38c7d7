"""What comes in is filed once, unread, and becomes a response by a person's word alone."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from factcheck.inbox import actions
from factcheck.inbox.filing import has_unread
from factcheck.inbox.models import Filing, Incoming
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.reply.models import Response

SAID = "INZ did not hold any data on Uyghur people.\n\nWe would not profile people on race alone."


def statement(*files, **fields):
    incoming, made = actions.file_statement(files, **{"text": SAID, "by_role": "manager", **fields})
    assert made
    return incoming


def confirmed(filing, by, **fields):
    given = {"kind": "denial", "by_role": "manager", "language": "en", "verbatim": SAID, **fields}
    return actions.confirm(filing, by=by, **given)


def test_statement_is_filed_unread_and_is_no_response(asked):
    incoming = statement(asked)
    filing = incoming.filings.get()
    asked.refresh_from_db()
    assert (filing.state, asked.state, Response.objects.count()) == ("unread", "sent", 0)
    assert has_unread(asked)


def test_statement_lies_with_every_file_it_is_about(asked, other):
    incoming = statement(asked, other)
    assert {filing.file for filing in incoming.filings.all()} == {asked, other}


def test_same_statement_twice_is_one(asked):
    first = statement(asked, once="a" * 64)
    again, made = actions.file_statement([asked], once="a" * 64, text="Sent anew by a second click")
    assert (again, made, Incoming.objects.count()) == (first, False, 1)


def test_second_statement_adds(asked):
    statement(asked, once="a" * 64)
    statement(asked, once="b" * 64, text="And one thing more.")
    assert Filing.objects.filter(file=asked, state="unread").count() == 2


@pytest.mark.parametrize(
    "said",
    [
        {"declined": True},
        {"more_time_until": timezone.now() + timedelta(days=2)},
        {"more_time_because": "The weekend."},
    ],
    ids=lambda said: next(iter(said)),
)
def test_statement_without_words_may_decline_or_ask_for_time(asked, said):
    assert statement(asked, text="", **said).filings.count() == 1


def test_statement_that_says_nothing_is_refused(asked):
    with pytest.raises(Refused):
        actions.file_statement([asked], text="  \n")
    assert not Incoming.objects.exists()


def test_statement_answers_no_allegation_of_somebody_else(asked, other):
    with pytest.raises(Refused):
        actions.file_statement([other], answers={asked.allegations.get(): "No."})


def test_journal_says_that_it_came_and_not_what_it_says(asked):
    statement(asked)
    entries = JournalEntry.objects.filter(verb__in=["received answer", "filed answer"])
    assert {entry.actor for entry in entries} == {"system"}
    assert not any("Uyghur" in str(entry.details) for entry in entries)


def test_confirming_makes_the_response_with_their_words(asked, journalist):
    filing = statement(asked).filings.get()
    response = confirmed(filing, journalist, answers=[asked.allegations.get()])
    filing.refresh_from_db()
    asked.refresh_from_db()
    assert (response.verbatim, response.channel, response.received_at) == (
        SAID,
        "web_form",
        filing.incoming.received_at,
    )
    assert (filing.state, filing.response, filing.settled_by) == ("confirmed", response, journalist)
    assert asked.state == "responded"
    assert not has_unread(asked)


def test_answers_one_by_one_are_the_words_of_the_response(asked, journalist):
    allegation = asked.allegations.get()
    filing = statement(asked, text="That is all.", answers={allegation: "It is not so."}).filings.get()
    assert confirmed(filing, journalist, verbatim="It is not so.\n\nThat is all.").verbatim.startswith("It is not so.")


@pytest.mark.parametrize(
    "words",
    [
        SAID.replace("did not hold", "did hold"),
        "We would not profile people on race alone.\n\nINZ did not hold any data on Uyghur people.",
        SAID + "\n\nSorry.",
    ],
    ids=["changed", "in another order", "added"],
)
def test_words_they_did_not_say_are_refused(asked, journalist, words):
    filing = statement(asked).filings.get()
    with pytest.raises(Refused):
        confirmed(filing, journalist, verbatim=words)
    filing.refresh_from_db()
    assert (filing.state, Response.objects.count()) == ("unread", 0)


def test_part_of_what_they_said_may_be_left_out(asked, journalist):
    filing = statement(asked).filings.get()
    assert confirmed(filing, journalist, verbatim="INZ did not hold any data").pk


def test_nothing_is_transcribed_where_nothing_is_attached(asked, journalist):
    with pytest.raises(Refused):
        confirmed(statement(asked).filings.get(), journalist, verbatim="Out of the blue", transcribed=True)


def test_answer_is_confirmed_once(asked, journalist, journalist_2):
    filing = statement(asked).filings.get()
    confirmed(filing, journalist)
    with pytest.raises(Refused):
        confirmed(filing, journalist_2)
    assert Response.objects.count() == 1


@pytest.mark.parametrize("verb", ["confirm", "set_aside", "take_up", "decide_time", "move"])
def test_only_those_who_write_the_record_settle(asked, other, legal, verb):
    filing = statement(asked).filings.get()
    given = {
        "confirm": {"verbatim": SAID, "kind": "denial", "by_role": "manager", "language": "en"},
        "set_aside": {"because": "Spam"},
        "take_up": {},
        "decide_time": {"granted": False, "reason": "No", "asked_by_role": "manager"},
        "move": {"to": other, "because": "The other one"},
    }[verb]
    with pytest.raises(NotAllowed):
        getattr(actions, verb)(filing, by=legal, **given)


def test_set_aside_wants_a_reason_and_can_be_taken_up(asked, journalist):
    filing = statement(asked).filings.get()
    with pytest.raises(Refused):
        actions.set_aside(filing, by=journalist, because=" ")
    actions.set_aside(filing, by=journalist, because="They wrote about something else.")
    assert not has_unread(asked)
    actions.take_up(filing, by=journalist)
    assert has_unread(asked)
    assert confirmed(filing, journalist)


def test_moved_to_where_it_belongs(asked, other, journalist):
    filing = statement(asked).filings.get()
    moved = actions.move(filing, by=journalist, to=other, because="It answers the other one.")
    filing.refresh_from_db()
    assert (filing.state, moved.file, moved.state, moved.incoming) == ("set_aside", other, "unread", filing.incoming)


def test_time_asked_for_is_decided(asked, journalist):
    until = timezone.now() + timedelta(days=9)
    filing = statement(asked, text="", more_time_until=until).filings.get()
    fields = {"asked_by_role": "manager", "granted": True, "reason": "The weekend.", "new_deadline_at": until}
    extension = actions.decide_time(filing, by=journalist, **fields)
    filing.refresh_from_db()
    asked.refresh_from_db()
    assert (filing.state, filing.extension, asked.state, asked.deadline_at) == (
        "time_decided",
        extension,
        "extended",
        until,
    )


REFUSED = {"asked_by_role": "manager", "granted": False, "reason": "They had a week."}


def asks_beside_an_answer(file):
    return statement(file, more_time_until=timezone.now() + timedelta(days=9)).filings.get()


def test_answer_beside_a_request_for_time_waits_for_the_decision_and_is_not_lost_by_it(asked, journalist):
    filing = asks_beside_an_answer(asked)
    with pytest.raises(Refused, match="They ask for more time as well"):
        confirmed(filing, journalist)
    extension = actions.decide_time(filing, by=journalist, **REFUSED)
    filing.refresh_from_db()
    assert (filing.state, filing.extension) == ("unread", extension)
    with pytest.raises(Refused, match="decided on already"):
        actions.decide_time(filing, by=journalist, **REFUSED)
    confirmed(filing, journalist)
    filing.refresh_from_db()
    assert (filing.state, filing.extension) == ("confirmed", extension)


def test_message_that_asks_for_time_and_answers_stays_unread_where_a_person_says_so(asked, journalist):
    filing = statement(asked, text="", more_time_because="The weekend.").filings.get()
    actions.decide_time(filing, by=journalist, answers_too=True, **REFUSED)
    filing.refresh_from_db()
    assert filing.state == "unread"


def test_request_for_time_that_answers_after_all_is_taken_up_again(asked, journalist):
    filing = statement(asked, text="", more_time_because="The weekend.").filings.get()
    actions.decide_time(filing, by=journalist, **REFUSED)
    assert not has_unread(asked)
    actions.take_up(filing, by=journalist)
    assert has_unread(asked)


def test_time_is_given_to_a_party_whose_answer_is_on_the_record_already(asked, journalist):
    confirmed(statement(asked).filings.get(), journalist)
    until = timezone.now() + timedelta(days=9)
    filing = statement(asked, text="", more_time_until=until).filings.get()
    actions.decide_time(filing, by=journalist, **{**REFUSED, "granted": True, "new_deadline_at": until})
    asked.refresh_from_db()
    assert (asked.state, asked.deadline_at) == ("responded", until)


def test_time_is_refused_wherever_a_file_has_come_to_and_given_only_where_there_is_a_way(asked, journalist):
    confirmed(statement(asked, declined=True).filings.get(), journalist, kind="no_comment")
    until = timezone.now() + timedelta(days=9)
    filing = statement(asked, text="", more_time_until=until).filings.get()
    with pytest.raises(Refused, match="while the right of reply is “Declined to comment”"):
        actions.decide_time(filing, by=journalist, **{**REFUSED, "granted": True, "new_deadline_at": until})
    actions.decide_time(filing, by=journalist, **REFUSED)
    asked.refresh_from_db()
    assert (asked.state, asked.extensions.count()) == ("declined", 1)


@pytest.mark.parametrize("table", ["inbox_incoming", "inbox_incominganswer"])
def test_what_came_in_stands(asked, table):
    statement(asked, answers={asked.allegations.get(): "No."})
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET text = 'Yes.'")
