"""The README's words on backup and restore, run as they stand on a database with the worked example in it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from ..scratch import ScratchDatabase
from .conftest import on_this_server

KIND = "postgresql" if connection.vendor == "postgresql" else "sqlite"


def readme_block(title):
    [block] = re.findall(
        rf"```sh\n# {KIND}: {title}\n(.*?)```", (Path(settings.BASE_DIR) / "README.md").read_text(), re.S
    )
    return block


@pytest.fixture
def here(tmp_path):
    """A folder that looks like a clone to the README's lines."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (tmp_path / ".venv" / "bin" / "python").chmod(0o755)
    (tmp_path / "manage.py").symlink_to(Path(settings.BASE_DIR) / "manage.py")
    (tmp_path / "backup").mkdir()
    return tmp_path


def run(block, database, here, expect=0):
    environment = {**database.environment, "BACKUP": str(here / "backup")}
    if KIND == "sqlite":  # as in the README: the database is where VAR_DIR says
        del environment["DATABASE_URL"]
    ran = subprocess.run(["bash", "-c", block], cwd=here, env=environment, capture_output=True, text=True, timeout=120)
    assert ran.returncode == expect, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


@pytest.fixture
def backed_up(example, here):
    run(readme_block("back up"), example, here)
    return here / "backup"


@pytest.fixture
def elsewhere(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    with ScratchDatabase(tmp_path / "elsewhere", on_this_server()) as database:
        yield database


COUNT = """
from django.apps import apps
for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
    print(model._meta.label, model._base_manager.count())
"""


def test_restored_database_has_every_row_and_a_journal_that_holds(example, backed_up, elsewhere, here):
    said = run(readme_block("restore"), elsewhere, here)
    assert re.search(r"[1-9][0-9]+ entries hold\.", said)
    before, after = (database.manage("shell", "--no-imports", "-c", COUNT) for database in (example, elsewhere))
    assert before == after
    assert "newsroom.User 6" in after


def test_restored_database_still_refuses_changes_to_the_journal(backed_up, elsewhere, here):
    run(readme_block("restore"), elsewhere, here)
    change = "from django.db import connection; connection.cursor().execute('DELETE FROM newsroom_journalentry')"
    assert "append-only" in elsewhere.manage("shell", "--no-imports", "-c", change, expect=1)


def test_backup_is_private(backed_up):
    files = list(backed_up.iterdir())
    assert len(files) >= 2
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


def test_restore_of_a_backup_without_the_noted_head_fails(backed_up, elsewhere, here):
    (backed_up / "journal-head").write_text(f"9 entries hold. The head is {'f' * 64}.\n")
    said = run(readme_block("restore"), elsewhere, here, expect=1)
    assert "the chain ends without the head that was noted" in said
