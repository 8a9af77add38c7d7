"""The verbs on files of an item: receive, redact, release, take back, set aside, open. Each writes the custody record.

`inspect` looks at an upload before anything is locked: telling its type and making its clean copy may take a while.
"""

from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.claims.actions import lock_open
from factcheck.newsroom import record
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.newsroom.roles import EDITORS, STAFF, Role

from . import custody
from .cleaning import Unclean, clean, cleaned_with, why_no_copy
from .confided import box_for, brought, held_already, require_tellable, why_sealed
from .custody import What
from .holdings import Exhibit, File
from .keeping import keep_again, keep_file, open_file
from .kinds import BY_TYPE, true_type
from .models import Item
from .names_for_readers import free_name, name_from
from .withheld import why_may_not_read
from .words import words_of

MEGABYTE = 1024 * 1024
NAME = 150
READERS_OF_ORIGINALS = STAFF - {Role.ADMINISTRATOR}


@dataclass(frozen=True)
class Inspected:
    """An upload that may be taken: `copy` is the same without hidden data, or None where we cannot make one; `words` is what
    it says, openly and unseen, as far as we can read it."""

    name: str
    type: str
    content: BinaryIO
    copy: bytes | None
    words: str


def inspect(content, name):
    """Look at an upload: a binary file object and the name it was given. Returns Inspected; raises Refused, in sentences."""
    name = _as_given(name)
    size = content.seek(0, 2)
    if size > settings.LARGEST_UPLOAD_MB * MEGABYTE:
        raise Refused(
            _(
                "“%(name)s” is larger than the %(most)d MB that are taken here. Ask your administrator, or send a part of it."
            )
            % {"name": name, "most": settings.LARGEST_UPLOAD_MB}
        )
    type = true_type(content, name)
    try:
        copy = clean(content, type)
    except Unclean:
        copy = None
    words = words_of(content, type)
    content.seek(0)
    return Inspected(name, type, content, copy, words)


def _as_given(name):
    """The last part of the name, without signs that cannot be seen, cut in its middle where it is too long."""
    shown = "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable()).strip() or _("without a name")
    return shown if len(shown) <= NAME else shown[: NAME - 20] + "…" + shown[-19:]


@transaction.atomic
def receive(item, *, by, upload, redacts=None):
    """Take an `Inspected` upload as a file of `item`. `redacts` is the Exhibit of the same item that it stands in for.

    Returns the Exhibit. Raises Refused where the item has these very bytes already, or is withdrawn, and VaultShut where it
    would have to be sealed and there is no key.
    """
    record.require_role(by)
    require_usable(item)
    box = box_for(item)
    require_tellable(upload, box, by=by)
    if same := held_already(item, upload.content, redacts):
        raise Refused(_("This very file is with this item already, as “%s”.") % same.name)
    made = File.Made.REDACTED if redacts else File.Made.RECEIVED
    source = redacts.file if redacts else None
    file = keep_file(upload.content, by=by, made=made, type=upload.type, item=item, derived_from=source, box=box)
    copy = _copied(file, upload, item)
    exhibit = Exhibit(
        item=item, name=upload.name, file=file, copy=copy, redacts=redacts, received_at=timezone.now(), received_by=by
    )
    return record.add(exhibit, by=by, verb="added file", claim=item.claim)


def _copied(file, upload, item):
    if upload.copy is None:
        return None
    return keep_file(
        upload.copy,
        by=None,
        made=File.Made.CLEANED,
        type=upload.type,
        item=item,
        derived_from=file,
        made_with=cleaned_with(upload.type),
        box=file.box,
    )


def require_usable(item):
    """Lock the claim of an item. Raises Refused where it is not open to edits, or the item is withdrawn."""
    lock_open(item.claim)
    if item.withdrawn_at:
        raise Refused(_("This evidence is withdrawn, so nothing is added to it or released from it."))


def why_not_released(exhibit):
    """What stands against releasing this file to readers, in sentences, whoever asks."""
    item, reasons = exhibit.item, []
    if exhibit.copy_id is None:
        reasons.append(_("There is no copy of it without hidden data, and readers never get an original."))
        reasons.append(why_no_copy(exhibit.file.type))
    if item.visibility != Item.Visibility.PUBLIC:
        reasons.append(_("Its evidence is not public. Readers only get files of public evidence."))
    if item.confidential and exhibit.redacts_id is None:
        reasons.append(
            _("It comes from a confidential source: release a redacted copy of it, never the file as it came.")
        )
    if exhibit.set_aside_at:
        reasons.append(_("It was set aside."))
    if item.withdrawn_at:
        reasons.append(_("Its evidence is withdrawn."))
    return reasons


