"""The claim and the people of the desk's own tests."""

from tests.backoffice.conftest import desk, superuser  # noqa: F401
