"""The token of a private page stands in the e-mail that carries it, and in nothing else that is sent, kept, logged or told."""

import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from factcheck.backoffice import digest
from factcheck.desk.court.gathering import gather
from factcheck.desk.court.shape import as_json
from factcheck.letters import afterwards, keys, reminders, sending
from factcheck.letters.models import Outgoing
from factcheck.newsroom import actions as newsroom
from tests.portal.steps import PageOfParty

from .steps import fresh


def do_what_is_due(worker):
    while reminders.queue_one(worker) or digest.queue_one(worker) or sending.send_one(worker):
        pass


@pytest.fixture
def tokens(queued, journalist, worker, box, client, time_machine, caplog):
    """Everything that is ever sent about a letter, sent. The tokens of its page, by the e-mail that carries them."""
    caplog.set_level(logging.DEBUG)
    newsroom.change_details(journalist, by=None, email="journalist@news.example")
    do_what_is_due(worker)
    carried = {"letter": keys.token_of(queued.keys.get())}
    for moment in (queued.deadline_at - timedelta(hours=23), queued.deadline_at + timedelta(minutes=1)):
        time_machine.move_to(moment, tick=False)
        do_what_is_due(worker)
    PageOfParty(client, carried["letter"]).send(statement="We reject it.", receipt_to="hogg@elsewhere.example")
    key = afterwards.send_new_page(fresh(queued), by=journalist, because="It was forwarded.")
    carried["new_page"] = keys.token_of(key)
    time_machine.move_to((timezone.localtime() + timedelta(days=1)).replace(hour=9), tick=False)
    do_what_is_due(worker)
    return carried


def test_token_is_in_the_letter_that_carries_it_and_in_no_other_mail(tokens, box):
    purposes = dict(Outgoing.objects.values_list("message_id", "purpose"))
    assert set(purposes.values()) == set(Outgoing.Purpose.values)
    for message, envelope in zip(box.messages, box.arrived, strict=True):
        told = envelope.original_content.replace(b"=\r\n", b"").decode()
        found = {purpose for purpose, token in tokens.items() if token in told}
        assert found == {purposes[message["Message-ID"]]} & tokens.keys(), message["Subject"]
    assert len(box.arrived) == len(purposes)


def test_token_is_in_no_table_log_or_file_for_a_court(tokens, claim, caplog, capsys):
    kept = {model: str(list(model._base_manager.values())) for model in apps.get_models()}
    told = {"log": caplog.text, "printed": "".join(capsys.readouterr()), "court": as_json(gather(claim))}
    assert "We reject it." in str(kept) and "We reject it." not in told["log"]
    for where, text in (kept | told).items():
        assert not [token for token in tokens.values() if token in text], where
