"""What was destroyed is gone from the database's own files, too: seen only where something really commits."""

import subprocess
import sys
import textwrap

from .cast import key

DESTROY = """
import django; django.setup()
from django.conf import settings
from django.db import connection
from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.roles import Role
from factcheck.sources import destruction, identity
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
destruction.propose_destruction(source, by=people[0], because="They asked.")
destruction.confirm_destruction(source, by=people[1])
after = place()
if connection.vendor == "postgresql":
    assert all(old != new for old, new in zip(before, after, strict=True))
else:
    assert not any(one in after for one in sealed)
print("gone")
"""


def test_key_and_sealed_parts_are_gone_from_the_files(committed_database, db):
    environment = committed_database.environment | {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "VAULT_KEYS": key(),
    }
    command = [sys.executable, "-c", textwrap.dedent(DESTROY)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert ran.stdout == "gone\n", ran.stderr
