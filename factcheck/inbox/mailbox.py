"""The newsroom's mailbox for answers, read over IMAP.

What lies in its inbox has not been taken in; what has been is moved to another folder, after it is kept. Nothing is
remembered here: no number of a message, no date, and not whether somebody has read it, because people do read mailboxes.
Whoever is killed between the two finds the message again, and it is known by its hash.
"""

import imaplib
import re
import ssl
import tempfile
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from .receiving import receive

PIECE = 1024 * 1024  # bytes asked for at a time
IN_MEMORY = 4 * 1024 * 1024
MOST = 150 * 1024 * 1024  # bytes; a larger message stays where it is
PATIENCE = 60  # seconds
FACTS = re.compile(rb"RFC822\.SIZE (\d+)")


class MailboxShut(Exception):
    """The mailbox could not be read now. Says why, in a sentence without the password."""


class Fetched(NamedTuple):
    """What came of a look into the mailbox."""

    new: int = 0
    known: int = 0
    left: int = 0  # too large, or something went wrong with them: they are still there


def fetch(most=None):
    """Take in what lies in the inbox, in the order it came, at most `most` messages. Raises MailboxShut."""
    counted = {"new": 0, "known": 0, "left": 0}
    with _opened(settings.MAILBOX) as connection:
        for uid in _waiting(connection)[:most]:
            counted[_take(connection, uid)] += 1
    return Fetched(**counted)


@contextmanager
def _opened(box):
    connection = _connected(box)
    try:
        _log_in(connection, box)
        if connection.select(_quoted(box.folder))[0] != "OK":
            raise MailboxShut(_("The mailbox has no folder of the name that MAILBOX_URL gives."))
        connection.create(
            _quoted(settings.MAILBOX_DONE)
        )  # where it is there already, the server says no, and that is well
        yield connection
    except (imaplib.IMAP4.error, OSError) as problem:
        raise MailboxShut(_("The mailbox ended the talk (%(kind)s).") % {"kind": type(problem).__name__}) from None
    finally:
        _close(connection)


def _connected(box):
    try:
        if box.security == "tls":
            return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=ssl.create_default_context(), timeout=PATIENCE)
        connection = imaplib.IMAP4(box.host, box.port, timeout=PATIENCE)
        return _secured(connection) if box.security == "starttls" else connection
    except ssl.SSLError:
        told = _("The mail server cannot prove by its certificate who it is, so nothing was said to it.")
        raise MailboxShut(told) from None
    except (imaplib.IMAP4.error, OSError):
        raise MailboxShut(_("The mail server of MAILBOX_URL does not answer.")) from None


def _secured(connection):
    try:
        connection.starttls(ssl.create_default_context())
    except BaseException:
        with suppress(OSError):  # its socket may be gone with the talk, and why the talk failed is what is to be told
            connection.shutdown()
        raise
    return connection


def _log_in(connection, box):
    try:
        connection.login(box.user, box.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        raise MailboxShut(_("The mail server refuses the user name or the password of MAILBOX_URL.")) from None


def _close(connection):
    try:
        connection.logout()
    except (imaplib.IMAP4.error, OSError):
        connection.shutdown()


def _waiting(connection):
    """The numbers of what lies there, in the order it came."""
    _ok, [found] = connection.uid("SEARCH", "UNDELETED")
    return sorted(int(uid) for uid in (found or b"").split())


def _take(connection, uid):
    """Take in one message and move it out of the way. Returns what became of it."""
    size, received_at = _facts(connection, uid)
    if size is None or size > MOST:
        return "left"
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        _download(connection, uid, size, file)
        try:
            _message, new = receive(file, received_at=received_at)
        except (DatabaseError, OSError) as problem:
            told = _("What came in cannot be kept now (%(kind)s). It stays in the mailbox.")
            raise MailboxShut(told % {"kind": type(problem).__name__}) from None
        except Exception:  # whatever it is, the next one is still read, and this one stays where it is
            return "left"
    _put_away(connection, uid)
    return "new" if new else "known"


def _facts(connection, uid):
    """(size in bytes, when the mail server got it); (None, None) where another has moved it meanwhile."""
    _ok, answer = connection.uid("FETCH", str(uid), "(RFC822.SIZE INTERNALDATE)")
    told = b" ".join(part for part in answer if isinstance(part, bytes))
    size, moment = FACTS.search(told), imaplib.Internaldate2tuple(told)
    if not size:
        return None, None
    return int(size[1]), datetime.fromtimestamp(time.mktime(moment), UTC) if moment else None


def _download(connection, uid, size, file):
    """Piece by piece, so that a large message takes no memory. PEEK: it stays unread for people who read the mailbox."""
    for start in range(0, max(size, 1), PIECE):
        _ok, answer = connection.uid("FETCH", str(uid), f"(BODY.PEEK[]<{start}.{PIECE}>)")
        file.write(b"".join(part[1] for part in answer if isinstance(part, tuple)))
    file.seek(0)


def _put_away(connection, uid):
    """Out of the inbox. Where another was quicker, there is nothing left to move."""
    done = _quoted(settings.MAILBOX_DONE)
    if (
        b"MOVE" in connection.capability()[1][0].upper().split()
    ):  # a server says what it can only to whoever is logged in
        connection.uid("MOVE", str(uid), done)
    elif connection.uid("COPY", str(uid), done)[0] == "OK":
        connection.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)")


def _quoted(name):
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
