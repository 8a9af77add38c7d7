"""Readers' pages in processes of their own: a database with something published, and what opens it from outside."""

import json
import os
import shutil
import socket
import subprocess
import time
from urllib.parse import urlsplit

import pytest
from django.db import connection

from factcheck.environment_databases import page_cache
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


@pytest.fixture
def redis(tmp_path, settings):
    """A real server on a port of its own, as CACHE_URL names it; stopped with `redis.terminate()`."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if not program:
        pytest.skip("no redis-server here: apt install redis-server")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _wait_until_it_answers(port)
    os.environ["CACHE_URL"] = f"redis://127.0.0.1:{port}/0"
    try:
        settings.CACHES = {**settings.CACHES, "pages": page_cache("CACHE_URL")}
        yield server
    finally:
        del os.environ["CACHE_URL"]
        server.kill()
        server.wait()


def _wait_until_it_answers(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
