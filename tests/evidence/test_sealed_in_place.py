"""What lay there before it was known to be confided, what readers get, and what is somebody else's: it is put where it belongs."""

import pytest
from django.core.management import CommandError, call_command

from factcheck.evidence import actions, exhibits, sealing, verifying
from factcheck.evidence.models import CustodyEvent, Exhibit, Item
from tests.sources.cast import on_the_shelf

from .confiding import LETTER, bring, bytes_of, item_of, lay, lies_open, protected, whole


def test_released_copy_lies_there_open_and_is_sealed_again_when_it_is_taken_back(claim, jo, journalist, editor):
    original = bring(item_of(claim, journalist, jo), journalist)
    redacted = bring(original.item, journalist, b"The refusal.\n", "redacted.txt", redacts=original)
    assert not lies_open(b"The refusal.")
    released = exhibits.release(redacted, by=editor, released_as="Letter")
    assert (released.copy.box, released.copy.size, bytes_of(released.copy)) == (None, 13, b"The refusal.\n")
    assert (sealing.seal_one(), lies_open(b"The refusal."), lies_open()) == (None, True, False)
    exhibits.withhold(released, by=editor, because="A date can be read.")
    call_command("seal_files")
    assert (lies_open(b"The refusal."), whole()) == (False, ((), 0, 0))
    again = exhibits.release(Exhibit.objects.get(pk=redacted.pk), by=editor, released_as="Letter")
    assert (bytes_of(again.copy), again.released_as, whole()) == (b"The refusal.\n", "Letter.txt", ((), 0, 0))


@pytest.fixture
def before(claim, journalist, editor):
    """A letter that came in openly, a redacted copy of it that readers get, and an item that became confidential since."""
    original = bring(item_of(claim, journalist), journalist)
    bring(original.item, journalist, b"The refusal.\n", "redacted.txt", redacts=original)
    actions.edit(original.item, by=editor, confidential=True)
    assert lies_open()
    return original


def test_what_lies_there_open_is_sealed_in_place_and_the_record_says_so(before, vault, editor, capsys):
    redacted = before.redacted.get()
    exhibits.release(Exhibit.objects.get(pk=redacted.pk), by=editor, released_as="Letter")
    assert whole()[1] == 2
    call_command("seal_files")
    assert "Sealed 2 files with their copies, and took 4 away" in capsys.readouterr().out
    now, redacted = Exhibit.objects.get(pk=before.pk), Exhibit.objects.get(pk=redacted.pk)
    assert [bytes_of(now.file), bytes_of(now.copy), bytes_of(redacted.file)] == [LETTER, LETTER, b"The refusal.\n"]
    assert (now.copy.derived_from, redacted.file.derived_from, redacted.copy.derived_from) == (
        now.file,
        now.file,
        redacted.file,
    )
    assert (lies_open(), redacted.copy.box, whole()) == (False, None, ((), 0, 0))
    told = CustodyEvent.objects.filter(sha256=before.file.sha256).order_by("number")
    assert [event.what for event in told][-4:] == ["moved", "moved", "destroyed", "destroyed"]  # the copy says the same
    assert (now.file.kept_by, now.file.kept_at) == (before.file.kept_by, before.file.kept_at)
    call_command("seal_files")
    assert "Sealed 0 files" in capsys.readouterr().out


def test_bytes_that_a_public_item_has_too_stay_for_it(claim, before, vault, journalist):
    public = bring(item_of(claim, journalist), journalist)
    assert public.file == before.file
    call_command("seal_files")
    assert (bytes_of(public.file), lies_open(), whole()) == (LETTER, True, ((), 0, 0))


def test_bytes_that_were_taken_away_may_come_in_openly_again(claim, before, vault, journalist):
    call_command("seal_files")
    public = bring(item_of(claim, journalist), journalist)
    assert (public.file.follows, bytes_of(public.file), whole()) == (before.file, LETTER, ((), 0, 0))
    assert public.copy.derived_from == public.file


def test_file_goes_along_when_its_evidence_is_somebody_elses(claim, jo, journalist, editor):
    ann = protected(journalist, editor, "Ann")
    exhibit = bring(item_of(claim, journalist, jo), journalist)
    for whose in (ann, jo):
        actions.edit(Item.objects.get(pk=exhibit.item_id), by=journalist, source=whose[1])
        call_command("seal_files")
        now = Exhibit.objects.get(pk=exhibit.pk)
        assert (now.file.box.source, bytes_of(now.file), bytes_of(now.copy)) == (whose[0], LETTER, LETTER)
        assert (len(on_the_shelf("evidence")), whole()) == (2, ((), 0, 0))


def test_without_a_key_nothing_is_sealed_and_the_command_says_why(before):
    with pytest.raises(CommandError, match="VAULT_KEYS"):
        call_command("seal_files")
    assert (sealing.seal_one(), whole()[1]) == (None, 2)


def test_damaged_file_is_passed_by_and_the_rest_is_sealed(before, vault, capsys):
    lay(before.file, LETTER[:-1])
    with pytest.raises(SystemExit, match="1 files could not be sealed"):
        call_command("seal_files")
    assert sealing.to_be_sealed().get() == before
    assert "was changed" in whole()[0][0]


@pytest.mark.parametrize("behind", ["_seal", "discard_one"])
def test_stopped_between_two_steps_the_next_round_finishes(before, vault, monkeypatch, behind):
    step = getattr(sealing, behind)

    def and_no_further(*given):
        step(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(sealing, behind, and_no_further)
    with pytest.raises(KeyboardInterrupt):
        call_command("seal_files")
    monkeypatch.undo()
    assert lies_open() or behind == "discard_one"
    problems = verifying.verify().problems
    assert problems and all("run seal_files" in problem for problem in problems)
    call_command("seal_files")
    assert (lies_open(), whole()) == (False, ((), 0, 0))
