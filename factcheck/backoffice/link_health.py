"""How the cited links fare: a badge for each state, and what the dashboard says of all of them."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from factcheck.database.walking import first_of
from factcheck.evidence.models import Item, Watch

from .badges import flag_badge
from .lists import capped_count, told_number

ORDER = (Watch.State.GONE, Watch.State.CHANGED, Watch.State.MOVED, Watch.State.OK, Watch.State.UNKNOWN)
LATEST = 1000  # pieces of evidence
LOOKS = {
    "": ("clock", "quiet"),
    "ok": ("tick", "good"),
    "moved": ("warn", "wait"),
    "changed": ("flag", "alert"),
    "gone": ("cross", "alert"),
}


def badge_of(state):
    """The state of a link as a word and a shape."""
    shape, tone = LOOKS[state]
    return flag_badge(Watch.State(state).label, tone=tone, shape=shape)


def address_of(state=None):
    """The address of the report, narrowed to one state."""
    url = reverse("admin:evidence_watch_changelist")
    return url if not state else f"{url}?{urlencode({'state__exact': state})}"


@dataclass(frozen=True)
class LinkHealth:
    """What the dashboard shows: (badge, number, address) of each state that there is, the newest bad news, and how many
    of the public links that were cited last nobody watches."""

    states: tuple
    news: tuple
    unwatched: int
    latest: str
    url: str


def health(shown):
    """The LinkHealth of everything that is watched, with `shown` pieces of news. A query for each state, and two."""
    numbers = {state: capped_count(Watch.objects.filter(state=state)) for state in ORDER}
    alarming = [Watch.objects.filter(state=state) for state in Watch.ALARMING]
    news = first_of(alarming, ("-since_at", "-pk"), shown).select_related("item__claim")[:shown]
    return LinkHealth(
        states=tuple((badge_of(s), told_number(number), address_of(s)) for s, number in numbers.items() if number),
        news=tuple((watch, badge_of(watch.state)) for watch in news),
        unwatched=_unwatched(),
        latest=told_number(LATEST),
        url=address_of(),
    )


def _unwatched():
    """How many public links among the evidence that was added last nobody watches; to look through all would take ever longer."""
    latest = Item.objects.order_by("-pk").values("pk")[:LATEST]
    cited = Item.objects.filter(pk__in=latest, visibility=Item.Visibility.PUBLIC, withdrawn_at=None).exclude(url="")
    return cited.order_by().filter(Q(watch=None) | Q(watch__due_at=None)).count()
