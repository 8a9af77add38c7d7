"""No administrator comes in as a custodian: nobody makes way for a new second factor of whoever keeps a source (CS-3)."""

import pytest

from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.second_factor import has_second_factor
from factcheck.sources.custody import grant, revoke
from tests.entering import give_app
from tests.sources.cast import destroy, key, protect

from .steps import send, text_of

GOOD = "correct horse battery"


@pytest.fixture
def source(settings, journalist, editor):
    settings.VAULT_KEYS = [key()]
    return protect(journalist, editor)


@pytest.fixture
def client(administrator, at_desk):
    return at_desk(administrator)


def page_of(person, code):
    return f"/desk/newsroom/user/{person.pk}/{code}/"


def take_away(client, person):
    return send(client, page_of(person, "second-factor"))


def give_password(client, person):
    return send(client, page_of(person, "password"), password1=GOOD, password2=GOOD)


def test_second_factor_of_a_custodian_is_taken_away_by_nobody(client, source, journalist):
    give_app(journalist)
    answer = take_away(client, journalist)
    assert (answer.status_code, has_second_factor(journalist)) == (400, True)
    assert "Another custodian ends their custody first" in text_of(answer)
    assert not JournalEntry.objects.filter(verb="took away second factor of").exists()


def test_custodian_without_a_factor_is_given_no_password(client, source, journalist):
    answer = give_password(client, journalist)
    journalist.refresh_from_db()
    assert (answer.status_code, journalist.check_password(GOOD)) == (400, False)
    assert "They keep a protected source" in text_of(answer)


def test_custodian_with_a_factor_is_given_a_password_which_opens_nothing_by_itself(client, source, journalist):
    give_app(journalist)
    assert give_password(client, journalist).status_code == 302
    journalist.refresh_from_db()
    assert journalist.check_password(GOOD)


def test_whoever_lost_theirs_gets_a_new_one_once_another_custodian_has_ended_their_custody(
    client, source, journalist, editor
):
    give_app(journalist)
    revoke(source.custodies.get(person=journalist), by=editor, because="They lost their phone.")
    assert take_away(client, journalist).status_code == 302
    assert not has_second_factor(journalist)
    grant(source, by=editor, person=journalist, because="They are in again.")
    assert take_away(client, journalist).status_code == 400


def test_somebody_who_keeps_nothing_gets_a_new_one_at_once(client, source, journalist_2):
    give_app(journalist_2)
    assert take_away(client, journalist_2).status_code == 302
    assert not has_second_factor(journalist_2)


def test_a_source_that_is_destroyed_holds_nobody(client, source, journalist, editor):
    give_app(journalist)
    destroy(source, journalist, editor)
    assert take_away(client, journalist).status_code == 302
