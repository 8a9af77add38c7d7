"""What came in confidence lies there sealed: the disk, the bucket and the database, without the vault's keys, tell none of it."""

import io
from hashlib import sha256

import pikepdf
import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from factcheck.claims import actions as claims
from factcheck.evidence import exhibits, keeping, late_copies, sealing
from factcheck.evidence.cleaning import Unclean
from factcheck.evidence.models import CustodyEvent, Exhibit, File, Item
from factcheck.files.shelf import shelf
from factcheck.newsroom.refusals import Refused
from factcheck.sources import destruction, leak_guard, rotation
from factcheck.sources.actions import give_pseudonym
from factcheck.sources.guarding import guard_term
from factcheck.sources.keys import VaultShut
from factcheck.sources.models import Strongbox
from factcheck.sources.terms import Kind
from tests.sources.cast import NAME, destroy, key, on_the_shelf, protect

from . import samples
from .confiding import LETTER, bring, bytes_of, item_of, lay, lies_open, lying, protected, whole

CONFIDED = {
    "of a source in the vault": lambda claim, by, jo: item_of(claim, by, jo),
    "of a pseudonym that the vault does not know": lambda claim, by, jo: item_of(
        claim,
        by,
        (None, claims.add_speaker(by=by, pseudonym=give_pseudonym(by=by, shown_as="Ann", note="Name changed"))),
    ),
    "confidential": lambda claim, by, jo: item_of(claim, by, confidential=True),
    "restricted": lambda claim, by, jo: item_of(claim, by, visibility="restricted"),
}


@pytest.mark.parametrize("whose", CONFIDED)
def test_what_came_in_confidence_lies_there_sealed_and_is_read_with_the_key_alone(
    claim, jo, journalist, settings, whose
):
    exhibit = bring(CONFIDED[whose](claim, journalist, jo), journalist)
    assert (len(on_the_shelf("evidence")), lies_open(), lies_open(b"letter.txt")) == (2, False, False)
    assert [bytes_of(exhibit.file), bytes_of(exhibit.copy)] == [LETTER, LETTER]
    assert (exhibit.file.content_size, exhibit.file.size > len(LETTER)) == (len(LETTER), True)
    assert whole() == ((), 0, 0)
    settings.VAULT_KEYS = [key()]
    with pytest.raises(VaultShut):
        bytes_of(exhibit.file)


def test_what_is_public_lies_there_as_it_is(claim, vault, journalist):
    exhibit = bring(item_of(claim, journalist), journalist)
    assert (exhibit.file.box, lies_open()) == (None, True)


@pytest.mark.parametrize("whose", ["confidential", "restricted"])
def test_without_a_key_it_is_refused_and_nothing_is_kept(claim, journalist, whose):
    item = CONFIDED[whose](claim, journalist, None)
    with pytest.raises(VaultShut, match="kept sealed or not at all"):
        bring(item, journalist)
    assert (File.objects.count(), on_the_shelf("evidence")) == (0, [])
    bring(item_of(claim, journalist), journalist)  # all else goes on


def test_nothing_in_the_row_or_the_record_is_a_plain_hash_of_it(claim, jo, journalist):
    exhibit = bring(item_of(claim, journalist, jo), journalist)
    plain = sha256(LETTER).hexdigest()
    rows = [*File.objects.values_list(), *CustodyEvent.objects.values_list(), *Exhibit.history.values_list()]
    assert plain not in str(rows)
    assert exhibit.file.mark in str(rows)


def test_same_bytes_are_one_file_within_a_confidence_and_unlike_in_another(claim, jo, journalist, editor):
    ann = protected(journalist, editor, "Ann")
    one, same = (bring(item_of(claim, journalist, jo), journalist) for _twice in range(2))
    other = bring(item_of(claim, journalist, ann), journalist)
    assert one.file == same.file
    assert other.file != one.file
    assert (other.file.mark == one.file.mark, other.file.sha256 == one.file.sha256) == (False, False)
    with pytest.raises(Refused, match="with this item already"):
        bring(one.item, journalist)
    with pytest.raises(IntegrityError), transaction.atomic():  # the database would not have two, either
        facts = {"mark": one.file.mark, "box": one.file.box, "made": "received", "kept_at": one.file.kept_at}
        File.objects.create(sha256="0" * 64, size=1, stored_as="ab/cd", **facts)


