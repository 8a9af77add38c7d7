"""Handing a message to the mail server, in steps that say how far it came: what is certain, and what is not.

The one moment in which nobody can know is between the last line of the message and the server's word that it has it.
`begin` is called just before, so that a crash after it is told from a crash before it.
"""

import re
import smtplib

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import EmailMessage as DjangoMessage

from factcheck.evidence.withheld import tellable

PRINTS = "django.core.mail.backends.console.EmailBackend"


class NotSent(Exception):
    """It certainly did not go. `for_good`: trying again is no use; `refused`: it was the recipient's address that was refused."""

    def __init__(self, told, for_good=False, refused=False):
        super().__init__(told)
        self.told, self.for_good, self.refused = told, for_good, refused


class InDoubt(Exception):
    """It may have gone and it may not."""

    def __init__(self, told):
        super().__init__(told)
        self.told = told


def prints_only():
    """Whether no mail server is set, so that messages are printed and sent to nobody."""
    return settings.EMAIL_BACKEND == PRINTS


def deliver(message, recipient, begin):
    """Hand `message` to the mail server for `recipient`. Raises NotSent or InDoubt; returns what the server said."""
    backend = get_connection()
    if isinstance(backend, EmailBackend):
        return _by_smtp(backend, message, recipient, begin)
    begin()
    try:
        backend.send_messages([_Ready(message, recipient)])
    except Exception as problem:  # somebody else's backend: nobody knows how far it came
        raise InDoubt(type(problem).__name__) from problem
    return ""


class _Ready(DjangoMessage):
    """A finished message, for a mail backend other than SMTP."""

    def __init__(self, message, recipient):
        self.ready = message
        super().__init__(subject=str(message["Subject"]), to=[recipient], from_email=settings.LETTERS_FROM)
        self.body = message.get_body(("plain",)).get_content()

    def message(self):
        return self.ready


def _by_smtp(backend, message, recipient, begin):
    try:
        server = _as_far_as_the_data(backend, recipient)
        begin()
        return _data(server, message)
    finally:
        _hang_up(backend)


def _as_far_as_the_data(backend, recipient):
    """The connection, when the server has agreed to take a message for the recipient and waits for it."""
    try:
        backend.open()
        server = backend.connection
        server.ehlo_or_helo_if_needed()
        _say(*server.mail(settings.LETTERS_FROM))
        _say(*server.rcpt(recipient), refused=True)
        server.putcmd("data")
        _say(*server.getreply(), wanted=354)
    except smtplib.SMTPResponseException as problem:
        raise NotSent(_told(problem.smtp_code, problem.smtp_error)) from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise NotSent(type(problem).__name__) from problem
    return server


def _data(server, message):
    try:
        server.send(re.sub(rb"(?m)^\.", b"..", message.as_bytes()) + b".\r\n")
        code, said = server.getreply()
    except (OSError, smtplib.SMTPException) as problem:
        raise InDoubt(type(problem).__name__) from problem
    _say(code, said)
    return _told(code, said)


def _say(code, said, wanted=250, refused=False):
    """Raise NotSent unless the server agreed: 4xx is for now, 5xx for good."""
    if code != wanted and not (wanted == 250 and 200 <= code < 300):
        raise NotSent(_told(code, said), for_good=code >= 500, refused=refused and code >= 500)


def _told(code, said):
    """What the server said, as the record may keep it: it may name anybody, and would stop what is to be noted (CS-7)."""
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return tellable("".join(c if c.isprintable() else " " for c in f"{code} {words}")[:300])


def _hang_up(backend):
    try:
        if backend.connection:
            backend.connection.close()
    finally:
        backend.connection = None
