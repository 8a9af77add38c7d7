"""What was signed off is what readers can fetch; what is taken back is gone while the claim is still out."""

import io

import pytest

from factcheck.desk import handing_out
from factcheck.desk.publish import correct
from factcheck.evidence import exhibits
from factcheck.evidence.models import CustodyEvent, Exhibit
from factcheck.files.shelf import shelf
from factcheck.newsroom.refusals import NotAllowed
from factcheck.published.models import Edition, Handout
from tests.builders import add_evidence
from tests.evidence import samples


@pytest.fixture
def released(desk):
    upload = exhibits.inspect(io.BytesIO(samples.jpeg()), "IMG_2022 Jo.jpg")
    exhibit = exhibits.receive(desk.parts.item, by=desk.journalist, upload=upload)
    return exhibits.release(exhibit, by=desk.editor, released_as="Letter of refusal")


def test_published_file_is_the_clean_copy_under_the_editors_name(desk, released):
    desk.published()
    handout = Handout.objects.get()
    assert (handout.sha256, handout.name) == (released.copy.sha256, "Letter_of_refusal.jpg")
    with shelf("published").open(handout.stored_as) as file:
        assert samples.traces(file.read()) == []
    told = Edition.objects.get().document
    assert released.copy.sha256 in told
    assert released.file.sha256 not in told
    assert "IMG_2022" not in told
    assert CustodyEvent.objects.first().what == "published"


def test_release_after_a_sign_off_ends_it(desk):
    upload = exhibits.inspect(io.BytesIO(b"words"), "a.txt")
    exhibit = exhibits.receive(desk.parts.item, by=desk.journalist, upload=upload)
    desk.cleared()
    assert desk.dossier().standing("editor")
    exhibits.release(exhibit, by=desk.senior_editor, released_as="Words")
    assert not desk.dossier().standing("editor")


def test_file_that_is_not_released_changes_nothing_that_readers_get(desk):
    before = desk.dossier().evidence[0].line
    exhibits.receive(desk.parts.item, by=desk.journalist, upload=exhibits.inspect(io.BytesIO(b"words"), "a.txt"))
    assert desk.dossier().evidence[0].line == before


def test_file_is_taken_back_from_readers_while_the_claim_is_out(desk, released):
    desk.published()
    with pytest.raises(NotAllowed):
        handing_out.take_back(released, by=desk.journalist, because="A name can be read.")
    handing_out.take_back(Exhibit.objects.get(), by=desk.editor, because="A name can be read.")
    assert Handout.objects.get().taken_back_at
    assert desk.fresh().update_needed_because == "A file that readers had was taken back."
    correct(
        desk.claim, by=desk.editor, kind="correction", was_wrong="It had a file.", says_now="No more.", why="A name."
    )
    assert desk.dossier().evidence[0].line.files == ()


def test_same_copy_released_with_another_item_goes_under_one_name_and_stays_with_readers(desk, released):
    other = add_evidence(desk, title="The same letter")
    upload = exhibits.inspect(exhibits.open_file(released.file), "again.jpg")
    again = exhibits.receive(other, by=desk.journalist, upload=upload)
    upload.content.close()
    again = exhibits.release(again, by=desk.editor, released_as="Another name")
    assert (again.copy, again.released_as) == (released.copy, released.released_as)
    desk.published()
    handing_out.take_back(released, by=desk.editor, because="One is enough.")
    assert Handout.objects.get().taken_back_at is None


def test_two_files_of_a_claim_never_go_out_under_one_name(desk, released):
    upload = exhibits.inspect(io.BytesIO(samples.jpeg(orientation=3)), "b.jpg")
    exhibit = exhibits.receive(desk.parts.item, by=desk.journalist, upload=upload)
    assert (
        exhibits.release(exhibit, by=desk.editor, released_as="Letter of refusal").released_as
        == "Letter_of_refusal_2.jpg"
    )
