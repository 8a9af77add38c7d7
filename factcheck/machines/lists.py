"""The lists of the API: what each holds, what it can be narrowed by, and in which order it comes."""

import re
from datetime import UTC

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework.generics import ListAPIView

from factcheck.published import for_machines, reading
from factcheck.website.filters import ClaimFilter
from factcheck.website.parameters import NotUnderstood

from . import shapes
from .filtering import AsThePagesDo, CorrectionFilter, EditionFilter
from .paging import CURSOR, SIZE, ByPlace
from .resource import Resource

SINCE = "updated_since"
PAGED = (CURSOR, SIZE, SINCE)


class Listed(Resource, ListAPIView):
    """A list, newest first; with `updated_since` by when its rows last changed, rising, so that a copy can be kept up."""

    pagination_class = ByPlace
    parameters = PAGED
    order, order_since = for_machines.LISTED, for_machines.CHANGED

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        if moment := self.asked.get(SINCE):
            self.order = self.order_since
            queryset = for_machines.since(queryset, self.order, moment_in(moment))
        return queryset


class Claims(Listed):
    """Every published claim, retracted ones among them and marked."""

    serializer_class = shapes.ClaimLine
    filter_backends, filterset_class = [AsThePagesDo], ClaimFilter
    parameters = (*PAGED, *ClaimFilter.base_filters)

    def get_queryset(self):
        return for_machines.with_topics(reading.checks())

    def paginate_queryset(self, queryset):
        rows = super().paginate_queryset(queryset)
        if not rows and (unknown := self.narrowed.unknown()):
            name, sentence = next(iter(unknown.items()))
            raise NotUnderstood(sentence, name)
        return rows


class Editions(Listed):
    """Every edition that was printed. One is never changed, so `updated_since` asks when it was printed."""

    serializer_class = shapes.EditionLine
    filter_backends, filterset_class = [AsThePagesDo], EditionFilter
    parameters = (*PAGED, *EditionFilter.base_filters)
    order, order_since = for_machines.PRINTED, for_machines.PRINTED_SINCE

    def get_queryset(self):
        return for_machines.editions()


class Corrections(Listed):
    """Every notice that readers were given of a change: corrections, updates, clarifications, retractions."""

    serializer_class = shapes.NoticeLine
    filter_backends, filterset_class = [AsThePagesDo], CorrectionFilter
    parameters = (*PAGED, *CorrectionFilter.base_filters)
    order, order_since = for_machines.PRINTED, for_machines.PRINTED_SINCE

    def get_queryset(self):
        return reading.notices()


class Stories(Listed):
    """The stories in which claims were checked."""

    serializer_class = shapes.Story

    def get_queryset(self):
        return for_machines.stories()


class Speakers(Listed):
    """Everybody whose claims were checked."""

    serializer_class = shapes.Speaker

    def get_queryset(self):
        return for_machines.speakers()


class Topics(Listed):
    """The topics of claims."""

    serializer_class = shapes.Topic

    def get_queryset(self):
        return for_machines.topics()


def moment_in(text):
    """The moment that somebody wrote, as an aware datetime. Raises NotUnderstood for what is none with a zone."""
    try:
        # A "+" that was not escaped has become a space on its way.
        moment = parse_datetime(re.sub(r" (?=\d\d:\d\d$)", "+", text)) if re.fullmatch(r"[ -~]{1,40}", text) else None
        if moment and moment.tzinfo and 1900 <= moment.year < 3000:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass  # told below, as every other text that is no moment
    sentence = _("“updated_since” is a moment with its zone in the years 1900 to 2999, as in 2022-09-05T00:00:00Z.")
    raise NotUnderstood(sentence, SINCE)
