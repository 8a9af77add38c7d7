"""Files are kept whole, once, and for good; what was done with them is a chain."""

import pytest
from django.db import IntegrityError, connection, transaction

from factcheck.database.append_only import allow_changes, refuse_changes
from factcheck.database.chain import Walk
from factcheck.database.rows import RowStands
from factcheck.evidence import custody, keeping
from factcheck.evidence.models import CustodyEvent
from factcheck.files.shelf import shelf

pytestmark = pytest.mark.django_db
PLAIN = {"made": "received", "type": "text/plain"}


def bytes_of(file):
    with keeping.open_file(file) as opened:
        return opened.read()


def test_file_is_kept_with_its_hash_size_and_type_and_two_events(journalist):
    file = keeping.keep_file(b"minutes", by=journalist, **PLAIN)
    assert bytes_of(file) == b"minutes"
    assert (file.size, file.type, file.kept_by) == (7, "text/plain", journalist)
    assert [e.what for e in CustodyEvent.objects.filter(sha256=file.sha256)] == ["hashed", "received"]


def test_same_bytes_twice_are_one_file_and_one_copy_on_the_shelf(journalist, editor):
    first = keeping.keep_file(b"minutes", by=journalist, **PLAIN)
    assert keeping.keep_file(b"minutes", by=editor, **PLAIN) == first
    assert list(shelf("evidence").names()) == [first.stored_as]
    assert [e.actor for e in CustodyEvent.objects.filter(what="received")] == ["editor", "journalist"]


def test_a_derived_copy_is_another_file_even_where_its_bytes_are_the_same(journalist):
    original = keeping.keep_file(b"minutes", by=journalist, **PLAIN)
    copy = keeping.keep_file(b"minutes", by=None, made="cleaned", type="text/plain", derived_from=original)
    assert copy != original
    assert (original.is_original, copy.is_original, copy.derived_from) == (True, False, original)


@pytest.mark.parametrize("made", ["cleaned", "redacted"])
def test_a_derived_file_without_what_it_is_derived_from_is_refused(made):
    with pytest.raises(IntegrityError), transaction.atomic():
        keeping.keep_file(b"minutes", by=None, made=made, type="text/plain")


def test_a_file_row_never_changes(journalist):
    file = keeping.keep_file(b"minutes", by=journalist, **PLAIN)
    file.sha256 = "0" * 64
    with pytest.raises(RowStands):
        file.save()
    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE evidence_file SET size = 8")


@pytest.fixture
def chain(journalist):
    for text in (b"one", b"two", b"three"):
        keeping.keep_file(text, by=journalist, **PLAIN)
    return list(CustodyEvent.objects.order_by("number"))


def test_chain_that_nobody_touched_holds(chain):
    assert custody.walk() == Walk(6, chain[-1].hash)


@pytest.mark.parametrize(
    ("statement", "broken", "why"),
    [
        ("UPDATE evidence_custodyevent SET note = 'nothing' WHERE number = 3", 3, "it does not say what was written"),
        ("UPDATE evidence_custodyevent SET actor = 'editor' WHERE number = 1", 1, "it does not say what was written"),
        ("DELETE FROM evidence_custodyevent WHERE number = 4", 4, "it is missing"),
        ("UPDATE evidence_custodyevent SET previous_hash = 'x' WHERE number = 5", 5, "it does not follow"),
    ],
)
def test_a_touched_event_is_named(chain, statement, broken, why):
    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    allow_changes(connection, "evidence_custodyevent")
    with connection.cursor() as cursor:
        cursor.execute(statement)
    refuse_changes(connection, "evidence_custodyevent")
    found = custody.walk()
    assert (found.held, found.broken) == (broken - 1, broken)
    assert why in found.why
