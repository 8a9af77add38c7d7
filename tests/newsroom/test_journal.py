"""Promise 5: nothing is lost and nothing is quietly changed."""

import subprocess
import sys

import pytest
from django.core.management import call_command, execute_from_command_line
from django.db import Error, connection, transaction
from django.db.transaction import TransactionManagementError

from factcheck.database import chain
from factcheck.database.append_only import allow_changes
from factcheck.database.rows import RowStands
from factcheck.newsroom import journal
from factcheck.newsroom.models import JournalEntry

TABLE = "newsroom_journalentry"


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def five_entries(journalist):
    """Entry 1 is the journalist's being hired; 2 to 5 are these."""
    for verb in ("logged", "edited", "submitted", "published"):
        journal.write(by=journalist, verb=verb, record=journalist, note="Hauā “£5” <b>")
    return JournalEntry.objects.order_by("number")


@pytest.fixture
def vandal(five_entries):
    """Somebody with the database's own password, who took the triggers off first."""
    allow_changes(connection, TABLE)
    return sql


def test_entry_carries_who_what_when_and_the_hash_before(five_entries, journalist):
    first, second = five_entries[:2]
    assert (second.actor, second.actor_id, second.verb) == ("journalist", journalist.pk, "logged")
    assert second.record == f"user:{journalist.pk}"
    assert second.details == {"note": "Hauā “£5” <b>"}
    assert second.previous_hash == first.hash
    assert first.previous_hash == chain.GENESIS


def test_entry_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(TransactionManagementError):
        journal.write(by=None, verb="logged", record=JournalEntry(pk=1))
    assert not JournalEntry.objects.exists()


def test_entry_goes_with_its_deed_when_the_deed_fails(five_entries, journalist):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        journal.write(by=journalist, verb="published", record=journalist)
        raise ZeroDivisionError
    assert five_entries.count() == 5


def test_walk_of_an_untouched_chain(five_entries):
    assert journal.walk() == chain.Walk(held=5, head=five_entries.last().hash)


def test_walk_of_an_empty_journal(db):
    assert journal.walk() == chain.Walk(held=0, head=chain.GENESIS)


@pytest.mark.parametrize("number", [1.5, 1e20, 1e-7, float("inf"), 10**30, True, None, "１½", {"z": 1, "a": [2]}])
def test_details_of_any_kind_hash_the_same_when_read_back(journalist, number):
    journal.write(by=journalist, verb="edited", record=journalist, number=number)
    assert journal.walk().broken is None


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'logged something else'",
        "actor = 'editor'",
        "actor_id = 99999",
        "actor_id = NULL",
        "record = 'claim:1'",
        "claim_ref = 'x'",
        "authored = true",
        'details = \'{"note": "another"}\'',
        "at = '2020-01-01 00:00:00+00:00'",
        "hash = 'f00'",
    ],
)
def test_walk_names_an_entry_altered_in_plain_sql(vandal, change):
    vandal(f"UPDATE {TABLE} SET {change} WHERE number = 3")
    assert journal.walk()[:3:2] == (2, 3)


def test_walk_covers_every_column(vandal):
    """A column added later must be hashed too: this fails until the table above has a row for it."""
    columns = {f.attname for f in JournalEntry._meta.concrete_fields}
    assert columns - {"id"} == {
        *("number", "at", "verb", "record", "claim_ref", "authored", "details"),
        *("actor_id", "actor", "previous_hash", "hash"),
    }


@pytest.mark.parametrize("number", [1, 3])
def test_walk_names_an_entry_that_was_deleted(vandal, number):
    vandal(f"DELETE FROM {TABLE} WHERE number = %s", number)
    walk = journal.walk()
    assert (walk.broken, walk.why) == (number, "it is missing")


def test_walk_names_an_entry_deleted_where_the_numbers_were_closed_up(vandal):
    vandal(f"DELETE FROM {TABLE} WHERE number = 3")
    vandal(f"UPDATE {TABLE} SET number = 3 WHERE number = 4")
    vandal(f"UPDATE {TABLE} SET number = 4 WHERE number = 5")
    walk = journal.walk()
    assert (walk.held, walk.broken, walk.why) == (2, 3, "it does not follow the entry before it")


def test_walk_names_the_first_of_two_swapped_entries(vandal):
    for before, after in ((3, 99), (4, 3), (99, 4)):
        vandal(f"UPDATE {TABLE} SET number = %s WHERE number = %s", after, before)
    assert journal.walk().broken == 3


