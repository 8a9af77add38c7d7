"""Where readers' rows come from: a database of their own, which can be read and not written to. The press does without."""

from django.conf import settings
from django.db.models import CharField, Value


def printed(kind, using=""):
    """Every row of a model, through the readers' database; the desk, which has its own, names it."""
    return kind.objects.using(using or settings.READERS_DATABASE)


def word(said):
    """A word of ours as a column: it says of each row of a union where it comes from."""
    return Value(said, CharField())
