"""Sound and film: the streams are copied, in a process of its own, into a container that says nothing (see `remuxing.py`)."""

import shutil
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from factcheck.fetching import apart
from factcheck.fetching.refusals import Failed

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
        folder = Path(folder)
        with (folder / "given").open("wb") as given:
            shutil.copyfileobj(content, given)
        try:
            reason = apart.run("factcheck.evidence.remuxing", b"", *FORMATS[type], str(folder), seconds=SECONDS)
        except Failed:
            raise Unclean("it could not be read whole") from None
        if reason:
            raise Unclean(reason.decode())
        return (folder / "made").read_bytes()
