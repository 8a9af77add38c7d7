"""What was destroyed is gone from the database's own files, too: seen only where something really commits."""

import subprocess
import sys

import pytest

from .cast import key

BEGIN = """
import django; django.setup()
import time
from django.conf import settings
from django.db import connection, connections
from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.roles import Role
from factcheck.database import patient
from factcheck.sources import destruction, identity, overwriting
from factcheck.sources.models import Source
from tests.sources.cast import NAME, protect

def place():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_relation_filenode('sources_source'), pg_relation_filenode('sources_sealed')")
            return cursor.fetchone()
    wal = settings.DATABASES["default"]["NAME"]
    return b"".join(open(f"{wal}{end}", "rb").read() for end in ("", "-wal"))

people = [newsroom.hire(by=None, username=role.value, roles=[role]) for role in (Role.JOURNALIST, Role.EDITOR)]
source = protect(*people)
identity.write(source, by=people[0], real_name=NAME)
sealed = [Source.objects.get().sealed_key.encode(), source.sealed.get().sealed_text.encode()]
before = place()
if connection.vendor != "postgresql":
    assert all(one in before for one in sealed)

def is_gone():
    after = place()
    if connection.vendor == "postgresql":
        return all(old != new for old, new in zip(before, after, strict=True))
    return not any(one in after for one in sealed)

def soon_overwritten():  # as by `work`: the server's own upkeep may be in the way for a moment
    until = time.monotonic() + 10
    while to_do.exists() and time.monotonic() < until:
        overwriting.overwrite_some() or time.sleep(0.1)
    return not to_do.exists()

to_do = overwriting.to_be_overwritten()
destruction.propose_destruction(source, by=people[0], because="They asked.")
"""

DESTROY = """
destruction.confirm_destruction(source, by=people[1])
assert is_gone()
assert soon_overwritten()
assert not overwriting.overwrite_some()
print("gone")
"""

WHILE_ANOTHER_READS = """
backup = connections["default"].copy()
with backup.cursor() as cursor:
    cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ" if connection.vendor == "postgresql" else "BEGIN")
    cursor.execute("SELECT count(*) FROM TABLE_READ")
patient.statement = 2
began = time.monotonic()
destruction.confirm_destruction(source, by=people[1])
source = Source.objects.get()
assert source.destroyed_at and not source.overwritten_at and not source.sealed.exists()
assert not overwriting.overwrite_some()
assert time.monotonic() - began < 2
assert "TABLE_READ" != "sources_sealed" or not is_gone()
with backup.cursor() as cursor:
    cursor.execute("COMMIT")
before = before if "TABLE_READ" == "sources_sealed" else place()
assert soon_overwritten()
assert is_gone()
assert Source.objects.get().overwritten_at
print("gone")
"""


def said_by(script, committed_database):
    environment = committed_database.environment | {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "VAULT_KEYS": key(),
    }
    command = [sys.executable, "-c", BEGIN + script]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


def test_key_and_sealed_parts_are_gone_from_the_files(committed_database, db):
    ran = said_by(DESTROY, committed_database)
    assert ran.stdout == "gone\n", ran.stderr


@pytest.mark.parametrize("read", ["sources_sealed", "newsroom_user"])  # its lock; what it could still ask for
def test_what_another_may_read_is_destroyed_at_once_and_gone_from_the_files_when_they_have_read(
    committed_database, db, read
):
    ran = said_by(WHILE_ANOTHER_READS.replace("TABLE_READ", read), committed_database)
    assert ran.stdout == "gone\n", ran.stderr
    assert "not overwritten yet" in ran.stderr
