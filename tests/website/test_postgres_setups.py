"""The ways in which PostgreSQL is set up in practice: stopped and started, read on a replica, reached through pgbouncer."""

import copy
import re
import time
from urllib.parse import urlsplit

import pytest

from factcheck.database.patient import A_SIGN, LET_IN
from tests.bench.bench_serving import Serving
from tests.bench.crowd import Crowd, get
from tests.bench.load_readers import an_editor, under_load
from tests.postgres import bouncer, running

from .conftest import ON_SERVER, PASSWORD, run
from .outage import ASKED, Askers, cookie_of_an_editor

AWAY = 10  # seconds
SOON = 5  # seconds, on a busy machine
BEHIND = 15  # seconds that a replica may be behind on a busy machine


def other_settings(database, **settings):
    """The same database as processes with other settings get at it."""
    other = copy.copy(database)
    other.settings = database.settings | settings
    return other


@pytest.fixture
def own_server(readers):
    """A PostgreSQL server of its own with a copy of the readers' database, and the database as its processes get at it."""
    with running(lambda server: server.begin()) as server:
        server.take_in(readers.url, readers.name)
        url = server.url(readers.name)
        yield (
            server,
            other_settings(readers, DATABASE_URL=url, PUBLIC_DATABASE_URL=url, API_REQUESTS_A_MINUTE="0"),
        )  # all who ask come from one address


@pytest.fixture
def replica(own_server):
    """The database on a server of its own, with readers' pages on its streaming replica, under the role for them."""
    server, database = own_server
    with running(lambda second: second.begin_as_replica_of(server)) as second:
        database.manage("public_role", "--apply", "--name", "readers")
        yield other_settings(database, PUBLIC_DATABASE_URL=second.url(database.name, user="readers"))


def behind_bouncer(database, port, more="DISABLE_SERVER_SIDE_CURSORS=True"):
    def through(url):
        parts = urlsplit(url)
        who = parts.netloc.rpartition("@")[0]
        return parts._replace(netloc=f"{who}@127.0.0.1:{port}", query=more).geturl()

    public = database.settings.get("PUBLIC_DATABASE_URL", database.url)
    return other_settings(
        database,
        DATABASE_URL=through(database.url),
        PUBLIC_DATABASE_URL=through(public),
    )


@pytest.fixture
def bouncer_port(readers):
    users = [urlsplit(url).username for url in (readers.url, readers.settings["PUBLIC_DATABASE_URL"])]
    with bouncer(urlsplit(readers.url).port, dict.fromkeys(users, PASSWORD)) as port:
        yield port


def a_server_stopped_for_ten_seconds_is_503_and_back_without_a_restart(own_server):
    postgres, database = own_server
    cookie = cookie_of_an_editor(database)
    with Serving(database.environment) as server, Crowd(server.port, 10, rest=0.01) as crowd:
        askers = Askers(server.port, cookie)
        assert {answer.status for answer in askers.ask_all()} == {200}
        postgres.stop()
        with askers:
            time.sleep(AWAY)
        postgres.start()
        assert {answer.status for answer in askers.ask_all() * 2} == {200}
    assert {answer.address for answer in askers.answers} == set(ASKED)
    assert [answer for answer in askers.answers if not answer.is_away] == []
    assert max(answer.seconds for answer in askers.answers) < SOON
    assert set(crowd.statuses) == {200, 503}
    assert (crowd.broken, crowd.bare) == ({}, 0)


def a_server_frozen_for_ten_seconds_is_503_and_back_without_a_restart(own_server):
    """It refuses nothing: the system takes connections for it, and nobody answers on them."""
    postgres, database = own_server
    cookie = cookie_of_an_editor(database)
    with Serving(database.environment) as server, Crowd(server.port, 10, rest=0.01) as crowd:
        askers = Askers(server.port, cookie)
        assert {answer.status for answer in askers.ask_all()} == {200}
        with postgres.frozen(), askers:
            time.sleep(AWAY)
        assert _within(SOON, lambda: {answer.status for answer in askers.ask_all()} == {200})
        assert {answer.status for answer in askers.ask_all() * 2} == {200}
    assert {answer.address for answer in askers.answers} == set(ASKED)
    assert [answer for answer in askers.answers if not (answer.is_away or answer.status == 200)] == []
    assert {answer.address for answer in askers.answers if answer.is_away} == set(ASKED)
    # Without a bound it would be as long as the asker has patience.
    assert max(answer.seconds for answer in askers.answers) < AWAY + A_SIGN + LET_IN
    assert set(crowd.statuses) == {200, 503}
    assert (crowd.broken, crowd.bare) == ({}, 0)


