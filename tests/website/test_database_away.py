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

from .conftest import ON_SERVER
from .outage import ASKED, Askers, cookie_of_an_editor

ROOT = Path(__file__).resolve().parents[2]
AWAY = 10  # seconds
# Where SQLite's file is gone, whoever may write begins a new one: the desk is not asked there.
ASKED_HERE = ASKED if ON_SERVER else [address for address in ASKED if address != "/desk/"]
SOON = 5  # seconds, on a busy machine, in which whoever asks knows that it is away


@pytest.fixture
def port(readers):
    """The server that `up` starts, over the readers' database; its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "python:factcheck.serving", "-b", f"127.0.0.1:{number}"]
    server = subprocess.Popen(
        [*command, "factcheck.wsgi"],
        cwd=ROOT,
        env={**readers.environment, "API_REQUESTS_A_MINUTE": "0"},
        stderr=subprocess.DEVNULL,
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


def test_a_database_that_is_away_for_ten_seconds_is_503_until_it_is_back(readers, port):
    askers = Askers(port, cookie_of_an_editor(readers), ASKED_HERE)
    if ON_SERVER:  # connections that were good a moment ago; SQLite would go on reading a file it has open
        assert {answer.status for answer in askers.ask_all()} == {200}
    with taken_away(readers):
        with askers:
            time.sleep(AWAY)
        assert ask(port, "/about/")[0] == 200
    assert {answer.address for answer in askers.answers} == set(ASKED_HERE)
    assert [answer for answer in askers.answers if not answer.is_away] == []
    assert max(answer.seconds for answer in askers.answers) < SOON
    assert {answer.status for answer in askers.ask_all() * 2} == {200}
