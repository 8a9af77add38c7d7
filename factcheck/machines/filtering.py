"""The filters of the readers' pages, for programs: the same FilterSet, and a value that means nothing is refused."""

import django_filters
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend

from factcheck.published import for_machines, reading
from factcheck.website.filters import NAMED, ClaimFilter
from factcheck.website.parameters import NotUnderstood

NO_SUCH_KIND = format_lazy(
    _("There is no such kind of change. There are: {known}."),
    known=", ".join(code for code, _label in reading.public_kinds()),
)


class EditionFilter(django_filters.FilterSet):
    """The filters of editions: of one claim, by its address."""

    claim = django_filters.CharFilter(field_name="page__slug", max_length=80, validators=[NAMED])


class CorrectionFilter(django_filters.FilterSet):
    """The filters of /corrections/, and one claim's."""

    claim = django_filters.CharFilter(field_name="slug", max_length=80, validators=[NAMED])
    kind = django_filters.ChoiceFilter(choices=reading.public_kinds, error_messages={"invalid_choice": NO_SUCH_KIND})


class AsThePagesDo(DjangoFilterBackend):
    """What the readers' FilterSet finds, in the order that it says; what a page tells in a sentence beside an empty list
    is a refusal here."""

    def filter_queryset(self, request, queryset, view):
        asked = view.filterset_class(view.asked, queryset=queryset)
        if not asked.is_valid():
            name, messages = next(iter(asked.errors.items()))
            raise NotUnderstood(f"“{name}”: {messages[0]}", name)
        if isinstance(asked, ClaimFilter):
            _refuse_what_finds_nothing(asked)
            view.narrowed = asked
            moment, key = asked.order
            view.order = for_machines.Order(for_machines.LISTED.name, moment, key)
        return asked.qs


def _refuse_what_finds_nothing(asked):
    for reason in asked.reasons():
        raise NotUnderstood(reason, "q")
