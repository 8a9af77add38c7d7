"""Work on what came from outside, in a process of its own: no secrets in its surroundings, bounded in time."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from .reading import Page
from .refusals import Failed

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30


def read(body, content_type, url, seconds=SECONDS):
    """The Page that `body` is, read by `reading` in a process of its own. Raises Failed."""
    about = json.dumps({"content_type": content_type, "url": url}).encode() + b"\n"
    told = run("factcheck.fetching.reading", about + body, seconds=seconds)
    page = json.loads(told)
    return Page(**{**page, "needs": tuple(page["needs"])})


def run(module, given, *arguments, seconds):
    """Run a module of ours with `given` (bytes) on its standard input and return what it writes. Raises Failed.

    Whatever it started ends with it.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=_surroundings(),
        start_new_session=True,
    )
    with process:
        try:
            told, _nothing = process.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise _unreadable() from None
        finally:
            _end(process)
    if process.returncode:
        raise _unreadable()
    return told


def _surroundings():
    """What a process needs to find its way, and nothing that the newsroom would not want told."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV") if name in os.environ}


def _end(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _unreadable():
    return Failed("unreadable", _("The page was fetched, but it cannot be read."))
