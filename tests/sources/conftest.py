import pytest

from .cast import key


@pytest.fixture
def vault(settings):
    """A vault with a key."""
    settings.VAULT_KEYS = [key()]
    return settings
