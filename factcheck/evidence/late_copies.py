"""A copy without hidden data for a file that came before one could be made: its kind, or the extra, was not here yet."""

import io

from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.newsroom import record
from factcheck.newsroom.refusals import Refused
from factcheck.sources import leak_guard

from .cleaning import Unclean, can_clean, clean, cleaned_with, why_no_copy
from .exhibits import require_usable
from .holdings import Exhibit, File
from .keeping import keep_file, open_file
from .words import words_of


def why_not_made(exhibit):
    """What stands against making a copy of this file, in sentences."""
    reasons = []
    if exhibit.copy_id:
        reasons.append(_("There is a copy of it already."))
    if exhibit.set_aside_at:
        reasons.append(_("It was set aside."))
    if not can_clean(exhibit.file.type):
        reasons.append(why_no_copy(exhibit.file.type))
    return reasons


def made_from(exhibit):
    """The bytes of a copy, made before anything is locked. Raises Refused, in a sentence."""
    try:
        with open_file(exhibit.file) as original:
            return clean(original, exhibit.file.type)
    except FileNotFoundError:
        raise Refused(
            _("The file is missing from its store. Tell your administrator to run verify_evidence.")
        ) from None
    except Unclean:
        raise Refused(why_no_copy(exhibit.file.type)) from None


@transaction.atomic
def add_copy(exhibit, *, by, copy):
    """Keep `copy` (bytes that `made_from` returned) as what is handed out of this file. Returns the Exhibit."""
    record.require_role(by)
    require_usable(exhibit.item)
    current = Exhibit.objects.select_related("file", "item__claim").get(pk=exhibit.pk)
    if standing := why_not_made(current):
        raise Refused(*standing)
    type = current.file.type
    if current.file.box:  # its original may tell of its source, and was let in for that reason
        leak_guard.check({current.name: words_of(io.BytesIO(copy), type)}, by=by)
    kept = keep_file(
        copy,
        by=None,
        made=File.Made.CLEANED,
        type=type,
        item=current.item,
        derived_from=current.file,
        made_with=cleaned_with(type),
        box=current.file.box,
    )
    return record.amend(exhibit, by=by, verb="copied file", claim=current.claim, authored=False, copy=kept)
