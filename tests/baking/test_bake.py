"""What is baked is what the live site answers, and a second bake touches only what has changed since."""

import gzip
import io
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.urls import reverse

from factcheck.baking import bake as baking
from factcheck.baking.asking import Website, release
from factcheck.baking.management.commands import bake as command
from factcheck.baking.tree import COMPRESSED, Tree
from factcheck.database.append_only import allow_changes, refuse_changes
from factcheck.published import everything, handing, ledger, press
from factcheck.published.models import Check, CheckLink, CheckTopic, Handout, SpeakerPage
from factcheck.website.kept import CACHE
from tests.published.documents import (
    FILE,
    FILE_BYTES,
    INZ_REPLY,
    STORY,
    at,
    notice,
    numbered_document,
    publish,
    visa_document,
)
from tests.website.addresses import VISA

from .conftest import contents, every_address, moments

REF = visa_document().claim_ref
FEEDS = ("claims", "corrections", f"stories/{STORY.slug}", "speakers/jo", "topics/immigration")
CORRECTED = {
    f"claims/{VISA}/index.html",
    f"claims/{VISA}/evidence.json",
    f"claims/{VISA}/editions/1/index.html",
    f"claims/{VISA}/editions/2/index.html",
    f"claims/{VISA}/editions/3/index.html",
    f"claims/{VISA}/editions/3/share.png",
    f"embed/{VISA}/index.html",
    "corrections/index.html",
    "asked/corrections/kind=correction.html",  # the list of this kind
    "index.html",
    "sitemap.xml",
    "ledger/index.html",
    "ledger/head.json",
    "ledger/blocks/1/index.html",
    "ledger/blocks/1.json",
    "ledger/blocks/1.jsonl",
    "ledger/entries/5.json",
    "ledger/entries/6.json",
    "data/claims.csv",
    "data/claims.jsonl",
    "data/corrections.csv",
    "feeds/claimreview.json",
    *(f"feeds/{of}.{form}" for of in FEEDS for form in ("atom", "json")),
}


def _in_spite_of_the_record(table, sql):
    """Do to a table what neither we nor the database itself would do."""
    allow_changes(connection, table)
    with connection.cursor() as cursor:
        cursor.execute(sql)
    refuse_changes(connection, table)


def of_text(paths):
    """Those paths with what lies compressed beside them."""
    return paths | {f"{path}.gz" for path in paths if not path.endswith(".png")}


def test_every_file_holds_the_bytes_that_the_live_site_answers(bake, folder, client):
    bake()
    tree, there = Tree(folder), set()
    for wanted in every_address():
        answer, path = client.get(wanted.address), wanted.path or tree.path_of(wanted.address)
        assert answer.status_code == wanted.status, wanted.address
        baked = (folder / path).read_bytes()
        assert baked == (answer.getvalue() if answer.streaming else answer.content), wanted.address
        there.add(path)
        if answer["Content-Type"].startswith(COMPRESSED):
            there.add(f"{path}.gz")
            assert gzip.decompress((folder / f"{path}.gz").read_bytes()) == baked
    assert set(contents(folder)) == there
    assert (folder / f"claims/{VISA}/files/{FILE.sha256}/statement.txt").read_bytes() == FILE_BYTES
    assert len(there) > 50


def test_nothing_is_written_where_nothing_has_changed(bake, folder):
    bake()
    before = moments(folder)
    assert "0 written, 0 removed" in bake()
    assert moments(folder) == before


def test_a_correction_touches_its_pages_its_lists_and_its_feeds_alone(bake, folder):
    bake()
    before = moments(folder)
    publish(visa_document(why_chosen="It accuses three."), notice=notice(), at=at(13))
    bake()
    after = moments(folder)
    touched = {path for path in after if after[path] != before.get(path)}
    assert touched == of_text(CORRECTED)


def test_folder_brought_up_to_date_is_the_one_that_is_baked_afresh(bake, folder, tmp_path):
    bake()
    publish(visa_document(why_chosen="It accuses three."), notice=notice(), at=at(13))
    publish(numbered_document(7), at=at(14))
    bake()
    call_command("bake", tmp_path / "afresh")
    assert contents(folder) == contents(tmp_path / "afresh")


class Press(io.StringIO):
    """Where a bake says how far it is: each time that it is through with the claims, one more is published."""

    def __init__(self, editions):
        super().__init__()
        self.editions = iter(range(1, editions + 1))

    def write(self, text):
        if text.startswith("claims ") and (number := next(self.editions, None)):
            publish(numbered_document(number), at=at(14) + timedelta(minutes=number))
        return super().write(text)


def test_what_is_published_during_a_bake_is_baked_with_it(site, folder, tmp_path):
    call_command("bake", folder, stderr=Press(1))
    assert (folder / "claims/claim-1/index.html").exists()
    call_command("bake", tmp_path / "afresh")
    assert contents(folder) == contents(tmp_path / "afresh")


class PressBesideAPage(Website):
    """A website that prints something when the first page of a claim is asked for, and others of its batch are still to come."""

    def __init__(self, printed):
        super().__init__()
        self.printed = [printed]

    def ask(self, address, etag=""):
        if address == f"/claims/{VISA}/" and self.printed:
            self.printed.pop()()
        return super().ask(address, etag)


def _corrected():
    publish(numbered_document(1, why_chosen="A word of the correction."), notice=notice(), at=at(14))


def _retracted():
    press.print_retraction("ref-1", notice=notice(kind="retraction"), printed_by="senior-editor", at=at(14))


