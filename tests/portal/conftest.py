import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.letters import actions as letters
from factcheck.letters import keys
from factcheck.reply import actions as reply
from factcheck.reply.contacts import keep_contact

from .steps import PUTS, PageOfParty, to_put


@pytest.fixture(autouse=True)
def _nobody_knocked_before(request):
    if "db" in request.fixturenames:
        cache.clear()


@pytest.fixture
def agency(journalist):
    """A party in Wellington, with a press office."""
    party = claims.add_speaker(by=journalist, name="Immigration New Zealand", kind="government")
    where = {"zone": "Pacific/Auckland", "country": "NZ", "region": "WGN"}
    keep_contact(party, by=journalist, role="press office", email="media@agency.example", **where)
    return party


@pytest.fixture
def files(agency, journalist):
    """Two rights of reply of one party: two things put about one claim, one about another."""
    return [to_put(agency, journalist, wording, puts) for wording, puts in PUTS.items()]


@pytest.fixture
def letter(files, journalist):
    """A letter about both, given to be sent."""
    draft = letters.draft_letter(files, by=journalist, call="the desk, 04 000 0000")
    return letters.queue_letter(draft, by=journalist)


@pytest.fixture
def key(letter):
    return letter.keys.get()


@pytest.fixture
def token(key):
    return keys.token_of(key)


@pytest.fixture
def party(client, token):
    """The party at its private page."""
    return PageOfParty(client, token)


@pytest.fixture
def clock():
    """A clock that stands still until a test moves it."""
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as traveller:
        yield traveller


@pytest.fixture
def put(letter, files, journalist):
    """Both files put to the party, as sending the letter does."""
    fields = {"channel": "email", "to_role": "press office", "text": "We put this to you.", "outcome": "delivered"}
    for file in files:
        reply.put(file, by=journalist, at=timezone.now(), **fields)
    return files
