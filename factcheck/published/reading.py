"""The only way to read what was published: what the website asks for, in a fixed number of queries each.

Every query here walks an index; `tests/website/test_speed.py` reads the plans.
"""

from dataclasses import dataclass

from django.db.models import Count, F, FilteredRelation, Q, Value

from factcheck.database.fulltext import matching, words_in

from .document import digest
from .models import Check, ClaimTypeName, Edition, Notice, NoticeKind, ScaleStep, SpeakerPage, StoryPage, TopicPage
from .moments import last_change
from .opened import ahead, changed, linked, read, since
from .printed import printed, word

CHOICES = 50  # how many speakers, stories or topics a filter offers: those with the latest checks
NEWEST_FIRST = ("listed_at", "pk")
PARTS = 20_000  # numbers of one sitemap part

__all__ = ["ahead", "changed", "last_change", "linked", "matching", "read", "since", "words_in"]  # asked of this module


# Lists


def checks():
    """Every published check as lists show them, newest first. Retracted ones are among them and say so."""
    return printed(Check).defer("search_text", "wording").order_by("-listed_at", "-pk")


SHOWN = (
    *("slug", "title", "language", "finding", "retracted", "rating_label", "rating_token", "rating_shape"),
    *(
        "speaker_name",
        "speaker_role",
        "speaker_note",
        "replies_line",
        "verdict_notice",
        "first_printed_at",
        "listed_at",
    ),
)


def shown():
    """Every published check, newest first, with what a page's row shows of it and no more."""
    return printed(Check).only(*SHOWN).order_by("-listed_at", "-pk")


def printed_since(moment, most=1000):
    """The checks whose first edition was printed since then and stands, newest first: the thousand newest at most."""
    # A check is listed at its first printing or later, so the index of lists finds it.
    lately = shown().filter(listed_at__gte=moment, first_printed_at__gte=moment, retracted=False)
    return lately[:most]


def on_topic(queryset, slug):
    """The checks of one topic, in the order of its own index; to be paged by TOPIC_ORDER."""
    # One named join, so that filter, order and paging walk the same rows of the topic's index.
    tagged = queryset.annotate(tagged=FilteredRelation("topics", condition=Q(topics__slug=slug)))
    return tagged.filter(tagged__slug=slug).order_by("-tagged__listed_at", "-tagged__page_id")


TOPIC_ORDER = ("tagged__listed_at", "tagged__page_id")


def notices(kind=""):
    """The public notices, newest first, each with whether its claim was `retracted`; of one kind if asked."""
    rows = printed(Notice).filter(public=True).annotate(retracted=F("page__retracted"))
    return rows.filter(kind=kind) if kind else rows


NEWEST_NOTICE_FIRST = ("printed_at", "pk")


def public_kinds():
    """The kinds of notice that readers are shown: [(code, label)]."""
    return [(kind.value, kind.label) for kind in NoticeKind if kind != NoticeKind.MINOR_EDIT]


def stories():
    return printed(StoryPage)


def scale():
    """The ratings in their order, as readers are told about them. One query."""
    return list(printed(ScaleStep))


def after(queryset, place, order=NEWEST_FIRST):
    """The rows that come after `place`, a (moment, key) pair, where the order is by both, falling."""
    moment, key = order
    before = Q(**{f"{moment}__lt": place[0]}) | Q(**{f"{key}__lt": place[1]})
    return queryset.filter(before, **{f"{moment}__lte": place[0]})


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter: which filter, the value, what readers see."""

    of: str
    value: str
    label: str


OFFERED = (
    ("rating", ScaleStep, "code", "label"),
    ("type", ClaimTypeName, "code", "label"),
    ("topic", TopicPage, "slug", "name"),
    ("speaker", SpeakerPage, "slug", "name"),
    ("story", StoryPage, "slug", "name"),
)


def choices(**asked):
    """What the filters offer, as {filter: [Choice]}. One query. What was asked for is offered even where it is old."""
    parts = []
    for of, kind, value, label in OFFERED:
        latest = printed(kind).values("pk")[:CHOICES]
        offered = printed(kind).order_by().filter(Q(pk__in=latest) | Q(**{value: asked.get(of, "")}))
        place = F("place") if of == "rating" else Value(0)
        parts.append(offered.values_list(word(of), place, value, label))
    found = {of: [] for of, *_ in OFFERED}
    for of, place, value, label in parts[0].union(*parts[1:], all=True):
        found[of].append((place, label.casefold(), Choice(of, value, label)))
    return {of: [choice for *_, choice in sorted(those, key=lambda c: c[:2])] for of, those in found.items()}


# One page each


def story(slug):
    return printed(StoryPage).filter(slug=slug).first()


def speaker(slug):
    return printed(SpeakerPage).filter(slug=slug).first()


def topic(slug):
    return printed(TopicPage).filter(slug=slug).first()


def ratings_of(speaker_slug):
    """How a speaker's standing checks were rated: rows of code, label, token, shape and how many. One query."""
    rated = printed(Check).filter(speaker_slug=speaker_slug, retracted=False).order_by()
    return rated.values("rating_code", "rating_label", "rating_token", "rating_shape").annotate(number=Count("pk"))


# Everything


def every_current():
    """Every address with its current edition, for a check of them all: Readings, a few hundred at a time in memory."""
    for slug in printed(Check).order_by("pk").values_list("slug", flat=True).iterator(chunk_size=500):
        yield read(slug)


def highest_number():
    """The highest key of any address, for cutting a sitemap into parts without counting. One query."""
    lasts = []
    for kind in (Check, StoryPage, SpeakerPage, TopicPage):
        last = printed(kind).order_by("-pk").values("pk")[:1]
        lasts.append(printed(kind).order_by().filter(pk__in=last).values_list("pk", flat=True))
    return max(lasts[0].union(*lasts[1:], all=True), default=0)


def addresses(part):
    """The addresses of one part of the sitemap: (kind, slug, changed at). One query."""
    bounds = {"pk__gte": part * PARTS, "pk__lt": (part + 1) * PARTS}
    kinds = (("claim", Check), ("story", StoryPage), ("speaker", SpeakerPage), ("topic", TopicPage))
    found = [
        printed(kind).order_by().filter(**bounds).values_list(word(name), "slug", "changed_at") for name, kind in kinds
    ]
    return found[0].union(*found[1:], all=True)


def altered_editions():
    """(address, number) of every edition, current or earlier, whose text is not the one its digest was taken of."""
    editions = printed(Edition).order_by("pk").values_list("page__slug", "number", "document", "digest")
    for slug, number, text, taken in editions.iterator(chunk_size=500):
        if digest(text) != taken:
            yield slug, number
