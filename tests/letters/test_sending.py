"""A letter leaves once, or the record says that nobody knows; what left is kept with its hash."""

import email
import hashlib
from datetime import timedelta
from email.header import decode_header, make_header

import pytest
from django.db import connection
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.letters import actions, afterwards, keys, outgoing, sending
from factcheck.letters.models import Letter, Outgoing, SentCopy
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import Refused
from factcheck.reply.models import Attempt, ReplyFile

from .steps import PUT, fresh


def send(worker):
    return sending.send_one(worker)


def test_letter_arrives_once_and_is_the_first_attempt(queued, file, worker, box, claim):
    """RR-1"""
    assert send(worker)
    assert not send(worker)
    [message] = box.messages
    letter, now = fresh(queued), ReplyFile.objects.get(pk=file.pk)
    assert (letter.state, now.state, now.wording_put) == ("sent", "sent", claim.wording)
    attempt = now.attempts.get()
    assert (attempt.channel, attempt.outcome, attempt.to_role) == ("email", "delivered", "press office")
    assert (attempt.at, attempt.address_used) == (letter.sent_at, "media@agency.example")
    assert now.allegations.get().put_at == letter.sent_at
    assert message["To"] == "media@agency.example"
    assert message["Message-ID"] == queued.outgoing.get().message_id


def test_message_has_text_and_html_and_nothing_that_is_fetched(queued, worker, box, settings):
    send(worker)
    [message] = box.messages
    assert message.get_content_type() == "multipart/alternative"
    text, page = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    address = keys.address_of(queued.keys.get())
    assert PUT in text
    assert address in text
    assert f'<a href="{address}"' in page
    assert PUT in page
    for trace in ("<img", "<script", "<style", "src=", "<link"):
        assert trace not in page
    assert page.count("href=") == 1
    assert message["Date"].datetime.tzinfo
    assert message["Message-ID"].endswith("@newsroom.example>")
    assert message["Auto-Submitted"] is None


def test_reply_address_knows_the_letter_and_tells_nothing(letter, journalist, worker, box, settings):
    settings.LETTERS_REPLY_TO = "replies@news.example"
    actions.queue_letter(letter, by=journalist)
    send(worker)
    [message] = box.messages
    assert message["Reply-To"] == f"replies+{letter.reply_ref}@news.example"


def test_what_left_is_kept_with_its_hash_and_without_the_token(queued, worker, box):
    send(worker)
    [copy], [envelope] = SentCopy.objects.all(), box.arrived
    assert hashlib.sha256(envelope.original_content).hexdigest() == copy.sent_sha256
    assert hashlib.sha256(copy.source.encode()).hexdigest() == copy.sha256
    assert keys.token_of(queued.keys.get()) not in copy.source
    assert keys.token_of(queued.keys.get()).encode() in envelope.original_content.replace(b"=\r\n", b"")


def test_hostile_names_and_long_lines_arrive_as_they_are(letter, journalist, worker, box):
    name = "Ngāti Whātua “Press; Desk” <x@evil.example>, 王"
    long = "A line of " + "very " * 400 + "many words — “quoted”.\n.\n..two dots\nFrom here on"
    actions.edit_letter(
        letter, by=journalist, to_name=name, body=letter.body + "\n\n" + long, subject="Bitte um Antwort: Ü"
    )
    actions.queue_letter(letter, by=journalist)
    send(worker)
    [message], [envelope] = box.messages, box.arrived
    assert envelope.rcpt_tos == ["media@agency.example"]
    named = email.message_from_bytes(envelope.original_content)["To"]  # decoded by RFC 2047, in two words
    assert str(make_header(decode_header(named))).rpartition(" <")[0] == name
    assert message["Subject"] == "Bitte um Antwort: Ü"
    assert long in message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert max(len(line) for line in envelope.original_content.split(b"\r\n")) <= 998


