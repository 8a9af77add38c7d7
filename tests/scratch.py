"""A database that commits, apart from the tests' own, for what only processes of their own can show."""

import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"


class ScratchDatabase:
    """Of the kind the tests run on: a SQLite file, or a database on the same PostgreSQL server.

    It is empty, or a copy of `model`, another one that nobody is connected to: to copy is quicker than to migrate.
    """

    def __init__(self, folder, server_url, model=None):
        self.folder, self.server_url, self.model = folder, server_url, model
        self.settings = {}  # of its processes, beside where they find it
        self.name = f"scratch_{uuid.uuid4().hex[:12]}"
        self.url = (
            urlsplit(server_url)._replace(path=f"/{self.name}").geturl() if server_url else f"sqlite:///{self._file}"
        )

    @property
    def _file(self):
        return self.folder / "var" / "factcheck.sqlite3"

    @property
    def environment(self):
        return {**os.environ, "DATABASE_URL": self.url, "VAR_DIR": str(self.folder / "var"), **self.settings}

    def __enter__(self):
        self._on_server(f"CREATE DATABASE {self.name}" + (f" TEMPLATE {self.model.name}" if self.model else ""))
        if self.model and not self.server_url:
            self._file.parent.mkdir(mode=0o700, parents=True)
            shutil.copyfile(self.model._file, self._file)
        return self

    def __exit__(self, *problem):
        self._on_server(f"DROP DATABASE {self.name} WITH (FORCE)")

    def _on_server(self, statement):
        if self.server_url:
            import psycopg  # only where the tests run on PostgreSQL

            postgres = urlsplit(self.server_url)._replace(path="/postgres").geturl()
            with psycopg.connect(postgres, autocommit=True) as server:
                server.execute(statement)

    def manage(self, *arguments, expect=0):
        """Run `manage.py` on this database in a process of its own. Returns what it printed, errors too."""
        command = [sys.executable, MANAGE, *arguments]
        ran = subprocess.run(
            command,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=300,
        )
        assert ran.returncode == expect, ran.stdout
        return ran.stdout
