"""What a folder holds that we wrote, and of what state of the record: kept in the folder, so that it goes where the folder goes.

A *batch* of pages belongs together, as everything about one claim does. Before a file is written, it is noted as ours, and
its batch as unfinished; when all its files lie in place, the batch as finished. Killed at any moment between, the next bake
finds the batch unfinished and makes it again, and knows of every file that may be there.
"""

import fcntl
import os
import sqlite3
from contextlib import contextmanager

from .tree import FULL_DISK, DiskFull, Stopped

MADE_BY = 1  # what these tables look like; another number is another release's
TABLES = """
CREATE TABLE IF NOT EXISTS batch (name TEXT PRIMARY KEY, depends TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, batch TEXT NOT NULL, sha256 BLOB, depends TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS file_of_batch ON file (batch);
CREATE TABLE IF NOT EXISTS waits (party TEXT, batch TEXT, PRIMARY KEY (party, batch)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS waits_of_batch ON waits (batch);
CREATE TEMP TABLE seen (name TEXT PRIMARY KEY) WITHOUT ROWID;
"""
UNFINISHED = ""


class Inventory:
    """The notes of one folder, open for one bake at a time."""

    def __init__(self, tree):
        self.lock = _locked(tree.own / "lock")
        self.db = sqlite3.connect(tree.own / "inventory.sqlite3", isolation_level=None)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = NORMAL")
        [number] = self.db.execute("PRAGMA user_version").fetchone()
        if number not in (0, MADE_BY):
            raise Stopped("This folder was baked by another release: bake into a new one.")
        self.db.executescript(TABLES)
        self.db.execute(f"PRAGMA user_version = {MADE_BY}")

    def close(self):
        self.db.close()
        os.close(self.lock)

    @contextmanager
    def at_once(self):
        """All that is noted inside, or nothing of it."""
        try:
            self.db.execute("BEGIN IMMEDIATE")
            yield self.db
            self.db.execute("COMMIT")
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode == sqlite3.SQLITE_FULL:
                raise DiskFull(FULL_DISK) from problem
            raise
        finally:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")

    def stale(self, wanted):
        """The names among {name: what it depends on} that are not baked from that. All of them count as seen."""
        with self.at_once():
            self.db.executemany("INSERT OR IGNORE INTO seen VALUES (?)", ((name,) for name in wanted))
        marks = ",".join("?" * len(wanted))
        known = dict(self.db.execute(f"SELECT name, depends FROM batch WHERE name IN ({marks})", list(wanted)))
        return {name for name, depends in wanted.items() if known.get(name) != depends}

    def depends(self, name):
        found = self.db.execute("SELECT depends FROM batch WHERE name = ?", (name,)).fetchone()
        return found[0] if found else UNFINISHED

    def files_of(self, name):
        """{path: (SHA-256 or None, what it depends on)} of the files of a batch."""
        rows = self.db.execute("SELECT path, sha256, depends FROM file WHERE batch = ?", (name,))
        return {path: (sha256, depends) for path, sha256, depends in rows}

    def has(self, path):
        return self.db.execute("SELECT 1 FROM file WHERE path = ?", (path,)).fetchone() is not None

    def begin(self, name, paths):
        """Note a batch as unfinished, and these paths as ours and about to be written."""
        self.db.execute("INSERT OR REPLACE INTO batch VALUES (?, ?)", (name, UNFINISHED))
        self.db.executemany(
            "INSERT INTO file (path, batch) VALUES (?, ?) "
            "ON CONFLICT (path) DO UPDATE SET batch = excluded.batch, sha256 = NULL, depends = ''",
            ((path, name) for path in paths),
        )

    def finish(self, name, depends, written, gone, waits=()):
        """Note a batch as finished: {path: (SHA-256, what it depends on)} as written, and paths as not there any more."""
        self.db.executemany(
            "UPDATE file SET sha256 = ?, depends = ? WHERE path = ?",
            ((sha256, of, path) for path, (sha256, of) in written.items()),
        )
        self.db.executemany("DELETE FROM file WHERE path = ?", ((path,) for path in gone))
        self.db.execute("DELETE FROM waits WHERE batch = ?", (name,))
        self.db.executemany("INSERT INTO waits VALUES (?, ?)", ((party, name) for party in waits))
        self.db.execute("INSERT OR REPLACE INTO batch VALUES (?, ?)", (name, depends))

    def forget(self, name):
        """Note that a batch and its files are not there any more."""
        for statement in ("DELETE FROM file WHERE batch = ?", "DELETE FROM waits WHERE batch = ?"):
            self.db.execute(statement, (name,))
        self.db.execute("DELETE FROM batch WHERE name = ?", (name,))

    def make_anew(self, path):
        """Note that a file is not what it should be, so that the next bake makes its batch anew."""
        self.db.execute("UPDATE batch SET depends = '' WHERE name = (SELECT batch FROM file WHERE path = ?)", (path,))
        self.db.execute("UPDATE file SET sha256 = NULL, depends = '' WHERE path = ?", (path,))

    def everything_anew(self):
        with self.at_once():
            self.db.execute("UPDATE batch SET depends = ''")
            self.db.execute("UPDATE file SET sha256 = NULL, depends = ''")

    def not_seen(self):
        """The names of batches that nobody asked for since this bake began: what they were about is not published now."""
        rows = self.db.execute("SELECT name FROM batch WHERE name NOT IN (SELECT name FROM seen)")
        return [name for (name,) in rows]

    def parties_without_a_page(self):
        """The parties that some page names and that had no page of their own when it was made, some hundred at a time."""
        cursor = self.db.cursor().execute("SELECT DISTINCT party FROM waits ORDER BY party")
        while rows := cursor.fetchmany(500):
            yield [party for (party,) in rows]

    def link_to(self, parties):
        """Have the pages that name these parties made anew: the parties have a page now."""
        marks = ",".join("?" * len(parties))
        with self.at_once() as db:
            named = f"SELECT batch FROM waits WHERE party IN ({marks})"
            db.execute(f"UPDATE batch SET depends = '' WHERE name IN ({named})", list(parties))

    def every_file(self):
        """(path, SHA-256 or None) of every file of ours, in the order of their paths."""
        return self.db.cursor().execute("SELECT path, sha256 FROM file ORDER BY path")

    def count(self):
        return self.db.execute("SELECT COUNT(*) FROM file").fetchone()[0]


def _locked(path):
    """A lock that ends with this process, however it ends. Raises Stopped where another bake has it."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise Stopped("Another bake is at work in this folder. Nothing was done; let it finish.") from None
    return lock
