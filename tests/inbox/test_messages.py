"""Real ways of writing, one by one through the door: each becomes what it is, and an answer keeps its own words."""

import io

import pytest
from django.core.management import call_command

from factcheck.inbox.models import Filing, Message
from factcheck.inbox.quoting import own_words
from factcheck.letters.models import Letter
from factcheck.reply.models import ReplyFile, Response

from .messages import answers, carried, machines
from .steps import addressed

ANSWERS = [*answers.CASES, *carried.CASES]
ALL = [*ANSWERS, *machines.AUTOMATIC, *machines.BOUNCES]
WEAK = {case.name for case in machines.AUTOMATIC if "weak sign" in case.name}


def through_the_pipe(raw, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("receive_mail")
    return Message.objects.get()


def test_there_are_more_than_forty_and_each_has_its_name():
    names = [case.name for case in ALL]
    assert len(names) == len(set(names)) > 70


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_message_becomes_what_it_is(case, sent_letter, asked_file, monkeypatch):
    message = through_the_pipe(addressed(case.raw, sent_letter), monkeypatch)
    assert (message.kind, message.matched, message.letter) == (case.kind, case.matched, sent_letter)
    assert message.to_sort == (case.name in WEAK)
    if case.is_answer:
        assert [each.name for each in message.attachments.all()] == list(case.files)
        assert sorted(message.flags) == sorted(case.flags)
        assert " ".join(own_words(message.text).split()) == " ".join(case.words.split())
    outcomes = [attempt.outcome for attempt in asked_file.attempts.all()]
    came_back = case.kind == "bounce"
    assert outcomes == (["delivered", "bounced"] if came_back else ["delivered"])
    assert Letter.objects.get(pk=sent_letter.pk).state == ("bounced" if came_back else "sent")
    assert Filing.objects.filter(file=asked_file, state="unread").count() == case.is_answer
    assert (ReplyFile.objects.get(pk=asked_file.pk).state, Response.objects.count()) == ("sent", 0)


STRANGE = [ANSWERS[0], ANSWERS[6], *machines.AUTOMATIC[:2], *machines.AUTOMATIC[-5:], *machines.BOUNCES[:2]]


@pytest.mark.parametrize("case", STRANGE, ids=lambda case: case.name)
def test_what_matches_nothing_waits_for_a_person_unless_a_machine_wrote_it(case, sent_letter, asked_file, monkeypatch):
    strange = case.raw.replace(b"%%TO%%", b"someone@newsroom.example").replace(b"%%ID%%", b"<unknown@newsroom.example>")
    message = through_the_pipe(strange, monkeypatch)
    assert (message.matched, message.to_sort) == ("nothing", case.kind in ("answer", "bounce"))
    assert not Filing.objects.exists()
    assert asked_file.attempts.count() == 1
