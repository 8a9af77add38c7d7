"""Files of evidence through their pages: brought in, released, fetched, taken back, opened with a trace."""

from importlib.metadata import PackageNotFoundError

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factcheck.evidence import actions
from factcheck.evidence.models import CustodyEvent, Exhibit, Item
from tests.entering import give_app, show_second_factor
from tests.evidence import recordings, samples
from tests.sources.cast import key

from .steps import address, claim_url, send, text_of, written

VERB = "verb-form"


def bring(client, item, data=None, name="IMG_1 Jo.jpg"):
    upload = SimpleUploadedFile(name, samples.jpeg() if data is None else data)
    return client.post(address("evidence_item", item, "add-file"), {"upload": upload})


@pytest.fixture
def exhibit(desk, at_desk):
    assert bring(at_desk(desk.journalist), desk.parts.item).status_code == 302
    return Exhibit.objects.get()


def test_file_is_brought_on_the_items_page_and_shown_with_its_custody(desk, at_desk, exhibit):
    client = at_desk(desk.journalist)
    page = text_of(client.get(address("evidence_item", desk.parts.item)))
    for told in ("IMG_1 Jo.jpg", "image/jpeg", exhibit.file.sha256, exhibit.copy.sha256, "Copied without hidden data"):
        assert told in page
    assert "IMG_1 Jo.jpg" in text_of(client.get(claim_url(desk.claim)))


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (samples.PE, "photo.jpg", "Programs"),
        (samples.pdf(), "photo.jpg", "is a PDF by its bytes"),
        (b"", "empty.txt", "empty"),
        (b"x" * (1024 * 1024 + 1), "long.txt", "larger than the 1 MB"),
    ],
)
def test_file_that_is_not_taken_is_refused_in_a_sentence_and_leaves_nothing(
    desk, at_desk, settings, data, name, sentence
):
    settings.LARGEST_UPLOAD_MB = 1
    client, before = at_desk(desk.journalist), written()
    answer = bring(client, desk.parts.item, data, name)
    assert (answer.status_code, sentence in text_of(answer)) == (400, True)
    assert (written(), CustodyEvent.objects.count()) == (before, 0)


def test_copy_is_an_attachment_without_hidden_data(desk, at_desk, exhibit):
    answer = at_desk(desk.legal).get(address("evidence_exhibit", exhibit, "copy"))
    assert samples.traces(b"".join(answer.streaming_content)) == []
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], "no-store" in answer["Cache-Control"]) == ("nosniff", True)


def test_original_is_opened_with_a_trace(desk, at_desk, exhibit):
    client, url = at_desk(desk.legal), f"{address('evidence_item', desk.parts.item, 'original')}?file={exhibit.file_id}"
    assert client.get(url).status_code == 200
    assert not CustodyEvent.objects.filter(what="viewed_original").exists()
    answer = client.post(url, {"file": exhibit.file_id})
    assert b"".join(answer.streaming_content) == samples.jpeg()
    assert CustodyEvent.objects.get(what="viewed_original").actor == "legal"
    for other in (exhibit.copy_id, 999999, "x"):
        assert client.post(url, {"file": other}).status_code == 400


def test_file_is_released_signed_off_fetched_by_readers_and_taken_back(desk, at_desk, client, exhibit):
    at_editor, url = at_desk(desk.editor), address("evidence_exhibit", exhibit, "release")
    assert "Download the copy without hidden data" in text_of(at_editor.get(url))
    assert send(at_editor, url, VERB, released_as="Letter").status_code == 302
    assert at_editor.get(url).status_code == 409
    desk.cleared()
    desk.publish(by=desk.senior_editor)
    page = client.get(desk.fresh().check_slug.join(("/claims/", "/"))).content.decode()
    assert "Letter.jpg" in page
    assert "IMG_1" not in page
    fetched = f"/claims/{desk.claim.check_slug}/files/{exhibit.copy.sha256}/letter.jpg"
    assert b"".join(client.get(fetched).streaming_content)[:2] == b"\xff\xd8"
    back = address("evidence_exhibit", exhibit, "take-back")
    assert at_editor.post(back, {"because": ""}).status_code == 400
    assert send(at_editor, back, VERB, because="A name can be read.").status_code == 302
    assert client.get(fetched).status_code == 410


