"""The feeds: fact-checks, the latest and those of one topic, speaker or story, and corrections, each in two forms (FD-1, FD-2).

What was told once keeps its name for good, and what changed has another moment: a corrected verdict, or a retraction, comes
first again under the name that its readers know (CO-5).
"""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from factcheck.published import ledger, reading, wholesale

from . import entries
from .answers import absolute, answer, heeded, open_to_all, public
from .feed_forms import JSON, Atom
from .paging import PAGE, page_of, place_in

LENGTH = 40


class LatestClaims:
    """The latest checks of all. What a feed is about says when it last changed; all else is asked only to write it anew."""

    page = "claims"  # the page that the feed goes with, by its name in the URLconf
    paging = {"order": reading.NEWEST_FIRST}

    def __init__(self, *slug):
        self.slug = slug
        self.changed_at = self._changed_at(*slug)

    def _changed_at(self):
        return reading.last_change()

    def title(self):
        return _("%(newsroom)s: fact-checks") % {"newsroom": settings.NEWSROOM_NAME}

    def rows(self):
        return reading.checks()

    def entries(self, rows):
        return entries.of_claims(wholesale.readings(rows))

    def ledger(self):
        """Where the ledger ends, so that whoever keeps a copy of this feed keeps a head of it."""
        return ledger.head()


class _UnderAHeading(LatestClaims):
    """The checks that one page lists. Raises Http404 where nothing is published at its address."""

    def _changed_at(self, slug):
        self.heading = self.find(slug)
        if self.heading is None:
            raise Http404("Nothing is published at this address.")
        return self.heading.changed_at

    def title(self):
        return self.words() % {"newsroom": settings.NEWSROOM_NAME, "of": self.name()}

    def ledger(self):
        """Not told: such a feed stays as it is while others are printed, and the ledger does not."""

    def name(self):
        return self.heading.name


class OfTopic(_UnderAHeading):
    page = "topic"
    paging = {"order": reading.TOPIC_ORDER}
    find = staticmethod(reading.topic)

    def words(self):
        return _("%(newsroom)s: fact-checks on the topic “%(of)s”")

    def rows(self):
        return reading.on_topic(reading.checks(), *self.slug)


class OfSpeaker(_UnderAHeading):
    page = "speaker"
    find = staticmethod(reading.speaker)

    def words(self):
        return _("%(newsroom)s: fact-checks of what was said by %(of)s")

    def name(self):
        """The name; a pseudonym with its note (CS-9)."""
        told = {"name": self.heading.name, "note": self.heading.note}
        return _("%(name)s (%(note)s)") % told if self.heading.note else self.heading.name

    def rows(self):
        return reading.checks().filter(speaker_slug=self.heading.slug)


class OfStory(_UnderAHeading):
    page = "story"
    find = staticmethod(reading.story)

    def words(self):
        return _("%(newsroom)s: fact-checks of claims in “%(of)s”")

    def rows(self):
        return reading.checks().filter(story_slug=self.heading.slug)


class Corrections(LatestClaims):
    """Every public notice, newest first (CO-4)."""

    page = "corrections"
    paging = {"order": reading.NEWEST_NOTICE_FIRST, "moment": "printed_at"}

    def title(self):
        return _("%(newsroom)s: corrections") % {"newsroom": settings.NEWSROOM_NAME}

    def rows(self):
        return reading.notices()

    def entries(self, rows):
        return [entries.of_notice(notice) for notice in rows]


@public
def feed(request, about, form, slug=None):
    """A feed about something, in a form; older entries are on pages of their own, as those of a list are."""
    params = heeded(request, PAGE)
    place = place_in(params)
    subject = about(*filter(None, [slug]))
    return open_to_all(answer(request, subject.changed_at, lambda: _written(subject, form, params, place), params))


def _written(subject, form, params, place):
    own = absolute(reverse(f"{subject.page}_feed{form.suffix}", args=subject.slug))
    listing = page_of(subject.rows(), params, place, size=LENGTH, **subject.paging)
    told = form(
        title=subject.title(),
        link=absolute(reverse(subject.page, args=subject.slug)),
        description="",
        feed_url=own,
        language=get_language(),
        author_name=settings.NEWSROOM_NAME,
        author_link=absolute("/"),
        changed_at=subject.changed_at,
        next_url=f"{own}?{listing.older}" if listing.older else "",
        ledger=subject.ledger(),
        ledger_url=absolute(reverse("ledger_head")),
    )
    for entry in subject.entries(listing.rows):
        told.add_item(author_name=settings.NEWSROOM_NAME, **entry)
    return HttpResponse(told.writeString("utf-8"), content_type=told.content_type)


WHERE = {
    "claims": LatestClaims,
    "topics/<slug:slug>": OfTopic,
    "speakers/<slug:slug>": OfSpeaker,
    "stories/<slug:slug>": OfStory,
    "corrections": Corrections,
}
urlpatterns = [
    path(f"feeds/{where}.{ending}", feed, {"about": about, "form": form}, name=f"{about.page}_feed{form.suffix}")
    for where, about in WHERE.items()
    for ending, form in (("atom", Atom), ("json", JSON))
]
