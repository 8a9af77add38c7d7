"""The only way to read what was published: what the website asks for, in a fixed number of queries each.

Every query here walks an index; `tests/website/test_speed.py` reads the plans.
"""

import json
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, CharField, Count, F, FilteredRelation, Q, TextField, Value, When

from factcheck.database.fulltext import matching, words_in

from . import provable
from .document import Document, digest, from_data
from .models import (
    Check,
    CheckLink,
    ClaimTypeName,
    Edition,
    Notice,
    NoticeKind,
    ScaleStep,
    SpeakerPage,
    StoryPage,
    TopicPage,
)
from .moments import HIGHEST_EDITION, changed, last_change
from .printed import printed

CHOICES = 50  # how many speakers, stories or topics a filter offers: those with the latest checks
NEWEST_FIRST = ("listed_at", "pk")
PARTS = 20_000  # numbers of one sitemap part

__all__ = ["changed", "last_change", "matching", "words_in"]  # asked of this module


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
        parts.append(offered.values_list(_word(of), place, value, label))
    found = {of: [] for of, *_ in OFFERED}
    for of, place, value, label in parts[0].union(*parts[1:], all=True):
        found[of].append((place, label.casefold(), Choice(of, value, label)))
    return {of: [choice for *_, choice in sorted(those, key=lambda c: c[:2])] for of, those in found.items()}


# One page each


@dataclass(frozen=True, slots=True)
class Change:
    """One edition of a page, and the notice that came with it, if any."""

    edition: Edition
    notice: Notice | None


@dataclass(frozen=True)
class Reading:
    """One edition as a reader opens it: the page, the edition read, and every edition there is, newest first."""

    check: Check
    edition: Edition
    text: str
    changes: tuple[Change, ...]

    @cached_property
    def document(self) -> Document:
        return from_data(json.loads(self.text))

    @cached_property
    def public_digest(self):
        """SHA-256 of the public text of what is read here: what its entry in the ledger was given (`edition.entry`)."""
        return digest(
            provable.edition_text(self.text, getattr(self.edition, "rule", None) or provable.RULE, self.notice)
        )

    @property
    def is_current(self):
        return self.edition.number == self.check.edition

    @cached_property
    def notice(self):
        """The notice that this edition came with, if any."""
        return next(change.notice for change in self.changes if change.edition == self.edition)

    @cached_property
    def notices(self):
        """The public notices of this page, newest first."""
        return [change.notice for change in self.changes if change.notice and change.notice.public]


def read(slug, number=None):
    """The current edition at this address, or edition `number`. None where there is none. One query."""
    if number is not None and not 0 < number <= HIGHEST_EDITION:
        return None
    wanted = F("page__edition") if number is None else Value(number)
    text = Case(When(number=wanted, then=F("document")), default=Value(""), output_field=TextField())
    rows = printed(Edition).filter(page__slug=slug).select_related("page", "notice").order_by("-number")
    rows = rows.annotate(text=text, its_own=FilteredRelation("entries", condition=Q(entries__kind="edition")))
    rows = rows.annotate(entry=F("its_own__number"), rule=F("its_own__rule"))
    editions = list(rows.defer("document", "page__search_text"))
    asked = next((edition for edition in editions if edition.text), None)
    if asked is None:
        return None
    changes = tuple(Change(edition, getattr(edition, "notice", None)) for edition in editions)
    return Reading(asked.page, asked, asked.text, changes)


@dataclass(frozen=True, slots=True)
class Linked:
    """Another published claim that this one is tied to. `backwards` where the other one says so of this one."""

    relation: str
    backwards: bool
    slug: str
    title: str
    rating_label: str
    rating_token: str
    rating_shape: str


LINKED = ("slug", "title", "rating_label", "rating_token", "rating_shape")


def linked(document, using=""):
    """The published claims tied to this one, and which parties have a page: ([Linked], {slug}). One query."""
    relations = {link.claim_ref: link.relation for link in document.links}
    there = printed(Check, using).filter(claim_ref__in=relations, retracted=False).order_by()
    back = printed(CheckLink, using).filter(claim_ref=document.claim_ref, page__retracted=False)
    parties = printed(SpeakerPage, using).filter(slug__in={reply.party_slug for reply in document.replies}).order_by()
    rows = there.values_list(_word("there"), "claim_ref", *LINKED).union(
        back.values_list(_word("back"), "relation", *(f"page__{name}" for name in LINKED)),
        parties.values_list(_word("party"), "slug", "slug", "slug", "slug", "slug", "slug"),
        all=True,
    )
    found, pages = [], set()
    for how, key, *facts in rows:
        if how == "party":
            pages.add(key)
        else:
            found.append(Linked(relations[key] if how == "there" else key, how == "back", *facts))
    return sorted(found, key=lambda one: one.slug), pages


def _word(word):
    return Value(word, CharField())


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
        printed(kind).order_by().filter(**bounds).values_list(_word(name), "slug", "changed_at") for name, kind in kinds
    ]
    return found[0].union(*found[1:], all=True)


def altered_editions():
    """(address, number) of every edition, current or earlier, whose text is not the one its digest was taken of."""
    editions = printed(Edition).order_by("pk").values_list("page__slug", "number", "document", "digest")
    for slug, number, text, taken in editions.iterator(chunk_size=500):
        if digest(text) != taken:
            yield slug, number
