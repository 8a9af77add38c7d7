"""Readers get the files that were handed out with a claim, as attachments and nothing else, and the manifest says which."""

import hashlib
import io
import subprocess

import pytest

from factcheck.files.shelf import shelf
from factcheck.published import handing, press
from factcheck.published.models import Handout
from factcheck.published.outward import public_digest
from tests.published.documents import FILE, FILE_BYTES, OHCHR, REPORT, at, notice, publish, replace, visa_document

from .addresses import VISA, Page

pytestmark = pytest.mark.django_db
ADDRESS = f"/claims/{VISA}/files/{FILE.sha256}/{FILE.name}"
REF = visa_document().claim_ref


@pytest.fixture
def printed():
    return publish(visa_document(), at=at(9))


def test_file_is_an_attachment_under_the_name_an_editor_chose(client, printed):
    answer = client.get(ADDRESS)
    assert b"".join(answer.streaming_content) == FILE_BYTES
    assert answer["Content-Disposition"] == 'attachment; filename="statement.txt"'
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "text/plain")
    assert answer["Content-Length"] == str(len(FILE_BYTES))
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address",
    [
        f"/claims/{VISA}/files/{'0' * 64}/{FILE.name}",
        f"/claims/{VISA}/files/{FILE.sha256}/another-name.txt",
        f"/claims/{VISA}/files/statement.txt",
        f"/claims/{VISA}/files/../../etc/passwd",
        f"/claims/no-such-claim/files/{FILE.sha256}/{FILE.name}",
        "/claims/no-such-claim/evidence.json",
        "/claims/no-such-claim/SHA256SUMS",
    ],
)
def test_file_that_was_never_handed_out_here_is_404(client, printed, address):
    assert client.get(address).status_code == 404


def test_file_taken_back_is_gone_at_once_from_address_page_and_shelf(
    client, printed, django_capture_on_commit_callbacks
):
    tag = client.get(ADDRESS)["ETag"]
    with django_capture_on_commit_callbacks(execute=True):
        assert handing.take_back(REF, FILE.sha256) is True
    answer = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert (answer.status_code, "taken back" in Page(answer).text) == (410, True)
    assert list(shelf("published").names()) == []
    page = Page(client.get(f"/claims/{VISA}/"))
    assert "statement.txt taken back on" in page.text
    assert not page.all("a", href=ADDRESS)
    assert handing.take_back(REF, FILE.sha256) is False


def test_file_taken_back_and_released_again_is_there_again(client, printed):
    handing.take_back(REF, FILE.sha256)
    publish(visa_document(why_chosen="More."), notice=notice(), at=at(11))
    assert b"".join(client.get(ADDRESS).streaming_content) == FILE_BYTES
    assert Handout.objects.count() == 1


def test_file_of_an_earlier_edition_stays_until_it_is_taken_back(client, printed):
    bare = (replace(REPORT, files=()), OHCHR)
    publish(visa_document(evidence=bare), notice=notice(), at=at(11))
    assert client.get(ADDRESS).status_code == 200


@pytest.mark.parametrize("content", [b"something else", b"", FILE_BYTES + b" "])
def test_file_that_is_not_the_one_signed_off_stops_the_press(content):
    with pytest.raises(press.PressError, match="not the one that was signed off"):
        press.print_edition(
            visa_document(), printed_by="editor", fingerprint="f", opened=lambda sha256: io.BytesIO(content)
        )
    assert list(shelf("published").names()) == []


def test_file_that_is_missing_stops_the_press():
    def missing(sha256):
        raise FileNotFoundError(sha256)

    with pytest.raises(press.PressError, match="missing from its store"):
        press.print_edition(visa_document(), printed_by="editor", fingerprint="f", opened=missing)


