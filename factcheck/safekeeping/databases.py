"""Copying a database while it is in use, and putting a copy into an empty one; the same questions to SQLite and PostgreSQL.

Sessions and the cache stay out of every copy: a session in a backup would be a way in.
"""

import contextlib
import os
import sqlite3
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.module_loading import import_string

from factcheck.newsroom.models import CacheEntry


class CopyFailed(Exception):
    """The database's own program could not do it. Its text is a sentence."""


def left_out():
    """Tables whose rows are in no backup."""
    sessions = import_string(f"{settings.SESSION_ENGINE}.SessionStore").get_model_class()
    return [sessions._meta.db_table, CacheEntry._meta.db_table]


def is_empty():
    """Whether there is nothing in the database yet, no table either."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        if not path.exists() or path.stat().st_size == 0:
            return True
    with connection.cursor() as cursor:
        empty = not connection.introspection.table_names(cursor)
    connection.close()
    return empty


def applied_migrations():
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def copy_to(path):
    """Write one consistent moment of the database to `path`, while others go on writing."""
    if connection.vendor == "sqlite":
        _copy_sqlite(path)
    else:
        without = [f"--exclude-table-data={table}" for table in left_out()]
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", *without, "--file", str(path))


def put_back(path):
    """Make the copy at `path` the database: all of it or nothing. The database must be empty."""
    connection.close()
    if connection.vendor == "sqlite":
        _put_back_sqlite(path)
    else:
        options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
        _run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(path))


def _copy_sqlite(path):
    # VACUUM INTO copies one moment, and no page that was freed: what was destroyed is not in the copy.
    with contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=60)) as source:
        source.execute("VACUUM INTO ?", [str(path)])
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA secure_delete = ON")
        for table in left_out():
            copy.execute(f'DELETE FROM "{table}"')
        copy.execute("VACUUM")


def _put_back_sqlite(path):
    goal = Path(connection.settings_dict["NAME"])
    goal.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if goal.exists() and not goal.stat().st_size:  # an empty one, made by looking
        goal.unlink()
    os.link(path, goal)  # from the folder beside it, at once


def _run(program, *arguments):
    """Run PostgreSQL's own program. The password goes by the environment, where no list of processes shows it."""
    try:
        ran = subprocess.run(
            [program, *arguments],
            env={**os.environ, **_server()},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise CopyFailed(f"{program} is not installed: apt install postgresql-client.") from None
    if ran.returncode:
        raise CopyFailed(f"{program} could not do it: {ran.stderr.strip().partition(chr(10))[0]}")


def _server():
    config = connection.settings_dict
    asked = {
        "PGHOST": config["HOST"],
        "PGPORT": str(config["PORT"]),
        "PGUSER": config["USER"],
        "PGPASSWORD": config["PASSWORD"],
        "PGDATABASE": config["NAME"],
        "PGSSLMODE": config["OPTIONS"].get("sslmode"),
    }
    return {name: value for name, value in asked.items() if value}
