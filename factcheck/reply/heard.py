"""Whether somebody has answered already, as far as anybody knows: also where nobody has read the answer yet.

Rooms above this one, in which answers arrive, say so by registering a question here when the house is set up.
"""

from django.utils.translation import gettext as _

UNREAD = []  # each takes reply files and returns the numbers of those with an answer that nobody has read


def register(question):
    """Have `question` asked too, before anybody is reminded or called silent."""
    if question not in UNREAD:
        UNREAD.append(question)


def unread_among(files):
    """The numbers of those of `files` (ReplyFile) on which an answer lies that nobody has read."""
    return {number for question in UNREAD for number in question(files)}


def nothing_unread(file):
    """Why it is not known yet whether the party answered, in sentences."""
    if unread_among([file]):
        return [_("Something came in from this party that nobody has read yet: confirm it, or set it aside.")]
    return []
