"""The folder that is baked: every file in it is whole, the one before or the new one, and nothing is removed that is not ours."""

import gzip
import hashlib
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from factcheck.database.full import disk_is_full

OWN = ".baked"  # the folder of the bake's own notes: to be served to nobody
INDEX = "index.html"
ASKED = "asked"  # the folder of answers to what stands behind an address
A_NAME = re.compile(r"[\w.=&-]{1,200}", re.ASCII)
COMPRESSED = ("text/", "application/json", "application/xml", "application/atom+xml", "application/feed+json")
COMPRESSED += ("application/jsonl", "application/ld+json", "application/javascript", "image/svg+xml")
LEVEL = 6


class Stopped(Exception):
    """The bake cannot go on. The message is a sentence for whoever started it; every file that is there is whole."""


class DiskFull(Stopped):
    pass


class Tree:
    """A folder, and what is written to it and removed from it, by paths with slashes between their parts."""

    def __init__(self, root):
        self.root = Path(root)
        self.own = self.root / OWN
        self.half = self.own / "half-written"
        self.packed = self.own / "half-written.gz"
        self._folders = set()

    def path_of(self, address):
        """The path of the file for an address. Raises Stopped for an address that would lead elsewhere."""
        path, _, asked = address.partition("?")
        path = unquote(path).lstrip("/")
        if asked:
            path = _of_a_question(path, asked)
        elif path == "" or path.endswith("/"):
            path += INDEX
        parts = path.split("/")
        if parts[0] == OWN or any(part in ("", ".", "..") for part in parts) or "\0" in path:
            raise Stopped(f"{address} cannot be the name of a file.")
        return path

    def there(self, path):
        return os.path.lexists(self.root / path)

    def write(self, path, pieces, kind):
        """Write a file from pieces of bytes, and its gzip beside it where the type is text. Returns the SHA-256, as bytes."""
        digest = hashlib.sha256()
        with self._told(path):
            self._into_place(path, _counted(pieces, digest))
            if kind.startswith(COMPRESSED):
                self._compress(path)
        return digest.digest()

    def write_small(self, path, content, kind):
        """`write`, of something that is in memory as a whole, where nothing needs to be read again."""
        with self._told(path):
            self._into_place(path, (content,))
            if kind.startswith(COMPRESSED):
                self._into_place(f"{path}.gz", (compressed(content),))

    def _compress(self, path):
        with (self.root / path).open("rb") as plain, self.packed.open("wb") as packed:
            with gzip.GzipFile("", "wb", LEVEL, packed, mtime=0) as into:
                shutil.copyfileobj(plain, into)
            os.fchmod(packed.fileno(), 0o644)
        self.packed.replace(self.root / f"{path}.gz")

    def _into_place(self, path, pieces):
        self._make_folder(path.rpartition("/")[0])
        with self.half.open("wb", 0) as file:
            for piece in pieces:
                _all_of(file, piece)
            os.fchmod(file.fileno(), 0o644)
        self.half.replace(self.root / path)

    def _make_folder(self, folder):
        if folder not in self._folders:
            place = self.root
            for part in filter(None, folder.split("/")):
                place = place / part
                with suppress(FileExistsError):
                    place.mkdir()
                    place.chmod(0o755)
            if len(self._folders) > 100_000:
                self._folders.clear()
            self._folders.add(folder)

    def _told(self, path):
        return _InWords(self, path)

    def remove(self, path):
        """Remove a file of ours, its gzip, and folders that are empty then. What is gone already is gone."""
        for name in (path, f"{path}.gz"):
            with suppress(FileNotFoundError, NotADirectoryError):
                (self.root / name).unlink()
        self._folders.clear()
        folder = path.rpartition("/")[0]
        while folder:
            try:
                (self.root / folder).rmdir()
            except OSError:
                return
            folder = folder.rpartition("/")[0]

    def every_file(self):
        """The path of every file in the folder but the bake's own, whoever put it there."""
        for place, folders, files in os.walk(self.root):
            if Path(place) == self.root and OWN in folders:
                folders.remove(OWN)
            for name in files:
                yield (Path(place) / name).relative_to(self.root).as_posix()


def _of_a_question(path, asked):
    """Where the answer to a question lies: its name is the question, and its ending says its type, as elsewhere."""
    ending = PurePosixPath(path).suffix or ".html"
    return f"{ASKED}/{path.rstrip('/')}/{asked}{ending}" if A_NAME.fullmatch(asked) else ""


class _InWords:
    """What an operating system says of a file that cannot be written, in a sentence; nothing half-written is left."""

    def __init__(self, tree, path):
        self.tree, self.path = tree, path

    def __enter__(self):
        return self

    def __exit__(self, kind, problem, _traceback):
        if not isinstance(problem, OSError):
            return
        for half in (self.tree.half, self.tree.packed):
            with suppress(OSError):
                half.unlink()
        if disk_is_full(problem):
            raise DiskFull(FULL_DISK) from problem
        raise Stopped(f"{self.tree.root / self.path} cannot be written: {problem.strerror}.") from problem


FULL_DISK = (
    "The disk is full. Every page in the folder is whole, the one before or the new one, and nothing is half-written. "
    "Make room and bake again: it goes on from here."
)


def _all_of(file, piece):
    """Write all of it: a disk that fills up may take a part first."""
    view = memoryview(piece)
    while view:
        view = view[file.write(view) :]


def _counted(pieces, digest):
    for piece in pieces:
        digest.update(piece)
        yield piece


def compressed(content):
    return gzip.compress(content, LEVEL, mtime=0)
