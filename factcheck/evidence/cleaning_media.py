"""Sound and film: the streams are copied, in a process of its own, into a container that says nothing (see `remuxing.py`).

Both files lie on the disk for as long, under keys that the two processes have in memory and nobody else.
"""

import shutil
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from factcheck.fetching import apart
from factcheck.fetching.refusals import Failed
from factcheck.files import hidden

from .unclean import Unclean

SECONDS = 180
FORMATS = {  # as FFmpeg calls them: how it is read, and how the copy is written
    "audio/mpeg": ("mp3", "mp3"),
    "audio/wav": ("wav", "wav"),
    "audio/flac": ("flac", "flac"),
    "audio/ogg": ("ogg", "ogg"),
    "audio/mp4": ("mov", "ipod"),
    "video/mp4": ("mov", "mp4"),
    "video/quicktime": ("mov", "mov"),
    "video/webm": ("matroska", "webm"),
    "video/x-matroska": ("matroska", "matroska"),
}


def program():
    """What does it, with its version, or "" where the extra `media` is not installed."""
    try:
        return f"PyAV {version('av')}"
    except PackageNotFoundError:
        return ""


def clean_media(content, type):
    """The same sound and pictures, bit for bit, without tags, covers, places, moments, chapters, subtitles and notes."""
    if not program():
        raise Unclean("PyAV is not installed")
    with tempfile.TemporaryDirectory(prefix="media-") as folder:
        folder, keys = Path(folder), (hidden.new_key(), hidden.new_key())
        with hidden.writing(folder / "given", keys[0]) as given:
            shutil.copyfileobj(content, given)
        try:
            reason = apart.run(
                "factcheck.evidence.remuxing", b"".join(keys), *FORMATS[type], str(folder), seconds=SECONDS
            )
        except Failed:
            raise Unclean("it could not be read whole") from None
        if reason:
            raise Unclean(reason.decode())
        with hidden.reading(folder / "made", keys[1]) as made:
            return made.read()
