import pytest
from django.core.cache import cache
from django.test import Client

from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.models import User
from tests.entering import come_in

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def nothing_counted(db):
    cache.clear()


@pytest.fixture
def browser():
    return Client()


@pytest.fixture
def with_password():
    """A person, with a password known to the tests."""

    def given(person):
        newsroom.give_password(person, by=None, password=PASSWORD)
        return User.objects.get(pk=person.pk)

    return given


@pytest.fixture
def log_in():
    """Types name and password at the door. Returns the answer to that."""

    def typed(client, username, password=PASSWORD, **more):
        return client.post("/desk/login/", {"login": username, "password": password, **more})

    return typed


@pytest.fixture
def at_desk():
    return lambda person: come_in(Client(), person)
