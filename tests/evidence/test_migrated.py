"""A newsroom from before files were sealed: its rows stay as they were, and its table still refuses to change."""

import json
import subprocess
import sys

import pytest

from tests.scratch import ScratchDatabase
from tests.setup.conftest import on_this_server

BEFORE = "0007_compared_with_the_leak_guard"
INSERT = """
import django; django.setup()
from django.db import connection
from django.utils import timezone
row = ["a" * 64, 7, "text/plain", "received", "", "ab/cd", timezone.now()]
with connection.cursor() as cursor:
    cursor.execute(
        "INSERT INTO evidence_file (sha256, size, type, made, made_with, stored_as, kept_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)", row)
"""
FOUND = """
import django; django.setup()
import json
from django.db import connection, transaction
from factcheck.evidence.models import File
refused = []
for statement in ("UPDATE evidence_file SET size = 8", "DELETE FROM evidence_file"):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except Exception as refusal:
        refused.append("append-only" in str(refusal))
print(json.dumps([refused, list(File.objects.values_list("sha256", "size", "mark", "box", "follows"))]))
"""


@pytest.mark.django_db
def test_files_from_before_are_as_they_were_and_stand_as_they_stood(tmp_path):
    with ScratchDatabase(tmp_path, on_this_server()) as database:
        database.manage("migrate", "evidence", BEFORE, "--verbosity=0")
        environment = database.environment | {"DJANGO_SETTINGS_MODULE": "factcheck.settings"}
        subprocess.run([sys.executable, "-c", INSERT], env=environment, check=True, timeout=60)
        database.manage("migrate", "--verbosity=0")
        ran = subprocess.run(
            [sys.executable, "-c", FOUND], env=environment, capture_output=True, timeout=60, check=True
        )
    assert json.loads(ran.stdout) == [[True, True], [["a" * 64, 7, "", None, None]]]
