"""Asking the reader, which is a process of its own: what it says of a message, or that it could not say."""

import json
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from factcheck.newsroom.refusals import Refused

from . import reading

HERE = Path(__file__).resolve().parent.parent.parent
MOST_READ = 30 * 1024 * 1024  # bytes; a larger message is kept, and read no further than its head
PATIENCE = 60  # seconds on the clock, on a machine that has other things to do


def read(file, size):
    """What a message says (see `reading.read`). `file` is a binary file at its beginning. Never raises for its content."""
    if size > MOST_READ:
        return _head(file.read(reading.HEAD), "oversize", "oversize")
    data = file.read()
    try:
        return json.loads(_ask([], data))
    except (subprocess.SubprocessError, ValueError):
        return _head(data, "unreadable", "unreadable")


def attachment(file, place):
    """The bytes of an attachment. Raises Refused where the message cannot be read any more."""
    try:
        return _ask([str(place)], file.read())
    except subprocess.SubprocessError:
        raise Refused(_("The message cannot be read. It can still be saved as it came.")) from None


def _ask(arguments, data):
    command = [sys.executable, "-m", "factcheck.inbox.reading", *arguments]
    asked = subprocess.run(command, input=data, capture_output=True, cwd=HERE, timeout=PATIENCE, check=True)
    return asked.stdout


def _head(data, kind, flag):
    try:
        told = reading.head_only(data)
    except Exception:  # even the head may break the parser; the message is kept and flagged, and the next one read
        told = reading.head_only(b"")
    return {**told, "kind": kind, "flags": sorted({*told["flags"], flag})}
