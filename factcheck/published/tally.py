"""How many checks stand under each topic and rating: counted by the press as it prints, so that no page has to count."""

from collections import Counter

from django.conf import settings
from django.db import connections, models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

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


# Written in SQL by hand, as in `moments`: to build such queries each time costs more than to run them.
BY_RATING = """SELECT t.rating_code, s.label, t.number FROM published_tally t
LEFT JOIN published_scalestep s ON s.code = t.rating_code WHERE t.topic = %s AND t.number > 0 ORDER BY s.place, s.id"""
BY_TOPIC = """SELECT t.topic, p.name, SUM(t.number) AS sum FROM published_tally t
JOIN published_topicpage p ON p.slug = t.topic WHERE t.number > 0 {narrowed}
GROUP BY t.topic, p.name ORDER BY sum DESC, t.topic LIMIT %s"""


def by_rating(topic=ALL):
    """[(rating code, label, number)] of the checks of one topic, or of all; without a label: retracted. One query."""
    return _rows(BY_RATING, topic)


def by_topic(most, rating_code=""):
    """[(topic, name, number)] of the checks of one rating, or of all, for the `most` topics that have the most. One query."""
    if rating_code:
        return _rows(BY_TOPIC.format(narrowed="AND t.rating_code = %s"), rating_code, most)
    return _rows(BY_TOPIC.format(narrowed=""), most)


def _rows(sql, *values):
    with connections[settings.READERS_DATABASE].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
