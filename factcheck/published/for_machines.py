"""Rows as programs ask for them: every resource of the API, newest first, or by when it last changed, rising.

Every query here walks an index; `tests/machines/test_speed.py` reads the plans.
"""

from dataclasses import dataclass, replace

from django.db.models import F, Prefetch, Q

from .models import CheckTopic, Edition, SpeakerPage, StoryPage, TopicPage
from .printed import printed


@dataclass(frozen=True, slots=True)
class Order:
    """An order of rows by a moment and a key, both rising or both falling. `name` is also the row's attribute of the moment."""

    name: str
    moment: str
    key: str = "pk"
    rising: bool = False

    def walk(self, queryset, place=None):
        """The rows in this order, after `place` (a moment and a key) where one is given."""
        sign, way = ("", "gt") if self.rising else ("-", "lt")
        queryset = queryset.order_by(f"{sign}{self.moment}", f"{sign}{self.key}")
        if place is None:
            return queryset
        beyond = Q(**{f"{self.moment}__{way}": place[0]}) | Q(**{f"{self.key}__{way}": place[1]})
        return queryset.filter(beyond, **{f"{self.moment}__{way}e": place[0]})

    @property
    def spelling(self):
        """The name under which places of this order are spelled."""
        return f"{self.name} {'rising' if self.rising else 'falling'}"

    def place_of(self, row):
        return getattr(row, self.name), row.pk


LISTED = Order("listed_at", "listed_at")
PRINTED = Order("printed_at", "printed_at")
CHANGED = Order("changed_at", "changed_at", rising=True)
PRINTED_SINCE = replace(PRINTED, rising=True)


def with_topics(checks):
    """Checks with the addresses of their topics, in one more query for all of them."""
    return checks.prefetch_related(Prefetch("topics", printed(CheckTopic).order_by("slug")))


def since(queryset, order, moment):
    """The rows that changed at `moment` or later."""
    return queryset.filter(**{f"{order.moment}__gte": moment})


def editions():
    """Every edition without its text, with what its page is called now."""
    rows = printed(Edition).select_related("page").only("number", "printed_at", "page__slug", "page__edition")
    return rows.annotate(title=F("page__title"), retracted=F("page__retracted"))


def stories():
    return printed(StoryPage)


def speakers():
    return printed(SpeakerPage)


def topics():
    return printed(TopicPage)
