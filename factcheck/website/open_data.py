"""Open data: everything that is published, as tables and as lines of JSON, in one go and in flat memory (SD-13).

What is sent is what there was when the download began, however long it takes (`published/wholesale.py`).
"""

import csv
import io
import json
from itertools import chain

from django.conf import settings
from django.http import StreamingHttpResponse
from django.urls import reverse

from factcheck.cells import cell
from factcheck.published import reading, wholesale

from . import claimreview, columns
from .answers import absolute, answer, open_to_all, page, public

CSV = "text/csv; charset=utf-8; header=present"
JSON_LINES = "application/jsonl; charset=utf-8"
MARK = "\ufeff"  # by which spreadsheets know that a table is in UTF-8
# JSON has escapes for what some readers of lines take for the end of one.
NO_LINE = {ord(character): f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}


@public
def about(request):
    """What there is, what each column holds, and under what terms it may be used."""
    tables = [
        ("claims_csv", "claims.csv", columns.CLAIMS),
        ("corrections_csv", "corrections.csv", columns.CORRECTIONS),
        ("claims_jsonl", "claims.jsonl", columns.LINES),
    ]
    return answer(request, None, lambda: page("data.html", tables=tables))


@public
def claims_csv(request):
    def table():
        return _table(columns.CLAIMS, wholesale.every_claim(), columns.of_claim)

    return _sent(request, CSV, table, "claims.csv")


@public
def corrections_csv(request):
    def table():
        return _table(columns.CORRECTIONS, wholesale.every_notice(), columns.of_notice)

    return _sent(request, CSV, table, "corrections.csv")


@public
def claims_jsonl(request):
    """One claim a line, with its whole public document and every notice."""

    def lines():
        for batch in wholesale.every_claim():
            yield "".join(f"{_json(columns.as_line(found))}\n" for found in batch)

    return _sent(request, JSON_LINES, lines, "claims.jsonl")


@public
def claim_reviews(request):
    """A schema.org DataFeed of every ClaimReview, each of them the very one of its page."""
    return _sent(request, "application/json", _data_feed)


def _sent(request, kind, pieces, name=""):
    """What `pieces` yields, text, a good piece at a time; as a download where it has a name.

    Whoever asks for the head alone gets no more made, and no length: nobody knows it before the end.
    """

    def build():
        headers = {"Content-Disposition": f'attachment; filename="{name}"'} if name else {}
        sent = () if request.method == "HEAD" else pieces()
        return StreamingHttpResponse(sent, content_type=kind, headers=headers)

    return open_to_all(answer(request, reading.last_change(), build))


def _table(names, batches, row_of):
    """RFC 4180, every cell of text in quotation marks and none of them a formula; a piece for each batch of rows."""
    text = io.StringIO(newline="")
    text.write(MARK)
    writer = csv.DictWriter(text, names, quoting=csv.QUOTE_NONNUMERIC)
    writer.writeheader()
    for batch in chain([[]], batches):
        writer.writerows({name: cell(value) for name, value in row_of(each).items()} for each in batch)
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def _json(value):
    return json.dumps(value, ensure_ascii=False).translate(NO_LINE)


def _data_feed():
    changed_at = reading.last_change()
    head = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": settings.NEWSROOM_NAME,
        "url": absolute(reverse("claimreview_feed")),
        "publisher": claimreview.newsroom(),
        **({"license": columns.licence()} if columns.licence() else {}),
        **({"dateModified": changed_at.isoformat()} if changed_at else {}),
    }
    yield f'{_json(head)[:-1]}, "dataFeedElement": [\n'
    between = ""
    for batch in wholesale.every_claim():
        elements = [_json(element) for element in map(_element, batch) if element]
        yield between + ",\n".join(elements) if elements else ""
        between = ",\n" if elements else between
    yield "\n]}\n"


def _element(found):
    review = claimreview.claim_review(found)
    if review is None:
        return None
    return {
        "@type": "DataFeedItem",
        "dateCreated": found.check.first_printed_at.isoformat(),
        "dateModified": found.edition.printed_at.isoformat(),
        "item": [review],
    }
