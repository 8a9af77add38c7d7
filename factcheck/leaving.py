"""What leaves the desk, and in which mode (CS-14): whatever it hands out that is no page has a line here, or is not given.

There is no export of everything. What the readers' door gives is public by the tables it can read, whatever its form.
"""

from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

HEADER = "X-Export-Mode"


class Mode(Enum):
    """For whom an export is fit. Where there is a choice, the first that `EXPORTS` names is what one gets."""

    PUBLIC = "public"  # what readers have, and nothing else
    INTERNAL = "internal"  # what staff read at the desk: it stays in the house, and no protected identity is in it
    REDACTED = "redacted"  # may leave the house: what is restricted, confidential or off the record is taken out
    WHOLE = "whole"  # for the newsroom's lawyer; sources stay out, with a mark. Wants the role, a reason, the journal
    CUSTODIAN = "custodian"  # about one source, for its custodians alone
    PLAIN = "plain"  # the record as it lies in the database, for who runs the server; only the vault is sealed in it
    SEALED = "sealed"  # everything, and nobody reads it without a key that is not in it


@dataclass(frozen=True)
class Export:
    """Something that can be taken out: what the README calls it, and its modes."""

    what: str
    modes: tuple[Mode, ...]


EXPORTS = {
    "court-file": Export("File for a complaint or a court", (Mode.REDACTED, Mode.WHOLE)),
    "evidence-list": Export("List of a claim’s evidence", (Mode.REDACTED, Mode.WHOLE)),
    "replies-report": Export("Table of replies sought and received", (Mode.INTERNAL,)),
    "evidence-copy": Export("Copy of a file without hidden data", (Mode.INTERNAL,)),
    "evidence-original": Export("Original of a file", (Mode.INTERNAL, Mode.CUSTODIAN)),
    "message": Export("Message that came in, as it came", (Mode.INTERNAL, Mode.CUSTODIAN)),
    "attachment": Export("Attachment of a message", (Mode.INTERNAL, Mode.CUSTODIAN)),
    "statement": Export("Statement whose words are withheld", (Mode.CUSTODIAN,)),
    "identity": Export("Who a source is", (Mode.CUSTODIAN,)),
}
# Commands that write the record out. Those of doors that read what is published alone are public, and need no line.
COMMANDS = {
    "backup": Export("`backup`", (Mode.SEALED,)),
    "dumpdata": Export("Django’s `dumpdata`", (Mode.PLAIN,)),
}
# Answers to the desk's own scripts: names to choose from, and words for its widgets.
PARTS_OF_PAGES = frozenset({"admin:autocomplete", "admin:claims_story_log_names", "admin:jsi18n"})


def leaves_as(response, code, mode):
    """Mark a response as the export `code` in this Mode, and return it. Raises ImproperlyConfigured where it has no such mode."""
    if code not in EXPORTS or mode not in EXPORTS[code].modes:
        raise ImproperlyConfigured(f"no export {code!r} has the mode {mode}: see factcheck/leaving.py")
    response.headers[HEADER] = mode.value
    return response


class NothingUnnamed:
    """Middleware of the desk: what is no page and has no mode is not handed out. Raises ImproperlyConfigured."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(settings.STAFF_PATH) and _is_export(request, response):
            raise ImproperlyConfigured(f"{request.path} hands something out in no mode: see factcheck/leaving.py")
        return response


def _is_export(request, response):
    """Whether an answer is something to be kept that does not say its mode."""
    if HEADER in response.headers or not 200 <= response.status_code < 300:
        return False
    if "Content-Disposition" in response.headers:
        return True
    kind, match = response.headers.get("Content-Type", "").partition(";")[0], request.resolver_match
    at_the_door = kind == "application/json" and match and match.app_name != "admin"  # passkeys, the clock of a session
    return kind != "text/html" and not at_the_door and (not match or match.view_name not in PARTS_OF_PAGES)
