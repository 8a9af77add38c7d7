"""What was published, many claims at a time: what feeds, open data and structured data are made of."""

from .models import Edition
from .printed import printed
from .reading import Change, Reading


def readings(checks, upto=None):
    """The Readings of these Checks, in their order: of the edition that each row calls current, with all before it.

    `upto` is the key of the last Edition that counts; a check of which none does is left out. Two queries.
    """
    changes = _changes({check.pk: check.edition for check in checks}, upto)
    current = [told[0].edition.pk for told in changes.values()]
    texts = dict(printed(Edition).filter(pk__in=current).order_by().values_list("pk", "document"))
    return [_reading(check, changes[check.pk], texts) for check in checks if check.pk in changes]


def _changes(last, upto):
    """{page: its Changes, newest first}, up to the number that `last` has for it: what is printed meanwhile is not there."""
    rows = printed(Edition).filter(page__in=last).select_related("notice").defer("document").order_by("page", "-number")
    changes = {}
    for edition in rows.filter(pk__lte=upto) if upto else rows:
        if edition.number <= last[edition.page_id]:
            changes.setdefault(edition.page_id, []).append(Change(edition, getattr(edition, "notice", None)))
    return changes


def _reading(check, changes, texts):
    edition = changes[0].edition
    edition.document = texts[edition.pk]
    return Reading(check, edition, edition.document, tuple(changes))
