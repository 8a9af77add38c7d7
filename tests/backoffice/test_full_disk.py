"""The disk is full in the middle of a publication: nothing of it is there, it is said plainly, and with room it goes through."""

import json
import subprocess
import sys

import pytest
from django.db import DatabaseError, connection

from factcheck.database.full import disk_is_full
from tests.scratch import MANAGE

MOUNTED = """
set -e
mount -t tmpfs -o size=64m tmpfs "$1"
cp -a "$2/." "$1"
"$3" "$4" shell --no-imports --command "from tests.backoffice import filling; filling.publish_with_ever_more_room()"
"$3" "$4" check_published
"$3" "$4" verify_journal
"""
DONE = "Our disk is full What was asked for was done as a whole"
NOT_DONE = "Our disk is full Nothing of what was asked for was done, and nothing is half-done"
confined = subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not confined, reason="no file system of its own can be mounted here, and a full disk is one.")
def publication_on_a_full_disk_leaves_nothing_and_goes_through_with_room(committed_database, tmp_path):
    committed_database.manage("collectstatic", "--no-input", "--verbosity=0")
    small = tmp_path / "small"
    small.mkdir()
    command = [
        "unshare",
        "-rm",
        "sh",
        "-c",
        MOUNTED,
        "sh",
        small,
        committed_database.folder / "var",
        sys.executable,
        MANAGE,
    ]
    at_small = {"VAR_DIR": str(small), "DATABASE_URL": f"sqlite:///{small}/factcheck.sqlite3"}
    ran = subprocess.run(
        command, env=committed_database.environment | at_small, capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (_, _, before), *failed, (code, said, after), (again, _, still) = json.loads(ran.stdout.splitlines()[0])
    assert len(failed) > 2
    assert [standing for *_, standing in failed] == [before] * len(failed)
    assert {code for code, *_ in failed} == {503}
    assert all(NOT_DONE in words for _, words, _ in failed)
    assert (before[:3], after[:3]) == ([0, 0, 0], [1, 1, 1])
    assert after[-2:] == ["published", "ok"]
    assert code == 302 or (code, DONE in said) == (503, True)  # there was room for the publication alone
    assert (again, still) == (409, after)


if connection.vendor == "sqlite":  # PostgreSQL's disk is another machine's; what it says is below
    test_publication_on_a_full_disk_leaves_nothing_and_goes_through_with_room = (
        publication_on_a_full_disk_leaves_nothing_and_goes_through_with_room
    )


def test_a_full_disk_is_known_by_whoever_tells_of_it():
    full = [OSError(28, "No space left on device"), OSError(122, "Disk quota exceeded")]
    said = DatabaseError("could not extend file")
    said.__cause__ = type("DiskFull", (Exception,), {"sqlstate": "53100"})()
    assert all(map(disk_is_full, [*full, said]))
    assert not any(map(disk_is_full, [None, OSError(2, "No such file"), DatabaseError("database is locked")]))
