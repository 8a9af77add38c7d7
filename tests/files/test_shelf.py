"""A file is on its shelf whole or not at all, under a name that says nothing, and stays as it was put there."""

import hashlib
import io
import os
import signal
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from factcheck.files.folder import ARRIVING, Folder
from factcheck.files.shelf import Shelf

BYTES = b"minutes of the meeting\n" * 1000


@pytest.fixture
def shelf(tmp_path):
    return Shelf(Folder(location=tmp_path / "evidence"))


def test_what_is_kept_reads_back_with_the_hash_and_size_of_what_came(shelf):
    kept = shelf.keep(BYTES)
    assert (kept.sha256, kept.size) == (hashlib.sha256(BYTES).hexdigest(), len(BYTES))
    with shelf.open(kept.name) as file:
        assert file.read() == BYTES
    assert shelf.measure(kept.name) == (kept.sha256, kept.size)


def test_a_file_object_is_read_from_its_beginning_wherever_it_stood(shelf):
    content = io.BytesIO(BYTES)
    content.seek(50)
    assert shelf.keep(content).size == len(BYTES)


def test_names_are_random_and_kept_files_cannot_be_written_to(shelf):
    names = {shelf.keep(BYTES).name for _ in range(3)}
    assert len(names) == 3
    assert set(shelf.names()) == names
    for name in names:
        path = Path(shelf.storage.path(name))
        assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o400, 0o700)


def test_a_name_that_is_taken_is_never_written_over(shelf, monkeypatch):
    monkeypatch.setattr("secrets.token_hex", lambda length: "ab" * length)
    first, second = shelf.keep(b"first"), shelf.keep(b"second")
    assert first.name != second.name
    with shelf.open(first.name) as file:
        assert file.read() == b"first"


def test_nothing_there_is_no_measure_and_no_error_to_remove(shelf):
    assert shelf.measure("ab/abcdef") is None
    shelf.remove("ab/abcdef")
    assert list(shelf.names()) == []


KEEP_FOR_EVER = """
import sys
from django.conf import settings
settings.configure(USE_TZ=True)
from factcheck.files.folder import Folder
from factcheck.files.shelf import Shelf
shelf = Shelf(Folder(location=sys.argv[1]))
print("ready", flush=True)
while True:
    shelf.keep(b"x" * 3_000_000)
"""


def test_killed_in_the_middle_leaves_whole_files_and_strays_alone(tmp_path):
    for _ in range(4):
        running = subprocess.Popen(
            [sys.executable, "-c", KEEP_FOR_EVER, str(tmp_path / "evidence")], stdout=subprocess.PIPE
        )
        running.stdout.readline()
        try:
            running.wait(timeout=0.25)
        except subprocess.TimeoutExpired:
            os.kill(running.pid, signal.SIGKILL)
        running.wait()
        running.stdout.close()
    shelf = Shelf(Folder(location=tmp_path / "evidence"))
    whole = [name for name in shelf.names() if ARRIVING not in name]
    assert whole
    assert {shelf.measure(name)[1] for name in whole} == {3_000_000}


def test_strays_are_what_nothing_names_and_has_lain_there_for_a_day(shelf):
    known, stray = shelf.keep(b"known").name, shelf.keep(b"stray").name
    half = Path(shelf.storage.path("ab")) / f"{ARRIVING}half"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"ha")
    assert list(shelf.strays({known})) == []
    assert set(shelf.strays({known}, older_than=timedelta(0))) == {stray, f"ab/{half.name}"}
