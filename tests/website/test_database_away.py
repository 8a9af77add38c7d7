"""The database is taken away from a running server, and comes back: 503 while it is gone, and no restart afterwards."""

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .addresses import VISA
from .conftest import ON_SERVER

ROOT = Path(__file__).resolve().parents[2]
ADDRESSES = ("/", "/claims/", f"/claims/{VISA}/", "/claims/?q=visas", "/feeds/claims.atom", "/sitemap.xml")


@pytest.fixture
def port(readers):
    """The server that `up` starts, over the readers' database; its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "python:factcheck.serving", "-b", f"127.0.0.1:{number}"]
    server = subprocess.Popen(
        [*command, "factcheck.wsgi"], cwd=ROOT, env=readers.environment, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(number)
        yield number
    finally:
        server.terminate()
        server.wait(timeout=40)


def _wait_for(port):
    for _ in range(600):
        try:
            return ask(port, "/about/")
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not come to serve")


def ask(port, address):
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


@contextmanager
def taken_away(database):
    """On PostgreSQL nobody is let in, and who is in is put out; on SQLite the file is not where it was."""
    if ON_SERVER:
        with _no_way_in(database):
            yield
        return
    kept = database.folder / "kept"
    (database.folder / "var" / "factcheck.sqlite3").rename(kept)
    try:
        yield
    finally:
        kept.rename(database.folder / "var" / "factcheck.sqlite3")


@contextmanager
def _no_way_in(database):
    import psycopg  # only where the tests run on PostgreSQL

    server = urlsplit(database.server_url)._replace(path="/postgres").geturl()
    with psycopg.connect(server, autocommit=True) as postgres:
        postgres.execute(f"ALTER DATABASE {database.name} ALLOW_CONNECTIONS false")
        try:
            postgres.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database.name]
            )
            yield
        finally:
            postgres.execute(f"ALTER DATABASE {database.name} ALLOW_CONNECTIONS true")


def test_a_database_that_is_away_is_503_until_it_is_back(readers, port):
    if ON_SERVER:  # a connection that was good a moment ago; SQLite would go on reading a file it has open
        assert {ask(port, address)[0] for address in ADDRESSES} == {200}
    with taken_away(readers):
        for address in ADDRESSES * 2:
            status, headers, text = ask(port, address)
            assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "30", "no-store"), address
            assert "We cannot look this up just now" in text
            assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert ask(port, "/about/")[0] == 200
    for address in ADDRESSES * 2:
        assert ask(port, address)[0] == 200, address
