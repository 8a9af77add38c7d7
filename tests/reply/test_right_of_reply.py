"""Promise 3: the accused were asked, and the record proves it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.database.rows import RowStands
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.reply import actions as reply
from factcheck.reply import answering, deadlines
from factcheck.reply.models import Attempt, ReplyFile, Response
from factcheck.reply.states import RESOLVED, TRANSITIONS, State, after, possible

AUCKLAND = ZoneInfo("Pacific/Auckland")


@pytest.fixture
def claim(journalist):
    return claims.log_claim(by=journalist, wording="The agency kept people from getting visas", type="allegation")


@pytest.fixture
def agency(journalist):
    return claims.add_speaker(by=journalist, name="Immigration New Zealand", kind="government")


@pytest.fixture
def file(claim, agency, journalist):
    return reply.open_file(claim, by=journalist, party=agency)


def drafted(file, by):
    allegation = reply.draft_allegation(file, by=by, text="That it kept people from getting visas.")
    reply.set_deadline(file, by=by, deadline_at=timezone.now() + timedelta(days=2), basis="Two working days.")
    reply.ready(file, by=by)
    return allegation


def attempt(**fields):
    return {
        "at": timezone.now(),
        "channel": "email",
        "to_role": "press office",
        "text": "We put this.",
        "outcome": "delivered",
    } | fields


@pytest.fixture
def asked(file, journalist):
    drafted(file, journalist)
    reply.put(file, by=journalist, **attempt())
    file.refresh_from_db()
    return file


def answer(file, by, **fields):
    said = {
        "received_at": timezone.now(),
        "channel": "email",
        "by_name": "Nicola Hogg",
        "by_role": "border and visa operations manager",
        "verbatim": "Absolutely under no circumstances.",
        "language": "en",
        "kind": "denial",
    }
    return answering.record_response(file, by=by, **(said | fields))


def fresh(file):
    return ReplyFile.objects.get(pk=file.pk)


def everything():
    return (
        JournalEntry.objects.count(),
        Attempt.objects.count(),
        Response.objects.count(),
        list(ReplyFile.objects.values()),
    )


@pytest.mark.parametrize(
    ("state", "event"),
    [(s, e) for s in State for e in TRANSITIONS],
    ids=lambda value: str(getattr(value, "value", value)),
)
def test_event_leads_where_the_table_says_or_nowhere(state, event):
    assert after(state, event) == (TRANSITIONS[event][1] if possible(state, event) else state)
    assert State.NEEDS_REPUT not in TRANSITIONS[event][0]


def test_file_goes_from_opened_to_answered(file, journalist):
    seen = [file.state]
    drafted(file, journalist)
    seen.append(fresh(file).state)
    reply.put(file, by=journalist, **attempt())
    seen.append(fresh(file).state)
    answer(file, journalist)
    seen.append(fresh(file).state)
    assert seen == ["required", "ready", "sent", "responded"]


def test_put_stamps_each_allegation_with_the_wording_then(asked, claim):
    row = asked.allegations.get()
    assert (row.wording, asked.wording_put) == (claim.wording, claim.wording)
    assert row.put_at == asked.attempts.get().at


def test_one_party_has_one_file(file, claim, agency, journalist):
    with pytest.raises(ValidationError):
        reply.open_file(claim, by=journalist, party=agency)
    assert ReplyFile.objects.count() == 1


@pytest.mark.parametrize("missing", ["allegation", "deadline"])
def test_file_is_not_ready_without_what_it_wants(file, journalist, missing):
    if missing == "deadline":
        reply.draft_allegation(file, by=journalist, text="That.")
        words = "no deadline"
    else:
        reply.draft_allegation(file, by=journalist, text="That.")
        reply.drop_allegation(file.allegations.get(), by=journalist, because="Mistaken.")
        reply.set_deadline(file, by=journalist, deadline_at=timezone.now() + timedelta(days=2))
        words = "Nothing is drafted"
    with pytest.raises(Refused, match=words):
        reply.ready(file, by=journalist)
    assert fresh(file).state == "drafting"


def test_attempt_before_anything_was_put_is_refused(file, journalist):
    with pytest.raises(Refused, match="Nothing was put"):
        reply.log_attempt(file, by=journalist, **attempt())
    assert Attempt.objects.count() == 0


def test_attempt_without_the_role_that_was_asked_is_refused(asked, journalist):
    """RR-6"""
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        reply.log_attempt(asked, by=journalist, **attempt(to_role=""))
    assert list(refusal.value.message_dict) == ["to_role"]
    assert everything() == before


def test_attempt_in_the_future_is_refused(asked, journalist):
    with pytest.raises(Refused, match="still to come"):
        reply.log_attempt(asked, by=journalist, **attempt(at=timezone.now() + timedelta(hours=1)))


def test_put_allegation_stands(asked, journalist):
    row = asked.allegations.get()
    with pytest.raises(Refused, match="its words stand"):
        reply.edit_allegation(row, by=journalist, text="Softer words.")
    assert asked.allegations.get().text == row.text


def test_dropped_allegation_stays_on_the_file_with_its_reason(asked, journalist):
    reply.drop_allegation(asked.allegations.get(), by=journalist, because="We no longer say so.")
    assert asked.allegations.get().dropped_because == "We no longer say so."


@pytest.mark.parametrize(
    ("ahead", "basis", "words"),
    [
        (timedelta(minutes=-1), "Because.", "already past"),
        (timedelta(hours=3), "", "less than 24 hours"),
        (timedelta(hours=3), "It goes out tonight, and they have known for a week.", None),
        (timedelta(hours=25), "", None),
    ],
)
def test_deadline_is_to_come_and_fair_or_explained(file, journalist, ahead, basis, words):
    """RR-4"""
    if words is None:
        reply.set_deadline(file, by=journalist, deadline_at=timezone.now() + ahead, basis=basis)
        assert fresh(file).deadline_at
        return
    before = everything()
    with pytest.raises(Refused, match=words):
        reply.set_deadline(file, by=journalist, deadline_at=timezone.now() + ahead, basis=basis)
    assert everything() == before


# In Auckland clocks go forward on 27 September 2026 at 2:00 (to 3:00) and back on 5 April 2026 at 3:00 (to 2:00).
@pytest.mark.parametrize(
    ("asked_at", "deadline", "one_minute_before", "one_minute_after"),
    [
        (
            datetime(2026, 9, 26, 3, 30, tzinfo=AUCKLAND),
            datetime(2026, 9, 27, 3, 30, tzinfo=AUCKLAND),
            datetime(2026, 9, 26, 14, 29, tzinfo=UTC),
            datetime(2026, 9, 26, 14, 31, tzinfo=UTC),
        ),
        (
            datetime(2026, 4, 4, 3, 30, tzinfo=AUCKLAND),
            datetime(2026, 4, 5, 3, 30, tzinfo=AUCKLAND),
            datetime(2026, 4, 4, 15, 29, tzinfo=UTC),
            datetime(2026, 4, 4, 15, 31, tzinfo=UTC),
        ),
    ],
    ids=["clocks-forward", "clocks-back"],
)
def test_silence_counts_only_after_the_deadline_by_the_newsrooms_clock(
    file, journalist, asked_at, deadline, one_minute_before, one_minute_after
):
    """RR-3"""
    with time_machine.travel(asked_at, tick=False):
        reply.draft_allegation(file, by=journalist, text="That.")
        reply.set_deadline(file, by=journalist, deadline_at=deadline, basis="A day.")
        reply.ready(file, by=journalist)
        reply.put(file, by=journalist, **attempt())
        reply.log_attempt(file, by=journalist, **attempt(channel="phone", outcome="voicemail"))
    with time_machine.travel(one_minute_before, tick=False), pytest.raises(Refused, match="not past yet"):
        reply.mark_no_response(file, by=journalist)
    assert fresh(file).state == "sent"
    with time_machine.travel(one_minute_after, tick=False):
        assert reply.mark_no_response(file, by=journalist).state == "no_response"


def test_silence_names_everything_that_is_missing(asked, journalist):
    before = everything()
    with pytest.raises(Refused) as refusal:
        reply.mark_no_response(asked, by=journalist)
    said = " ".join(refusal.value.reasons)
    for words in ("not past yet", "there is 1", "two channels"):
        assert words in said
    assert everything() == before


def test_silence_wants_two_channels_not_two_calls(asked, journalist):
    reply.log_attempt(asked, by=journalist, **attempt())
    with time_machine.travel(timezone.now() + timedelta(days=3)), pytest.raises(Refused) as refusal:
        reply.mark_no_response(asked, by=journalist)
    assert len(refusal.value.reasons) == 1
    assert "two channels" in refusal.value.reasons[0]


def test_deadline_is_told_with_weekday_and_zone():
    assert deadlines.told(datetime(2026, 9, 26, 14, 30, tzinfo=UTC)) == "Sunday 27 September 2026, 03:30 NZDT"


def test_more_time_moves_the_deadline_and_is_on_the_record(asked, journalist):
    later = asked.deadline_at + timedelta(days=1)
    fields = {"asked_at": timezone.now(), "asked_by_role": "press office", "reason": "They asked their lawyers."}
    reply.decide_extension(asked, by=journalist, granted=True, new_deadline_at=later, **fields)
    assert (fresh(asked).state, fresh(asked).deadline_at) == ("extended", later)
    reply.decide_extension(asked, by=journalist, granted=False, **fields)
    assert (fresh(asked).state, fresh(asked).deadline_at, asked.extensions.count()) == ("extended", later, 2)


def test_more_time_is_not_less_time(asked, journalist):
    with pytest.raises(Refused, match="later than the one it extends"):
        reply.decide_extension(
            asked,
            by=journalist,
            asked_at=timezone.now(),
            asked_by_role="press office",
            granted=True,
            reason="They asked.",
            new_deadline_at=asked.deadline_at - timedelta(hours=1),
        )


def test_bounced_letter_makes_the_file_undeliverable_until_another_way_works(file, journalist):
    drafted(file, journalist)
    reply.put(file, by=journalist, **attempt(outcome="bounced"))
    assert fresh(file).state == "undeliverable"
    reply.log_attempt(file, by=journalist, **attempt(channel="phone", outcome="spoke"))
    assert fresh(file).state == "sent"


def test_party_that_was_reached_does_not_count_as_unreachable(asked, journalist):
    with pytest.raises(Refused, match="two attempts that all failed"):
        reply.mark_undeliverable(asked, by=journalist)


def test_answer_to_part_of_it_is_partial_and_to_the_rest_complete(file, journalist):
    first = drafted(file, journalist)
    second = reply.draft_allegation(file, by=journalist, text="And that it kept quiet.")
    reply.ready(file, by=journalist)
    reply.put(file, by=journalist, **attempt())
    answer(file, journalist, answers=[first])
    assert fresh(file).state == "partial"
    answer(file, journalist, answers=[second])
    assert fresh(file).state == "responded"


def test_no_comment_is_declined_and_a_later_answer_counts(asked, journalist):
    answer(asked, journalist, kind="no_comment", verbatim="No comment.")
    assert fresh(asked).state == "declined"
    later = answer(asked, journalist)
    assert (fresh(asked).state, later.late) == ("responded", True)


def test_answer_after_the_deadline_is_marked_late(asked, journalist):
    with time_machine.travel(asked.deadline_at + timedelta(minutes=1)):
        assert answer(asked, journalist).late is True


def test_answer_to_somebody_elses_allegation_is_refused(asked, journalist, claim):
    other = reply.open_file(
        claim, by=journalist, party=claims.add_speaker(by=journalist, name="The party", kind="party")
    )
    row = reply.draft_allegation(other, by=journalist, text="That.")
    before = everything()
    with pytest.raises(Refused, match="somebody else"):
        answer(asked, journalist, answers=[row])
    assert everything() == before


@pytest.mark.parametrize("excerpt", ["Absolutely  under\nno circumstances.", "under no circumstances"])
def test_excerpt_stands_in_the_answer(asked, journalist, excerpt):
    answering.choose_excerpt(asked, by=journalist, response=answer(asked, journalist), excerpt=excerpt)
    assert fresh(asked).excerpt == excerpt


@pytest.mark.parametrize("excerpt", ["", "Under certain circumstances", "circumstances no under"])
def test_excerpt_that_was_not_said_is_refused(asked, journalist, excerpt):
    response = answer(asked, journalist)
    with pytest.raises(Refused, match="do not stand in the answer"):
        answering.choose_excerpt(asked, by=journalist, response=response, excerpt=excerpt)


def test_background_answer_is_not_printed(asked, journalist):
    response = answer(asked, journalist, on_record=False)
    with pytest.raises(Refused, match="not given on the record"):
        answering.choose_excerpt(asked, by=journalist, response=response, excerpt="Absolutely")


def test_excerpt_is_found_fair_by_an_editor_who_did_not_choose_it(asked, journalist, editor, senior_editor):
    answering.choose_excerpt(asked, by=editor, response=answer(asked, journalist), excerpt="Absolutely")
    with pytest.raises(NotAllowed, match="another editor"):
        answering.find_fair(asked, by=editor)
    with pytest.raises(NotAllowed):
        answering.find_fair(asked, by=journalist)
    assert answering.find_fair(asked, by=senior_editor).found_fair_by == senior_editor


@pytest.mark.parametrize("event", ["answer", "excerpt"])
def test_finding_of_fairness_ends_with_the_next_answer_or_excerpt(asked, journalist, editor, event):
    response = answer(asked, journalist)
    answering.choose_excerpt(asked, by=journalist, response=response, excerpt="Absolutely")
    answering.find_fair(asked, by=editor)
    if event == "answer":
        answer(asked, journalist)
    else:
        answering.choose_excerpt(asked, by=journalist, response=response, excerpt="under no circumstances")
    assert fresh(asked).found_fair_at is None


def test_waiver_is_a_senior_editors_who_wrote_nothing(file, senior_editor, editor):
    with pytest.raises(NotAllowed):
        reply.waive(file, by=editor, reason="urgent", note="We could not wait.")
    waived = reply.waive(file, by=senior_editor, reason="urgent", note="We could not wait.")
    assert (waived.state, waived.waived_by, waived.waiver_note) == ("waived", senior_editor, "We could not wait.")


def test_waiver_of_ones_own_claim_is_refused(file, senior_editor):
    claims.edit_claim(file.claim, by=senior_editor, why_chosen="It is mine.")
    before = everything()
    with pytest.raises(NotAllowed, match="another senior editor"):
        reply.waive(file, by=senior_editor, reason="urgent", note="We could not wait.")
    assert everything() == before


def test_one_senior_editor_waives_for_two_parties(file, claim, senior_editor, journalist):
    other = reply.open_file(
        claim, by=journalist, party=claims.add_speaker(by=journalist, name="The party", kind="party")
    )
    for each in (file, other):
        assert reply.waive(each, by=senior_editor, reason="urgent", note="We could not wait.").state == "waived"


@pytest.mark.parametrize(("reason", "note"), [("", "Why."), ("laziness", "Why."), ("urgent", " ")])
def test_waiver_wants_its_reason_and_note(file, senior_editor, reason, note):
    with pytest.raises(Refused):
        reply.waive(file, by=senior_editor, reason=reason, note=note)
    assert fresh(file).state == "required"


def test_waiver_taken_back_leaves_the_file_required(file, senior_editor, editor):
    reply.waive(file, by=senior_editor, reason="urgent", note="We could not wait.")
    again = reply.require_after_all(file, by=editor)
    assert (again.state, again.waived_by, again.waiver_note) == ("required", None, "")


def test_changed_wording_needs_to_be_put_again(asked, journalist):
    claims.edit_claim(asked.claim, by=journalist, wording="The agency turned people away")
    assert fresh(asked).current_state == State.NEEDS_REPUT
    assert ReplyFile.objects.with_current_state().get().state_now == "needs_reput"
    reply.put(asked, by=journalist, **attempt())
    assert fresh(asked).current_state == State.SENT


def test_ruling_on_a_change_is_an_editors_and_ends_with_the_next_change(asked, journalist, editor):
    claims.edit_claim(asked.claim, by=journalist, wording="The agency kept people from getting visas.")
    with pytest.raises(NotAllowed):
        reply.rule_immaterial(asked, by=journalist, reason="A full stop.")
    reply.rule_immaterial(asked, by=editor, reason="A full stop.")
    assert fresh(asked).current_state == State.SENT
    claims.edit_claim(asked.claim, by=journalist, wording="The agency turned people away")
    assert fresh(asked).current_state == State.NEEDS_REPUT


def test_answer_becomes_a_claim_linked_both_ways(asked, journalist, claim):
    """CL-3"""
    response = answer(asked, journalist)
    made = answering.make_claim_of(response, by=journalist, wording="The agency never profiles by ethnicity alone")
    assert (made.quotation, made.speaker, made.speaker_role) == (response.verbatim, asked.party, response.by_role)
    assert claim.linked_from.get().claim == made


def test_answer_is_recorded_when_the_claim_is_closed(asked, journalist, editor):
    from factcheck.desk import review

    review.close(asked.claim, by=editor, closed_as="dropped", note="No time.")
    assert answer(fresh(asked), journalist).pk
    with pytest.raises(Refused, match="closed"):
        reply.draft_allegation(fresh(asked), by=journalist, text="More.")


@pytest.mark.parametrize("table", ["reply_attempt", "reply_response"])
@pytest.mark.parametrize("sql", ["UPDATE {table} SET channel = 'phone'", "DELETE FROM {table}"])
def test_what_passed_between_us_stands_even_for_plain_sql(asked, journalist, table, sql):
    """RR-1"""
    answer(asked, journalist)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table=table))


def test_what_passed_between_us_stands_for_the_orm(asked):
    row = asked.attempts.get()
    for change in (row.save, row.delete, lambda: Attempt.objects.update(channel="phone"), Attempt.objects.all().delete):
        with pytest.raises(RowStands):
            change()


def test_every_resolved_state_can_be_reached():
    assert {target for _sources, target in TRANSITIONS.values()} >= RESOLVED
