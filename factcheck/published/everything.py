"""Everything that was published, from one end to the other, however much it is: what is copied or walked as a whole.

Each walk goes by key, some rows at a time, so that it takes the same memory at a thousand pages and at a million.
"""

import re

from django.db.models import F

from .ledger import BLOCK
from .models import Check, Edition, Handout, LedgerEntry, SpeakerPage
from .printed import printed

AT_A_TIME = 1_000
PARTY = re.compile(r'"party_slug":\s*"([^"\\]+)"')  # in the canonical text: a quotation mark inside a value is escaped


def checks():
    """(pk, slug, current edition, retracted, changed at) of every check, in the order of their keys."""
    return _walk(Check, "slug", "edition", "retracted", "changed_at")


def headings(kind):
    """(pk, slug, changed at) of every StoryPage, SpeakerPage or TopicPage, in the order of their keys."""
    return _walk(kind, "slug", "changed_at")


def _walk(kind, *names):
    last = 0
    while True:
        rows = list(printed(kind).order_by("pk").filter(pk__gt=last).values_list("pk", *names)[:AT_A_TIME])
        yield from rows
        if len(rows) < AT_A_TIME:
            return
        last = rows[-1][0]


def ledger_blocks():
    """(number of the block, the numbers of its entries, the hash of its last, whether there is one after it, and when a
    page that is named in it last changed), in their order."""
    number, entries, last, changed_at = 1, [], "", None
    for entry, hashed, page_changed_at in _entries():
        if entry > number * BLOCK:
            yield number, entries, last, True, changed_at
            number, entries, changed_at = number + 1, [], None
        entries.append(entry)
        last, changed_at = hashed, max(changed_at or page_changed_at, page_changed_at)
    yield number, entries, last, False, changed_at


def _entries():
    last = 0
    rows = printed(LedgerEntry).order_by("number").values_list("number", "hash", "edition__page__changed_at")
    while some := list(rows.filter(number__gt=last)[:AT_A_TIME]):
        yield from some
        last = some[-1][0]


def number_of_checks():
    return printed(Check).order_by().count()


def files_of(pages):
    """{page: [(SHA-256, name)]} of the files that readers of these pages, by their keys, may have now. One query."""
    found = {}
    rows = printed(Handout).filter(page__in=pages, taken_back_at=None).order_by("pk")
    for page, sha256, name in rows.values_list("page", "sha256", "name"):
        found.setdefault(page, []).append((sha256, name))
    return found


def parties_of(pages):
    """{page: {party}} that the current editions of these pages name, by their addresses. One query."""
    rows = printed(Edition).filter(page__in=pages, number=F("page__edition")).order_by("pk")
    return {page: set(PARTY.findall(text)) for page, text in rows.values_list("page", "document")}


def with_a_page(slugs):
    """Those of these speakers who have a page. One query."""
    return set(printed(SpeakerPage).filter(slug__in=slugs).order_by().values_list("slug", flat=True))
