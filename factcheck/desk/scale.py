"""The scale of ratings is data: this installs it from a file, and never edits a label that was used (VD-1)."""

from django.db import transaction

from factcheck.newsroom import journal
from factcheck.published import press
from factcheck.published.document import RatingLine
from factcheck.sources import leak_guard

from .models import Rating, Scale

FIELDS = ("code", "label", "meaning", "ordinal", "token", "shape", "is_rating")


def current():
    """The scale that new verdicts use, or None before the first was installed."""
    return Scale.objects.first()


def _as_rows(ratings):
    return [tuple(rating[name] for name in FIELDS) for rating in ratings]


def rating_line(rating, worst, best):
    """A rating as readers see it. The ends of the scale go with a rating that is on it (SD-5)."""
    on_scale = rating.ordinal is not None
    return RatingLine(
        **{name: getattr(rating, name) for name in FIELDS},
        worst=worst if on_scale else None,
        best=best if on_scale else None,
    )


def _lines(scale):
    ratings = list(scale.ratings.all())
    ordinals = [rating.ordinal for rating in ratings if rating.ordinal is not None]
    return [rating_line(rating, min(ordinals, default=None), max(ordinals, default=None)) for rating in ratings]


@transaction.atomic
def install(*, by, name, ratings):
    """Make `ratings` (dicts with FIELDS, in order) the current scale; the same scale twice is one. Returns the Scale."""
    scale = current()
    if scale and scale.name == name and list(scale.ratings.values_list(*FIELDS)) == _as_rows(ratings):
        return scale
    scale = Scale(name=name, number=scale.number + 1 if scale else 1)
    scale.save()
    for position, rating in enumerate(ratings, 1):
        row = Rating(scale=scale, position=position, **rating)
        row.full_clean()
        row.save()
    leak_guard.check_leaving([text for rating in ratings for text in rating.values() if isinstance(text, str)], by=by)
    press.print_scale(_lines(scale))
    journal.write(by=by, verb="installed scale", record=scale, ratings=[rating["code"] for rating in ratings])
    return scale
