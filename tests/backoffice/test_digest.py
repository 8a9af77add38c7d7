"""The daily digest: numbers for staff, once a day, and no word of the record (RR-8, CS-6)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.backoffice import digest
from factcheck.letters.models import Outgoing
from factcheck.newsroom import actions as newsroom
from factcheck.sources import destruction, identity
from tests.sources.cast import key, protect


@pytest.fixture
def morning(asked, desk, time_machine):
    """Nine o'clock on the day after the deadline of a file, with somebody who has an address."""
    newsroom.change_details(desk.journalist, by=None, email="journalist@news.example")
    day = timezone.localtime(asked.deadline_at + timedelta(days=1))
    time_machine.move_to(day.replace(hour=9, minute=0), tick=False)
    return asked


def all_of_it():
    while digest.queue_one():
        pass
    return list(Outgoing.objects.filter(purpose="digest"))


def test_digest_names_what_is_overdue_by_number_alone(morning, desk):
    [mail] = all_of_it()
    assert mail.to_address == "journalist@news.example"
    assert f"/desk/reply/replyfile/{morning.pk}/change/" in mail.body
    for word in (morning.claim.wording, str(morning.party), desk.parts.story.headline, "Jo"):
        assert word not in mail.body + mail.subject
    assert mail.automatic


def test_digest_goes_once_a_day(morning, time_machine):
    assert len(all_of_it()) == 1
    assert len(all_of_it()) == 1
    time_machine.shift(24 * 3600)
    assert len(all_of_it()) == 2


@pytest.mark.parametrize("hour", [7, 12, 23])
def test_digest_goes_in_the_morning_alone(morning, time_machine, hour):
    time_machine.move_to(timezone.localtime().replace(hour=hour), tick=False)
    assert all_of_it() == []


def test_nobody_is_written_to_on_a_day_without_anything(desk, time_machine):
    newsroom.change_details(desk.journalist, by=None, email="journalist@news.example")
    time_machine.move_to((timezone.localtime() + timedelta(days=30)).replace(hour=9), tick=False)
    assert all_of_it() == []


def test_administrator_reads_no_digest(morning, administrator):
    newsroom.change_details(administrator, by=None, email="admin@news.example")
    assert [mail.to_address for mail in all_of_it()] == ["journalist@news.example"]


@pytest.fixture
def source(settings, desk, time_machine):
    """A protected source on a quiet morning; both custodians have an address, and so has somebody who is none."""
    settings.VAULT_KEYS = [key()]
    for person in (desk.journalist, desk.editor, desk.senior_editor):
        newsroom.change_details(person, by=None, email=f"{person.username}@news.example")
    time_machine.move_to((timezone.localtime() + timedelta(days=30)).replace(hour=9), tick=False)
    return protect(desk.journalist, desk.editor)


def test_digest_tells_the_other_custodian_of_a_source_by_reference_alone(source, desk, time_machine):
    identity.write(source, by=desk.journalist, real_name="Mihrigül Abdurehim")
    time_machine.shift(timedelta(days=2))
    identity.read(source, by=desk.editor, purpose="To call them back.")
    [mail] = all_of_it()
    assert (mail.to_address, mail.body.count(f"/desk/sources/protected/{source.ref}/")) == (
        "journalist@news.example",
        1,
    )
    for word in ("Mihrig", "call them", "editor"):
        assert word not in mail.body + mail.subject


def test_digest_asks_the_other_custodian_every_day_until_it_is_decided(source, desk, time_machine):
    destruction.propose_destruction(source, by=desk.journalist, because="They asked.")
    for _day in range(2):
        time_machine.shift(timedelta(days=1))
        assert "proposes to destroy" in all_of_it()[-1].body
    assert {mail.to_address for mail in all_of_it()} == {"editor@news.example"}
