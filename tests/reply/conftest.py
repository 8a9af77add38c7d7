import pytest

from factcheck.claims import actions as claims
from factcheck.reply import actions as reply

from .steps import attempt, drafted


@pytest.fixture(autouse=True)
def two_attempts(settings):
    """A newsroom that lets silence count after two attempts, so that a test is as short as its rule."""
    settings.ATTEMPTS_BEFORE_SILENCE = 2


@pytest.fixture(autouse=True)
def by_the_clock(settings):
    """A newsroom that counts hours by the clock alone, so that no test depends on the day of the week it is run on."""
    settings.REPLY_MINIMUM_WORKING_HOURS = 0


@pytest.fixture
def claim(journalist):
    return claims.log_claim(by=journalist, wording="The agency kept people from getting visas", type="allegation")


@pytest.fixture
def agency(journalist):
    return claims.add_speaker(by=journalist, name="Immigration New Zealand", kind="government")


@pytest.fixture
def file(claim, agency, journalist):
    return reply.open_file(claim, by=journalist, party=agency)


@pytest.fixture
def asked(file, journalist):
    drafted(file, journalist)
    reply.put(file, by=journalist, **attempt())
    file.refresh_from_db()
    return file
