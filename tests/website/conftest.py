"""Readers' pages in processes of their own: a database with something published, and what opens it from outside."""

import json
import os
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.scratch import ScratchDatabase

ON_SERVER = connection.vendor == "postgresql"
PASSWORD = "only-for-this-test"


@pytest.fixture(scope="session")
def readers(tmp_path_factory, migrated_database):
    """A database with something published, and the settings by which readers' pages alone get at it."""
    server = os.environ["DATABASE_URL"] if ON_SERVER else ""
    with ScratchDatabase(tmp_path_factory.mktemp("readers"), server, migrated_database) as database:
        database.manage("collectstatic", "--no-input", "--verbosity=0")
        run(database, "publish")
        if not ON_SERVER:
            yield database
            return
        name = f"readers_of_{database.name}"
        with server_of(database) as server:
            server.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}' CREATEDB")
            server.execute(
                f"GRANT SELECT, INSERT ON newsroom_user, published_check TO {name}"
            )  # too much, to be taken back
        database.manage("public_role", "--apply", "--name", name)
        database.manage("public_role", "--apply", "--name", name)
        at = urlsplit(database.url)
        place = at.netloc.rpartition("@")[2]
        database.settings["PUBLIC_DATABASE_URL"] = at._replace(netloc=f"{name}:{PASSWORD}@{place}").geturl()
        yield database
        with server_of(database) as server:
            server.execute(f"DROP OWNED BY {name}")
            server.execute(f"DROP ROLE {name}")


def server_of(database):
    import psycopg  # only where the tests run on PostgreSQL

    return psycopg.connect(database.url, autocommit=True)


def run(database, what):
    said = database.manage("shell", "--no-imports", "--command", f"from tests.website import walked; walked.{what}()")
    return json.loads(said) if said else None
