"""Restoring: a backup is read twice. First all of it is opened and compared with its manifest, and nothing is written; only
what came through that whole is read again, and put into a place that was empty."""

import contextlib
import hashlib
import shutil
import tarfile

from django.conf import settings
from django.core.files import File
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from factcheck.environment import SHELVES
from factcheck.files.shelf import PIECE, shelf

from . import databases, manifest
from .packing import sweep, work_folder
from .sealing import CannotOpen, Opening

# While this file is there, what lies on the shelves comes from a restore that did not get to its end.
BEGUN = "restore-begun"


class NotEmpty(Exception):
    """There is something already where the backup would go. Its text is a sentence."""


def restore(path, key):
    """Put the backup at `path` into this empty newsroom. Returns its Manifest.

    Raises CannotOpen, NotEmpty, CopyFailed, OSError; whichever it is, nothing of the backup is left here.
    """
    settings.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    sweep(settings.VAR_DIR)
    made = check(path, key)
    _require_fit(made)
    _require_empty()
    begun = settings.VAR_DIR / BEGUN
    begun.touch(mode=0o600)
    try:
        with work_folder() as work:
            _unpack(path, key, made, work / "database")
            databases.put_back(work / "database")
    except BaseException:
        _clear_shelves()
        begun.unlink()
        raise
    begun.unlink()
    return made


def check(path, key):
    """Read all of a backup and compare it with its manifest. Returns the Manifest; raises CannotOpen, OSError."""
    found, said = {}, None
    for entry, content in _entries(path, key):
        if entry.name == manifest.NAME:
            said = content.read()
        else:
            found[entry.name] = [_digest(content), entry.size]
    made = manifest.Manifest.from_bytes(said) if said else None
    if made is None or made.files != found:
        raise CannotOpen("This backup does not hold what its manifest says.")
    return made


def _entries(path, key):
    with path.open("rb") as file:
        opened = Opening(file, key)
        try:
            with tarfile.open(fileobj=opened, mode="r|") as packed:
                for entry in packed:
                    yield entry, packed.extractfile(entry)
        except tarfile.TarError:
            raise CannotOpen("This backup is not packed as this program packs.") from None
        while opened.read(PIECE):  # to its very end: what was added behind it is noticed too
            pass


def _digest(content):
    digest = hashlib.sha256()
    while piece := content.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _unpack(path, key, made, database):
    for entry, content in _entries(path, key):
        if entry.name == manifest.DATABASE:
            with database.open("xb") as file:
                shutil.copyfileobj(content, file, PIECE)
        elif entry.name in made.files:
            _kind, name, file = entry.name.split("/", 2)
            shelf(name).storage.save(file, File(content))


def _require_fit(made):
    if made.vendor != connection.vendor:
        raise CannotOpen(
            f"This backup is of a {made.vendor} database, and DATABASE_URL names a {connection.vendor} one."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if set(made.migrations) - known:
        raise CannotOpen("This backup was made by a newer version of this program. Install that one first.")


def _require_empty():
    if not databases.is_empty():
        raise NotEmpty(
            "The database is not empty. A backup is restored into an empty one, and nothing is written over."
        )
    if (settings.VAR_DIR / BEGUN).exists():
        _clear_shelves()
    for name in SHELVES:
        if next(iter(shelf(name).names()), None):
            raise NotEmpty(f"There are files on the shelf “{name}” already. Nothing is written over.")


def _clear_shelves():
    for name in SHELVES:
        for file in list(shelf(name).names()):
            with contextlib.suppress(OSError):
                shelf(name).remove(file)
