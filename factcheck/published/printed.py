"""Where readers' rows come from: a database of their own, which can be read and not written to. The press does without."""

from django.conf import settings


def printed(kind, using=""):
    """Every row of a model, through the readers' database; the desk, which has its own, names it."""
    return kind.objects.using(using or settings.READERS_DATABASE)
