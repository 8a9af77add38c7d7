"""How many claims of a list have which rating, and which topic: exactly where the press counts them, else of the newest."""

from collections import Counter
from html import escape
from urllib.parse import quote_plus, urlencode

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from factcheck.published import reading, tally

from .paging import AFTER, PAGE
from .search import ORDER

COUNTED_BY_THE_PRESS = {"rating", "topic"}
MOST = 1000  # of any other list, so many of its newest are counted
TOPICS = 15


def block(asked, params):
    """The counts of a ClaimFilter's list as HTML, "" where there is nothing to tell apart. Two queries."""
    if COUNTED_BY_THE_PRESS.issuperset(asked.filters):
        ratings = tally.by_rating(params.get("topic", tally.ALL))
        topics = tally.by_topic(TOPICS, params.get("rating", ""))
        newest = ""
    else:
        rows = list(asked.found()[: MOST + 1].values_list("rating_code", flat=True))
        ratings, topics = _in_the_order_of_the_scale(Counter(rows[:MOST])), []
        newest = f"{MOST:,}" if len(rows) > MOST else ""
    told = {"rating": _lines("rating", ratings, params), "topic": _lines("topic", topics, params), "newest": newest}
    return render_to_string("website/_counts.html", told)


def _in_the_order_of_the_scale(numbers):
    labels = [(step.code, step.label) for step in reading.scale()] + [("", None)]
    return [(code, label, numbers[code]) for code, label in labels if numbers[code]]


def _lines(name, rows, params):
    """The items of a list of counts; each is a link to the list narrowed by it, but for that which is so already."""
    kept = urlencode([(key, value) for key, value in params.items() if key not in (PAGE, AFTER, ORDER, name)])
    there, start = params.get(name), escape(f"?{kept}&{name}=" if kept else f"?{name}=")
    return mark_safe("".join(f"<li>{_named(row, start, there)} <span>{row[2]:,}</span></li>" for row in rows))


def _named(row, start, there):
    value, label, _number = row
    words = f"<bdi>{escape(_('Retracted') if label is None else label)}</bdi>"
    return f'<a href="{start}{quote_plus(value)}">{words}</a>' if value and value != there else words
