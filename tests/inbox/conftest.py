import pytest

from factcheck.claims import actions as claims
from factcheck.reply import actions as reply
from tests.reply.steps import attempt, drafted


@pytest.fixture
def claim(journalist):
    return claims.log_claim(by=journalist, wording="The agency kept people from getting visas", type="allegation")


@pytest.fixture
def agency(journalist):
    return claims.add_speaker(by=journalist, name="Immigration New Zealand", kind="government")


@pytest.fixture
def opened(claim, agency, journalist):
    return reply.open_file(claim, by=journalist, party=agency)


@pytest.fixture
def asked(opened, journalist):
    """A right of reply whose party was asked and has not answered."""
    drafted(opened, journalist)
    reply.put(opened, by=journalist, **attempt())
    opened.refresh_from_db()
    return opened


@pytest.fixture
def other(journalist, agency):
    """Another claim's right of reply, of the same party, that was not put yet."""
    claim = claims.log_claim(by=journalist, wording="The agency keeps figures by ethnicity", type="allegation")
    return reply.open_file(claim, by=journalist, party=agency)
