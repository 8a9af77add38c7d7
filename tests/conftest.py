"""The cast, and what every test stands on."""

import os

import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.test import TransactionTestCase
from django.utils import timezone

from factcheck.database.append_only import AppendOnly, allow_changes, refuse_changes
from factcheck.machines import pace
from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.roles import Role

from .scratch import ScratchDatabase


def pytest_configure(config):
    # What a test publishes lies in its own transaction, where no second connection can see it. Through the readers' own
    # database everything is opened in processes of their own (tests/website/test_readers_database.py).
    settings.READERS_DATABASE = "default"
    # Slow password hashes are for people; nothing is collected before a test, so static files keep their plain names.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session", autouse=True)
def _static_root(tmp_path_factory):
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def _shelves(tmp_path_factory, settings):
    """Files of a test lie in a folder of its own."""
    folder = tmp_path_factory.mktemp("files")
    kept = {shelf: settings.STORAGES[shelf] for shelf in ("evidence", "published", "mail")}
    placed = {s: {**kept[s], "OPTIONS": {**kept[s]["OPTIONS"], "location": folder / s}} for s in kept}
    settings.STORAGES = {**settings.STORAGES, **placed}


@pytest.fixture(autouse=True)
def _no_pages_kept():
    """Tests begin with no page kept from another one, whose rows were rolled back, and with nobody's questions counted."""
    caches["pages"].clear()
    caches["parts"].clear()
    pace.minute.forget()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """On the build machine nothing may be skipped: there, a skip is a failure that says why."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome, report.longrepr = "failed", f"skipped, and in CI nothing is: {call.excinfo.value}"
    return report


# A test that commits must empty the tables when it is over, and some of ours refuse to be emptied.
_empty_tables = TransactionTestCase._fixture_teardown


def _standing_tables():
    migrations = MigrationLoader(None).disk_migrations.values()
    return {step.table for each in migrations for step in each.operations if isinstance(step, AppendOnly)}


@transaction.atomic
def _for_each_standing_table(change):
    for table in _standing_tables():
        change(connection, table)


def _empty_even_standing_tables(case):
    _for_each_standing_table(allow_changes)
    try:
        _empty_tables(case)
    finally:
        _for_each_standing_table(refuse_changes)


# TestCase, which rolls back instead of emptying, has its own and is not touched.
TransactionTestCase._fixture_teardown = _empty_even_standing_tables


def _scratch(folder, model=None):
    on_server = connection.vendor == "postgresql"
    return ScratchDatabase(folder, os.environ["DATABASE_URL"] if on_server else "", model)


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory):
    """What each `committed_database` is a copy of. Nobody may write in it."""
    with _scratch(tmp_path_factory.mktemp("migrated")) as database:
        database.manage("migrate", "--verbosity=0")
        yield database


@pytest.fixture
def committed_database(tmp_path, migrated_database):
    """A migrated database beside the tests' own; see `tests.scratch`."""
    with _scratch(tmp_path, migrated_database) as database:
        yield database


def _hire(username, role):
    return newsroom.hire(by=None, username=username, roles=[role])


@pytest.fixture
def journalist(db):
    """Logs claims, gathers evidence, proposes verdicts. Signs nothing off."""
    return _hire("journalist", Role.JOURNALIST)


@pytest.fixture
def journalist_2(db):
    """A second pair of hands, for everything that takes two."""
    return _hire("journalist-2", Role.JOURNALIST)


@pytest.fixture
def editor(db):
    """Reviews, signs off and publishes what others wrote."""
    return _hire("editor", Role.EDITOR)


@pytest.fixture
def senior_editor(db):
    """May waive and override, with a reason, on the record."""
    return _hire("senior-editor", Role.SENIOR_EDITOR)


@pytest.fixture
def legal(db):
    """Reads everything, writes nothing, signs off as legal."""
    return _hire("legal", Role.LEGAL)


@pytest.fixture
def administrator(db):
    """People and settings; not a way round the gates."""
    return _hire("administrator", Role.ADMINISTRATOR)


@pytest.fixture
def clock():
    """A clock that stands still until a test moves it."""
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as traveller:
        yield traveller
