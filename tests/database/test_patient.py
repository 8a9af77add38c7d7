"""Nobody waits for ever for a PostgreSQL server that says nothing; what takes its time and goes on is left to it."""

import os
import socket
import subprocess
import sys
import time

import pytest
from django.db import OperationalError, connection, connections, transaction

from factcheck.database import patient

SILENT = "SELECT pg_sleep(3)"
GOES_ON = "SELECT repeat('x', 20000), pg_sleep(0.4) FROM generate_series(1, 5)"  # two seconds, a row at a time


@pytest.fixture
def other(monkeypatch):
    """A connection of the newsroom's kind beside that of the tests, of one who waits at a page for a second at most."""
    own = connections["default"].copy()
    monkeypatch.setattr(patient, "statement", 1)
    try:
        yield own
    finally:
        own.close()


def asked(own, sql):
    with own.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def a_silent_server_is_given_up(other):
    began = time.monotonic()
    with pytest.raises(OperationalError):
        asked(other, SILENT)
    assert 1 <= time.monotonic() - began < 2.5
    with pytest.raises(OperationalError):  # and its late answer is nobody's
        asked(other, "SELECT 2")


def the_next_request_has_a_connection_again(other):
    with pytest.raises(OperationalError):
        asked(other, SILENT)
    other.close_if_unusable_or_obsolete()  # as Django does before each request
    assert asked(other, "SELECT 2") == [(2,)]


def the_next_request_has_a_connection_again_after_a_transaction(other):
    connections["beside"] = other
    try:
        with pytest.raises(OperationalError), transaction.atomic(using="beside"):
            asked(other, SILENT)
    finally:
        del connections["beside"]
    other.close_if_unusable_or_obsolete()
    assert asked(other, "SELECT 2") == [(2,)]


def a_statement_that_is_given_up_ends_on_the_server(other):
    own = asked(other, "SELECT pg_backend_pid()")[0][0]
    with pytest.raises(OperationalError):
        asked(other, "SELECT pg_sleep(30)")
    until = time.monotonic() + 5
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = %s", [own])
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)
    raise AssertionError("it lives on, with its locks")


def an_answer_that_goes_on_coming_is_heard_to_its_end(other):
    assert len(asked(other, GOES_ON)) == 5


def a_command_waits_as_long_as_it_takes(other, monkeypatch):
    monkeypatch.setattr(patient, "statement", None)
    assert len(asked(other, SILENT)) == 1


def a_refusal_leaves_the_connection_as_it_was(other):
    with pytest.raises(OperationalError):
        asked(other, "DO $$ BEGIN RAISE SQLSTATE '57014'; END $$")
    assert asked(other, "SELECT 2") == [(2,)]


def a_network_that_is_cut_off_is_noticed_by_the_system(other):
    other.ensure_connection()
    with socket.socket(fileno=os.dup(other.connection.pgconn.socket)) as line:
        kept = [line.getsockopt(socket.IPPROTO_TCP, name) for name in (socket.TCP_KEEPIDLE, socket.TCP_USER_TIMEOUT)]
    assert kept == [15, 30_000]


if connection.vendor == "postgresql":  # SQLite is a file, and its wait for a lock has a bound of its own
    pytestmark = pytest.mark.django_db
    test_a_silent_server_is_given_up = a_silent_server_is_given_up
    test_the_next_request_has_a_connection_again = the_next_request_has_a_connection_again
    test_the_next_request_after_a_transaction = the_next_request_has_a_connection_again_after_a_transaction
    test_a_statement_that_is_given_up_ends_on_the_server = a_statement_that_is_given_up_ends_on_the_server
    test_an_answer_that_goes_on_coming_is_heard_to_its_end = an_answer_that_goes_on_coming_is_heard_to_its_end
    test_a_command_waits_as_long_as_it_takes = a_command_waits_as_long_as_it_takes
    test_a_refusal_leaves_the_connection_as_it_was = a_refusal_leaves_the_connection_as_it_was
    test_a_network_that_is_cut_off_is_noticed = a_network_that_is_cut_off_is_noticed_by_the_system


def test_who_waits_at_a_page_waits_for_twenty_seconds(tmp_path):
    look = "from factcheck import wsgi; from factcheck.database import patient; print(patient.statement)"
    environment = {**os.environ, "VAR_DIR": str(tmp_path)}
    said = subprocess.run([sys.executable, "-c", look], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout == "20\n"