@pytest.mark.parametrize(("at", "answer"), [("at_rcpt", "451 Try again"), ("at_data", "452 Full")])
def test_server_that_cannot_now_is_asked_again_with_the_same_message(queued, worker, box, at, answer):
    setattr(box, at, answer)
    send(worker)
    mail = queued.outgoing.get()
    assert (mail.state, mail.tries, mail.answered) == ("queued", 1, answer)
    assert mail.due_at > timezone.now()
    assert not send(worker)
    setattr(box, at, "")
    mail.due_at = timezone.now()
    mail.save()
    assert send(worker)
    assert [m["Message-ID"] for m in box.messages] == [mail.message_id]
    assert hashlib.sha256(box.arrived[0].original_content).hexdigest() == mail.copy.sent_sha256


def test_server_that_is_away_is_asked_again_for_two_days_and_then_a_person_is(
    queued, worker, box, settings, time_machine
):
    settings.EMAIL_PORT = 1
    for _each in range(20):
        if not send(worker):
            mail = queued.outgoing.get()
            if mail.state != "queued":
                break
            time_machine.move_to(mail.due_at)
    letter = fresh(queued)
    assert letter.state == "failed"
    assert "ConnectionRefusedError" in letter.stopped_because
    assert not Attempt.objects.exists()


def test_address_that_is_refused_for_good_is_an_attempt_in_vain(queued, file, worker, box):
    """RR-2"""
    box.at_rcpt = "550 No such user here"
    send(worker)
    letter, now = fresh(queued), ReplyFile.objects.get(pk=file.pk)
    assert (letter.state, now.state, now.attempts.get().outcome) == ("failed", "undeliverable", "bounced")
    assert "550 No such user here" in letter.stopped_because
    assert keys.open_with(keys.token_of(queued.keys.get())) is None


def test_message_that_is_refused_for_good_is_no_attempt(queued, file, worker, box):
    box.at_data = "554 Looks like spam"
    send(worker)
    assert (fresh(queued).state, ReplyFile.objects.get(pk=file.pk).state) == ("failed", "ready")
    assert not Attempt.objects.exists()


@pytest.fixture
def doubtful(queued, worker, box):
    """The server took the message and hung up before it said so."""
    box.hang_up = True
    send(worker)
    box.hang_up = False
    return fresh(queued)


def test_connection_lost_after_the_message_leaves_a_doubt_and_no_second_copy(doubtful, file, worker, box):
    assert (doubtful.state, doubtful.outgoing.get().state) == ("uncertain", "uncertain")
    assert not Attempt.objects.exists()
    assert ReplyFile.objects.get(pk=file.pk).state == "ready"
    assert not send(worker)
    assert len(box.arrived) == 1


def test_person_decides_that_it_went(doubtful, file, journalist, box):
    mail = doubtful.outgoing.get()
    afterwards.decide(mail, by=journalist, went=True, because="The server's log says so.")
    assert fresh(doubtful).state == "sent"
    assert ReplyFile.objects.get(pk=file.pk).attempts.get().at == mail.tried_at
    with pytest.raises(Refused, match="no doubt"):
        afterwards.decide(mail, by=journalist, went=False, because="No, it does not.")


def test_person_decides_that_it_did_not_and_it_is_sent_again(doubtful, journalist, worker, box):
    afterwards.decide(doubtful.outgoing.get(), by=journalist, went=False, because="The log knows nothing of it.")
    assert fresh(doubtful).state == "failed"
    actions.queue_letter(doubtful, by=journalist)
    assert send(worker)
    assert fresh(doubtful).state == "sent"
    assert len({m["Message-ID"] for m in box.messages}) == 2


def test_decision_wants_to_know_how(doubtful, journalist):
    with pytest.raises(Refused, match="how you know"):
        afterwards.decide(doubtful.outgoing.get(), by=journalist, went=True, because=" ")