def test_manifest_names_every_item_with_its_copies(client):
    item = replace(OHCHR, captured_at="2022-09-08T21:00:00+00:00", captured_sha256="c" * 64)
    edition = publish(visa_document(evidence=(REPORT, item)), at=at(9))
    told = client.get(f"/claims/{VISA}/evidence.json").json()
    assert (told["edition"], told["edition_sha256"], told["retracted"]) == (1, public_digest(edition), False)
    first, second = told["evidence"]
    assert first["files"] == [
        {
            "name": "statement.txt",
            "type": "text/plain",
            "size": len(FILE_BYTES),
            "sha256": FILE.sha256,
            "url": f"http://127.0.0.1:8000{ADDRESS}",
        }
    ]
    assert (second["captured_sha256"], second["url"], second["files"]) == ("c" * 64, OHCHR.url, [])


def test_sums_are_what_sha256sum_checks(client, printed, tmp_path):
    (tmp_path / "statement.txt").write_bytes(b"".join(client.get(ADDRESS).streaming_content))
    sums = client.get(f"/claims/{VISA}/SHA256SUMS").content
    checked = subprocess.run(["sha256sum", "-c", "-"], cwd=tmp_path, input=sums, capture_output=True, timeout=20)
    assert checked.stdout == b"statement.txt: OK\n"
    (tmp_path / "statement.txt").write_bytes(b"altered")
    assert subprocess.run(["sha256sum", "-c", "-"], cwd=tmp_path, input=sums, capture_output=True).returncode == 1
    assert hashlib.sha256(FILE_BYTES).hexdigest() in sums.decode()


def test_hash_of_a_copy_that_is_not_handed_out_is_a_remark(client):
    publish(
        visa_document(evidence=(replace(OHCHR, captured_at="2022-09-08T21:00:00+00:00", captured_sha256="c" * 64),))
    )
    assert client.get(f"/claims/{VISA}/SHA256SUMS").content.decode().startswith("# " + "c" * 64)


@pytest.mark.parametrize(
    ("state", "words"),
    [("changed", "This page has changed since we cited it"), ("gone", "This page is gone"), ("moved", "has moved")],
)
def test_page_says_what_became_of_a_link_and_takes_it_back(client, printed, state, words):
    assert words not in Page(client.get(f"/claims/{VISA}/")).text
    assert handing.note_links(REF, {OHCHR.url: state}) is True
    tag = client.get(f"/claims/{VISA}/")["ETag"]
    assert words in Page(client.get(f"/claims/{VISA}/")).text
    assert handing.note_links(REF, {OHCHR.url: state}) is False
    assert handing.note_links(REF, {OHCHR.url: "ok"}) is True
    again = client.get(f"/claims/{VISA}/", headers={"If-None-Match": tag})
    assert (again.status_code, words in Page(again).text) == (200, False)


@pytest.mark.parametrize(
    ("state", "first"), [("changed", "https://a.example/2"), ("gone", "https://a.example/2"), ("moved", OHCHR.url)]
)
def test_archived_copy_comes_first_where_the_page_is_no_longer_what_it_was(client, state, first):
    publish(visa_document(evidence=(replace(OHCHR, archived_url="https://a.example/2"),)))
    handing.note_links(REF, {OHCHR.url: state})
    links = [a["href"] for a in Page(client.get(f"/claims/{VISA}/")).all("a") if "href" in a]
    assert links.index(first) == min(links.index("https://a.example/2"), links.index(OHCHR.url))


def test_state_of_a_link_is_one_of_those_we_know_and_a_claim_without_a_page_has_no_readers(printed):
    with pytest.raises(ValueError, match="sideways"):
        handing.note_links(REF, {OHCHR.url: "sideways"})
    assert handing.note_links("nobody", {OHCHR.url: "gone"}) is False


def test_manifest_of_a_claim_that_was_retracted_names_no_evidence_as_its_page_does(client):
    item = replace(OHCHR, captured_at="2022-09-08T21:00:00+00:00", captured_sha256="c" * 64)
    publish(visa_document(evidence=(REPORT, item)), at=at(9))
    press.print_retraction(visa_document().claim_ref, notice=notice("retraction"), printed_by="x", at=at(12))
    told = client.get(f"/claims/{VISA}/evidence.json").json()
    assert (told["retracted"], told["evidence"]) == (True, [])
    assert client.get(f"/claims/{VISA}/SHA256SUMS").content == b""
