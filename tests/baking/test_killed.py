"""Killed at any moment, or out of disk: what readers get is whole all the same, and the next bake goes on from there."""

import gzip
import os
import shutil
import subprocess
import sys

import pytest

from tests.scratch import MANAGE

from .conftest import contents

APART = int(os.environ.get("BAKES_KILLED_APART", "17"))  # steps between two kills; 1 tries every one


@pytest.fixture
def newsroom(committed_database):
    """A database of its own with five claims published, and the static files collected."""
    committed_database.manage("collectstatic", "--no-input", "--verbosity=0")
    _run(committed_database, "publish_more()")
    return committed_database


def _run(database, what):
    return database.manage("shell", "--no-imports", "--command", f"from tests.baking import killed; killed.{what}")


def test_bakes_killed_at_every_step_end_in_the_same_folder_as_one_that_was_not(newsroom, tmp_path):
    folder = tmp_path / "killed"
    first, then = _run(newsroom, f"kill_and_correct({str(folder)!r}, {APART})").split()[-2:]
    assert int(first) > 3 and int(then) > 1
    newsroom.manage("bake", str(tmp_path / "afresh"))
    assert contents(folder) == contents(tmp_path / "afresh")
    assert "every link leads somewhere" in newsroom.manage("bake", str(folder), "--verify")


FILL = """
set -e
mount -t tmpfs -o size=160k tmpfs "$1"
"$2" "$3" bake "$1" 2>&1 || echo "exit $?"
cp -a "$1/." "$4"
mount -o remount,size=64m "$1"
"$2" "$3" bake "$1" 2>&1
cp -a "$1/." "$5"
"""
confined = subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not confined, reason="no file system of its own can be mounted here, and a full disk is one.")
def test_full_disk_is_said_plainly_and_leaves_nothing_half_written(newsroom, tmp_path):
    small, full, after = (tmp_path / name for name in ("small", "full", "after"))
    for place in (small, full, after):
        place.mkdir()
    command = ["unshare", "-rm", "sh", "-c", FILL, "sh", small, sys.executable, MANAGE, full, after]
    said = subprocess.run(
        command, env=newsroom.environment, check=True, capture_output=True, text=True, timeout=300
    ).stdout
    assert "The disk is full. Every page in the folder is whole" in said
    assert "exit 1" in said and "Traceback" not in said
    newsroom.manage("bake", str(tmp_path / "afresh"))
    whole = contents(tmp_path / "afresh")
    there = contents(full)
    assert 0 < len(there) < len(whole)
    assert there.items() <= whole.items()
    assert contents(after) == whole
    assert not [path.name for path in (full / ".baked").iterdir() if path.name.startswith("half-written")]
    assert all(gzip.decompress(path.read_bytes()) for path in full.rglob("*.gz"))
    shutil.rmtree(small)
