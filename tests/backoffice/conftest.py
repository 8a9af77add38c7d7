from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from factcheck.claims import actions
from factcheck.newsroom.models import User
from factcheck.reply import actions as reply
from factcheck.reply.rulings import waive
from tests.builders import ask, make_publishable_claim
from tests.entering import come_in
from tests.evidence.conftest import cited, web  # noqa: F401 - fixtures


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
        return come_in(Client(), person)

    return logged_in


@pytest.fixture
def people(journalist, journalist_2, editor, senior_editor, legal, administrator, superuser):
    """Everybody who can log in, by log-in name."""
    everybody = (journalist, journalist_2, editor, senior_editor, legal, administrator, superuser)
    return {person.get_username(): person for person in everybody}


@pytest.fixture
def party(journalist):
    return actions.add_speaker(by=journalist, name="Ministry of Health", kind="government")


@pytest.fixture
def opened(desk, party):
    """A file that was just opened."""
    return reply.open_file(desk.claim, by=desk.journalist, party=party)


@pytest.fixture
def ready(desk, opened):
    """A file with something drafted and a deadline, declared ready."""
    reply.draft_allegation(opened, by=desk.journalist, text="That it kept no figures.")
    reply.set_deadline(opened, by=desk.journalist, deadline_at=timezone.now() + timedelta(days=3), basis="Three days.")
    return reply.ready(opened, by=desk.journalist)


@pytest.fixture
def asked(desk, party):
    """A file whose party was asked and has not answered."""
    return ask(desk, party, answer="")


@pytest.fixture
def answered(desk):
    return desk.parts.file


@pytest.fixture
def waived(desk, opened):
    return waive(opened, by=desk.senior_editor, reason="urgent", note="It could not wait.")


@pytest.fixture
def reworded(desk):
    actions.edit_claim(desk.claim, by=desk.journalist, wording="Worded otherwise")
    return desk.parts.file
