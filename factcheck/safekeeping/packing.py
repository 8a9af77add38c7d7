"""Making a backup: one sealed file of the database, of every file on the shelves, and of a manifest over both.

What opens other secrets stays out. The vault's keys would open the sources; SECRET_KEY, together with the database, would make a
link that sets anybody's password and a code for anybody's second factor. Whoever steals a backup and its key gets neither.
"""

import contextlib
import hashlib
import io
import os
import shutil
import tarfile
import tempfile
import time
from pathlib import Path

from django.conf import settings

from factcheck.environment import SHELVES
from factcheck.files.shelf import ARRIVING, shelf

from . import databases, manifest
from .sealing import Sealing, written_whole

UNFINISHED = ".unfinished"
WORK = ".backup-"
A_DAY = 24 * 60 * 60


def back_up(goal, key):
    """Write a backup to `goal` (a Path), sealed with `key`. Returns its Manifest.

    Whatever happens on the way, `goal` is there whole or not at all. Raises FileExistsError, OSError, CopyFailed.
    """
    if goal.exists():
        raise FileExistsError(goal)
    sweep(settings.VAR_DIR)
    sweep(goal.parent, f".*{UNFINISHED}")
    with work_folder() as work, _arriving(goal) as (file, arrived):
        made = manifest.begun()
        databases.copy_to(work / "database")
        sealing = Sealing(file, key)
        _pack(sealing, made, work / "database")
        sealing.finish()
        file.close()
        arrived()
    return made


def _pack(sealing, made, database):
    with tarfile.open(fileobj=sealing, mode="w|", format=tarfile.PAX_FORMAT) as packed:
        with database.open("rb") as content:
            _add(packed, made, manifest.DATABASE, content)
        for name in SHELVES:
            for file in sorted(shelf(name).names()):
                if ARRIVING not in file:
                    _add_from_shelf(packed, made, name, file)
        _put(packed, manifest.NAME, _Counted(io.BytesIO(made.as_bytes())))


def _add_from_shelf(packed, made, name, file):
    # A file that was destroyed since it was listed is left out, which is right.
    with contextlib.suppress(FileNotFoundError), shelf(name).open(file) as content:
        _add(packed, made, f"files/{name}/{file}", content)


def _add(packed, made, name, content):
    counted = _Counted(content)
    _put(packed, name, counted)
    made.files[name] = [counted.digest.hexdigest(), counted.size]


def _put(packed, name, counted):
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = counted.size, 0o600, int(time.time())
    packed.addfile(entry, counted)


class _Counted:
    """A file that is hashed as it is read."""

    def __init__(self, content):
        self._content, self.digest = content, hashlib.sha256()
        content.seek(0, os.SEEK_END)
        self.size = content.tell()
        content.seek(0)

    def read(self, size):
        piece = self._content.read(size)
        self.digest.update(piece)
        return piece


@contextlib.contextmanager
def work_folder():
    """A private folder beside the database, gone at the end."""
    settings.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=WORK, dir=settings.VAR_DIR))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def sweep(folder, pattern=f"{WORK}*"):
    """Remove what a backup or a restore that was killed a day ago or longer left behind."""
    for left in folder.glob(pattern):
        if time.time() - left.stat().st_mtime > A_DAY:
            shutil.rmtree(left) if left.is_dir() else left.unlink()


@contextlib.contextmanager
def _arriving(goal):
    """(file, arrived): a file under another name beside `goal`, and what gives it that name once it is whole."""
    handle, path = tempfile.mkstemp(prefix=f".{goal.name}.", suffix=UNFINISHED, dir=goal.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file, lambda: _name(Path(path), goal)
    finally:
        Path(path).unlink(missing_ok=True)


def _name(path, goal):
    written_whole(path)
    try:
        os.link(path, goal)  # unlike a rename, it refuses a name that was taken meanwhile
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links, such as most sticks
        path.rename(goal)
