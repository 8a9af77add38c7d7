"""The README's words on backup and restore, run as they stand on a database with the worked example in it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from ..scratch import ScratchDatabase
from .conftest import on_this_server


def readme_block(title):
    [block] = re.findall(rf"```sh\n# {title}\n(.*?)```", (Path(settings.BASE_DIR) / "README.md").read_text(), re.S)
    return block


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """A folder that looks like a clone to the README's lines."""
    folder = tmp_path_factory.mktemp("here")
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (folder / ".venv" / "bin" / "python").chmod(0o755)
    (folder / "manage.py").symlink_to(Path(settings.BASE_DIR) / "manage.py")
    (folder / "backups").mkdir()
    return folder


def run(title, database, here, expect=0):
    environment = {**database.environment, "BACKUP": str(here / "backups"), "KEY_FILE": str(here / "key")}
    command = ["bash", "-ec", readme_block(title)]
    ran = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, timeout=300)
    assert ran.returncode == expect, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def backup(example, here):
    """A backup, made as the README says."""
    run("make a key", example, here)
    run("back up", example, here)
    [made] = (here / "backups").iterdir()
    return made


@pytest.fixture(scope="module")
def restored(backup, here, tmp_path_factory):
    with ScratchDatabase(tmp_path_factory.mktemp("elsewhere"), on_this_server()) as database:
        database.said = run("restore", database, here)
        yield database


COUNT = """
from django.apps import apps
from factcheck.safekeeping.databases import left_out
for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
    if model._meta.db_table not in left_out() and model.__name__ != "CustodyEvent":  # verifying is an event of its own
        print(model._meta.label, model._base_manager.count())
"""


def test_restored_database_has_every_row_and_a_journal_that_holds(example, restored):
    assert re.search(r"[1-9][0-9]+ entries hold\.", restored.said)
    assert restored.said.count("custody events hold") == 2  # by itself, and by the README's line
    before, after = (database.manage("shell", "--no-imports", "-c", COUNT) for database in (example, restored))
    assert before == after
    assert "newsroom.User 6" in after


def test_another_secret_key_is_told(restored):
    assert "SECRET_KEY here is not the one it was made under" in restored.said


def test_restored_database_still_refuses_changes_to_the_journal(restored):
    change = "from django.db import connection; connection.cursor().execute('DELETE FROM newsroom_journalentry')"
    assert "append-only" in restored.manage("shell", "--no-imports", "-c", change, expect=1)


def test_backup_and_key_are_private(backup, here):
    assert {path.stat().st_mode & 0o777 for path in (backup, here / "key")} == {0o600}


def test_second_restore_into_the_same_place_is_refused(restored, here):
    assert "The database is not empty" in run("restore", restored, here, expect=1)


def test_backup_is_never_written_over_nor_is_a_key(example, backup, here):
    before = backup.read_bytes()
    options = ["--key-file", str(here / "key")]
    assert "is there already" in example.manage("backup", str(backup), *options, expect=1)
    assert "File exists" in example.manage("backup", "--new-key", str(here / "key"), expect=1)
    assert backup.read_bytes() == before
    assert list(backup.parent.iterdir()) == [backup]