def test_redacted_copy_is_added_beside_what_it_redacts(desk, at_desk, exhibit):
    client = at_desk(desk.journalist)
    upload = SimpleUploadedFile("redacted.png", samples.png())
    assert client.post(address("evidence_exhibit", exhibit, "redact"), {"upload": upload}).status_code == 302
    assert "redacted copy of IMG_1 Jo.jpg" in text_of(client.get(address("evidence_item", desk.parts.item)))


def test_set_aside_file_says_why(desk, at_desk, exhibit):
    client = at_desk(desk.journalist)
    assert (
        send(client, address("evidence_exhibit", exhibit, "set-aside"), VERB, because="The wrong one.").status_code
        == 302
    )
    assert "The wrong one." in text_of(client.get(address("evidence_item", desk.parts.item)))


def test_files_of_a_restricted_item_show_no_way_in_to_others(desk, at_desk, exhibit, journalist_2):
    desk.parts.item.refresh_from_db()
    assert (
        send(
            at_desk(desk.editor), address("evidence_item", desk.parts.item), 'id="item_form"', visibility="restricted"
        ).status_code
        == 302
    )
    client = at_desk(journalist_2)
    page = client.get(address("evidence_item", desk.parts.item))
    assert "This evidence is restricted" in text_of(page)
    assert address("evidence_exhibit", exhibit, "copy") not in page.content.decode()
    assert client.get(address("evidence_exhibit", exhibit, "copy")).status_code == 403
    assert client.get(address("evidence_item", desk.parts.item, "original")).status_code == 403


def test_list_of_evidence_names_what_is_restricted_at_random_alone(desk, at_desk, exhibit):
    client, url = at_desk(desk.legal), address("claims_claim", desk.claim, "evidence-list")
    listed = client.post(url).json()["evidence"]
    assert (listed[0]["title"], listed[0]["files"][0]["sha256"]) == (desk.parts.item.title, exhibit.file.sha256)
    assert CustodyEvent.objects.first().what == "exported"
    send(at_desk(desk.editor), address("evidence_item", desk.parts.item), 'id="item_form"', visibility="restricted")
    desk.parts.item.refresh_from_db()
    listed = client.post(url).json()
    assert listed["evidence"] == [{"listed_as": str(desk.parts.item.listed_as), "redacted": "restricted"}]
    assert (listed["form"], listed["schedule"]) == ("redacted", [{"kind": "restricted", "count": 1}])


def test_whole_list_of_evidence_says_what_is_restricted_and_nothing_that_could_lead_to_a_source(desk, at_desk, exhibit):
    client, url = at_desk(desk.legal), address("claims_claim", desk.claim, "evidence-list")
    whole = {"whole": "on", "reason": "Discovery was ordered."}
    for visibility, confidential in (("restricted", False), ("restricted", True), ("public", True)):
        actions.edit(Item.objects.get(), by=desk.journalist, visibility=visibility, confidential=confidential)
        answer = client.post(url, whole)
        [item] = answer.json()["evidence"]
        assert ("title" in item) is not (visibility == "restricted" and confidential)
        for told in (exhibit.name, exhibit.file.sha256, "received_at"):
            assert (told in answer.content.decode()) is not confidential
        assert bool(answer.json()["schedule"]) is confidential


@pytest.mark.parametrize("number", [1, 3])
def test_items_page_makes_the_same_queries_whatever_it_holds(desk, at_desk, number, django_assert_num_queries):
    client = at_desk(desk.journalist)
    for one in range(number):
        bring(client, desk.parts.item, f"Letter {one}".encode(), f"letter-{one}.txt")
    client.get(address("evidence_item", desk.parts.item))
    with django_assert_num_queries(QUERIES):
        client.get(address("evidence_item", desk.parts.item))


QUERIES = 9


def _missing(name):
    raise PackageNotFoundError(name)


