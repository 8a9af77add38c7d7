"""Files come in as they are, go out as copies that an editor released, and are opened by those who may."""

import io
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version

import pytest

from factcheck.claims import actions as claims
from factcheck.claims.models import Claim
from factcheck.evidence import actions, exhibits, keeping
from factcheck.evidence.models import CustodyEvent, Exhibit, File, Item
from factcheck.evidence.names_for_readers import name_from
from factcheck.files.shelf import shelf
from factcheck.newsroom.refusals import NotAllowed, Refused

from . import recordings, samples


@pytest.fixture
def item(journalist):
    claim = claims.log_claim(by=journalist, wording="The agency keeps no figures", type="statistic")
    return actions.add(claim, by=journalist, title="Letter of refusal", kind="document")


LETTER = samples.pdf()  # made once: a PDF of its own has an ID of its own


def upload(data=None, name="letter of Jo.pdf"):
    return exhibits.inspect(io.BytesIO(LETTER if data is None else data), name)


@pytest.fixture
def exhibit(item, journalist):
    return exhibits.receive(item, by=journalist, upload=upload())


def told(item):
    return [event.what for event in CustodyEvent.objects.filter(item_number=item.pk).order_by("number")]


def test_received_file_keeps_its_bytes_and_gets_a_clean_copy(item, exhibit):
    with keeping.open_file(exhibit.file) as original, keeping.open_file(exhibit.copy) as copy:
        assert samples.traces(original.read())
        assert samples.traces(copy.read()) == []
    assert (exhibit.file.is_original, exhibit.copy.derived_from) == (True, exhibit.file)
    assert told(item) == ["received", "hashed", "copied", "hashed"]


def test_file_that_cannot_be_cleaned_is_kept_and_can_never_be_released(item, journalist, editor):
    old = exhibits.receive(item, by=journalist, upload=upload(samples.old_doc("WordDocument"), "letter.doc"))
    assert old.copy is None
    with pytest.raises(Refused, match="readers never get an original"):
        exhibits.release(old, by=editor, released_as="The letter")


def test_recording_gets_a_clean_copy_that_an_editor_may_release(item, journalist, editor):
    data = recordings.recording("scene.mp4")
    film = exhibits.receive(item, by=journalist, upload=upload(data, "scene.mp4"))
    with keeping.open_file(film.file) as original, keeping.open_file(film.copy) as copy:
        assert original.read() == data
        cleaned = copy.read()
    assert recordings.traces(cleaned) == []
    assert (film.copy.derived_from, film.copy.sha256) == (film.file, sha256(cleaned).hexdigest())
    assert (film.copy.made, film.copy.type, film.copy.made_with) == ("cleaned", "video/mp4", f"PyAV {version('av')}")
    assert exhibits.release(film, by=editor, released_as="The scene").released_as == "The_scene.mp4"


@pytest.mark.parametrize("data", [recordings.recording("scene.mp4")[:3000], samples.mp4()], ids=["cut", "empty"])
def test_broken_recording_is_kept_whole_and_never_released(item, journalist, editor, data):
    film = exhibits.receive(item, by=journalist, upload=upload(data, "scene.mp4"))
    assert (film.copy, samples_of(film.file)) == (None, data)
    with pytest.raises(Refused, match="readers never get an original.*We cannot take hidden data out of it"):
        exhibits.release(film, by=editor, released_as="The scene")


def test_where_the_extra_is_missing_recordings_are_kept_and_the_sentence_says_what_is_missing(
    item, journalist, editor, monkeypatch
):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("factcheck.evidence.cleaning_media.version", missing)
    film = exhibits.receive(item, by=journalist, upload=upload(samples.wav(), "call.wav"))
    assert film.copy is None
    with pytest.raises(Refused, match="PyAV, which is not installed here: it comes with the extra “media”"):
        exhibits.release(film, by=editor, released_as="The call")


def test_same_bytes_twice_on_one_item_are_refused_and_on_another_are_one_file(item, exhibit, journalist):
    with pytest.raises(Refused, match="already, as “letter of Jo.pdf”"):
        exhibits.receive(item, by=journalist, upload=upload(name="again.pdf"))
    other = actions.add(item.claim, by=journalist, title="The same letter")
    again = exhibits.receive(other, by=journalist, upload=upload(name="again.pdf"))
    assert (again.file, again.copy) == (exhibit.file, exhibit.copy)
    assert File.objects.count() == 2


