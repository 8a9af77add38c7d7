"""Steps in a right of reply, with everything a step wants filled in."""

from datetime import timedelta

from django.utils import timezone

from factcheck.claims.models import Claim
from factcheck.newsroom.models import JournalEntry
from factcheck.reply import actions as reply
from factcheck.reply import answering
from factcheck.reply.models import Allegation, Attempt, Extension, ReplyFile, Response, ResponseAnswer, Ruling

OTHER_WORDS = "The agency turned people away"


def drafted(file, by):
    allegation = reply.draft_allegation(file, by=by, text="That it kept people from getting visas.")
    reply.set_deadline(file, by=by, deadline_at=timezone.now() + timedelta(days=2), basis="Two working days.")
    reply.ready(file, by=by)
    return allegation


def attempt(**fields):
    return {
        "at": timezone.now(),
        "channel": "email",
        "to_role": "press office",
        "text": "We put this.",
        "outcome": "delivered",
    } | fields


def answer(file, by, **fields):
    said = {
        "received_at": timezone.now(),
        "channel": "email",
        "by_name": "Nicola Hogg",
        "by_role": "border and visa operations manager",
        "verbatim": "Absolutely under no circumstances.",
        "language": "en",
        "kind": "denial",
    }
    return answering.record_response(file, by=by, **(said | fields))


def fresh(file):
    return ReplyFile.objects.get(pk=file.pk)


def everything():
    """All that an action could have touched, to compare before and after."""
    counted = [JournalEntry, Attempt, Extension, Response, ResponseAnswer, Ruling, Allegation.history.model]
    return [m.objects.count() for m in counted], [list(m.objects.values()) for m in (ReplyFile, Allegation, Claim)]


def past_the_deadline(file, clock):
    clock.move_to(fresh(file).deadline_at + timedelta(minutes=1))


def call(file, by, **fields):
    reply.log_attempt(file, by=by, **attempt(channel="phone", outcome="voicemail", **fields))