def _within(seconds, holds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.1)
    return False


def every_public_address_is_read_on_the_replica(replica):
    opened = run(replica, "open_everything")
    assert len(opened) > 15
    assert {address for address, status in opened.items() if status != 200} == {"/.well-known/security.txt"}
    assert run(replica, "try_everything_else") == []


def a_correction_is_on_the_replica_as_soon_as_it_has_come_there(replica):
    alone = other_settings(replica, WEBSITE_ONLY="true")
    with Serving(alone.environment) as server, an_editor(replica.environment) as (slug, correct):
        for address in (f"/claims/{slug}/", f"/api/v1/claims/{slug}/"):
            assert _within(BEHIND, lambda address=address: get(server.port, address)[0] == 200)
            words = correct()
            assert _within(BEHIND, lambda address=address, words=words: words in get(server.port, address)[2])
        assert get(server.port, "/desk/")[0] == 404


def every_public_address_is_read_through_pgbouncer(readers, bouncer_port):
    opened = run(behind_bouncer(readers, bouncer_port), "open_everything")
    assert {address for address, status in opened.items() if status != 200} == {"/.well-known/security.txt"}


def a_check_of_everything_holds_through_pgbouncer_while_others_ask(readers, bouncer_port):
    assert run(behind_bouncer(readers, bouncer_port), "check_while_another_asks") == 2


def a_cursor_left_open_is_lost_in_pgbouncer(readers, bouncer_port):
    """Why the README asks for what it asks for: pgbouncer gives the connection away that has the cursor."""
    said = run(behind_bouncer(readers, bouncer_port, more=""), "check_while_another_asks")
    assert re.fullmatch('cursor "_django_curs_.*" does not exist', str(said)), said


def a_desk_and_its_readers_work_through_pgbouncer(committed_database):
    committed_database.manage("collectstatic", "--no-input", "--verbosity=0")
    at = urlsplit(committed_database.url)
    with bouncer(at.port, {at.username: PASSWORD}) as port:
        database = behind_bouncer(committed_database, port)
        told = under_load(database.environment, clients=8, seconds=3, corrections=3)
        database.manage("verify_journal")
    assert (set(told["answers"]), told["broken"], told["not seen at once"]) == ({200}, {}, [])
    assert (told["check_published"][0], told["ledger script"][0]) == (0, 0), told


if ON_SERVER:  # on SQLite there is no such server
    test_a_server_stopped_for_ten_seconds_is_503_and_back_without_a_restart = (
        a_server_stopped_for_ten_seconds_is_503_and_back_without_a_restart
    )
    test_a_server_frozen_for_ten_seconds_is_503_and_back_without_a_restart = (
        a_server_frozen_for_ten_seconds_is_503_and_back_without_a_restart
    )
    test_every_public_address_is_read_on_the_replica = every_public_address_is_read_on_the_replica
    test_a_correction_is_on_the_replica_as_soon_as_it_is_there = (
        a_correction_is_on_the_replica_as_soon_as_it_has_come_there
    )
    test_every_public_address_is_read_through_pgbouncer = every_public_address_is_read_through_pgbouncer
    test_a_check_of_everything_holds_through_pgbouncer = a_check_of_everything_holds_through_pgbouncer_while_others_ask
    test_a_cursor_left_open_is_lost_in_pgbouncer = a_cursor_left_open_is_lost_in_pgbouncer
    test_a_desk_and_its_readers_work_through_pgbouncer = a_desk_and_its_readers_work_through_pgbouncer
