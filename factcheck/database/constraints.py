"""Rules that tables share and the database itself holds."""

from django.db import models
from django.db.models import Q


def together(name, *fields, texts=()):
    """The constraint that facts which belong together are all there or all missing."""
    missing = Q(**{f"{f}__isnull": True for f in fields}) & Q(**dict.fromkeys(texts, ""))
    given = Q(**{f"{f}__isnull": False for f in fields})
    for text in texts:
        given &= ~Q(**{text: ""})
    return models.CheckConstraint(condition=missing | given, name=name)
