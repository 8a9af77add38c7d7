"""A folder in which a file is there whole or not at all, whatever is killed in between."""

import contextlib
import os
import tempfile
from pathlib import Path

from django.core.files.storage import FileSystemStorage

ARRIVING = ".arriving-"  # how a file is called until it is whole; nothing reads such a name


class Folder(FileSystemStorage):
    """Django's storage in a folder, with three differences: a file arrives under another name and is on the disk before it
    gets its own; none is ever written over; and none can be written to."""

    def _save(self, name, content):
        goal = Path(self.path(name))
        goal.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, arriving = tempfile.mkstemp(prefix=ARRIVING, dir=goal.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fchmod(file.fileno(), 0o400)
                os.fsync(file.fileno())
            os.link(arriving, goal)  # unlike a rename, it refuses a name that is taken
        finally:
            Path(arriving).unlink()
        for folder in (goal.parent, goal.parent.parent):
            _settle(folder)
        return name


def _settle(folder):
    """Have the disk know the folder's new entries, where the system can be asked to."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
