"""Who is still to be reminded: whoever was asked and has not answered, read or unread."""

from factcheck.reply.heard import unread_among
from factcheck.reply.models import ReplyFile
from factcheck.reply.states import ASKED


def waiting_for(files):
    """Those of `files` (a queryset of ReplyFile) whose party was asked and has not answered, read or unread."""
    files = files.filter(state__in=ASKED)
    numbers = set(files.values_list("pk", flat=True))
    return files.filter(pk__in=numbers - unread_among(ReplyFile.objects.filter(pk__in=numbers)))
