"""The newsroom's own list of a claim's evidence, for whoever has to check it elsewhere (EV-10), in two forms (CS-14).

Redacted, it may leave the house: what is restricted has a random name and nothing else. Whole, it is for the newsroom's
lawyer and says what is restricted, too. In neither does anything stand that could lead to a source, only that it is there.
"""

from collections import Counter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.newsroom import journal
from factcheck.newsroom.checks import words_in
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.newsroom.roles import DISCLOSERS
from factcheck.sources import leak_guard

from . import custody
from .confided import is_a_sources
from .custody import What
from .exhibits import READERS_OF_ORIGINALS
from .models import Item

TOLD = ("title", "kind", "publisher", "url", "archived_url", "locator", "stance", "visibility")
RESTRICTED, SOURCE = "restricted", "source"  # what is taken out, and why


def why_may_not_list(by, whole=False):
    """Why this person takes no such list out, in a sentence; None where they may."""
    if whole and not by.has_role(*DISCLOSERS):
        return _("Only a senior editor or legal takes the whole list out.")
    return None if by.has_role(*READERS_OF_ORIGINALS) else _("Only those who work on the record take a list of it out.")


@transaction.atomic
def list_for_staff(claim, *, by, whole=False, reason=""):
    """Every item of `claim` with its files and captures, as plain data. Redacted, unless `whole`, which wants a reason.

    That it was taken out, and by whom, is in the journal, and in the custody record of each item. Raises NotAllowed, Refused.
    """
    if refusal := why_may_not_list(by, whole):
        raise NotAllowed(refusal)
    if whole and not reason.strip():
        raise Refused(_("Say why the whole list is needed. It stays on the record under your name."))
    items = list(
        claim.evidence.select_related("source").prefetch_related("exhibits__file", "exhibits__copy", "captures__warc")
    )
    listed = _listed(claim, items, by, whole)
    leak_guard.check_leaving(list(words_in(listed)), by=by)
    for item in items:
        custody.write(What.EXPORTED, by=by, item=item, note=_("In the list of the claim’s evidence."))
    verb = "took out whole evidence list" if whole else "took out evidence list"
    journal.write(by=by, verb=verb, record=claim, claim=claim, reason=reason)
    return listed


def _listed(claim, items, by, whole):
    evidence = [_item(item, whole) for item in items]
    marks = [entry["redacted"] for entry in evidence if entry.get("redacted")]
    parts = [part for entry in evidence for part in (*entry.get("files", ()), *entry.get("captures", ()))]
    marks += [part["redacted"] for part in parts if part.get("redacted")]
    return {
        "form": "whole" if whole else "redacted",
        "claim": str(claim.ref),
        "taken_out_at": timezone.now().isoformat(timespec="seconds"),
        "taken_out_by": by.get_username(),
        "evidence": evidence,
        "schedule": [{"kind": kind, "count": count} for kind, count in sorted(Counter(marks).items())],
    }


def _item(item, whole):
    if is_a_sources(item) and item.visibility != Item.Visibility.PUBLIC:
        return {"listed_as": str(item.listed_as), "redacted": SOURCE}
    if item.visibility == Item.Visibility.RESTRICTED and not whole:
        return {"listed_as": str(item.listed_as), "redacted": RESTRICTED}
    return {
        "listed_as": str(item.listed_as),
        **{name: getattr(item, name) for name in TOLD if getattr(item, name)},
        "withdrawn": bool(item.withdrawn_at),
        "files": [_file(exhibit) for exhibit in item.exhibits.all()],
        "captures": [_capture(item, capture) for capture in item.captures.all() if capture.warc_id],
    }


def _file(exhibit):
    """A file. Of a source's, what readers may have of it: by name, moment or hash of the original whoever gave it is found."""
    released = {"copy_sha256": exhibit.copy.sha256 if exhibit.copy else "", "released_as": exhibit.released_as}
    if is_a_sources(exhibit.item):
        return {"redacted": SOURCE, **(released if exhibit.released_at else {})}
    original = exhibit.file
    return {
        "name": exhibit.name,
        "type": original.type,
        "size": original.size,
        "sha256": original.sha256,
        "received_at": exhibit.received_at.isoformat(timespec="seconds"),
        **released,
    }


def _capture(item, capture):
    if is_a_sources(item):
        return {"redacted": SOURCE}
    return {
        "url": capture.url,
        "final_url": capture.final_url,
        "http_status": capture.http_status,
        "captured_at": capture.captured_at.isoformat(timespec="seconds"),
        "sha256": capture.warc.sha256,
    }
