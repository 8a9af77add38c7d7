"""How many checks stand under each topic and rating: counted by the press as it prints, so that no page has to count."""

from collections import Counter

from django.db import models
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from .printed import printed

ALL = ""  # the topic under which every check is counted


class Tally(models.Model):
    """The number of checks of one topic, or of all, that have one rating; the rating "" is that of retracted ones."""

    topic = models.CharField(_("topic"), max_length=80, blank=True)
    rating_code = models.CharField(_("rating"), max_length=40, blank=True)
    number = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("number of checks")
        verbose_name_plural = _("numbers of checks")
        # the counts of one topic, by rating
        constraints = [models.UniqueConstraint(fields=["topic", "rating_code"], name="tally_once")]
        indexes = [models.Index(fields=["rating_code"], name="tally_by_rating")]  # the counts of one rating, by topic

    def __str__(self):
        return f"{self.topic} {self.rating_code}: {self.number}"


def recount(before, now):
    """Bring the numbers up to date with a check that changed: (rating code, topics) before, or None, and now."""
    change = Counter()
    for by, standing in ((-1, before), (1, now)):
        if standing is not None:
            rating_code, topics = standing
            for topic in {ALL, *topics}:
                change[topic, rating_code] += by
    add(change)


def add(change):
    """Add to the numbers what `change` says: {(topic, rating code): by how much}."""
    # In one order, so that two presses never wait for each other.
    for (topic, rating_code), by in sorted(change.items()):
        if by:
            Tally.objects.get_or_create(topic=topic, rating_code=rating_code)
            Tally.objects.filter(topic=topic, rating_code=rating_code).update(number=F("number") + by)


def by_rating(topic=ALL):
    """{rating code: number} of the checks of one topic, or of all. One query."""
    return dict(printed(Tally).filter(topic=topic, number__gt=0).values_list("rating_code", "number"))


def by_topic(most, rating_code=None):
    """{topic: number} of the checks of one rating, or of all, for the `most` topics that have the most. One query."""
    rows = printed(Tally).exclude(topic=ALL).filter(number__gt=0)
    if rating_code is not None:
        rows = rows.filter(rating_code=rating_code)
    return dict(
        rows.values("topic").annotate(sum=Sum("number")).order_by("-sum", "topic").values_list("topic", "sum")[:most]
    )
