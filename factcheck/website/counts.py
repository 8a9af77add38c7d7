"""How many claims of a list have which rating, and which topic: exactly where the press counts them, else of the newest."""

from collections import Counter
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from factcheck.published import reading, tally

from .paging import AFTER, PAGE
from .search import ORDER

COUNTED_BY_THE_PRESS = {"rating", "topic"}
MOST = 1000  # of any other list, so many of its newest are counted
TOPICS = 15


@dataclass(frozen=True, slots=True)
class Line:
    """One rating or topic: what it is called, how many there are, and the list narrowed by it ("" where it is already)."""

    label: str
    number: str
    query: str


def block(asked, params):
    """The counts of a ClaimFilter's list as HTML, "" where there is nothing to tell apart. Four queries, or two."""
    if COUNTED_BY_THE_PRESS.issuperset(asked.filters):
        ratings = tally.by_rating(asked.data.get("topic") or tally.ALL)
        topics = tally.by_topic(TOPICS, asked.data.get("rating"))
        newest_only = False
    else:
        rows = list(asked.found()[: MOST + 1].values_list("rating_code", flat=True))
        ratings, topics = Counter(rows[:MOST]), {}
        newest_only = len(rows) > MOST
    lines = {"rating": _ratings(ratings, params), "topic": _topics(topics, params)}
    return render_to_string("website/_counts.html", {**lines, "newest_only": newest_only and f"{MOST:,}"})


def _ratings(numbers, params):
    labels = [(step.code, step.label) for step in reading.scale()] + [("", _("Retracted"))]
    return [_line("rating", code, label, numbers[code], params) for code, label in labels if numbers.get(code)]


def _topics(numbers, params):
    names = reading.topic_names(numbers) if numbers else {}
    return [_line("topic", slug, names[slug], number, params) for slug, number in numbers.items() if slug in names]


def _line(name, value, label, number, params):
    narrowed = params.copy()
    for other in (PAGE, AFTER, ORDER):
        narrowed.pop(other, None)
    narrowed[name] = value
    linked = value and params.get(name) != value
    return Line(label, f"{number:,}", narrowed.urlencode() if linked else "")