def test_swapped_on_the_shelf_they_are_not_opened(claim, jo, journalist):
    one = bring(item_of(claim, journalist, jo), journalist)
    other = bring(item_of(claim, journalist, jo), journalist, LETTER + b"Again.\n")
    data = dict(zip(("one", "other"), (lying(one.file), lying(other.file)), strict=True))
    for exhibit, put in ((one, "other"), (other, "one")):
        lay(exhibit.file, data[put])
        with pytest.raises(Refused, match="not as it was sealed"):
            bytes_of(exhibit.file)
    assert len(whole()[0]) == 2


def test_without_the_key_what_lies_there_is_verified_all_the_same(claim, jo, journalist, settings, capsys):
    exhibit = bring(item_of(claim, journalist, jo), journalist)
    settings.VAULT_KEYS = []
    assert whole() == ((), 0, 2)
    call_command("verify_evidence")
    assert "2 sealed files were hashed as they lie there and not opened" in capsys.readouterr().err
    data = bytearray(lying(exhibit.file))
    data[-1] ^= 1
    lay(exhibit.file, bytes(data))
    assert ["was changed" in problem for problem in whole()[0]] == [True]


def test_with_the_key_a_file_that_holds_something_else_is_named(claim, jo, journalist, monkeypatch):
    exhibit = bring(item_of(claim, journalist, jo), journalist)
    monkeypatch.setattr("factcheck.sources.file_keys.mark", lambda box, sha256: "0" * 64)
    assert f"File {exhibit.file.pk} " in whole()[0][0]
    assert "does not hold what was sealed into it" in whole()[0][0]


def test_rotated_keys_open_what_was_sealed_before(claim, jo, journalist, settings):
    files = [bring(CONFIDED[whose](claim, journalist, jo), journalist).file for whose in CONFIDED]
    before, new = [lying(file) for file in files], key()
    settings.VAULT_KEYS = [new, *settings.VAULT_KEYS]
    rotation.rotate()
    settings.VAULT_KEYS = [new]
    opened = [bytes_of(file) for file in File.objects.filter(pk__in=[file.pk for file in files])]
    assert (opened, [lying(file) for file in files]) == ([LETTER] * len(CONFIDED), before)


def test_destroyed_with_its_source_it_is_unreadable_at_once_and_then_gone(claim, jo, journalist, editor):
    ann = protected(journalist, editor, "Ann")
    item = item_of(claim, journalist, jo)
    exhibit, other = bring(item, journalist), bring(item_of(claim, journalist, ann), journalist)
    destroy(jo[0], journalist, editor)
    for file in File.objects.filter(pk__in=[exhibit.file_id, exhibit.copy_id]):
        with pytest.raises(VaultShut, match="destroyed"):
            bytes_of(file)
    with pytest.raises(Refused, match="destroyed"):
        exhibits.open_original(Item.objects.get(pk=item.pk), File.objects.get(pk=exhibit.file_id), by=journalist)
    while sealing.discard_one():
        pass
    assert sorted(shelf("evidence").names()) == sorted([other.file.stored_as, other.copy.stored_as])
    assert [event.what for event in CustodyEvent.objects.filter(item_number=item.pk)[:2]] == ["destroyed"] * 2
    assert (bytes_of(other.file), whole()) == (LETTER, ((), 0, 0))


def test_after_destruction_what_comes_in_is_sealed_for_its_evidence_alone(claim, jo, journalist, editor):
    destroy(jo[0], journalist, editor)
    exhibit = bring(item_of(claim, journalist, jo), journalist)
    assert exhibit.file.box.kept_for == exhibit.item.listed_as


