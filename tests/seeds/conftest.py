import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def example(django_db_setup, django_db_blocker):
    """The worked example, loaded once for all tests of a file that only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed", verbosity=0)
        yield
        transaction.set_rollback(True)
