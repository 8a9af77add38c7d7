"""The checks that others may carry as reviews: those whose rating stands. What was retracted, or has no rating, is none (API-7)."""

import json
from datetime import UTC, datetime, time

from django.db.models import F, Q

from . import reading
from .for_machines import LISTED
from .models import Check, Edition
from .printed import printed


def reviews(*, words="", language="", since=None, place=None, skip=0, count):
    """Up to `count` Checks, newest first, after `place` (a moment and a key) and `skip` more.

    `words` have to be in them, each one; `language` is the first part of a tag, such as "en"; `since` is a day: what was
    reviewed or said on it, or later, whichever is newer (API-6).
    """
    if language and not is_spoken(language):
        return []
    no_ratings = [step.code for step in reading.scale() if not step.is_rating]
    rated = reading.checks().exclude(rating_code__in=["", *no_ratings])
    if words:
        rated = reading.matching(rated, words)
    if language:
        rated = rated.filter(Q(language=language) | Q(language__startswith=f"{language}-"))
    found = []
    for part in _parts(LISTED.walk(rated, place), since):
        found += part[: skip + count - len(found)] if len(found) < skip + count else []
    return found[skip:]


def _parts(rows, since):
    """The rows, in two parts where they have to be new: each walks an index of its own, and the second is hardly ever asked."""
    if since is None:
        return [rows]
    moment = datetime.combine(since, time.min, UTC)
    return [rows.filter(listed_at__gte=moment), rows.filter(listed_at__lt=moment, said_on__gte=since)]


def is_spoken(language):
    """Whether anything published is in this language, in any of its kinds. One query of an index."""
    kinds = Q(language__gte=f"{language}-", language__lt=f"{language}.")
    return printed(Check).filter(Q(language=language) | kinds).order_by().exists()


def said(checks):
    """When each was said, by its key, as its current edition tells it: {key: {"on", "precision", ...}}. One query."""
    current = printed(Edition).filter(page__in=[check.pk for check in checks], number=F("page__edition")).order_by()
    return {key: json.loads(text)["said"] for key, text in current.values_list("page", "document")}