@pytest.mark.parametrize(("printed", "told"), [(_corrected, "A word of the correction"), (_retracted, "etracted")])
def test_what_is_printed_between_two_pages_of_a_batch_is_what_the_bake_ends_with(
    site, folder, monkeypatch, printed, told
):
    publish(numbered_document(1), at=at(13))
    monkeypatch.setattr(command, "Website", lambda: PressBesideAPage(printed))
    call_command("bake", folder)
    monkeypatch.undo()
    assert told in (folder / "claims/claim-1/index.html").read_text()
    caches[CACHE].clear()  # what was kept while it baked says nothing of what is live
    call_command("bake", folder, "--verify")


def test_bake_that_no_round_catches_up_with_the_press_says_that_lists_may_be_older(bake, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(baking, "ROUNDS", 3)
    with pytest.raises(CommandError, match=r"lists may be older than the last publication.*Bake again\."):
        call_command("bake", folder, stderr=Press(3))
    assert not (folder / "claims/claim-3/index.html").exists()
    bake()
    call_command("bake", tmp_path / "afresh")
    assert contents(folder) == contents(tmp_path / "afresh")


def test_a_retraction_stands_on_every_baked_page_of_the_claim(bake, folder):
    bake()
    picture = (folder / f"claims/{VISA}/editions/1/share.png").read_bytes()
    press.print_retraction(REF, notice=notice(kind="retraction", why="It cannot be shown."), printed_by="editor")
    bake()
    for page in (f"claims/{VISA}", f"claims/{VISA}/editions/1", f"embed/{VISA}"):
        assert "etracted" in (folder / page / "index.html").read_text()
    assert (folder / f"claims/{VISA}/editions/1/share.png").read_bytes() != picture


def test_a_file_taken_back_is_taken_from_the_folder(bake, folder):
    bake()
    handing.take_back(REF, FILE.sha256)
    assert "1 removed" in bake()
    assert FILE.sha256 not in "".join(path for path in contents(folder) if VISA in path)
    assert not (folder / f"claims/{VISA}/files").exists()


def test_what_is_not_published_any_more_goes_and_what_we_did_not_write_stays(bake, folder):
    publish(numbered_document(7), at=at(14))
    bake()
    (folder / "claims/claim-7/notes.txt").write_text("Somebody's own.")
    gone = Check.objects.filter(slug="claim-7")
    for kind in (CheckTopic, CheckLink, Handout):
        kind.objects.filter(page__in=gone).delete()
    editions = "FROM published_edition WHERE document LIKE '%claim-7%'"
    _in_spite_of_the_record(
        "published_ledgerentry", f"DELETE FROM published_ledgerentry WHERE edition_id IN (SELECT id {editions})"
    )
    _in_spite_of_the_record("published_edition", f"DELETE {editions}")
    gone.delete()
    bake()
    assert [path.name for path in (folder / "claims/claim-7").iterdir()] == ["notes.txt"]
    assert not (folder / "embed/claim-7").exists()


def test_a_party_that_gets_a_page_is_linked_from_pages_that_were_baked_before(bake, folder):
    bake()
    page = folder / f"claims/{VISA}/index.html"
    assert f"/speakers/{INZ_REPLY.party_slug}/" not in page.read_text()
    SpeakerPage.objects.create(
        slug=INZ_REPLY.party_slug, name="INZ", kind="government", listed_at=at(14), changed_at=at(14)
    )
    bake()
    assert f"/speakers/{INZ_REPLY.party_slug}/" in page.read_text()


def test_another_setting_makes_every_page_anew(bake, folder, settings):
    bake()
    settings.NEWSROOM_NAME = "The Other Record"
    release.cache_clear()
    bake()
    release.cache_clear()
    pages = [path for path in contents(folder) if path.endswith("index.html")]
    assert all("The Other Record" in (folder / path).read_text() for path in pages)


def test_anew_writes_every_file_again(bake, folder):
    bake()
    before = moments(folder)
    bake("--anew")
    after = moments(folder)
    assert before.keys() == after.keys()
    assert not [path for path in before if before[path] == after[path]]


def test_a_page_that_cannot_be_made_is_named_and_the_one_before_stays(bake, folder):
    bake()
    page = folder / f"claims/{VISA}/index.html"
    before = page.read_bytes()
    _in_spite_of_the_record("published_edition", "UPDATE published_edition SET document = '{}'")
    Check.objects.filter(slug=VISA).update(changed_at=at(20))
    with pytest.raises(CommandError, match=f"/claims/{VISA}/ answers 500"):
        bake()
    assert page.read_bytes() == before


def test_a_full_page_of_the_ledger_is_not_made_anew(bake, folder, monkeypatch):
    monkeypatch.setattr(ledger, "BLOCK", 2)
    monkeypatch.setattr(everything, "BLOCK", 2)
    publish(numbered_document(1), at=at(13))  # the fifth entry: the fourth stays on the page of the second block
    bake()
    before = moments(folder)
    publish(numbered_document(2), at=at(14))
    bake()
    pages = {f"ledger/blocks/{number}/index.html": number for number in (1, 2, 3)}
    after = moments(folder)
    assert [number for path, number in pages.items() if after[path] != before[path]] == [3]
    publish(numbered_document(3), at=at(15))
    bake()  # there is a fourth, to which the third leads
    assert [number for path, number in pages.items() if moments(folder)[path] != after[path]] == [3]
    assert f'href="{reverse("ledger_page", args=[4])}"' in (folder / "ledger/blocks/3/index.html").read_text()
