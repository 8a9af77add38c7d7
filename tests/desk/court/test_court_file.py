"""The file for a complaint or a court: whole, in order, checked, and redacted by default (RR-11, CS-14)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from factcheck.database.append_only import allow_changes, refuse_changes
from factcheck.desk import publish, review
from factcheck.desk.court import making
from factcheck.desk.court.gathering import gather
from factcheck.desk.court.redaction import redact
from factcheck.desk.court.rows import row_hash
from factcheck.desk.court.shape import as_data, as_json, digest_of
from factcheck.inbox.actions import file_statement
from factcheck.letters import outgoing
from factcheck.letters.models import Letter, LetterFile
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.published.document import canonical, digest
from factcheck.published.models import Edition
from factcheck.reply import actions as reply
from factcheck.reply import rulings
from factcheck.reply.models import Attempt, Response
from tests.builders import ask
from tests.desk.late_steps import later

ADDRESS, NUMBER, PERSON = "press.officer@agency.example", "+64 4 555 0199", "Mere Tamatea"
SECRET = "Between us: the file was opened by mistake."


@pytest.fixture
def told(desk):
    """A published claim with everything in its record that may not leave the house."""
    desk.journalist.first_name, desk.journalist.last_name = "Hemi", "Walker"
    desk.journalist.save()
    desk.senior_editor.first_name, desk.senior_editor.last_name = "Aroha", "Kingi"
    desk.senior_editor.save()
    reply.log_attempt(
        desk.parts.file,
        by=desk.journalist,
        at=timezone.now() - timedelta(hours=2),
        channel="phone",
        to_role="press office",
        to_name=PERSON,
        address_used=NUMBER,
        text=f"Aroha Kingi called {PERSON} on {NUMBER} and wrote to {ADDRESS}.",
        outcome="spoke",
    )
    desk.submit()
    desk.sign_off(note="Mind the second paragraph.")
    desk.publish(by=desk.senior_editor)
    desk.fresh()
    later(desk.parts.file, desk.journalist, SECRET, on_record=False)
    return desk


def verbs(file):
    return [line.verb for line in file.lines]


def text_of(file):
    return as_json(file)


def test_everything_that_happened_is_in_it_in_time_order(told):
    file = gather(told.claim)
    wanted = ["drafted allegation", "put to party", "recorded response", "chose excerpt", "found fair", "signed off"]
    assert [verb for verb in verbs(file) if verb in wanted] == [*wanted, "recorded response"]
    assert "printed edition" in verbs(file)
    assert [line.at for line in file.lines] == sorted(line.at for line in file.lines)


def test_attempt_stands_where_it_was_made_and_says_when_it_was_written_down(told):
    line = next(line for line in gather(told.claim).lines if line.record == f"attempt:{Attempt.objects.first().pk}")
    assert line.recorded_at - line.at > timedelta(hours=1)


def test_every_line_of_the_journal_has_its_number_and_hash(told):
    kept = dict(JournalEntry.objects.values_list("number", "hash"))
    file = gather(told.claim)
    assert all(kept[line.number] == line.hash for line in file.lines if line.number)
    assert sum(line.number is not None for line in file.lines) > 15


def test_waiver_override_ruling_extension_and_correction_are_in_it(desk, settings):
    settings.REPLY_MINIMUM_HOURS = 1
    other = ask(desk, _party(desk, "The other agency"), answer="")
    more = {"new_deadline_at": other.deadline_at + timedelta(days=1), "reason": "They asked for a day."}
    reply.decide_extension(
        other, by=desk.journalist, asked_at=timezone.now(), asked_by_role="press office", granted=True, **more
    )
    rulings.waive(other, by=desk.senior_editor, reason="urgent", note="It could not wait.")
    desk.parts.item.delete()
    review.override(desk.claim, by=desk.senior_editor, gate="evidenced", reason="It is sealed.")
    desk.published()
    publish.correct(desk.claim, by=desk.editor, kind="clarification", why="It could be misread.")
    found = verbs(gather(desk.claim))
    for verb in ("decided on more time", "waived", "overrode gate", "correct", "planned notice"):
        assert verb in found
    facts = {f.label: f.text for line in gather(desk.claim).lines for f in line.facts}
    assert facts["The waiver, for readers"] == "It could not wait."
    assert facts["What was let pass"] == "There is no public evidence."


def test_time_that_was_asked_for_is_in_it_and_not_the_words_it_was_asked_in(desk):
    until = timezone.now() + timedelta(days=9)
    file_statement([desk.parts.file], more_time_until=until, more_time_because="Their engineer is at sea.")
    file = redact(gather(desk.claim))
    [line] = [line for line in file.lines if line.verb == "received answer"]
    said = {fact.label: fact.text for fact in line.facts}
    asked_for = date_format(timezone.localtime(until), "l j F Y, H:i:s T")
    assert (said["Asks for time"], said["Asks for time until"]) == ("yes", asked_for)
    assert "at sea" not in text_of(file)


def _party(desk, name):
    from factcheck.claims import actions as claims

    return claims.add_speaker(by=desk.journalist, name=name, kind="government")


def test_file_of_one_party_says_nothing_of_what_passed_with_another(desk):
    other = ask(desk, _party(desk, "The other agency"), answer="Words of the other agency.")
    desk.published()
    one = text_of(gather(desk.claim, desk.parts.file))
    assert "Words of the other agency." not in one
    assert "Words of the other agency." in text_of(gather(desk.claim, other))
    assert "Words of the other agency." in text_of(gather(desk.claim))


@pytest.mark.parametrize("kept", [ADDRESS, NUMBER, PERSON, SECRET, "Mind the second paragraph.", "Aroha Kingi"])
def test_what_may_not_leave_is_in_the_whole_file_and_nowhere_in_the_redacted_one(told, kept):
    whole = gather(told.claim)
    assert kept in text_of(whole)
    assert kept not in text_of(redact(whole))


def test_claims_reference_is_in_no_redacted_file_because_it_salts_the_journals_hashes(told):
    assert str(told.claim.ref) not in text_of(redact(gather(told.claim)))


def test_names_that_the_page_prints_stay_and_others_are_told_apart(told):
    people = {line.who.name for line in redact(gather(told.claim)).lines}
    assert "Hemi Walker" in people
    assert any(name.startswith("member of staff ") for name in people)


def test_schedule_says_what_kind_was_redacted_why_and_how_often(told):
    file = redact(gather(told.claim))
    rows = {row.kind.value: row.count for row in file.schedule}
    assert {"staff", "person", "address", "source", "internal", "off_record"} == set(rows)
    assert all(row.why for row in file.schedule)
    marked = [fact for line in file.lines for fact in line.facts if fact.redacted]
    assert marked
    assert all(fact.text.startswith("[redacted: ") for fact in marked)


def test_off_record_answer_says_that_there_was_one_and_when(told):
    answer = Response.objects.get(on_record=False)
    line = next(line for line in redact(gather(told.claim)).lines if line.record == f"response:{answer.pk}")
    assert {fact.label for fact in line.facts if not fact.redacted} == {"On the record", "Came late", "Received at"}


def test_receipt_repeats_nothing_of_what_came_in(desk):
    letter = Letter.objects.create(
        party=desk.parts.agency,
        to_address="press@agency.example",
        drafted_by=desk.journalist,
        deadline_at=timezone.now(),
    )
    LetterFile.objects.create(letter=letter, file=desk.parts.file, wording="x")
    receipt = {"to_address": "press@agency.example", "subject": "Receipt", "body": "You said: it was Mihrigul."}
    outgoing.queue(purpose="receipt", once="receipt:1", letter=letter, automatic=True, **receipt)
    for file in (gather(desk.claim), redact(gather(desk.claim))):
        assert "e-mail out" in verbs(file)
        assert "Mihrigul" not in text_of(file)


def test_redacting_twice_changes_nothing(told):
    once = redact(gather(told.claim))
    assert redact(once) == once


def test_a_field_that_nobody_named_is_internal(told):
    from factcheck.desk.court.case import Kind
    from factcheck.desk.court.fields import kind_of

    assert kind_of("response", "a_field_of_tomorrow") is Kind.INTERNAL
    assert kind_of("a_model_of_tomorrow", "text") is Kind.INTERNAL


def test_row_hash_can_be_worked_out_from_the_row_and_the_salt(told):
    attempt = Attempt.objects.first()
    line = next(line for line in gather(told.claim).lines if line.record == f"attempt:{attempt.pk}")
    fields = {f.attname: str(f.value_to_string(attempt)) for f in attempt._meta.concrete_fields}
    worked_out = digest(canonical({"row": line.record, "salt": line.salt, "fields": fields}))
    assert worked_out == line.row_sha256
    assert row_hash(attempt, "another salt") != line.row_sha256


def test_redacted_file_has_the_same_row_hashes_and_no_salt(told):
    whole = gather(told.claim)
    short = redact(whole)
    assert [line.row_sha256 for line in short.lines] == [line.row_sha256 for line in whole.lines]
    assert any(line.salt for line in whole.lines)
    assert not any(line.salt for line in short.lines)


def test_journal_that_was_tampered_with_is_told(told):
    entry = JournalEntry.objects.get(number=3)
    table = JournalEntry._meta.db_table
    allow_changes(connection, table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET verb = 'sang' WHERE number = 3")
    refuse_changes(connection, table)
    chain = gather(told.claim).chain
    assert (chain.broken, chain.entries, entry.number) == (3, 2, 3)


def test_head_is_the_journals(told):
    file = gather(told.claim)
    assert file.chain.head == JournalEntry.objects.first().hash
    assert file.chain.broken is None


def test_edition_comes_with_its_digest_checked(told):
    line = next(line for line in gather(told.claim).lines if line.verb == "printed edition")
    [found] = line.digests
    assert (found.sha256, found.holds) == (Edition.objects.get().digest, True)


def test_worksheet_has_every_factor_and_says_where_the_record_says_nothing(told):
    sheet = {fact.label: fact.text for fact in gather(told.claim).worksheet}
    assert len(sheet) == 7
    assert "Accused: Immigration New Zealand." in sheet["Seriousness of the allegation"]
    assert "attempts 2, by e-mail, phone" in sheet["Whether comment was sought"]
    assert sheet["Tone, and what was left out as unnecessary"] == "The record says nothing of it."


def test_making_one_is_in_the_journal_with_the_digest_of_what_was_handed_out(told):
    made = making.make(told.claim, by=told.journalist, output="json")
    entry = JournalEntry.objects.first()
    assert (entry.verb, entry.details["digest"]) == ("made court file", digest_of(made))
    assert made.redacted


@pytest.mark.parametrize("who", ["journalist", "editor"])
def test_whole_file_is_for_senior_editors_and_legal_alone(told, who):
    before = JournalEntry.objects.count()
    with pytest.raises(NotAllowed):
        making.make(told.claim, by=getattr(told, who), whole=True, reason="A complaint.")
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("who", ["senior_editor", "legal"])
def test_whole_file_wants_a_reason_that_stays(told, who):
    with pytest.raises(Refused, match="Say why"):
        making.make(told.claim, by=getattr(told, who), whole=True, reason="  ")
    making.make(told.claim, by=getattr(told, who), whole=True, reason="Media Council complaint 3412.")
    assert JournalEntry.objects.first().details["reason"] == "Media Council complaint 3412."


def test_administrator_gets_none(told, administrator):
    with pytest.raises(NotAllowed):
        making.make(told.claim, by=administrator)


def test_json_has_the_shape_that_is_documented(told):
    data = as_data(redact(gather(told.claim)))
    keys = ["format", "form", "newsroom", "made_at", "time_zone", "about", "journal", "lines", "worksheet", "schedule"]
    assert set(data) == set(keys)
    line_keys = ["at", "recorded_at", "did", "who", "about", "record", "facts", "row", "digests", "journal"]
    assert all(set(line) == set(line_keys) for line in data["lines"])
    assert data["form"] == "redacted"


def test_gathering_asks_the_same_number_of_queries_however_long_the_record(told, django_assert_num_queries):
    with CaptureQueriesContext(connection) as short:
        gather(told.claim, told.parts.file)
    for number in range(3):
        reply.log_attempt(
            told.parts.file,
            by=told.journalist,
            at=timezone.now(),
            channel="phone",
            to_role="press office",
            text=f"Call {number}.",
            outcome="spoke",
        )
        later(told.parts.file, told.journalist, f"Answer {number}.")
    with django_assert_num_queries(len(short)):
        gather(told.claim, told.parts.file)
    assert len(short) < 60
