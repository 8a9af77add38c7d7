"""What was published, many claims at a time: what feeds, open data and structured data are made of.

What goes through everything goes by its key, a few hundred rows to a query, with no cursor and no transaction held open
between them: a slow reader keeps nothing of the database to himself. It is whole all the same, because editions and notices
are only ever added to: those up to the last one that there was at the beginning are what the world was told at that moment.
"""

from django.db.models import Exists, Max, OuterRef

from .models import Check, Edition, Notice, NoticeKind
from .opened import Change, Reading
from .printed import printed

BATCH = 500
NEVER_CHANGES = ("slug", "first_printed_at")  # of a Check, what every edition of it has in common
OF_AN_EDITION = ("edition", "retracted", "printed_at")  # and what is put back to what it was


def every_claim():
    """Every claim as it stood when the first of them was asked for, in the order of first publication: lists of Readings.

    Their checks know of `NEVER_CHANGES` and `OF_AN_EDITION` alone. One query, and three for each list.
    """
    last = _last(Edition)
    for checks in _batches(printed(Check).only(*NEVER_CHANGES, *OF_AN_EDITION)):
        yield readings(checks, upto=last)


def every_notice():
    """Every public notice that there was when the first was asked for, the oldest first: lists of Notices.

    Each knows as `retracted` whether its page was retracted by then. One query, and one for each list.
    """
    told = printed(Notice).filter(pk__lte=_last(Notice))
    withdrawn = told.filter(page=OuterRef("page"), kind=NoticeKind.RETRACTION).order_by()
    yield from _batches(told.filter(public=True).annotate(retracted=Exists(withdrawn)))


def _batches(rows):
    after, whole = 0, True
    while whole:
        batch = list(rows.filter(pk__gt=after).order_by("pk")[:BATCH])
        yield batch
        whole, after = len(batch) == BATCH, batch[-1].pk if batch else after


def _last(kind):
    return printed(kind).aggregate(last=Max("pk"))["last"] or 0


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
    for edition in rows if upto is None else rows.filter(pk__lte=upto):
        if edition.number <= last[edition.page_id]:
            changes.setdefault(edition.page_id, []).append(Change(edition, getattr(edition, "notice", None)))
    return changes


def _reading(check, changes, texts):
    edition = changes[0].edition
    edition.document = texts[edition.pk]
    check.edition, check.printed_at = edition.number, edition.printed_at
    check.retracted = changes[0].withdraws
    return Reading(check, edition, edition.document, tuple(changes))
