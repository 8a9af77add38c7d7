"""Words of somebody else's that could tell who a protected source is, on their way back to whoever wrote them.

A receipt repeats what a party said. Where that names somebody whom the newsroom protects, the words wait on the shelf, sealed, and
neither the e-mail's row nor the copy kept of it holds them; leaving them out of the receipt would tell the party whom we
protect (CS-7).
"""

from django.utils.translation import gettext as _

from factcheck.sources import leak_guard

from . import shut_away


def set_aside(outgoing):
    """Move the text of a receipt that is about to be queued onto the shelf, where it tells too much. Saves nothing."""
    if leak_guard.hits({"body": outgoing.body}):
        outgoing.held_as = shut_away.keep(outgoing.body.encode(), [outgoing.body]).name
        outgoing.body = _("[what they said, word for word: kept away from the record]")


def text_of(outgoing):
    """The text that leaves: the row's own, or the one from the shelf. Raises VaultShut, Altered, FileNotFoundError."""
    if not outgoing.held_as:
        return outgoing.body
    with shut_away.opened(outgoing.held_as) as file:
        return file.read().decode()
