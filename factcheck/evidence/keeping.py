"""Keeping files: bytes onto the shelf, their hash and true type into a row, and both into the custody record.

What came in confidence goes onto the shelf sealed, piece by piece as it is written: it is nowhere on it open, at no moment.
"""

import io

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.files.sealed import AsSealed, NotOpened, Opening
from factcheck.files.shelf import measure, shelf
from factcheck.newsroom.refusals import Refused
from factcheck.sources import file_keys

from . import custody
from .custody import What
from .holdings import SEALED, File

OF = {
    File.Made.RECEIVED: What.RECEIVED,
    File.Made.CAPTURED: What.CAPTURED,
    File.Made.CLEANED: What.COPIED,
    File.Made.REDACTED: What.REDACTED,
}


class Altered(Refused):
    """What lies on the shelf is not what was put there."""


@transaction.atomic
def keep_file(content, *, by, made, type, item=None, derived_from=None, made_with="", note="", box=None):
    """Keep `content` (bytes, or a binary file object that can be sought) and return its File; the same bytes are one File.

    `by` is a User or None, `made` one of File.Made, `type` the MIME type its bytes show, `item` what it belongs to, `box` the
    Strongbox it is sealed in, if any: the same bytes in two boxes are two Files, which nobody can tell to be the same. The
    bytes are on the shelf, whole, before the row is: whoever is killed in between leaves a stray and no row without bytes.
    Raises VaultShut.
    """
    facts = {"made": made, "type": type, "made_with": made_with, "kept_by": by, "kept_at": timezone.now()}
    file = _on_the_shelf(content, derived_from=derived_from, box=box, **facts)
    custody.write(OF[made], by=by, item=item, file=file, tool=made_with, note=note)
    custody.write(What.HASHED, by=by, item=item, file=file, note=custody.hashed_as(file))
    return file


@transaction.atomic
def keep_again(file, *, item, box, derived_from=None):
    """Keep what a File holds in another box, or open where `box` is None. Returns the File that holds it from now on.

    The one before stays where it is, for whoever else refers to it. Raises VaultShut, Altered, FileNotFoundError.
    """
    if (file.box_id, file.derived_from_id) == (box and box.pk, derived_from and derived_from.pk):
        return file
    facts = {name: getattr(file, name) for name in ("made", "type", "made_with", "kept_by", "kept_at")}
    with open_file(file) as content:
        require_unaltered(file, content)
        kept = _on_the_shelf(content, derived_from=derived_from, box=box, **facts)
    custody.write(What.MOVED, by=None, item=item, file=file, note=_("It is kept as %(hash)s.") % {"hash": kept.sha256})
    custody.write(What.HASHED, by=None, item=item, file=kept, note=custody.hashed_as(kept))
    return kept


def _on_the_shelf(content, *, box, derived_from, **facts):
    content = io.BytesIO(content) if isinstance(content, bytes) else content
    mark = mark_in(box, content) if box else ""
    kept = shelf("evidence").keep(content, sealed_in(box) if box else None)
    custody.take_turn()  # so that nobody keeps the same, or discards it, between looking for it and referring to it
    file = _row(kept, {"box": box, "mark": mark, "derived_from": derived_from, **facts})
    if file.stored_as != kept.name:
        shelf("evidence").remove(kept.name)
    return file


def _row(kept, facts):
    """The File of these bytes: the one that holds them already, or a new one, behind one whose bytes were discarded."""
    known = {"mark": facts["mark"]} if facts["box"] else {"sha256": kept.sha256}
    same = File.objects.filter(**known, box=facts["box"], derived_from=facts["derived_from"])
    last = same.select_related("discarded").order_by("-pk").first()
    if last and not hasattr(last, "discarded"):
        return last
    return File.objects.create(sha256=kept.sha256, size=kept.size, stored_as=kept.name, follows=last, **facts)


def mark_in(box, content):
    """By what `content` is known in a Strongbox. Raises VaultShut."""
    return file_keys.mark(box, measure(content)[0])


def sealed_in(box):
    """How a file is sealed in this Strongbox, bound to the name it lies under. Raises VaultShut."""
    key = file_keys.key_of(box)
    # buffered, because a store may take what it gets from one reading for all there is
    return lambda file, name: io.BufferedReader(AsSealed(SEALED, file, key, name.encode()))


def open_file(file):
    """The bytes of a File, open for reading and seeking. Whoever shows an original writes it into custody.

    Raises FileNotFoundError; of a sealed one VaultShut, and Altered, also in the middle of it (as NotOpened).
    """
    if file.box_id is None:
        return shelf("evidence").open(file.stored_as)
    return open_sealed(shelf("evidence"), file.stored_as, file.box)


def open_sealed(place, name, box):
    """What lies on a Shelf under this name, sealed in this Strongbox, open for reading and seeking. Raises as `open_file` does."""
    key = file_keys.key_of(box)
    lying = place.open(name)
    try:
        return io.BufferedReader(Opening(SEALED, lying, key, name.encode()))
    except NotOpened:
        lying.close()
        raise Altered(
            _("It is not as it was sealed, so it is not opened. Tell your administrator to run verify_evidence.")
        ) from None


def require_unaltered(file, content):
    """Raise Altered unless `content` is what a File was made of: by its mark where it is sealed, else by its hash."""
    try:
        found = mark_in(file.box, content) if file.box_id else measure(content)[0]
    except NotOpened:
        found = None
    if found != (file.mark or file.sha256):
        raise Altered(_("It is not as it was kept. Tell your administrator to run verify_evidence."))
