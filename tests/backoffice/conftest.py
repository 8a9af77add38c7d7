import pytest
from django.test import Client

from factcheck.newsroom.models import User
from tests.builders import make_publishable_claim


@pytest.fixture
def desk(journalist, editor, senior_editor, legal):
    """A claim that could be submitted, signed off and published as it stands: break one thing."""
    return make_publishable_claim(journalist, editor, senior_editor, legal)


@pytest.fixture
def superuser(db):
    """A superuser without a role: gets into the admin, and nothing more."""
    return User.objects.create_superuser("root")


@pytest.fixture
def at_desk():
    """A browser of their own for each person, logged in."""

    def logged_in(person):
        client = Client()
        client.force_login(person)
        return client

    return logged_in
