"""Where a site may be baked, who may bake there, and what is never written over."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from factcheck.baking.inventory import Inventory
from factcheck.baking.tree import Stopped, Tree

from .conftest import contents


def refused(folder, *options):
    """What is said when nothing can be baked there."""
    with pytest.raises(CommandError) as said:
        call_command("bake", folder, *options)
    return str(said.value)


def test_a_folder_with_something_else_in_it_is_refused(site, folder):
    folder.mkdir()
    (folder / "holiday.jpg").write_text("mine")
    assert "is not empty, and nothing was ever baked into it" in refused(folder)
    assert [path.name for path in folder.iterdir()] == ["holiday.jpg"]


@pytest.mark.parametrize("home", ["VAR_DIR", "STATIC_ROOT", "BASE_DIR"])
def test_the_programs_own_folders_are_refused(site, settings, home):
    place = getattr(settings, home)
    assert "which is the program's own" in refused(place / "baked")
    assert not (place / "baked").exists()


@pytest.mark.parametrize("option", [(), ("--verify",)])
def test_notes_that_are_damaged_are_told_of_and_no_page_is_touched(bake, folder, option):
    bake()
    pages = contents(folder)
    for notes in (folder / ".baked").glob("inventory.sqlite3*"):
        notes.write_bytes(b"something else " * 1000)
    assert "bake into a new, empty folder" in refused(folder, *option)
    assert contents(folder) == pages


def test_a_link_into_the_programs_own_folder_is_refused(site, settings, tmp_path):
    (tmp_path / "way").symlink_to(settings.STATIC_ROOT)
    assert "which is the program's own" in refused(tmp_path / "way" / "baked")


def test_a_file_where_the_folder_should_be_is_told_of(site, tmp_path):
    (tmp_path / "file").write_text("mine")
    assert "cannot be" in refused(tmp_path / "file")
    assert "cannot be" in refused(tmp_path / "file" / "in-it")


def test_two_bakes_at_once_are_refused_in_a_sentence(bake, folder):
    bake()
    held = Inventory(Tree(folder))
    try:
        assert "Another bake is at work in this folder" in refused(folder)
    finally:
        held.close()
    assert "0 written" in bake()


def test_what_somebody_else_put_where_a_page_belongs_is_not_written_over(bake, folder):
    bake()
    held = Inventory(Tree(folder))
    held.forget("once:about")
    held.close()
    assert "about/index.html is there and was not baked. Move it away" in refused(folder)
    (folder / "about/index.html").unlink()
    bake()
    assert (folder / "about/index.html").is_file()


def test_a_folder_that_another_release_baked_is_refused(bake, folder):
    bake()
    held = Inventory(Tree(folder))
    held.db.execute("PRAGMA user_version = 99")
    held.close()
    before = contents(folder)
    assert "baked by another release" in refused(folder)
    assert contents(folder) == before


def test_nothing_is_baked_before_static_files_are_collected(site, settings, folder, tmp_path):
    settings.STATIC_ROOT = tmp_path / "nothing-here"
    assert "run manage.py collectstatic first" in refused(folder)
    assert not folder.exists()


@pytest.mark.parametrize("address", ["/../etc/passwd", "/claims//x", "/.baked/lock", "/%2e%2e/x", "/a%00b", "/./x"])
def test_an_address_that_leads_elsewhere_is_no_file(tmp_path, address):
    with pytest.raises(Stopped, match="cannot be the name of a file"):
        Tree(tmp_path).path_of(address)


def test_everybody_may_read_what_is_baked_and_nobody_the_notes(bake, folder):
    bake()
    modes = {path: (folder / path).stat().st_mode & 0o777 for path in contents(folder)}
    assert set(modes.values()) == {0o644}
    assert {p.stat().st_mode & 0o777 for p in folder.rglob("*") if p.is_dir() and p.name != ".baked"} == {0o755}
    assert (folder / ".baked").stat().st_mode & 0o777 == 0o700