@transaction.atomic
def release(exhibit, *, by, released_as):
    """Let readers have the clean copy with the next edition, under a name that an editor chose. Returns the Exhibit.

    A copy that was sealed lies there open from now on, because readers get it; taken back, it is sealed again.
    """
    record.require_role(by, EDITORS)
    require_usable(exhibit.item)
    if standing := why_not_released(exhibit):
        raise Refused(*standing)
    if exhibit.released_at:
        raise Refused(_("It is released already."))
    exhibit.copy = keep_again(exhibit.copy, item=exhibit.item, box=None, derived_from=exhibit.file)
    exhibit = record.amend(
        exhibit,
        by=by,
        verb="released file",
        claim=exhibit.claim,
        authored=False,
        released_at=timezone.now(),
        released_by=by,
        copy=exhibit.copy,
        released_as=free_name(exhibit, name_from(released_as, exhibit.copy.type)),
    )
    custody.write(What.RELEASED, by=by, item=exhibit.item, file=exhibit.copy, note=exhibit.released_as)
    return exhibit


@transaction.atomic
def withhold(exhibit, *, by, because):
    """End the release of a file, whatever state its claim is in. `desk.handing_out.take_back` also takes it from readers."""
    record.require_role(by, EDITORS)
    if not because.strip():
        raise Refused(_("Say why it is taken back."))
    current = Exhibit.objects.select_for_update().get(pk=exhibit.pk)
    if not current.released_at:
        raise Refused(_("It is not released, so there is nothing to take back."))
    custody.write(What.TAKEN_BACK, by=by, item=current.item, file=current.copy, note=because)
    return record.amend(
        current,
        by=by,
        verb="took file back",
        claim=current.claim,
        authored=False,
        released_at=None,
        released_by=None,
        released_as="",
    )


@transaction.atomic
def set_aside(exhibit, *, by, because):
    """Stop relying on a file: it was the wrong one. It stays, with the reason, and can no longer be released."""
    record.require_role(by)
    require_usable(exhibit.item)
    if not because.strip():
        raise Refused(_("Say why it is set aside."))
    if exhibit.released_at:
        raise Refused(_("It is released to readers: an editor has to take it back first."))
    custody.write(What.SET_ASIDE, by=by, item=exhibit.item, file=exhibit.file, note=because)
    return record.amend(
        exhibit,
        by=by,
        verb="set file aside",
        claim=exhibit.claim,
        authored=False,
        set_aside_at=timezone.now(),
        set_aside_because=because,
    )


def why_may_not_open(by, item):
    """Why this person may not open files of this item, in a sentence; None where they may.

    Files of a restricted item are for editors, legal, whoever works on the claim, and whoever brought the first of them.
    """
    if not by.has_role(*READERS_OF_ORIGINALS):
        return _("Only those who work on the record open its files.")
    if item.visibility != Item.Visibility.RESTRICTED or by.has_role(*EDITORS, Role.LEGAL):
        return None
    if item.claim.assignee_id == by.pk or brought(item, by):
        return None
    return _(
        "This evidence is restricted: editors, legal, whoever has the claim and whoever brought it open its files."
    )


def why_may_not_open_original(by, item):
    """As `why_may_not_open`, and for what a protected person gave us, its custodians alone (CS-8)."""
    return why_may_not_open(by, item) or why_sealed(by, item)


def originals(item):
    """The originals of an item, received and captured, as a queryset of Files."""
    captured = item.captures.values_list("warc", "text_file", "picture", "pdf")
    numbers = {number for row in captured for number in row if number}
    return File.objects.filter(Q(exhibits__item=item) | Q(pk__in=numbers)).distinct()


def name_of(item, file):
    """Under which name somebody of the staff gets an original: the one it was given with, or what it is."""
    exhibit = item.exhibits.filter(file=file).first()
    return exhibit.name if exhibit else f"capture-{file.sha256[:12]}.{_ending(file.type)}"


def _ending(type):
    return BY_TYPE[type].endings[0] if type in BY_TYPE else "bin"


@transaction.atomic
def open_original(item, file, *, by):
    """The bytes of an original, open for reading. That it was viewed, and by whom, is in the custody record before."""
    if reason := why_may_not_open_original(by, item) or why_may_not_read(by, file):
        raise NotAllowed(reason)
    opened = _opened(file)
    custody.write(What.VIEWED, by=by, item=item, file=file)
    return opened


def copy_for(exhibit, *, by):
    """The File without hidden data, for somebody of the staff. Raises NotAllowed, or Refused where there is none."""
    if reason := why_may_not_open(by, exhibit.item):
        raise NotAllowed(reason)
    if exhibit.copy is None:
        raise Refused(_("There is no copy of it without hidden data."))
    return exhibit.copy


def _opened(file):
    try:
        return open_file(file)
    except FileNotFoundError:
        raise Refused(
            _("The file is missing from its store. Tell your administrator to run verify_evidence.")
        ) from None
