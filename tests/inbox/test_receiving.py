"""A message is kept once, whatever is in it; what breaks the reader breaks nothing else, and the next one is read."""

import io
import subprocess
import sys
import time
import zlib
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from factcheck.files.shelf import shelf
from factcheck.inbox import bounded, receiving
from factcheck.inbox.models import Attachment, Filing, Incoming, Message
from factcheck.newsroom import journal
from factcheck.newsroom.models import JournalEntry

from .messages import ANSWER, mail, part, several
from .steps import addressed, received


def to_letter(letter, *args, **fields):
    return received(addressed(mail(*args, **{"Message_ID": None, **fields}), letter))


def test_message_is_kept_as_it_came(sent_letter):
    raw = addressed(mail(ANSWER), sent_letter)
    message = received(raw)
    with shelf("mail").open(message.kept_as) as file:
        assert file.read() == raw
    assert shelf("mail").measure(message.kept_as) == (message.sha256, message.size)


def test_same_message_twice_is_one(sent_letter):
    raw = addressed(mail(ANSWER), sent_letter)
    first = received(raw)
    assert receiving.receive(io.BytesIO(raw)) == (first, False)
    assert (Message.objects.count(), Filing.objects.count(), len(list(shelf("mail").names()))) == (1, 1, 1)


def test_same_message_by_another_road_is_one(sent_letter):
    raw = addressed(mail(ANSWER), sent_letter)
    first = received(raw)
    trace = b"Received: from mx.agency.example by mx.newsroom.example\r\n"
    assert receiving.receive(io.BytesIO(trace + raw)) == (first, False)


def test_same_message_id_over_other_words_is_another_message_and_says_so(sent_letter):
    received(addressed(mail(ANSWER), sent_letter))
    second = received(addressed(mail("We admit everything."), sent_letter))
    assert "same-id" in second.flags
    assert Filing.objects.count() == 2


def test_same_words_under_another_message_id_are_another_message(sent_letter):
    received(addressed(mail(ANSWER), sent_letter))
    received(addressed(mail(ANSWER, Message_ID="<answer-2@agency.example>"), sent_letter))
    assert Filing.objects.count() == 2


def test_whoever_is_stopped_between_file_and_row_leaves_nothing(sent_letter, monkeypatch):
    def stopped(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(receiving.sorting, "file", stopped)
    raw = addressed(mail(ANSWER), sent_letter)
    with pytest.raises(KeyboardInterrupt):
        receiving.receive(io.BytesIO(raw))
    assert (Message.objects.count(), list(shelf("mail").names())) == (0, [])
    monkeypatch.undo()
    assert received(raw).letter == sent_letter


DEEP = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1000))
LINE = b"From: " + b"(" * 500_000 + b"\r\nTo: %%TO%%\r\nSubject: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\n"
HEADS = b"To: %%TO%%\r\n" + b"X-More: 1\r\n" * 100_000
HOSTILE = {
    "1,000 deep": (b"To: %%TO%%\r\n" + DEEP + b"\r\nhi", "unreadable"),
    "1,000 messages within messages": (
        b"To: %%TO%%\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 1000 + b"hi",
        "unreadable",
    ),
    "200,000 parts": (
        b"To: %%TO%%\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 200_000,
        "answer",
    ),
    "lines of a head without end": (LINE + b"\r\nhi", "answer"),
    "100,000 lines of a head": (HEADS + b"\r\nhi", "answer"),
    "HTML 100,000 deep": (
        b"To: %%TO%%\r\nContent-Type: text/html\r\n\r\n" + b"<div><blockquote>" * 100_000 + b"hi",
        "answer",
    ),
    "NULs": (b"To: %%TO%%\r\n\r\n" + b"\0" * 100_000 + b"hi", "answer"),
    "no head": (b"\r\n\r\nhi", "answer"),
    "nothing but a line end": (b"\n", "answer"),
    "random bytes": (zlib.compress(b"x" * 1_000_000) + bytes(range(256)) * 100, "answer"),
    "bogus lines": (
        b"To: %%TO%%\r\nDate: never\r\nMessage-ID: \xff\xfe\r\nContent-Type: ;;=\r\nFrom: @@@\r\n: \r\n\r\nhi",
        "answer",
    ),
    "charset that is no charset": (
        b"To: %%TO%%\r\nContent-Type: text/plain; charset=punycode\r\n\r\n" + b"-" * 99_999,
        "answer",
    ),
    "a boundary of its own": (b"To: %%TO%%\r\nContent-Type: multipart/mixed\r\n\r\nhi", "answer"),
}


@pytest.mark.parametrize("raw, kind", HOSTILE.values(), ids=HOSTILE)
def test_hostile_message_is_kept_and_the_next_one_is_read(raw, kind, sent_letter):
    began = time.monotonic()
    message = received(addressed(raw, sent_letter))
    assert (message.kind, time.monotonic() - began < 30) == (kind, True)
    assert to_letter(sent_letter, ANSWER).kind == "answer"
    assert journal.walk().broken is None


@pytest.mark.parametrize(
    "raw", [HOSTILE["1,000 deep"][0], b"To: %%TO%%\r\n\r\n" + b"x" * 31 * 1024 * 1024], ids=["deep", "large"]
)
def test_what_cannot_be_read_still_lies_with_the_letter_it_was_sent_to(raw, sent_letter, asked_file):
    message = received(addressed(raw, sent_letter))
    assert message.kind in message.flags
    assert Filing.objects.get(file=asked_file).incoming.message == message