def test_legal_hold_keeps_the_files(claim, jo, journalist, editor, legal):
    exhibit = bring(item_of(claim, journalist, jo), journalist)
    destruction.hold(jo[0], by=legal, because="A court was called upon.")
    with pytest.raises(Refused, match="legal hold"):
        destroy(jo[0], journalist, editor)
    assert (sealing.discard_one(), bytes_of(exhibit.file)) == (False, LETTER)


def test_files_of_a_pseudonym_are_the_sources_once_the_vault_knows_who_it_is(claim, vault, journalist, editor):
    pseudonym = give_pseudonym(by=journalist, shown_as="Jo", note="Name has been changed")
    speaker = claims.add_speaker(by=journalist, pseudonym=pseudonym)
    exhibit = bring(item_of(claim, journalist, (None, speaker)), journalist)
    source = protect(journalist, editor, pseudonym=pseudonym)
    file = File.objects.get(pk=exhibit.file_id)
    assert (file.box.source, bytes_of(file), Strongbox.objects.count()) == (source, LETTER, 1)
    assert bring(item_of(claim, journalist, (None, speaker)), journalist).file == file
    destroy(source, journalist, editor)
    with pytest.raises(VaultShut):
        bytes_of(File.objects.get(pk=exhibit.file_id))


def by_author(name):
    """A PDF that says unseen whose it is."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.pdf())) as pdf:
        pdf.docinfo["/Author"] = name
        pdf.save(out)
    return out.getvalue()


def author_of(file):
    with keeping.open_file(file) as content, pikepdf.open(content) as pdf:
        return str(pdf.docinfo.get("/Author", ""))


def test_original_may_name_the_source_in_whose_box_it_lies_and_the_copy_does_not(claim, jo, journalist, journalist_2):
    guard_term(jo[0], by=journalist, kind=Kind.NAME, term=NAME)
    exhibit = bring(item_of(claim, journalist, jo), journalist_2, by_author(NAME), "letter.pdf")
    assert (author_of(exhibit.file), author_of(exhibit.copy)) == (NAME, "")
    assert not lies_open(NAME.encode())


def test_file_that_would_name_a_source_to_somebody_else_is_refused(claim, jo, journalist, editor):
    ann = protected(journalist, editor, "Ann")
    guard_term(jo[0], by=journalist, kind=Kind.NAME, term=NAME)
    names_jo = f"I am {NAME}.\n".encode()
    for item, data, name in (
        (item_of(claim, journalist, jo), names_jo, "letter.txt"),  # others get a copy that says the same
        (item_of(claim, journalist, ann), by_author(NAME), "letter.pdf"),  # custodians of another
        (item_of(claim, journalist, visibility="restricted"), by_author(NAME), "letter.pdf"),  # editors open it
        (item_of(claim, journalist), by_author(NAME), "letter.pdf"),
        (item_of(claim, journalist, jo), by_author("nobody"), f"{NAME}.pdf"),  # its name is on the page
    ):
        with pytest.raises(leak_guard.Leak):
            bring(item, journalist, data, name)
    assert (File.objects.count(), on_the_shelf("evidence")) == (0, [])


def test_copy_that_is_made_later_is_sealed_and_looked_through(claim, jo, journalist, monkeypatch):
    monkeypatch.setattr("factcheck.evidence.exhibits.clean", _cannot)
    plain = bring(item_of(claim, journalist, jo), journalist)
    guard_term(jo[0], by=journalist, kind=Kind.NAME, term=NAME)
    telling = bring(item_of(claim, journalist, jo), journalist, f"I am {NAME}.\n".encode())
    made = late_copies.add_copy(plain, by=journalist, copy=late_copies.made_from(plain))
    assert (made.copy.box, bytes_of(made.copy)) == (plain.file.box, LETTER)
    with pytest.raises(leak_guard.Leak):
        late_copies.add_copy(telling, by=journalist, copy=late_copies.made_from(telling))
    assert not lies_open()


def _cannot(content, type):
    raise Unclean("not yet")