def test_letter_that_the_record_has_left_behind_is_not_sent(queued, claim, journalist, worker, box):
    claims.edit_claim(claim, by=journalist, wording="The agency turned people away")
    send(worker)
    assert not box.arrived
    assert fresh(queued).state == "failed"
    assert "reworded since" in fresh(queued).stopped_because


def test_without_a_mail_server_it_is_printed_and_the_record_says_so(queued, file, worker, settings, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    send(worker)
    letter, told = fresh(queued), capsys.readouterr().out
    assert (letter.state, letter.outgoing.get().state) == ("printed", "printed")
    assert "sent to nobody" in letter.stopped_because
    assert PUT in told.replace("=\n", "")
    assert keys.token_of(queued.keys.get()) not in told
    assert not Attempt.objects.exists()
    assert ReplyFile.objects.get(pk=file.pk).state == "ready"


def test_example_address_sends_nothing_into_the_world(letter, journalist, box, settings):
    settings.EMAIL_HOST = "mail.news.test"
    with pytest.raises(Refused, match="set LETTERS_FROM"):
        actions.queue_letter(letter, by=journalist)


def test_bounce_makes_the_attempt_one_in_vain_and_counts_once(queued, file, worker, box):
    send(worker)
    mail = queued.outgoing.get()
    for _twice in range(2):
        afterwards.came_back(mail, at=timezone.now() + timedelta(minutes=1), because="550 5.1.1 unknown")
    now = ReplyFile.objects.get(pk=file.pk)
    assert [a.outcome for a in now.attempts.all()] == ["delivered", "bounced"]
    assert fresh(queued).state == "bounced"


def test_new_address_of_the_page_goes_to_the_party_and_the_old_one_is_shut(queued, journalist, worker, box):
    send(worker)
    old = keys.token_of(queued.keys.get())
    key = afterwards.send_new_page(fresh(queued), by=journalist, because="It was forwarded to somebody else.")
    send(worker)
    assert keys.open_with(old) is None
    assert keys.address_of(key) in box.messages[1].get_body(("plain",)).get_content()
    assert box.messages[1]["In-Reply-To"] == box.messages[0]["Message-ID"]


def test_other_secret_key_sends_no_letter_with_a_dead_address(queued, worker, box, settings):
    settings.SECRET_KEY = "another-" * 10
    send(worker)
    assert not box.arrived
    assert "SECRET_KEY has changed" in fresh(queued).stopped_because


def test_nothing_kept_or_told_has_the_token(queued, worker, box, caplog, capsys):
    send(worker)
    token = keys.token_of(queued.keys.get())
    for model in (Letter, Outgoing, SentCopy, JournalEntry, Attempt, Letter.history.model, type(queued.keys.get())):
        assert token not in str(list(model.objects.values())), model
    assert token not in caplog.text
    assert token not in "".join(capsys.readouterr())


@pytest.mark.parametrize("answer", ["", "451 Try again"])
def test_worker_that_was_too_slow_sends_nothing_that_another_one_has(queued, worker, box, answer):
    slow = sending._take(worker)
    Outgoing.objects.filter(pk=slow.pk).update(taken_until=timezone.now())
    assert sending.settle_one(worker)
    assert send(worker)
    box.at_rcpt = answer
    sending._send(slow)
    assert len(box.arrived) == 1
    assert queued.outgoing.get().state == "sent"


def test_what_another_worker_queues_in_the_same_moment_is_queued_once(queued):
    mail = {"purpose": "reminder", "once": "reminder:1", "to_address": "a@b.example", "subject": "x", "body": "x"}
    by_another = [Outgoing(**mail, letter=queued, due_at=timezone.now())]

    def looks(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if by_another and sql.startswith("SELECT"):  # it found nothing, and now there is one
            Outgoing.objects.bulk_create([by_another.pop()])
        return found

    with connection.execute_wrapper(looks):
        queued_now = outgoing.queue(**mail, letter=queued)
    assert (queued_now, by_another) == (Outgoing.objects.get(once="reminder:1"), [])
