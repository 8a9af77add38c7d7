"""Whatever is done to what we hold behind our backs, the next round names it."""

import io
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from factcheck.claims import actions as claims
from factcheck.database.append_only import allow_changes, refuse_changes
from factcheck.evidence import actions, custody, exhibits, verifying
from factcheck.evidence.models import CustodyEvent, Exhibit, File
from factcheck.files.shelf import Shelf, shelf
from factcheck.published.models import Handout
from tests.published.documents import publish

from . import samples


@pytest.fixture
def exhibit(journalist):
    claim = claims.log_claim(by=journalist, wording="The agency keeps no figures", type="statistic")
    item = actions.add(claim, by=journalist, title="Letter of refusal")
    upload = exhibits.inspect(io.BytesIO(samples.jpeg()), "a.jpg")
    return exhibits.receive(item, by=journalist, upload=upload)


def path_of(file):
    return Path(shelf("evidence").storage.path(file.stored_as))


def verify(capsys, *options):
    """(exit code, what was printed) of the command."""
    try:
        call_command("verify_evidence", *options)
    except SystemExit as end:
        return 1, str(end)
    return 0, capsys.readouterr().out


def test_everything_that_holds_is_counted_and_the_round_is_on_the_record(exhibit, capsys):
    publish()
    code, told = verify(capsys)
    assert (code, told[:62]) == (0, "2 files, 1 files for readers and 4 custody events hold. The he")
    assert (CustodyEvent.objects.first().what, CustodyEvent.objects.first().note) == ("verified", "2 files")


def flip_a_byte(file):
    path = path_of(file)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)


def cut_off(file):
    path_of(file).chmod(0o600)
    os.truncate(path_of(file), 100)


DAMAGE = {
    "one byte flipped": (lambda e: flip_a_byte(e.file), "was changed"),
    "one byte of the copy flipped": (lambda e: flip_a_byte(e.copy), "was changed"),
    "cut off": (lambda e: cut_off(e.file), "was changed"),
    "removed": (lambda e: path_of(e.file).unlink(), "is missing"),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_damaged_file_is_named_and_the_others_counted(exhibit, capsys, how):
    damage, told = DAMAGE[how]
    damage(exhibit)
    code, said = verify(capsys)
    damaged = exhibit.copy if "copy" in how else exhibit.file
    assert code == 1
    assert re.search(rf"File {damaged.pk} \({damaged.sha256[:12]}…\) {told}", said)
    assert said.endswith("1 files hold.")
    assert (CustodyEvent.objects.first().what, CustodyEvent.objects.first().note) == ("faulty", "1 problems")


ALTERED = {
    "hash": (
        "evidence_file",
        "UPDATE evidence_file SET sha256 = '" + "0" * 64 + "' WHERE derived_from_id IS NULL",
        "never hashed",
    ),
    "size": (
        "evidence_file",
        "UPDATE evidence_file SET size = size + 1 WHERE derived_from_id IS NULL",
        "another size, type or source",
    ),
    "type": ("evidence_file", "UPDATE evidence_file SET type = 'text/plain'", "another size, type or source"),
    "place": (
        "evidence_file",
        "UPDATE evidence_file SET stored_as = 'ab/cd' WHERE derived_from_id IS NULL",
        "is missing",
    ),
    "how it was made": (
        "evidence_file",
        "UPDATE evidence_file SET made = 'redacted' WHERE derived_from_id IS NOT NULL",
        "another size, type or source",
    ),
    "event": (
        "evidence_custodyevent",
        "UPDATE evidence_custodyevent SET actor = 'nobody' WHERE number = 2",
        "Custody event 2",
    ),
    "event gone": ("evidence_custodyevent", "DELETE FROM evidence_custodyevent WHERE number = 3", "Custody event 3"),
}


@pytest.mark.parametrize("what", ALTERED)
def test_altered_row_is_named(exhibit, capsys, what):
    table, statement, told = ALTERED[what]
    allow_changes(connection, table)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    refuse_changes(connection, table)
    code, said = verify(capsys)
    assert code == 1
    assert told in said


def test_file_shown_with_an_item_it_never_was_of_is_named(exhibit, capsys, journalist):
    other = actions.add(exhibit.item.claim, by=journalist, title="Another letter")
    Exhibit.objects.filter(pk=exhibit.pk).update(item=other)
    code, said = verify(capsys)
    assert code == 1
    assert f"The file of file of an item {exhibit.pk} never was its item’s" in said


def test_original_that_would_be_handed_out_is_named(exhibit, capsys):
    Exhibit.objects.filter(pk=exhibit.pk).update(copy=exhibit.file)
    code, said = verify(capsys)
    assert code == 1
    assert f"What is handed out of file of an item {exhibit.pk} was not made from it" in said


def test_row_that_was_removed_is_missed(exhibit, capsys):
    allow_changes(connection, "evidence_file")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM evidence_historicalexhibit")
        cursor.execute("UPDATE evidence_exhibit SET copy_id = NULL")
        cursor.execute("DELETE FROM evidence_file WHERE derived_from_id IS NOT NULL")
    refuse_changes(connection, "evidence_file")
    assert "is on the custody record and not among the files" in verify(capsys)[1]


def test_end_that_was_cut_off_is_found_by_a_head_noted_earlier(exhibit, capsys):
    head = CustodyEvent.objects.first().hash
    assert verify(capsys, "--head", head)[0] == 0
    allow_changes(connection, "evidence_custodyevent")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM evidence_custodyevent WHERE number >= 4")
    refuse_changes(connection, "evidence_custodyevent")
    assert "later entries are gone" in custody.walk(head).why
    assert verify(capsys, "--head", head)[0] == 1


@pytest.mark.parametrize("what", ["changed", "missing"])
def test_readers_copy_is_looked_at_too(db, capsys, what):
    publish()
    path = Path(shelf("published").storage.path(Handout.objects.get().stored_as))
    path.unlink()
    if what == "changed":
        path.write_bytes(b"The statement, word for w0rd.\n")
    assert f"was {what}" in verify(capsys)[1] or f"is {what}" in verify(capsys)[1]


def test_strays_are_told_of_and_swept_and_nothing_else_is(exhibit, capsys, monkeypatch):
    shelf("evidence").keep(b"left by somebody who was killed")
    assert verifying.verify().strays == ()  # it may be on its way still
    strays = Shelf.strays
    monkeypatch.setattr(Shelf, "strays", lambda self, known: strays(self, known, older_than=timedelta(0)))
    call_command("verify_evidence", "--sweep")
    assert "1 stray files" in capsys.readouterr().err
    assert set(shelf("evidence").names()) == set(File.objects.values_list("stored_as", flat=True))
    assert verify(capsys)[0] == 0