@pytest.mark.parametrize("size", [50 * 1024 * 1024])
def test_fifty_megabytes_are_kept_and_read_no_further_than_their_head(size, sent_letter, tmp_path):
    path = tmp_path / "large.eml"
    head = addressed(b"From: media@agency.example\r\nTo: %%TO%%\r\nSubject: Our statement\r\n\r\n", sent_letter)
    path.write_bytes(head + (b"A" * 76 + b"\r\n") * (size // 78))
    with path.open("rb") as file:
        message, _new = receiving.receive(file)
    assert (message.kind, message.subject, message.size) == ("oversize", "Our statement", path.stat().st_size)
    assert message.letter == sent_letter


def test_reader_that_wants_too_much_memory_is_ended_and_nothing_else():
    code = "import resource, factcheck.inbox.reading as r; r.MEMORY = 10**8; r.main()"
    large = mail("x" * 100_000_000)
    done = subprocess.run([sys.executable, "-c", code], input=large, capture_output=True, cwd=bounded.HERE)
    assert done.returncode != 0
    assert b"MemoryError" in done.stderr


def test_archive_is_not_unpacked(sent_letter):
    bomb = zlib.compress(b"\0" * 50_000_000, 9)
    zipped = part(bomb, Content_Type="application/zip", Content_Disposition="attachment; filename=a.zip")
    message = received(addressed(several(part("See attached."), zipped), sent_letter))
    assert "archive" in message.flags
    assert Attachment.objects.get().size == len(bomb)


def test_attachment_is_read_out_of_the_message(sent_letter):
    pdf = part(b"%PDF-1.4 \x00\xff", Content_Type="application/pdf", Content_Disposition="attachment; filename=a.pdf")
    message = received(addressed(several(part(ANSWER), pdf), sent_letter))
    with shelf("mail").open(message.kept_as) as file:
        assert bounded.attachment(file, message.attachments.get().place) == b"%PDF-1.4 \x00\xff"


@pytest.mark.parametrize(
    "date, flags", [(None, ["no-date"]), ("Fri, 31 Dec 9999 23:59:59 +0000", ["future-date"]), ("soon", ["no-date"])]
)
def test_day_it_claims_decides_nothing(date, flags, sent_letter):
    message = to_letter(sent_letter, ANSWER, Date=date)
    assert message.flags == flags
    assert timezone.now() - message.received_at < timedelta(minutes=1)


def test_script_is_never_text(sent_letter):
    html = f"<script>alert(1)</script><p onclick='x()'>{ANSWER}</p><style>p {{color: red}}</style>"
    message = to_letter(sent_letter, html, Content_Type="text/html")
    assert message.text == ANSWER


def test_link_of_html_is_told(sent_letter):
    message = to_letter(
        sent_letter, "Read <a href='https://agency.example/s'>our statement</a>.", Content_Type="text/html"
    )
    assert message.text == "Read our statement <https://agency.example/s>."


def test_only_what_our_own_server_found_of_the_sender_is_told(sent_letter, settings):
    forged = "mail.newsroom.example.evil.example; dkim=pass"
    ours = "mail.newsroom.example; dkim=fail header.d=agency.example; spf=none"
    raw = mail(ANSWER).replace(
        b"\r\n", f"\r\nAuthentication-Results: {forged}\r\nAuthentication-Results: {ours}\r\n".encode(), 1
    )
    settings.MAIL_CHECKED_BY = "mail.newsroom.example"
    assert received(addressed(raw, sent_letter)).checked == ours


def test_nothing_is_told_of_the_sender_where_no_server_is_ours(sent_letter):
    assert to_letter(sent_letter, ANSWER, Authentication_Results="mail.newsroom.example; dkim=pass").checked == ""


def test_address_of_the_envelope_matches(sent_letter):
    raw = addressed(mail(ANSWER, To="press@newsroom.example", Cc="%%TO%%"), sent_letter)
    recipient = raw.split(b"Cc: ")[1].split(b"\r\n")[0].decode()
    message = received(raw.replace(b"Cc: ", b"X-Old: "), recipients=[recipient])
    assert message.letter == sent_letter


def test_no_mail_ever_leaves_because_one_came(sent_letter, mailoutbox):
    before = sent_letter.outgoing.count()
    to_letter(
        sent_letter,
        ANSWER,
        Disposition_Notification_To="media@agency.example",
        Return_Receipt_To="media@agency.example",
    )
    assert (len(mailoutbox), sent_letter.outgoing.count()) == (0, before)


def test_journal_holds_no_word_of_it(sent_letter):
    to_letter(sent_letter, ANSWER)
    entries = JournalEntry.objects.filter(verb__in=["received message", "received answer", "filed answer"])
    assert entries.count() == 3
    assert not any("circumstances" in str(entry.details) or "agency.example" in str(entry.details) for entry in entries)


@pytest.mark.parametrize("raw, code", [(b"", 65)], ids=["nothing"])
def test_nothing_at_all_is_refused(raw, code, db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    with pytest.raises(SystemExit) as ended:
        call_command("receive_mail")
    assert ended.value.code == code


def test_full_disk_asks_the_mail_server_to_try_again(sent_letter, monkeypatch, settings, tmp_path, capsys):
    (tmp_path / "taken").write_text("no folder")
    options = {"BACKEND": "factcheck.files.folder.Folder", "OPTIONS": {"location": tmp_path / "taken"}}
    settings.STORAGES = {**settings.STORAGES, "mail": options}
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(addressed(mail(ANSWER), sent_letter))))
    with pytest.raises(SystemExit) as ended:
        call_command("receive_mail")
    assert (ended.value.code, Incoming.objects.count()) == (75, 0)
    assert ANSWER not in capsys.readouterr().err
