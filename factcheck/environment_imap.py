"""The mailbox to read, from its address in the environment."""

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from .environment_reading import LOOPBACK, read, wrong

SECURITY = {"imaps": ("tls", 993), "imap+tls": ("starttls", 143), "imap": ("none", 143)}


class ImapBox(NamedTuple):
    """A mailbox to read: `security` is "tls", "starttls" or, on this machine alone, "none"."""

    security: str
    host: str
    port: int
    user: str
    password: str
    folder: str


def imap(name, default):
    """An ImapBox from its address, or None. User and password are percent-encoded; without TLS only on this machine."""
    value = read(name, default)
    if not value:
        return None
    box = _box(value)
    if not (box and box.host and box.user and box.password and box.folder.isascii() and box.folder.isprintable()):
        raise wrong(name, "be imaps://user:password@host/INBOX, the same with imap+tls://, or nothing")
    if box.security == "none" and box.host not in LOOPBACK:
        raise wrong(name, "begin with imaps:// or imap+tls://: only on this machine is mail read without TLS")
    return box


def _box(value):
    try:
        parts = urlsplit(value)
        security, port = SECURITY[parts.scheme]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        folder = unquote(parts.path.strip("/")) or "INBOX"
        return ImapBox(security, parts.hostname or "", parts.port or port, user, password, folder)
    except (ValueError, KeyError):
        return None
