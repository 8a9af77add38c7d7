"""Files that are put down for a moment, and whose bytes on the disk tell nobody anything: their key is in memory alone.

Whatever is killed or cut off from power leaves bytes that nobody can read any more. Nothing here authenticates them: what is read
back was written by the same process, or by one that it started, a moment before. Knows nothing of Django.
"""

import io
import os
import tempfile

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

BLOCK, BUFFER = 16, 256 * 1024  # bytes


class Hidden(io.RawIOBase):
    """Reads and writes `file` (binary, can be sought) through AES-CTR, at any place. A key is for one file and no other."""

    def __init__(self, file, key):
        super().__init__()
        self._file, self._algorithm = file, AES(key)

    def readable(self):
        return True

    writable = seekable = readable

    def tell(self):
        return self._file.tell()

    def seek(self, offset, whence=io.SEEK_SET):
        return self._file.seek(offset, whence)

    def readinto(self, into):
        place = self._file.tell()
        data = self._turned(place, self._file.read(len(into)))
        into[: len(data)] = data
        return len(data)

    def write(self, data):
        return self._file.write(self._turned(self._file.tell(), bytes(data)))

    def truncate(self, size=None):
        return self._file.truncate(size)

    def close(self):
        if not self.closed:
            self._file.close()
        super().close()

    def _turned(self, place, data):
        """The bytes at `place`, the one way or the other: in this mode it is the same."""
        block, within = divmod(place, BLOCK)
        cipher = Cipher(self._algorithm, CTR(block.to_bytes(BLOCK, "big"))).encryptor()
        cipher.update(bytes(within))
        return cipher.update(data)


def new_key():
    """A key for one file: 32 random bytes, to be kept in memory and nowhere else."""
    return os.urandom(32)


def reading(path, key):
    """The file at `path`, which was written under this key, open for reading."""
    return io.BufferedReader(Hidden(path.open("rb", buffering=0), key), BUFFER)


def writing(path, key):
    """A new file at `path`, open for writing and reading at any place."""
    return io.BufferedRandom(Hidden(path.open("w+b", buffering=0), key), BUFFER)


def temporary():
    """A file without a name, gone when it is closed or its process ends, open for writing and reading."""
    return io.BufferedRandom(Hidden(tempfile.TemporaryFile(buffering=0), new_key()), BUFFER)
