"""A page as it is now beside the copy that was cited: what changed, and whether the passage relied on still stands there."""

import hashlib

from django.utils.translation import gettext as _

from factcheck.fetching import warc
from factcheck.sources.keys import VaultShut

from . import differences, passages
from .keeping import open_file
from .withheld import final_url_of, text_of


def compare(seen, copy, item):
    """`seen` (fetching.capturing.Taken) beside `copy` (a Capture or None): the fields of a Watch that say what differs.

    A copy that is sealed, and whose key is not here or is destroyed, is compared with nothing.
    """
    return {
        "differences": _differences(seen, copy) if copy else [],
        "passage_stands": passages.stands_on(item.passage, seen.page),
    }


def _differences(seen, copy):
    try:
        return _beside(seen, copy)
    except VaultShut:
        return []


def _beside(seen, copy):
    before = text_of(copy)
    if before or seen.page.text:
        return differences.between(before, seen.page.text)
    before, after = _stored_hash(copy), hashlib.sha256(seen.last.body).hexdigest()
    told = _("the file with SHA-256 %(hash)s")
    return [] if before == after else [[told % {"hash": before}, told % {"hash": after}]]


def _stored_hash(copy):
    """SHA-256 of what the address answered when it was captured, where it has no text to compare."""
    answered = final_url_of(copy)
    with open_file(copy.warc) as file:
        bodies = (body for url, _status, _headers, body in warc.answers(file) if url == answered)
        return hashlib.sha256(next(bodies, b"")).hexdigest()
