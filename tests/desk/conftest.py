import pytest

from tests.builders import make_publishable_claim


@pytest.fixture
def desk(journalist, editor, senior_editor, legal):
    """A claim that could be submitted, signed off and published as it stands: break one thing."""
    return make_publishable_claim(journalist, editor, senior_editor, legal)
