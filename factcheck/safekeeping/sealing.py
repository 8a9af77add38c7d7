"""A sealed backup: one file that opens with its own key as it was written, or not at all. How is in `files/sealed.py`."""

import base64
import os
import re
import secrets

from factcheck.files import sealed

FORM = sealed.Form(b"factcheck sealed backup, 1\n", b"factcheck backup ")
CHANGED = "This backup was changed or cut short after it was made. Nothing of it is used."
KEY_TEXT = re.compile(r"[A-Za-z0-9_-]{43}=?")


class CannotOpen(Exception):
    """A file that is no sealed file, or not with this key, or not as it was written. Its text is a sentence."""


def new_key():
    """A master key, as text: 32 random bytes."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def key_from(text):
    """The bytes of a master key. Raises ValueError where the text is none."""
    if not KEY_TEXT.fullmatch(text := text.strip()):
        raise ValueError("not a key")
    return base64.urlsafe_b64decode(text.rstrip("=") + "=")


class Sealing(sealed.Sealing):
    """Writes into `file` (binary) what is written here, sealed. Only `finish()` makes it whole."""

    def __init__(self, file, key):
        super().__init__(FORM, file, key)


class Opening(sealed.Opening):
    """Reads what was sealed into `file`. Raises CannotOpen at the first piece that is not as it was written."""

    def __init__(self, file, key):
        try:
            super().__init__(FORM, file, key)
        except sealed.NotSealed:
            raise CannotOpen("This is no backup that this program made, or only the beginning of one.") from None
        except sealed.OtherKey:
            raise CannotOpen("This backup was made with another key.") from None
        except sealed.NotOpened:
            raise CannotOpen(CHANGED) from None

    def _piece(self, number):
        try:
            return super()._piece(number)
        except sealed.NotOpened:
            raise CannotOpen(CHANGED) from None


def written_whole(path):
    """Have what is written at `path` on the disk before anything else happens."""
    with open(path, "rb") as file:  # noqa: PTH123
        os.fsync(file.fileno())
