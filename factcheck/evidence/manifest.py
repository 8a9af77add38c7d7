"""The newsroom's own list of a claim's evidence, for whoever has to check it elsewhere (EV-10)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.newsroom.checks import words_in
from factcheck.newsroom.refusals import NotAllowed
from factcheck.sources import leak_guard

from . import custody
from .custody import What
from .exhibits import READERS_OF_ORIGINALS
from .models import Item

TOLD = ("title", "kind", "publisher", "url", "archived_url", "locator", "stance", "visibility")


def why_may_not_list(by):
    """Why this person takes no list out, in a sentence; None where they may."""
    return None if by.has_role(*READERS_OF_ORIGINALS) else _("Only those who work on the record take a list of it out.")


@transaction.atomic
def list_for_staff(claim, *, by):
    """Every item of `claim` with its files and captures, as plain data. What is restricted has a random name and nothing else.

    That it was taken out, and by whom, is written into the custody record of each item.
    """
    if reason := why_may_not_list(by):
        raise NotAllowed(reason)
    items = list(claim.evidence.prefetch_related("exhibits__file", "exhibits__copy", "captures__warc"))
    listed = {
        "claim": str(claim.ref),
        "taken_out_at": timezone.now().isoformat(timespec="seconds"),
        "taken_out_by": by.get_username(),
        "evidence": [_item(item) for item in items],
    }
    leak_guard.check_leaving(list(words_in(listed)), by=by)
    for item in items:
        custody.write(What.EXPORTED, by=by, item=item, note=_("In the list of the claim’s evidence."))
    return listed


def _item(item):
    if item.visibility == Item.Visibility.RESTRICTED:
        return {"listed_as": str(item.listed_as), "restricted": True}
    return {
        "listed_as": str(item.listed_as),
        **{name: getattr(item, name) for name in TOLD if getattr(item, name)},
        "withdrawn": bool(item.withdrawn_at),
        "files": [_file(exhibit) for exhibit in item.exhibits.all()],
        "captures": [_capture(capture) for capture in item.captures.all() if capture.warc_id],
    }


def _file(exhibit):
    original, copy = exhibit.file, exhibit.copy
    return {
        "name": exhibit.name,
        "type": original.type,
        "size": original.size,
        "sha256": original.sha256,
        "copy_sha256": copy.sha256 if copy else "",
        "received_at": exhibit.received_at.isoformat(timespec="seconds"),
        "released_as": exhibit.released_as,
    }


def _capture(capture):
    return {
        "url": capture.url,
        "final_url": capture.final_url,
        "http_status": capture.http_status,
        "captured_at": capture.captured_at.isoformat(timespec="seconds"),
        "sha256": capture.warc.sha256,
    }
