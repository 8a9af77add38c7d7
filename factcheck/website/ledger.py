"""The public ledger, for people and for programs that check it. What programs get is read from the database each time: a
page kept from before would hide what somebody did to it since."""

import json

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from factcheck.published import ledger, provable
from factcheck.published.canonical import digest

from .answers import CACHE_CONTROL, answer, open_to_all, page, public
from .paging import SIZE

FOR_EVER = "public, max-age=31536000, immutable"


@public
def entries(request):
    """The newest entries, with how anybody can check them."""
    head = ledger.head()

    def build():
        rows = list(ledger.newest()[: SIZE + 1])
        older = rows[SIZE].number if len(rows) > SIZE else 0
        stands_on = ledger.block_of(older)
        return page(
            "ledger.html", head=head, rows=rows[:SIZE], older=older, stands_on=stands_on, block_size=ledger.BLOCK
        )

    return answer(request, head.at, build, beside=head.hash)


@public
def block_page(request, number):
    """The entries of one block for people, the newest first: what links to an entry leads here, for good."""
    last, changed_at = ledger.shown_in_block(number)
    if last is None and number != 1:
        raise Http404("The ledger has no such block.")

    def build():
        found = ledger.block(number)
        return page(
            "ledger_block.html",
            rows=found.entries[::-1],
            number=number,
            first=(number - 1) * ledger.BLOCK + 1,
            older=number - 1,
            newer=number + 1 if found.more else 0,
            block_size=ledger.BLOCK,
        )

    return answer(request, changed_at, build, beside=last)


@public
def head(request):
    """Where the ledger ends, to be kept by whoever wants to prove something later."""
    now = ledger.head()
    entered_at = now.at.isoformat() if now.at else None
    told = {"entries": now.entries, "head": now.hash, "entered_at": entered_at, "first": _path("ledger_block", 1)}
    return _told(request, json.dumps(told), now.at)


@public
def block(request, number):
    """A hundred entries in their order, each with its hash, and where the next ones are."""
    found = _found(ledger.block(number), number)
    lines = [{**provable.line(entry), "hash": entry.hash} for entry in found.entries]
    after = _path("ledger_block", number + 1) if found.more else None
    told = {"entries": lines, "texts": _path("ledger_texts", number), "next": after}
    return _told(request, json.dumps(told, indent=1), found.at)


@public
def texts(request, number):
    """The texts of a block, one a line, each byte for byte what its entry was taken of."""
    found = _found(ledger.block(number, whole=True), number)
    lines = "".join(f"{ledger.text_of(entry)}\n" for entry in found.entries)
    return _told(request, lines, found.at, kind="application/jsonl; charset=utf-8")


def _found(block, number):
    """The first block is there before anything is in it; of the others none that is empty."""
    if not block.entries and number != 1:
        raise Http404("The ledger has no such block.")
    return block


@public
def text(request, number):
    """The text of one entry, byte for byte. It stands for ever, so it may be kept as long."""
    entry = ledger.entry(number)
    if entry is None:
        raise Http404("The ledger has no such entry.")
    response = _told(request, ledger.text_of(entry), entry.at, cached=FOR_EVER)
    response.headers["X-Robots-Tag"] = "noindex"  # the page is what people look for, with all that came after
    return response


def _path(name, number):
    return reverse(name, args=[number])


def _told(request, content, at=None, kind="application/json", cached=CACHE_CONTROL):
    """An answer for programs, whosesoever page they run on, tagged with what it says."""
    etag, modified = quote_etag(digest(content)), int(at.timestamp()) if at else None
    response = get_conditional_response(request, etag, modified) or HttpResponse(content, content_type=kind)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = cached
    if modified:
        response.headers["Last-Modified"] = http_date(modified)
    return open_to_all(response)
