"""A sealed file: bytes of any length, encrypted piece by piece, so that no change, cut or swap in it goes unnoticed.

A line that says what it is, a salt, a mark by which the key is known, and then pieces of a mebibyte under AES-256-GCM. The key
of each file is made from the master key and its salt; the nonce of a piece is its number and whether it is the last, so that
none can be left out, moved, or taken for the end. (The construction is STREAM, of Hoang, Reyhanitabar, Rogaway and Vizár.)
"""

import base64
import hmac
import io
import os
import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

WHAT_IT_IS = b"factcheck sealed backup, 1\n"
SALT, MARK, PIECE, TAG = 16, 16, 1024 * 1024, 16
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


def _made(key, salt, purpose, length):
    return HKDF(SHA256(), length, salt=salt, info=b"factcheck backup " + purpose).derive(key)


def _nonce(number, last):
    return number.to_bytes(11, "big") + bytes([last])


class Sealing(io.RawIOBase):
    """Writes into `file` (binary) what is written here, sealed. Only `finish()` makes it whole."""

    def __init__(self, file, key):
        super().__init__()
        salt = secrets.token_bytes(SALT)
        self._head = WHAT_IT_IS + salt + _made(key, salt, b"mark", MARK)
        self._cipher, self._number, self._waiting = AESGCM(_made(key, salt, b"pieces", 32)), 0, bytearray()
        self._file = file
        file.write(self._head)

    def writable(self):
        return True

    def write(self, data):
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def finish(self):
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, piece, last):
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), piece, self._head))
        self._number += 1


class Opening(io.RawIOBase):
    """Reads what was sealed into `file`. Raises CannotOpen at the first piece that is not as it was written."""

    def __init__(self, file, key):
        super().__init__()
        self._head = file.read(len(WHAT_IT_IS) + SALT + MARK)
        if not self._head.startswith(WHAT_IT_IS) or len(self._head) < len(WHAT_IT_IS) + SALT + MARK:
            raise CannotOpen("This is no backup that this program made, or only the beginning of one.")
        salt = self._head[len(WHAT_IT_IS) : -MARK]
        if not hmac.compare_digest(self._head[-MARK:], _made(key, salt, b"mark", MARK)):
            raise CannotOpen("This backup was made with another key.")
        self._cipher, self._number = AESGCM(_made(key, salt, b"pieces", 32)), 0
        self._file, self._next, self._ready = file, file.read(PIECE + TAG), b""
        if not self._next:  # even of nothing there is a last piece, which is empty
            raise CannotOpen(CHANGED)

    def readable(self):
        return True

    def readinto(self, into):
        if not self._ready and self._next:
            self._ready = self._piece()
        size = min(len(into), len(self._ready))
        into[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _piece(self):
        sealed, self._next = self._next, self._file.read(PIECE + TAG)
        try:
            piece = self._cipher.decrypt(_nonce(self._number, not self._next), sealed, self._head)
        except InvalidTag:
            raise CannotOpen(CHANGED) from None
        self._number += 1
        return piece


def written_whole(path):
    """Have what is written at `path` on the disk before anything else happens."""
    with open(path, "rb") as file:  # noqa: PTH123
        os.fsync(file.fileno())
