"""Steps towards a letter, with everything a step wants filled in."""

from datetime import timedelta

from django.utils import timezone

from factcheck.letters.models import Letter
from factcheck.reply import actions as reply
from factcheck.reply.models import ReplyFile

PUT = "That it turned away people because of where they come from."


def to_put(file, by, text=PUT, days=7):
    """The file, with something drafted and a deadline."""
    reply.draft_allegation(file, by=by, text=text)
    deadline = (timezone.now() + timedelta(days=days)).replace(second=0, microsecond=0)
    reply.set_deadline(file, by=by, deadline_at=deadline, basis="A week, for one question.")
    return ReplyFile.objects.get(pk=file.pk)


def fresh(letter):
    return Letter.objects.get(pk=letter.pk)
