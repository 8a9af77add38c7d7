"""Whether pages can be pictured here, and the picture and PDF of one that is stored."""

import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

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
    """(Pictures, "") of the page at `url` in `warc` (bytes); or (None, why there are none, in a sentence)."""
    if media_type not in HTML:
        return None, _("It is a file and no page, so there is no picture of it.")
    chromium = browser()
    if not chromium:
        return None, _(
            "No picture was made: pages cannot be pictured on this server (Chromium and the extra “pictures”)."
        )
    with tempfile.TemporaryDirectory(prefix="page-") as folder:
        folder = Path(folder)
        (folder / "page.warc.gz").write_bytes(warc)
        try:
            apart.run("factcheck.fetching.rendering", b"", str(folder), url, chromium, seconds=SECONDS)
            return Pictures((folder / "picture.png").read_bytes(), (folder / "page.pdf").read_bytes()), ""
        except (Failed, FileNotFoundError):
            return None, _("No picture was made: the browser could not show the stored page.")
