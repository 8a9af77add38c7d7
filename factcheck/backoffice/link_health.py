"""How the cited links fare: a badge for each state, and what the dashboard says of all of them."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode

from factcheck.evidence.models import Item, Watch

from .badges import flag_badge
from .lists import capped_count, told_number

ORDER = (Watch.State.GONE, Watch.State.CHANGED, Watch.State.MOVED, Watch.State.OK, Watch.State.UNKNOWN)
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
    public links nobody watches."""

    states: tuple
    news: tuple
    unwatched: str
    url: str


def health(shown):
    """The LinkHealth of everything that is cited, with `shown` pieces of news. Three queries."""
    numbers = dict(Watch.objects.order_by().values_list("state").annotate(Count("pk")))
    news = Watch.objects.filter(state__in=Watch.ALARMING).select_related("item__claim").order_by("-since_at", "-pk")
    cited = Item.objects.filter(visibility=Item.Visibility.PUBLIC, withdrawn_at=None).exclude(url="")
    unwatched = capped_count(cited.filter(Q(watch=None) | Q(watch__due_at=None)))
    return LinkHealth(
        states=tuple((badge_of(state), numbers[state], address_of(state)) for state in ORDER if numbers.get(state)),
        news=tuple((watch, badge_of(watch.state)) for watch in news[:shown]),
        unwatched=told_number(unwatched) if unwatched else "",
        url=address_of(),
    )
