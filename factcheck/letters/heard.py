"""Whether somebody has answered already, as far as anybody knows: also where nobody has read the answer yet.

Rooms above this one, in which answers arrive, say so by registering a question here when the house is set up.
"""

from factcheck.reply.models import ReplyFile
from factcheck.reply.states import ASKED

UNREAD = []  # each takes a queryset of ReplyFile and returns the numbers of those with an answer that nobody has read


def register(question):
    """Have `question` asked too, before anybody is reminded."""
    if question not in UNREAD:
        UNREAD.append(question)


def waiting_for(files):
    """Those of `files` (a queryset of ReplyFile) whose party was asked and has not answered, read or unread."""
    files = files.filter(state__in=ASKED)
    numbers = set(files.values_list("pk", flat=True))
    for question in UNREAD:
        numbers -= set(question(ReplyFile.objects.filter(pk__in=numbers)))
    return files.filter(pk__in=numbers)
