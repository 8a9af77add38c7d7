"""What readers of a new edition are told at once of the links it cites: what the last look found, if it still holds."""

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from factcheck.published.handing import note_links

from .models import Capture, Item, Watch

DONE = Q(item__captures__state=Capture.State.DONE)


@transaction.atomic
def tell_readers(claim):
    """Tell them, after an edition of `claim` is printed. A copy that was made after the last look is cited as it is now: what
    was found before says nothing of it, and the link is looked at again."""
    cited = Watch.objects.filter(
        url=F("item__url"), item__claim=claim, item__withdrawn_at=None, item__visibility=Item.Visibility.PUBLIC
    )
    states, overtaken = {}, []
    for watched in cited.exclude(state=Watch.State.UNKNOWN).annotate(
        copied_at=Max("item__captures__captured_at", filter=DONE)
    ):
        if watched.state in Watch.ALARMING and watched.copied_at and watched.copied_at > watched.checked_at:
            overtaken.append(watched.pk)
            states.setdefault(watched.url, Watch.State.OK)
        elif watched.state != Watch.State.OK or watched.url not in states:
            states[watched.url] = watched.state
    for watched in Watch.objects.filter(pk__in=overtaken, due_at__isnull=False):
        watched.due_at = timezone.now()
        watched.save(update_fields=["due_at"])
    note_links(str(claim.ref), states)
