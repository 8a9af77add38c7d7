"""Sealed bytes: of any length, encrypted piece by piece, so that no change, cut, move or swap in them goes unnoticed.

A line that says what it is, a salt, a mark by which the key is known, and then pieces of a mebibyte under AES-256-GCM. The key
of each file is made from a master key and its salt; the nonce of a piece is its number and whether it is the last, so that
none can be left out, moved, or taken for the end. (The construction is STREAM, of Hoang, Reyhanitabar, Rogaway and Vizár.)
What a file is bound to (`bound`: the name it lies under) is authenticated with every piece and stands nowhere in it.

Whatever the length of a file, two pieces of it are in memory at most.
"""

import hmac
import io
import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SALT, MARK, PIECE, TAG = 16, 16, 1024 * 1024, 16


class Form(NamedTuple):
    """A kind of sealed file: the line it begins with, which ends with its version, and what its keys are made for."""

    line: bytes
    purpose: bytes

    @property
    def head(self):
        """Bytes before the first piece."""
        return len(self.line) + SALT + MARK


class NotOpened(Exception):
    """What was to be opened is no sealed file of this form, or not as it was sealed."""


class NotSealed(NotOpened):
    """It does not begin as such a file does."""


class OtherKey(NotOpened):
    """It was sealed with another key."""


def sealed_size(form, size):
    """How many bytes `size` bytes are when they are sealed. Even of nothing there is a last piece, which is empty."""
    return form.head + size + TAG * max(1, -(-size // PIECE))


def opened_size(form, size):
    """How many bytes were sealed into `size` bytes. Raises NotOpened where there is no such number."""
    pieces = -(-(size - form.head) // (PIECE + TAG))
    found = size - form.head - TAG * pieces
    if pieces < 1 or found < 0 or sealed_size(form, found) != size:
        raise NotOpened("it is cut off")
    return found


class _Cipher:
    """What seals and opens the pieces of one file."""

    def __init__(self, form, key, salt, bound):
        self.head = form.line + salt + _made(form, key, salt, b"mark", MARK)
        self._aes, self._bound = AESGCM(_made(form, key, salt, b"pieces", 32)), self.head + bound

    def seal(self, number, last, piece):
        return self._aes.encrypt(_nonce(number, last), piece, self._bound)

    def open(self, number, last, sealed):
        try:
            return self._aes.decrypt(_nonce(number, last), sealed, self._bound)
        except InvalidTag:
            raise NotOpened("it was changed, cut short or put under another name") from None


def _made(form, key, salt, what, length):
    return HKDF(SHA256(), length, salt=salt, info=form.purpose + what).derive(key)


def _nonce(number, last):
    return number.to_bytes(11, "big") + bytes([last])


class Sealing(io.RawIOBase):
    """Writes into `file` (binary) what is written here, sealed. Only `finish()` makes it whole."""

    def __init__(self, form, file, key, bound=b""):
        super().__init__()
        self._cipher, self._number, self._waiting = _Cipher(form, key, secrets.token_bytes(SALT), bound), 0, bytearray()
        self._file = file
        file.write(self._cipher.head)

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
        self._file.write(self._cipher.seal(self._number, last, piece))
        self._number += 1


class _View(io.RawIOBase):
    """A file that can be read and sought, made piece by piece out of another one. `size` is its own, in bytes."""

    def __init__(self, size):
        super().__init__()
        self.size, self._place, self._at, self._held = size, 0, None, b""

    def readable(self):
        return True

    seekable = readable

    def tell(self):
        return self._place

    def seek(self, offset, whence=io.SEEK_SET):
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, into):
        if self._place >= self.size:
            return 0
        number, within = self._where(self._place)
        if number != self._at:
            self._held, self._at = self._piece(number), number
        part = self._held[within : within + len(into)]
        into[: len(part)] = part
        self._place += len(part)
        return len(part)


class AsSealed(_View):
    """A file as it will lie sealed, while it lies open: for stores that read what they keep. Reading it writes nothing.

    `content` must not change meanwhile: the same piece is sealed the same way each time it is read.
    """

    def __init__(self, form, content, key, bound=b""):
        self._content, self._length = content, content.seek(0, io.SEEK_END)
        super().__init__(sealed_size(form, self._length))
        self._cipher, self._head = _Cipher(form, key, secrets.token_bytes(SALT), bound), form.head

    def _where(self, place):
        if place < self._head:
            return -1, place
        return divmod(place - self._head, PIECE + TAG)

    def _piece(self, number):
        if number == -1:
            return self._cipher.head
        start = number * PIECE
        self._content.seek(start)
        return self._cipher.seal(number, start + PIECE >= self._length, _whole(self._content, PIECE))


class Opening(_View):
    """Reads what was sealed into `file`, which can be sought. Raises NotOpened at once where it was cut short, and at a piece
    that is not as it was written."""

    def __init__(self, form, file, key, bound=b""):
        self._file, self._head, length = file, form.head, file.seek(0, io.SEEK_END)
        file.seek(0)
        head = _whole(file, form.head)
        if not head.startswith(form.line) or len(head) < form.head:
            raise NotSealed("it is no such file, or only the beginning of one")
        self._cipher = _Cipher(form, key, head[len(form.line) : -MARK], bound)
        if not hmac.compare_digest(head, self._cipher.head):
            raise OtherKey("it was sealed with another key")
        super().__init__(opened_size(form, length))
        self._last = max(0, -(-self.size // PIECE) - 1)
        self._piece(
            self._last
        )  # opens as the last and by its number, so nothing is cut off: known before the first is read

    def close(self):
        if not self.closed:
            self._file.close()
        super().close()

    def _where(self, place):
        return divmod(place, PIECE)

    def _piece(self, number):
        self._file.seek(self._head + number * (PIECE + TAG))
        return self._cipher.open(number, number == self._last, _whole(self._file, PIECE + TAG))


def _whole(file, size):
    """`size` bytes of a file, or all that are left: a store may give less at a time."""
    parts = []
    while size and (part := file.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
