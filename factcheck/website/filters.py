"""What the list of claims can be narrowed by. A value that means nothing finds nothing, and the page says why."""

import re
from datetime import date, datetime, time
from functools import cached_property, lru_cache

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.published import reading

YEARS = gettext_lazy("Give a day between the years 1900 and 2999, as in 2022-09-05.")

NAMED = RegexValidator(
    r"\A[-\w]+\Z",
    gettext_lazy("A filter takes a name of letters, digits and hyphens. Choose one from its list."),
    flags=re.ASCII,
)

CODES = {
    "rating": gettext_lazy("There is no rating “%(code)s”. There are: %(known)s."),
    "type": gettext_lazy("No published claim is of the type “%(code)s”. There are: %(known)s."),
}


class Day(forms.DateField):
    """A day of a year that a newsroom can mean, so that no arithmetic on it can fail."""

    default_validators = [MinValueValidator(date(1900, 1, 1), YEARS), MaxValueValidator(date(2999, 12, 31), YEARS)]
    default_error_messages = {"invalid": YEARS}


class DayFilter(django_filters.DateFilter):
    field_class = Day


@lru_cache(maxsize=100)
def _form_class(kind, names):
    """The form of a FilterSet of this kind with filters of these names alone: to build it costs more than to check it."""
    fields = {name: kind.base_filters[name].field for name in names}
    return type(f"{kind.__name__}Form", (kind._meta.form,), fields)


class ClaimFilter(django_filters.FilterSet):
    """The filters of /claims/. `order` says by which index the result is ordered, for paging."""

    q = django_filters.CharFilter(method="by_words", max_length=500)
    rating = django_filters.CharFilter(field_name="rating_code", max_length=40, validators=[NAMED])
    type = django_filters.CharFilter(field_name="claim_type", max_length=40, validators=[NAMED])
    speaker = django_filters.CharFilter(field_name="speaker_slug", max_length=80, validators=[NAMED])
    topic = django_filters.CharFilter(method="by_topic", max_length=80, validators=[NAMED])
    story = django_filters.CharFilter(field_name="story_slug", max_length=80, validators=[NAMED])
    published_from = DayFilter(method="from_day")
    published_to = DayFilter(method="to_day")
    said_from = DayFilter(field_name="said_on", lookup_expr="gte")
    said_to = DayFilter(field_name="said_on", lookup_expr="lte")

    order = reading.NEWEST_FIRST

    def __init__(self, data=None, *args, **kwargs):
        # A filter that was not asked for does nothing, and to set up all eleven costs more than to find a page.
        self.base_filters = {name: one for name, one in self.base_filters.items() if data and data.get(name)}
        super().__init__(data, *args, **kwargs)

    def get_form_class(self):
        return _form_class(type(self), tuple(self.filters))

    def by_words(self, queryset, name, value):
        return reading.matching(queryset, value)

    def by_topic(self, queryset, name, value):
        self.order = reading.TOPIC_ORDER
        return reading.on_topic(queryset, value)

    def from_day(self, queryset, name, value):
        return queryset.filter(listed_at__gte=timezone.make_aware(datetime.combine(value, time.min)))

    def to_day(self, queryset, name, value):
        return queryset.filter(listed_at__lte=timezone.make_aware(datetime.combine(value, time.max)))

    def found(self):
        """The claims that were asked for; none where a value means nothing."""
        return self.qs if self.is_valid() else self.queryset.none()

    @property
    def is_narrowed(self):
        return bool(self.filters)

    @property
    def is_dated(self):
        return any(isinstance(one, DayFilter) for one in self.filters.values())

    @cached_property
    def words(self):
        """What the reader looks for, where it can be looked for: text with a word in it, and every filter means something."""
        text = self.data.get("q", "")
        return text if text and self.is_valid() and reading.words_in(text) else ""

    def among(self, keys):
        """Those of `keys` that the other filters let through, in the order they were given in. One query, or none."""
        others = {name: value for name, value in self.data.items() if name in self.filters and name != "q"}
        if not others:
            return keys
        found = type(self)(others, queryset=self.queryset.filter(pk__in=keys)).qs
        there = set(found.order_by().values_list("pk", flat=True))
        return [key for key in keys if key in there]

    def unknown(self):
        """{filter: sentence} of a rating or a type of claim that there is not. For where nothing was found: it asks the database.

        A speaker, topic or story that there is not is an empty list and no mistake: it may have gone with a correction.
        """
        codes = {name: self.data[name] for name in CODES if name in self.filters} if self.is_valid() else {}
        offered = reading.choices(**codes) if codes else {}
        return {
            name: CODES[name] % {"code": code, "known": ", ".join(sorted(known)) or _("none")}
            for name, code in codes.items()
            if code not in (known := {choice.value for choice in offered[name]}) and not self._was_given(name, code)
        }

    def _was_given(self, name, code):
        """Whether a claim still has a code that is offered no more, of a scale that was in use before."""
        return self.queryset.filter(**{self.filters[name].field_name: code}).exists()

    def reasons(self):
        """Why the result may be empty, in sentences that name what was typed wrongly."""
        if self.errors:
            return [message for messages in self.errors.values() for message in messages]
        if self.data.get("q", "").strip() and not reading.words_in(self.data["q"]):
            return [_("The search holds no word, only punctuation. Type a word from the claim, a name or a place.")]
        return []
