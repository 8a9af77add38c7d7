"""The newsroom as a stranger gets it: `manage.py up` in a process of its own, on a scratch database, DEBUG off."""

import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass

from ..scratch import MANAGE, ScratchDatabase

PASSWORD = "kea-weka-tui-42"


@dataclass(frozen=True)
class Site:
    """A newsroom that is served at `address`; everybody in it has the same password."""

    address: str
    database: ScratchDatabase
    password: str = PASSWORD

    def at(self, path):
        return f"{self.address}{path}"


@contextmanager
def served(folder, server_url="", prepare=lambda database: None):
    """A Site out of an empty `folder`, with the worked example in it unless `prepare` puts something else there.

    `server_url` is the DATABASE_URL of a PostgreSQL server to make the scratch database on, or "" for SQLite.
    """
    with ScratchDatabase(folder, server_url) as database:
        prepare(database)
        port = _free_port()
        with _running(database, "--port", str(port), "--demo-password", PASSWORD):
            yield Site(f"http://127.0.0.1:{port}", database)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _running(database, *options):
    """`up`, until it says that it serves. What it says afterwards goes to a file, so that no full pipe can stop it."""
    log = database.folder / "up.log"
    command = [sys.executable, MANAGE, "up", *options]
    with log.open("w") as said:
        server = subprocess.Popen(command, env=database.environment, stdout=said, stderr=said, cwd="/")
    try:
        _wait_until_served(server, log)
        yield
    finally:
        server.terminate()
        server.wait(timeout=60)
    assert "Traceback" not in log.read_text(), log.read_text()


def _wait_until_served(server, log):
    while "Serving at" not in log.read_text():
        try:
            server.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"`up` ended with {server.returncode}:\n{log.read_text()}")
