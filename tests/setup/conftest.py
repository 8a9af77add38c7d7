import os

import pytest
from django.db import connection

from ..scratch import ScratchDatabase


def on_this_server():
    return os.environ["DATABASE_URL"] if connection.vendor == "postgresql" else ""


@pytest.fixture
def untouched(tmp_path):
    """A folder and a database where nothing was set up yet."""
    with ScratchDatabase(tmp_path, on_this_server()) as database:
        yield database


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """Set up once for all tests that only look: what `up` made out of nothing, and what it said."""
    with ScratchDatabase(tmp_path_factory.mktemp("example"), on_this_server()) as database:
        database.said = database.manage("up", "--no-serve")
        yield database