def test_walk_names_an_entry_slipped_in(vandal, five_entries):
    for number in (5, 4, 3):
        vandal(f"UPDATE {TABLE} SET number = number + 1 WHERE number = %s", number)
    forged = JournalEntry.objects.get(number=2)
    forged.pk, forged.number, forged.verb, forged._state.adding = None, 3, "signed off", True
    forged.previous_hash = forged.hash
    forged.hash = chain.row_hash(forged)
    real = five_entries.get(number=4)
    with pytest.raises(Error), transaction.atomic():  # two entries that follow the same one: the table refuses the fork
        forged.save()
    vandal(f"UPDATE {TABLE} SET previous_hash = %s WHERE number = 4", forged.hash)
    forged.save()
    assert real.verb == "edited"
    assert journal.walk().broken == 4


def test_walk_names_a_cut_off_end_only_to_who_noted_the_head(vandal):
    noted = journal.walk().head
    vandal(f"DELETE FROM {TABLE} WHERE number = 5")
    assert journal.walk().broken is None
    assert journal.walk(head=noted).broken == 5


def test_walk_of_a_longer_chain_with_an_earlier_head(five_entries, journalist):
    noted = journal.walk().head
    journal.write(by=journalist, verb="corrected", record=journalist)
    assert journal.walk(head=noted).broken is None


@pytest.mark.parametrize(
    "statement",
    [f"UPDATE {TABLE} SET verb = 'x'", f"UPDATE {TABLE} SET verb = verb WHERE number = 1", f"DELETE FROM {TABLE}"],
)
def test_database_refuses_to_change_entries(five_entries, statement):
    with pytest.raises(Error, match="append-only"):
        sql(statement)
    assert journal.walk().held == 5


def test_database_refuses_to_empty_the_table(five_entries):
    verb = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    with pytest.raises(Error, match="append-only"):
        sql(f"{verb} {TABLE}")
    assert five_entries.count() == 5


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: JournalEntry.objects.update(verb="x"),
        lambda entry: JournalEntry.objects.all().delete(),
        lambda entry: JournalEntry.objects.bulk_update([entry], ["verb"]),
        lambda entry: JournalEntry.objects.filter(pk=entry.pk).update_or_create(defaults={"verb": "x"}),
    ],
)
def test_model_refuses_to_change_entries(five_entries, change):
    with pytest.raises(RowStands):
        change(five_entries[2])
    assert journal.walk().held == 5


def test_raw_delete_through_the_orm_is_refused_by_the_database(five_entries):
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        JournalEntry._base_manager.all()._raw_delete("default")
    assert five_entries.count() == 5


def test_verify_journal_says_how_many_hold_and_the_head(five_entries, capsys):
    call_command("verify_journal")
    assert capsys.readouterr().out == f"5 entries hold. The head is {five_entries.last().hash}.\n"


def test_verify_journal_names_the_first_broken_entry(vandal, capsys):
    vandal(f"UPDATE {TABLE} SET actor = 'editor' WHERE number = 4")
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_journal")
    assert str(stopped.value).startswith("Entry 4 of the journal does not hold: it does not say what was written.")
    assert capsys.readouterr().out == ""


def test_verify_journal_with_a_head_that_is_gone(vandal):
    noted = journal.walk().head
    vandal(f"DELETE FROM {TABLE} WHERE number = 5")
    with pytest.raises(SystemExit, match="Entry 5 of the journal does not hold: the chain ends without the head"):
        call_command("verify_journal", head=noted)


@pytest.mark.parametrize("command", ["verify_journal", "check_published", "verify_evidence"])
@pytest.mark.parametrize("head", ["abc", "0000", "z" * 64])
def test_something_that_is_no_head_is_refused_in_a_sentence_and_no_traceback(five_entries, capsys, command, head):
    with pytest.raises(SystemExit) as stopped:
        execute_from_command_line(["manage.py", command, "--head", head])
    told = capsys.readouterr()
    assert (stopped.value.code, told.out) == (1, "")
    assert told.err == f"CommandError: A head is what {command} printed earlier: 64 hexadecimal digits.\n"


WRITER = """
import django; django.setup()
from django.db import transaction
from factcheck.newsroom import journal
from factcheck.newsroom.models import User
for turn in range(15):
    with transaction.atomic():
        journal.write(by=None, verb="edited", record=User(pk=1), turn=turn)
"""


def test_concurrent_writers_keep_one_chain(committed_database):
    """Four processes at once, each in transactions of its own, on a database that commits."""
    command = [sys.executable, "-c", WRITER]
    writers = [subprocess.Popen(command, env=committed_database.environment) for _ in range(4)]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0, 0]
    found = committed_database.manage("verify_journal")
    assert found.startswith("60 entries hold."), found
