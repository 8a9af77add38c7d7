"""Whether pages can be pictured here, and the picture and PDF of one that is stored."""

import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from . import apart
from .reading import HTML
from .refusals import Failed

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 90


class Pictures(NamedTuple):
    """A page as it looked: PNG and PDF, each as bytes."""

    picture: bytes
    pdf: bytes


def browser():
    """Where Chromium is, or "" where pages cannot be pictured: it wants the extra `pictures` and the browser itself."""
    if not find_spec("playwright"):
        return ""
    return next(filter(None, map(shutil.which, BROWSERS)), "")


def of(warc, url, media_type):
    """The Pictures of the page at `url` in `warc` (bytes); None where there is no browser, or nothing that it shows."""
    chromium = browser()
    if not chromium or media_type not in HTML:
        return None
    with tempfile.TemporaryDirectory(prefix="page-") as folder:
        folder = Path(folder)
        (folder / "page.warc.gz").write_bytes(warc)
        try:
            apart.run("factcheck.fetching.rendering", b"", str(folder), url, chromium, seconds=SECONDS)
            return Pictures((folder / "picture.png").read_bytes(), (folder / "page.pdf").read_bytes())
        except (Failed, FileNotFoundError):
            return None