def test_redacted_copy_is_derived_from_what_it_redacts(item, exhibit, journalist):
    redacted = exhibits.receive(item, by=journalist, upload=upload(samples.jpeg(), "redacted.jpg"), redacts=exhibit)
    assert (redacted.file.derived_from, redacted.copy.derived_from) == (exhibit.file, redacted.file)
    assert told(item)[4:] == ["redacted", "hashed", "copied", "hashed"]


def test_too_large_file_is_refused_with_the_limit(settings):
    settings.LARGEST_UPLOAD_MB = 1
    with pytest.raises(Refused, match="larger than the 1 MB"):
        upload(b"x" * (1024 * 1024 + 1), "long.txt")
    assert upload(b"x" * 1024 * 1024, "long.txt").type == "text/plain"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\jo\\letter.txt", "letter.txt"),
        ("../../etc/letter.txt", "letter.txt"),
        ("let\x00ter\u202e.txt", "letter.txt"),
        ("x" * 300 + ".txt", "x" * 130 + "…" + "x" * 15 + ".txt"),
    ],
)
def test_name_is_kept_without_its_folders_and_hidden_signs(given, kept):
    assert upload(b"words", given).name == kept


def test_release_is_an_editors_and_names_the_file_for_readers(item, exhibit, journalist, editor):
    with pytest.raises(NotAllowed):
        exhibits.release(exhibit, by=journalist, released_as="Letter")
    released = exhibits.release(exhibit, by=editor, released_as="Letter of refusal, redacted")
    assert (released.released_as, released.released_by) == ("Letter_of_refusal_redacted.pdf", editor)
    assert told(item)[-1] == "released"
    with pytest.raises(Refused, match="released already"):
        exhibits.release(released, by=editor, released_as="Letter")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("../../x", "x.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("a\r\nSet-Cookie: b", "aSet-Cookie_b.pdf"),
        ("Letter.pdf", "Letter.pdf"),
        ("Pānui", "Pānui.pdf"),
        ("x" * 200, "x" * 100 + ".pdf"),
    ],
)
def test_name_for_readers_is_a_plain_file_name(words, name):
    assert name_from(words, "application/pdf") == name


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"visibility": "internal"}, "not public"),
        ({"visibility": "restricted"}, "not public"),
        ({"confidential": True}, "confidential source"),
    ],
)
def test_file_of_an_item_that_readers_do_not_get_is_not_released(item, exhibit, editor, changes, sentence):
    actions.edit(item, by=editor, **changes)
    with pytest.raises(Refused, match=sentence):
        exhibits.release(Exhibit.objects.get(), by=editor, released_as="Letter")


def test_redacted_copy_of_a_confidential_item_can_be_released(vault, item, exhibit, journalist, editor):
    item = actions.edit(item, by=editor, confidential=True)
    redacted = exhibits.receive(item, by=journalist, upload=upload(samples.jpeg(), "r.jpg"), redacts=exhibit)
    assert exhibits.release(redacted, by=editor, released_as="Letter").released_at


@pytest.mark.parametrize("change", [{"visibility": "internal"}, {"visibility": "restricted"}, {"confidential": True}])
def test_item_with_a_released_file_is_not_closed_to_readers_before_the_file_is_taken_back(
    item, exhibit, editor, change
):
    exhibits.release(exhibit, by=editor, released_as="Letter")
    with pytest.raises(Refused, match="take it back first"):
        actions.edit(item, by=editor, **change)
    with pytest.raises(Refused, match="take it back first"):
        actions.withdraw(item, by=editor, because="It is about another year.")


def test_withheld_file_is_released_no_more_and_can_be_again(item, exhibit, editor):
    released = exhibits.release(exhibit, by=editor, released_as="Letter")
    with pytest.raises(Refused, match="Say why"):
        exhibits.withhold(released, by=editor, because=" ")
    held = exhibits.withhold(released, by=editor, because="A name can be read on page 2.")
    assert (held.released_at, held.released_by, held.released_as) == (None, None, "")
    assert CustodyEvent.objects.first().note == "A name can be read on page 2."
    with pytest.raises(Refused, match="not released"):
        exhibits.withhold(held, by=editor, because="Again.")
    assert exhibits.release(held, by=editor, released_as="Letter").released_at


