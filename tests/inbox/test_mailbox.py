"""The newsroom's mailbox, read from a real IMAP server: everything once, in order, whatever stops it and wherever."""

import imaplib
import time
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from factcheck.backoffice import fetching
from factcheck.environment_imap import ImapBox
from factcheck.inbox import mailbox
from factcheck.inbox.models import Filing, Message

from .imap_server import imap_server, is_installed
from .messages import ANSWER, mail
from .steps import addressed

pytestmark = pytest.mark.skipif(not is_installed(), reason="Dovecot is not installed (apt install dovecot-imapd)")


@pytest.fixture(scope="module")
def dovecot():
    with imap_server() as server:
        yield server


@pytest.fixture
def server(dovecot, settings):
    """The server with a mailbox that nobody has used, which the settings name."""
    dovecot.user = f"replies-{uuid4().hex}"
    settings.MAILBOX = ImapBox("none", "127.0.0.1", dovecot.port, dovecot.user, dovecot.password, "INBOX")
    return dovecot


def messages(count):
    return [mail(f"{ANSWER} {number}", Message_ID=f"<answer-{number}@agency.example>") for number in range(count)]


def test_what_lies_there_is_taken_in_and_moved_away(server, sent_letter):
    server.put(addressed(mail(ANSWER), sent_letter))
    assert mailbox.fetch() == (1, 0, 0)
    assert (server.count("INBOX"), server.count("Filed")) == (0, 1)
    assert Filing.objects.get().incoming.message.letter == sent_letter


def test_message_is_the_same_byte_for_byte(server, db):
    raw = mail(b"\xff\x00 and " + b"x" * 3_000_000, Content_Type="application/octet-stream")
    raw = raw.replace(b"\x00", b"\x01")  # IMAP cannot carry a NUL
    server.put(raw)
    mailbox.fetch()
    assert Message.objects.get().size == len(raw)


def test_again_finds_nothing(server, db):
    server.put(*messages(2))
    assert (mailbox.fetch(), mailbox.fetch()) == ((2, 0, 0), (0, 0, 0))


def test_order_is_that_of_the_mailbox_and_some_at_a_time(server, db):
    server.put(*messages(5))
    assert (mailbox.fetch(2).new, server.count("INBOX")) == (2, 3)
    mailbox.fetch()
    assert [m.text[-1] for m in Message.objects.order_by("pk")] == ["0", "1", "2", "3", "4"]


def test_whoever_read_the_mailbox_does_not_hide_an_answer(server, db):
    server.put(*messages(1))
    with server.opened() as connection:
        connection.select("INBOX")
        connection.store("1", "+FLAGS", r"(\Seen)")
    assert mailbox.fetch().new == 1


def test_nothing_becomes_read_by_being_fetched(server, db, monkeypatch):
    monkeypatch.setattr(mailbox, "_put_away", lambda *args: None)
    server.put(*messages(1))
    mailbox.fetch()
    with server.opened() as connection:
        connection.select("INBOX", readonly=True)
        assert connection.search(None, "UNSEEN")[1] == [b"1"]


def test_killed_between_keeping_and_moving_it_is_known_the_next_time(server, db, monkeypatch):
    def killed(*args):
        raise KeyboardInterrupt

    server.put(*messages(2))
    monkeypatch.setattr(mailbox, "_put_away", killed)
    with pytest.raises(KeyboardInterrupt):
        mailbox.fetch()
    monkeypatch.undo()
    assert mailbox.fetch() == (1, 1, 0)
    assert (Message.objects.count(), server.count("INBOX")) == (2, 0)


def test_database_that_is_away_leaves_everything_where_it_is(server, db, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("the words of the record")

    server.put(*messages(2))
    monkeypatch.setattr(mailbox, "receive", away)
    with pytest.raises(mailbox.MailboxShut) as shut:
        mailbox.fetch()
    assert "words of the record" not in str(shut.value)
    assert server.count("INBOX") == 2


def test_message_that_trips_us_stays_and_the_next_one_is_read(server, db, monkeypatch):
    real, seen = mailbox.receive, []

    def trips(file, **fields):
        seen.append(1)
        if len(seen) == 1:
            raise ValueError("a mistake of ours")
        return real(file, **fields)

    server.put(*messages(2))
    monkeypatch.setattr(mailbox, "receive", trips)
    assert mailbox.fetch() == (1, 0, 1)
    assert server.count("INBOX") == 1


def test_received_is_when_the_mail_server_got_it(server, db):
    server.put(mail(ANSWER), when=imaplib.Time2Internaldate(datetime(2022, 10, 5, 9, 30, tzinfo=UTC)))
    mailbox.fetch()
    assert Message.objects.get().received_at == datetime(2022, 10, 5, 9, 30, tzinfo=UTC)


def test_wrong_password_is_told_without_the_password(server, settings):
    settings.MAILBOX = settings.MAILBOX._replace(password="wrong-pass-word")
    with pytest.raises(CommandError) as refused:
        call_command("fetch_mail")
    assert "refuses the user name or the password" in str(refused.value)
    assert "wrong-pass-word" not in str(refused.value)


@pytest.mark.parametrize("change, told", [({"port": 1}, "does not answer"), ({"folder": "Nowhere"}, "no folder")])
def test_what_is_wrong_is_told_in_a_sentence(server, settings, change, told):
    settings.MAILBOX = settings.MAILBOX._replace(**change)
    with pytest.raises(mailbox.MailboxShut, match=told):
        mailbox.fetch()


def test_server_without_a_certificate_of_its_own_is_told_nothing(server, settings):
    settings.MAILBOX = settings.MAILBOX._replace(security="starttls")
    with pytest.raises(mailbox.MailboxShut):
        mailbox.fetch()


def test_no_mailbox_is_no_error_for_the_worker_and_one_for_the_command(settings):
    settings.MAILBOX = None
    assert fetching.fetch_some(None) is False
    with pytest.raises(CommandError, match="MAILBOX_URL"):
        call_command("fetch_mail")


def test_worker_looks_now_and_then(server, db, monkeypatch):
    monkeypatch.setattr(fetching, "_look_again_at", 0.0)
    server.put(*messages(1))
    assert fetching.fetch_some(None) is True
    server.put(*messages(2)[1:])
    assert fetching.fetch_some(None) is False
    monkeypatch.setattr(fetching, "_look_again_at", time.monotonic())
    assert fetching.fetch_some(None) is True


def test_worker_tells_trouble_once_and_waits(server, settings, monkeypatch, capsys):
    monkeypatch.setattr(fetching, "_look_again_at", 0.0)
    settings.MAILBOX = settings.MAILBOX._replace(password="wrong-pass-word")
    assert (fetching.fetch_some(None), fetching.fetch_some(None)) == (False, False)
    told = capsys.readouterr().err
    assert told.count("refuses") == 1
    assert "wrong-pass-word" not in told
