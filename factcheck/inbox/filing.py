"""What lies unread: asked by the gates, the letters and the dashboard."""

from django.db.models import Exists, OuterRef

from .models import Filing


def all_unread():
    """Everything that lies unread with some right of reply, the oldest first."""
    return Filing.objects.filter(state=Filing.State.UNREAD).order_by("pk")


def lies_unread():
    """Whether an answer lies unread, as a condition on reply files."""
    return Exists(Filing.objects.filter(file=OuterRef("pk"), state=Filing.State.UNREAD))


def unread(file):
    """The answers that lie on a right of reply and that nobody has read yet, the oldest first."""
    return Filing.objects.filter(file=file, state=Filing.State.UNREAD)


def has_unread(file):
    """Whether something came back that nobody has read yet: then silence does not count."""
    return unread(file).exists()


def with_unread(files):
    """The numbers of those among `files` on which an answer lies that nobody has read: they are not reminded."""
    return Filing.objects.filter(file__in=files, state=Filing.State.UNREAD).values_list("file_id", flat=True)
