"""Django's PostgreSQL backend with a bound on each wait."""

import threading
import time
from collections import defaultdict
from contextlib import contextmanager, suppress
from types import SimpleNamespace

import psycopg
from django.db.backends.postgresql import base

from factcheck.database import patient

from . import A_SIGN, TO_CANCEL


def bounded(steps, seconds):
    """psycopg's steps of waiting (a generator), until the server has said nothing for so long: OperationalError."""
    ready, until = None, time.monotonic() + seconds
    while True:
        try:
            wanted = steps.send(ready)
        except StopIteration as end:
            return end.value
        ready = yield wanted
        if ready:
            until = time.monotonic() + seconds
        elif time.monotonic() > until:
            raise psycopg.OperationalError(f"the server has said nothing for {seconds} s")


class Connection(psycopg.Connection):
    patience = None  # seconds, where it is another than everybody's

    def wait(self, gen, *args, **kwargs):
        seconds = self.patience or patient.statement
        if seconds is None:
            return super().wait(gen, *args, **kwargs)
        try:
            return super().wait(bounded(gen, seconds), *args, **kwargs)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                self._give_up()
            raise

    def _give_up(self):
        """Nobody waits any more: the server is told, or the statement would live on, with its locks or in the queue for them."""
        # To ask for a sign holds nothing up; and what older libraries have to cancel with would itself wait for ever.
        if self.patience is None and psycopg.capabilities.has_cancel_safe():
            with suppress(psycopg.Error):
                self.cancel_safe(timeout=TO_CANCEL)
        self.close()  # an answer that comes after all would be taken for that to the next question


class Door:
    """The way into one database. While a server lets nobody in, one thread of a process waits for it, and no other."""

    def __init__(self):
        self.is_silent, self._one = False, threading.Lock()

    @contextmanager
    def passing(self):
        if not self.is_silent:
            with self._listening():
                yield
            return
        if not self._one.acquire(blocking=False):
            raise psycopg.OperationalError("the server lets nobody in, and somebody waits for it already")
        try:
            with self._listening():
                yield
        finally:
            self._one.release()

    @contextmanager
    def _listening(self):
        try:
            yield
        except psycopg.errors.ConnectionTimeout:
            self.is_silent = True
            raise
        self.is_silent = False


_doors = defaultdict(Door)  # by alias


class DatabaseWrapper(base.DatabaseWrapper):
    Database = SimpleNamespace(**(vars(psycopg) | {"connect": Connection.connect}))

    def get_new_connection(self, conn_params):
        with _doors[self.alias].passing():
            return super().get_new_connection(conn_params)

    def is_usable(self):
        """Whether a connection that was kept is still good. One that gives no sign is taken for a sign of the server.

        Where only that one line was cut, by a firewall that forgot it, the server is well: until the first thread has been let
        in anew, which takes milliseconds, others that need a new connection answer 503.
        """
        if self.connection is None:
            return False
        self.connection.patience, began = A_SIGN, time.monotonic()
        try:
            if usable := super().is_usable():
                return usable
        finally:
            self.connection.patience = None
        if time.monotonic() - began >= A_SIGN:
            _doors[self.alias].is_silent = True
        return False
