"""The Internet Archive's Save Page Now: ask it to keep a page in public, and follow what becomes of that.

Sending an address there tells the world that somebody took an interest in it. Whoever calls this has asked a person.
"""

import json
import re
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from .fetch import Limits
from .refusals import Failed

ARCHIVE = "https://web.archive.org"
LIMITS = Limits(seconds=60, received=2_000_000, unpacked=2_000_000, redirects=0)
JOB = re.compile(r"[\w.-]{1,200}")
BUSY = frozenset(
    {"error:user-session-limit", "error:too-many-daily-captures", "error:celery", "error:no-browsers-available"}
)


class Archived(NamedTuple):
    """Where the public copy is, and when it was made."""

    url: str
    at: datetime


class SavePageNow:
    """The service, spoken to with the newsroom's own keys. `fetcher` is a fetch.Fetcher."""

    def __init__(self, fetcher, access_key, secret_key, archive=ARCHIVE):
        self.fetcher, self.archive = fetcher, archive
        self._headers = {"Authorization": f"LOW {access_key}:{secret_key}", "Accept": "application/json"}

    def submit(self, url):
        """Ask for a copy of `url`. Returns the number of the job. Raises Failed; code "busy" may be tried again."""
        form = urlencode({"url": url, "skip_first_archive": "1"}).encode()
        headers = {**self._headers, "Content-Type": "application/x-www-form-urlencoded"}
        told = _told(self.fetcher.post(f"{self.archive}/save", form, headers=headers, limits=LIMITS))
        job = str(told.get("job_id") or "")
        if not JOB.fullmatch(job):
            raise _refused(told)
        return job

    def outcome(self, job):
        """The Archived copy, or None while the job still runs. Raises Failed; code "busy" may be asked again."""
        address = f"{self.archive}/save/status/{quote(job, safe='')}"
        told = _told(self.fetcher.fetch(address, headers=self._headers, limits=LIMITS).last)
        if told.get("status") == "pending":
            return None
        if told.get("status") != "success":
            raise _refused(told)
        stamp = str(told.get("timestamp") or "")
        try:
            at = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            raise _not_understood() from None
        return Archived(f"{self.archive}/web/{stamp}/{told.get('original_url') or ''}", at)


def _told(exchange):
    """The object that the service answered with. Raises Failed."""
    if exchange.status in (401, 403):
        raise Failed("keys", _("The Internet Archive does not take our keys."))
    if exchange.status == 429 or exchange.status >= 500:
        raise Failed("busy", _("The Internet Archive is busy (status %(status)d).") % {"status": exchange.status})
    try:
        told = json.loads(exchange.body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise _not_understood()
    return told


def _refused(told):
    said = " ".join(str(told.get("message") or told.get("status_ext") or "").split())[:200]
    code = "busy" if told.get("status_ext") in BUSY else "refused"
    if not said:
        return _not_understood()
    return Failed(code, _("The Internet Archive did not keep the page. It says: “%(said)s”") % {"said": said})


def _not_understood():
    return Failed("broken", _("The Internet Archive answered something that we do not understand."))