def test_set_aside_file_stays_and_is_not_released(item, exhibit, journalist, editor):
    aside = exhibits.set_aside(exhibit, by=journalist, because="The wrong letter.")
    assert aside.set_aside_because == "The wrong letter."
    with pytest.raises(Refused, match="set aside"):
        exhibits.release(aside, by=editor, released_as="Letter")


def test_released_file_is_not_set_aside(exhibit, journalist, editor):
    released = exhibits.release(exhibit, by=editor, released_as="Letter")
    with pytest.raises(Refused, match="take it back first"):
        exhibits.set_aside(released, by=journalist, because="The wrong letter.")


def test_files_of_a_claim_that_is_out_are_not_touched_but_can_be_withheld(item, exhibit, journalist, editor):
    exhibits.release(exhibit, by=editor, released_as="Letter")
    Claim.objects.filter(pk=item.claim.pk).update(status="published")
    with pytest.raises(Refused):
        exhibits.receive(item, by=journalist, upload=upload(b"more", "more.txt"))
    assert exhibits.withhold(Exhibit.objects.get(), by=editor, because="A name.").released_at is None


def test_withdrawn_item_takes_no_files(item, journalist):
    actions.withdraw(item, by=journalist, because="Another year.")
    with pytest.raises(Refused, match="withdrawn"):
        exhibits.receive(item_again(item), by=journalist, upload=upload())


def item_again(item):
    item.refresh_from_db()
    return item


def test_viewing_an_original_is_on_the_record_before_it_is_seen(item, exhibit, journalist_2, administrator):
    with exhibits.open_original(item, exhibit.file, by=journalist_2) as opened:
        assert opened.read() == samples_of(exhibit.file)
    event = CustodyEvent.objects.first()
    assert (event.what, event.actor, event.sha256) == ("viewed_original", "journalist-2", exhibit.file.sha256)
    with pytest.raises(NotAllowed):
        exhibits.open_original(item, exhibit.file, by=administrator)


def samples_of(file):
    with keeping.open_file(file) as opened:
        return opened.read()


def test_files_of_a_restricted_item_are_opened_by_those_who_need_them(
    item, exhibit, journalist, journalist_2, editor, legal
):
    actions.edit(item, by=editor, visibility="restricted")
    item.refresh_from_db()
    for person in (journalist, editor, legal):
        exhibits.open_original(item, exhibit.file, by=person).close()
    exhibit = Exhibit.objects.get()
    with pytest.raises(NotAllowed, match="restricted"):
        exhibits.open_original(item, exhibit.file, by=journalist_2)
    with pytest.raises(NotAllowed, match="restricted"):
        exhibits.copy_for(exhibit, by=journalist_2)
    claims.edit_claim(item.claim, by=editor, assignee=journalist_2)
    assert exhibits.copy_for(Exhibit.objects.get(), by=journalist_2) == exhibit.copy


def test_whoever_adds_a_file_to_restricted_evidence_opens_none_of_the_others(
    vault, item, exhibit, journalist_2, editor
):
    actions.edit(item, by=editor, visibility="restricted")
    exhibits.receive(item, by=journalist_2, upload=upload(samples.wav(), "call.wav"))
    with pytest.raises(NotAllowed, match="restricted"):
        exhibits.open_original(Item.objects.get(), exhibit.file, by=journalist_2)


def test_original_that_is_missing_from_its_store_is_told(item, exhibit, editor):
    shelf("evidence").remove(exhibit.file.stored_as)
    with pytest.raises(Refused, match="verify_evidence"):
        exhibits.open_original(item, exhibit.file, by=editor)


def test_name_that_was_taken_back_is_never_given_to_other_bytes(item, exhibit, journalist, editor):
    released = exhibits.release(exhibit, by=editor, released_as="Letter")
    exhibits.withhold(released, by=editor, because="A name can be read.")
    other = exhibits.receive(item, by=journalist, upload=upload(samples.pdf(), "redacted.pdf"))
    assert exhibits.release(other, by=editor, released_as="letter").released_as == "letter_2.pdf"
    assert exhibits.release(exhibit, by=editor, released_as="Letter").released_as == "Letter.pdf"
