"""A claim's page as a reader opens it: one edition, what is known of the others, and what stands beside them.

Whoever wants many pages one after another, as the bake does, reads them `ahead`: what is asked inside is answered from a few
queries for all of them, by the same rules.
"""

import json
from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, F, FilteredRelation, Max, Q, TextField, Value, When

from . import moments, provable
from .document import Document, digest, from_data
from .models import Check, CheckLink, Edition, Handout, LinkState, Notice, NoticeKind, SpeakerPage
from .printed import printed, word


@dataclass(frozen=True, slots=True)
class Change:
    """One edition of a page, and the notice that came with it, if any."""

    edition: Edition
    notice: Notice | None

    @property
    def withdraws(self):
        return self.notice is not None and self.notice.kind == NoticeKind.RETRACTION


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


def changed(slug, number=None):
    """When the page at this address last changed, and what else it depends on: see `moments.changed`. One query."""
    if (ahead := _AHEAD.get()) and slug in ahead.slugs:
        found = ahead.readings.get((slug, number))
        return found and (found.check.changed_at, (found.check.edition, ahead.last_party))
    return moments.changed(slug, number)


def read(slug, number=None):
    """The current edition at this address, or edition `number`. None where there is none. One query."""
    if number is not None and not 0 < number <= moments.HIGHEST_EDITION:
        return None
    if (ahead := _AHEAD.get()) and slug in ahead.slugs:
        return ahead.readings.get((slug, number))
    wanted = F("page__edition") if number is None else Value(number)
    text = Case(When(number=wanted, then=F("document")), default=Value(""), output_field=TextField())
    editions = list(_editions([slug], text))
    asked = next((edition for edition in editions if edition.text), None)
    return asked and _opened(asked, editions)


def linked(document, using=""):
    """The published claims tied to this one, and which parties have a page: ([Linked], {slug}). One query."""
    ahead = _AHEAD.get()
    beside = ahead.beside if ahead and ahead.has(document) else _Beside([document], using)
    return beside.of(document)


def since(check):
    """What became of a page's links and files after it was printed: ({url: (state, moment)}, {sha256: moment}). One query."""
    ahead = _AHEAD.get()
    return (ahead.since if ahead and check.slug in ahead.slugs else _since([check.pk]))[check.pk]


@contextmanager
def ahead(slugs):
    """Read the pages at these addresses now, with all their editions: four queries. Until the end, they are as they are now,
    and say that it was now that they were: what is kept of them is under no later moment than theirs.
    """
    before = _AHEAD.set(_Ahead(slugs) if slugs else None)
    try:
        yield
    finally:
        _AHEAD.reset(before)


_AHEAD = ContextVar("the pages that were read ahead", default=None)


class _Ahead:
    """Readings by (address, number of the edition, or None for the current one), and what stands beside them."""

    def __init__(self, slugs):
        self.slugs, self.readings = set(slugs), {}
        self.last_party = printed(SpeakerPage).aggregate(last=Max("pk"))["last"]  # first, as whatever a tag stands for
        pages = defaultdict(list)
        for edition in _editions(slugs, F("document")):
            pages[edition.page.slug].append(edition)
        for slug, editions in pages.items():
            for edition in editions:
                self.readings[slug, edition.number] = _opened(edition, editions)
            if current := self.readings.get((slug, editions[0].page.edition)):
                self.readings[slug, None] = current
        documents = [document for reading in self.readings.values() if (document := _whole(reading))]
        self._documents = set(map(id, documents))
        self.beside = _Beside(documents)
        self.since = _since({reading.check.pk for reading in self.readings.values()})

    def has(self, document):
        return id(document) in self._documents


def _editions(slugs, text):
    """The editions of these pages, newest first, with `text` as their text, and their numbers in the ledger."""
    rows = printed(Edition).filter(page__slug__in=slugs).select_related("page", "notice").order_by("page_id", "-number")
    rows = rows.annotate(text=text, its_own=FilteredRelation("entries", condition=Q(entries__kind="edition")))
    rows = rows.annotate(entry=F("its_own__number"), rule=F("its_own__rule"))
    return rows.defer("document", "page__search_text")


def _opened(edition, editions):
    changes = tuple(Change(one, getattr(one, "notice", None)) for one in editions)
    return Reading(edition.page, edition, edition.text, changes)


def _whole(reading):
    """The document of a Reading; None where what is in the database is none any more: whoever asks for that page is told."""
    try:
        return reading.document
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


class _Beside:
    """The published claims that some documents are tied to, from either side, and which of their parties have a page."""

    def __init__(self, documents, using=""):
        self.there, self.back, self.pages = {}, defaultdict(list), set()
        refs = {link.claim_ref for document in documents for link in document.links}
        parties = {reply.party_slug for document in documents for reply in document.replies}
        there = printed(Check, using).filter(claim_ref__in=refs, retracted=False).order_by()
        ours = {document.claim_ref for document in documents}
        back = printed(CheckLink, using).filter(claim_ref__in=ours, page__retracted=False)
        known = printed(SpeakerPage, using).filter(slug__in=parties).order_by()
        rows = there.values_list(word("there"), "claim_ref", "claim_ref", *LINKED).union(
            back.values_list(word("back"), "claim_ref", "relation", *(f"page__{name}" for name in LINKED)),
            known.values_list(word("party"), *["slug"] * 7),
            all=True,
        )
        for how, key, relation, *facts in rows:
            if how == "there":
                self.there[key] = facts
            elif how == "back":
                self.back[key].append(Linked(relation, True, *facts))
            else:
                self.pages.add(key)

    def of(self, document):
        relations = {link.claim_ref: link.relation for link in document.links}
        found = [Linked(name, False, *self.there[ref]) for ref, name in relations.items() if ref in self.there]
        found += self.back[document.claim_ref]
        return sorted(found, key=lambda one: one.slug), self.pages & {reply.party_slug for reply in document.replies}


def _since(pages):
    """{page: what `since` says of it} of pages by their keys. One query."""
    links = printed(LinkState).filter(page__in=pages).order_by()
    files = printed(Handout).filter(page__in=pages, taken_back_at__isnull=False).order_by()
    rows = links.values_list(word("link"), "page", "url", "state", "noticed_at").union(
        files.values_list(word("file"), "page", "sha256", word(""), "taken_back_at"), all=True
    )
    found = {page: ({}, {}) for page in pages}
    for of, page, key, state, moment in rows:
        if of == "link":
            found[page][0][key] = (state, moment)
        else:
            found[page][1][key] = moment
    return found
