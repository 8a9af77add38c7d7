"""A copy of a page that names a protected source lies sealed, in its strongbox, and goes with it (CS-7, CS-12)."""

import pytest

from factcheck.evidence import capturing, exhibits
from factcheck.evidence.verifying import verify
from factcheck.files.shelf import shelf
from factcheck.sources.file_keys import Shredded
from tests.sources.cast import destroy, on_the_shelf, protect

from .conftest import report
from .withholding import NAMED, captured, discard_all, looked_at, withhold_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_browser")]


def lying():
    """Everything on the shelf of evidence, byte by byte; the words of a page lie unpacked in its text."""
    return b"".join(on_the_shelf("evidence"))


def test_copy_of_a_page_that_names_a_source_lies_sealed(source, web, cited, journalist):
    web.pages["/report"] = report(more=NAMED)
    capture = captured(cited, journalist)
    assert capture.warc.box.source == capture.text_file.box.source == source
    assert b"Abdurehim" not in lying()
    assert (verify().problems, verify().unopened) == ((), 0)


def test_copy_of_a_page_that_names_nobody_lies_open(source, cited, journalist):
    capture = captured(cited, journalist)
    assert capture.warc.box is None
    assert b"human rights" in lying()


def test_copy_that_is_withheld_later_lies_sealed_and_its_open_bytes_go(kept_before, cited, journalist):
    assert b"Abdurehim" in lying()
    withhold_all()
    assert len(verify().problems) == 2  # the web archive and the text that lay there open are to be gone
    discard_all()
    assert b"Abdurehim" not in lying()
    assert verify().problems == ()
    with exhibits.open_original(cited, cited.captures.get().warc, by=journalist) as file:
        assert file.read(2) == b"\x1f\x8b"  # a web archive, packed


def test_copy_that_was_withheld_before_such_were_sealed_is_sealed(source, web, cited, journalist, monkeypatch):
    web.pages["/report"] = report(more=NAMED)
    with monkeypatch.context() as before:
        before.setattr(capturing, "box_for", lambda taken: None)
        assert captured(cited, journalist).warc.box is None
    withhold_all()
    discard_all()
    capture = cited.captures.get()
    assert (capture.withheld, capture.warc.box.source) == (True, source)
    assert b"Abdurehim" not in lying()
    assert verify().problems == ()


def test_copy_whose_bytes_are_altered_stops_no_other_from_being_withheld(kept_before, cited, journalist):
    shelf("evidence").remove(kept_before.warc.stored_as)
    withhold_all()
    assert cited.captures.get().withheld
    assert any("is missing from its store" in problem for problem in verify().problems)


def test_copy_of_a_page_goes_with_the_source_that_it_names(source, web, cited, journalist, journalist_2, editor):
    """The guard forgets whom it names, so without this anybody who reads the record could open it from then on."""
    web.pages["/report"] = report(more=NAMED)
    capture = captured(cited, journalist)
    destroy(source, journalist, editor)
    for person in (journalist, journalist_2, editor):
        for file in (capture.warc, capture.text_file):
            with pytest.raises(Shredded):
                exhibits.open_original(cited, file, by=person)
    discard_all()
    assert lying() == b""
    assert verify().problems == ()
    assert looked_at(cited, journalist).state == "ok"  # there is nothing to compare it with


def test_copy_of_a_page_that_names_two_goes_with_whoever_came_first(source, web, cited, journalist, editor):
    protect(journalist, editor, ("name", "Gulnar Ismayil"))
    web.pages["/report"] = report(more=NAMED + "<p>Gulnar Ismayil stood beside them.</p>")
    capture = captured(cited, journalist)
    assert capture.warc.box.source == source
    destroy(source, journalist, editor)
    with pytest.raises(Shredded):
        exhibits.open_original(cited, capture.text_file, by=journalist)


def test_copy_that_is_sealed_is_whole_without_the_vaults_keys(source, web, cited, journalist, settings):
    web.pages["/report"] = report(more=NAMED)
    captured(cited, journalist)
    settings.VAULT_KEYS = []
    assert (verify().problems, verify().unopened) == ((), 2)


def test_copy_that_is_withheld_wants_a_second_factor_and_another_none(source, web, cited, journalist, client):
    client.force_login(journalist)
    captured(cited, journalist)
    assert client.get(f"/desk/evidence/item/{cited.pk}/original/").status_code == 200
    web.pages["/report"] = report(more=NAMED)
    captured(cited, journalist)
    assert client.get(f"/desk/evidence/item/{cited.pk}/original/").status_code == 302
