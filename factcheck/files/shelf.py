"""Shelves: `shelf("evidence")` is what the newsroom keeps, `shelf("published")` what readers may have,
`shelf("mail")` every message as it came in.

A file goes onto a shelf under a random name that says nothing of it, and is never changed there.
"""

import hashlib
import io
import secrets
from datetime import timedelta
from typing import NamedTuple

from django.core.files import File
from django.core.files.storage import storages
from django.utils import timezone

from .folder import ARRIVING

PIECE = 1024 * 1024  # bytes read at a time


class Kept(NamedTuple):
    """A file on its shelf: its name there, and SHA-256 (hexadecimal) and size in bytes of what was put there."""

    name: str
    sha256: str
    size: int


def measure(content):
    """(SHA-256, size in bytes) of a binary file object, read from its beginning and left there again."""
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while piece := content.read(PIECE):
        digest.update(piece)
        size += len(piece)
    content.seek(0)
    return digest.hexdigest(), size


class Shelf:
    """One place for files. What goes wrong below (a full disk, a store that does not answer) is raised as it comes."""

    def __init__(self, storage):
        self.storage = storage

    def keep(self, content, sealed=None):
        """Put `content` (bytes, or a binary file object that can be sought) on the shelf. Returns Kept.

        `sealed(file, name)` is what is put there in its place, as such a file object, where it shall not lie there open.
        """
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        token = secrets.token_hex(16)
        name = self.storage.get_available_name(f"{token[:2]}/{token}")
        file = sealed(file, name) if sealed else file
        sha256, size = measure(file)
        return Kept(self.storage.save(name, File(file)), sha256, size)

    def holds(self, name):
        """Whether there is such a file."""
        return self.storage.exists(name)

    def open(self, name):
        """The file, open for reading bytes. Raises FileNotFoundError."""
        return self.storage.open(name, "rb")

    def measure(self, name):
        """(SHA-256, size) of what lies there now, or None where nothing does."""
        try:
            with self.open(name) as file:
                return measure(file)
        except FileNotFoundError:
            return None

    def remove(self, name):
        """Take a file off the shelf. One that is not there is no error."""
        self.storage.delete(name)

    def names(self):
        """The name of everything that lies there, whole files and those that never arrived."""
        folders, _files = self._listed("")
        for folder in folders:
            for file in self._listed(folder)[1]:
                yield f"{folder}/{file}"

    def _listed(self, folder):
        try:
            return self.storage.listdir(folder)
        except FileNotFoundError:
            return [], []

    def strays(self, known, older_than=timedelta(days=1)):
        """Names that are not in `known` and have lain there for a day: left by something that was stopped half-way."""
        before = timezone.now() - older_than
        for name in self.names():
            if (name not in known or ARRIVING in name) and self.storage.get_modified_time(name) < before:
                yield name


def shelf(name):
    """The shelf of this name, as the settings place it."""
    return Shelf(storages[name])
