import pytest

from factcheck.claims import actions as claims
from factcheck.letters import actions as letters
from factcheck.reply import actions as reply
from factcheck.reply.contacts import keep_contact
from tests.letters.steps import to_put
from tests.reply.steps import attempt, drafted
from tests.sources.cast import key

from .steps import sent


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


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.LETTERS_REPLY_TO = "replies@newsroom.example"


@pytest.fixture
def asked_file(opened, journalist):
    return to_put(opened, journalist)


@pytest.fixture
def sent_letter(asked_file, agency, journalist):
    """A letter about one right of reply that has gone out, and its Message-ID is known."""
    keep_contact(agency, by=journalist, role="press office", email="media@agency.example")
    letter = letters.draft_letter([asked_file], by=journalist, call="the desk, 04 000 0000")
    letters.queue_letter(letter, by=journalist)
    sent(letter)
    return letter


@pytest.fixture
def vault(settings):
    """A vault with a key."""
    settings.VAULT_KEYS = [key()]
    return settings
