"""One of each: a claim or an edition of it, whole; a story, a speaker, a topic; and the scale of ratings, which is one thing."""

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.response import Response

from factcheck.published import outward, reading

from . import shapes
from .resource import Resource
from .shapes import licence


class Claim(Resource):
    """A claim, whole: its current edition."""

    serializer_class = shapes.Claim

    def changed(self, slug, number=None):
        return _found(reading.changed(slug, number))

    def get(self, request, slug, number=None):
        return Response(shapes.Claim(told(_found(reading.read(slug, number)))).data)


class Edition(Claim):
    """One edition of a claim as it was printed."""


def told(found):
    """A Reading as programs get it, as plain values under the names of `shapes.Claim`."""
    check, edition = found.check, found.edition
    edition.document = found.text  # it is here already, and would be asked for again
    ties, _pages = reading.linked(found.document)
    for notice in found.notices:
        notice.retracted = check.retracted
    return {
        "licence": licence(),
        "slug": check.slug,
        "title": found.document.title,
        "edition": edition.number,
        "current_edition": check.edition,
        "retracted": check.retracted,
        "first_published_at": check.first_printed_at,
        "published_at": edition.printed_at,
        "changed_at": check.changed_at,
        "sha256": None if check.retracted else outward.public_digest(edition),
        "document": outward.document_of(found),
        "notices": found.notices,
        "related": ties,
    }


class Headed(Resource):
    """What stands at the head of a reader's page. It is read at once: the row also says when the page last changed."""

    def changed(self, slug):
        self.heading = _found(self.find(slug))
        return self.heading.changed_at, ()

    def get(self, request, slug):
        return Response(self.get_serializer(self.heading).data)


class Story(Headed):
    """A story in which claims were checked."""

    serializer_class, find = shapes.OneStory, staticmethod(reading.story)


class Speaker(Headed):
    """Somebody whose claims were checked."""

    serializer_class, find = shapes.OneSpeaker, staticmethod(reading.speaker)


class Topic(Headed):
    """A topic of claims."""

    serializer_class, find = shapes.OneTopic, staticmethod(reading.topic)


class Ratings(Resource):
    """The scale, whole and in its order."""

    serializer_class = shapes.Scale

    def get(self, request):
        return Response(shapes.Scale({"licence": licence(), "results": reading.scale()}).data)


def _found(what):
    if what is None:
        raise Http404(_("Nothing of this name is published."))
    return what
