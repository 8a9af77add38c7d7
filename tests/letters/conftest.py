import pytest

from factcheck.claims import actions as claims
from factcheck.letters import actions
from factcheck.letters.workers import Worker
from factcheck.reply import actions as reply
from factcheck.reply.contacts import keep_contact

from .postbox import postbox
from .steps import to_put


@pytest.fixture
def claim(journalist):
    return claims.log_claim(by=journalist, wording="The agency kept people from getting visas", type="allegation")


@pytest.fixture
def agency(journalist):
    """A party in Wellington, with a press office."""
    party = claims.add_speaker(by=journalist, name="Immigration New Zealand", kind="government")
    where = {"zone": "Pacific/Auckland", "country": "NZ", "region": "WGN"}
    keep_contact(party, by=journalist, role="press office", email="media@agency.example", **where)
    return party


@pytest.fixture
def file(claim, agency, journalist):
    return to_put(reply.open_file(claim, by=journalist, party=agency), journalist)


@pytest.fixture
def letter(file, journalist):
    """A draft as it comes from the record."""
    return actions.draft_letter([file], by=journalist, call="the desk, 04 000 0000")


@pytest.fixture
def queued(letter, journalist):
    return actions.queue_letter(letter, by=journalist)


@pytest.fixture
def worker(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def box(settings):
    """A mail server, and the settings that lead to it."""
    with postbox() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", box.port, 10
        yield box