def test_copy_of_a_recording_that_came_before_the_extra_is_made_later(desk, at_desk):
    client = at_desk(desk.journalist)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("factcheck.evidence.cleaning_media.version", _missing)
        bring(client, desk.parts.item, recordings.recording("call.mp3"), "call.mp3")
        film = Exhibit.objects.get()
        page = text_of(client.get(address("evidence_item", desk.parts.item)))
        assert "not installed here: it comes with the extra “media”. Readers never get it as it is." in page
        assert client.get(address("evidence_exhibit", film, "make-copy")).status_code == 409
        assert Exhibit.objects.get().copy is None
    assert "Make the copy" in text_of(client.get(address("evidence_item", desk.parts.item)))
    url = address("evidence_exhibit", film, "make-copy")
    assert send(client, url, VERB).status_code == 302
    film.refresh_from_db()
    answer = client.get(address("evidence_exhibit", film, "copy"))
    assert recordings.traces(b"".join(answer.streaming_content)) == []
    assert (film.copy.derived_from, film.copy.made) == (film.file, "cleaned")
    told = CustodyEvent.objects.filter(item_number=desk.parts.item.pk).order_by("number")
    assert [event.what for event in told] == ["received", "hashed", "copied", "hashed"]
    assert client.get(url).status_code == 409


def test_recording_that_cannot_be_cleaned_later_either_is_told_in_a_sentence(desk, at_desk):
    client = at_desk(desk.journalist)
    bring(client, desk.parts.item, recordings.recording("scene.mp4")[:3000], "scene.mp4")
    answer = send(client, address("evidence_exhibit", Exhibit.objects.get(), "make-copy"), VERB)
    assert (answer.status_code, "We cannot take hidden data out of it." in text_of(answer)) == (400, True)
    assert Exhibit.objects.get().copy is None


@pytest.fixture
def confided(desk, at_desk, settings):
    """A file of a confidential source, which the journalist brought and nobody else opens."""
    settings.VAULT_KEYS = [key()]
    actions.edit(desk.parts.item, by=desk.journalist, confidential=True)
    assert bring(at_desk(desk.journalist), desk.parts.item).status_code == 302
    return Exhibit.objects.get()


def test_sealed_original_is_opened_after_a_fresh_second_factor_and_with_a_trace(desk, at_desk, confided):
    client, url = at_desk(desk.journalist), f"{address('evidence_item', desk.parts.item, 'original')}?file="
    give_app(desk.journalist)
    for ago in (None, 3600):
        if ago:
            show_second_factor(client, desk.journalist, ago=ago)
        for answer in (client.get(url + str(confided.file_id)), client.post(url, {"file": confided.file_id})):
            assert (answer.status_code, "/desk/" in answer["Location"]) == (302, True)
    assert not CustodyEvent.objects.filter(what="viewed_original").exists()
    show_second_factor(client, desk.journalist)
    answer = client.post(url, {"file": confided.file_id})
    assert b"".join(answer.streaming_content) == samples.jpeg()
    assert int(answer["Content-Length"]) == len(samples.jpeg())
    assert CustodyEvent.objects.get(what="viewed_original").actor == "journalist"
    assert at_desk(desk.legal).get(url + str(confided.file_id)).status_code == 403


def test_sealed_copy_is_handed_to_staff_and_without_the_key_a_sentence_is(desk, at_desk, settings, confided):
    client, url = at_desk(desk.legal), address("evidence_exhibit", confided, "copy")
    answer = client.get(url)
    copy = b"".join(answer.streaming_content)
    assert (copy[:2], int(answer["Content-Length"]), samples.traces(copy)) == (b"\xff\xd8", len(copy), [])
    assert "Sealed. SHA-256 of the sealed bytes:" in text_of(client.get(address("evidence_item", desk.parts.item)))
    settings.VAULT_KEYS = []
    answer = client.get(url)
    assert (answer.status_code, "has no key" in text_of(answer)) == (409, True)


def test_confided_file_is_refused_in_a_sentence_where_there_is_no_key(desk, at_desk):
    actions.edit(desk.parts.item, by=desk.journalist, confidential=True)
    client, url = at_desk(desk.journalist), address("evidence_item", desk.parts.item, "add-file")
    for answer in (client.get(url), bring(client, desk.parts.item)):
        assert (answer.status_code, "kept sealed or not at all" in text_of(answer)) == (409, True)
    assert not Exhibit.objects.exists()
