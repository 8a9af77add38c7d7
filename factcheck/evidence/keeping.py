"""Keeping files: bytes onto the shelf, their hash and true type into a row, and both into the custody record."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from factcheck.files.shelf import shelf

from . import custody
from .custody import What
from .holdings import File

OF = {
    File.Made.RECEIVED: What.RECEIVED,
    File.Made.CAPTURED: What.CAPTURED,
    File.Made.CLEANED: What.COPIED,
    File.Made.REDACTED: What.REDACTED,
}


@transaction.atomic
def keep_file(content, *, by, made, type, item=None, derived_from=None, made_with="", note=""):
    """Keep `content` (bytes, or a binary file object that can be sought) and return its File; the same bytes are one File.

    `by` is a User or None, `made` one of File.Made, `type` the MIME type its bytes show, `item` what it belongs to. The
    bytes are on the shelf, whole, before the row is: whoever is killed in between leaves a stray and no row without bytes.
    """
    kept = shelf("evidence").keep(content)
    file = _same(kept.sha256, derived_from) or _new(
        kept, type=type, made=made, made_with=made_with, derived_from=derived_from, kept_by=by
    )
    if file.stored_as != kept.name:
        shelf("evidence").remove(kept.name)
    custody.write(OF[made], by=by, item=item, file=file, tool=made_with, note=note)
    custody.write(What.HASHED, by=by, item=item, file=file, note=custody.hashed_as(file))
    return file


def _same(sha256, derived_from):
    return File.objects.filter(sha256=sha256, derived_from=derived_from).first()


def _new(kept, **facts):
    try:
        with transaction.atomic():
            return File.objects.create(
                sha256=kept.sha256, size=kept.size, stored_as=kept.name, kept_at=timezone.now(), **facts
            )
    except IntegrityError:  # somebody else kept the same bytes at the same time
        if same := _same(kept.sha256, facts["derived_from"]):
            return same
        raise


def open_file(file):
    """The bytes of a File, open for reading. Raises FileNotFoundError. Whoever shows an original writes it into custody."""
    return shelf("evidence").open(file.stored_as)
