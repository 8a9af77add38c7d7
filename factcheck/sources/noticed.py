"""What others did about the sources in somebody's keeping. Custodians are told, by reference alone (CS-4, CS-6)."""

from collections import defaultdict

from django.db.models import Q

from factcheck.newsroom.models import JournalEntry

from .models import Custody, Source

# Verbs of the journal that the other custodians have to know of.
NOTICED = (
    "read the identity of",
    "was refused the identity of",
    "proposed to destroy",
    "kept after all",
    "destroyed",
    "destroyed alone",
    "granted custody of",
    "revoked custody of",
    "stopped guarding a term of",
    "held",
    "lifted the hold on",
)


def to_confirm(person):
    """Sources that another custodian proposed to destroy, the longest proposed first: `person` confirms it or keeps them."""
    kept = Custody.objects.filter(person=person, revoked_at=None).values("source")
    proposed = Source.objects.filter(pk__in=kept, proposed_at__isnull=False, destroyed_at=None)
    return proposed.exclude(proposed_by=person).order_by("proposed_at")


def noticed(person, since):
    """[(Source, JournalEntry)] of what others did since then about the sources in `person`'s keeping, the latest first.

    Nobody is told what happened while they were no custodian, but that they are none any more.
    """
    held = Custody.objects.filter(Q(revoked_at=None) | Q(revoked_at__gte=since), person=person).select_related("source")
    kept = defaultdict(list)  # a custody that ended and was given again is two
    for custody in held.order_by("pk"):
        kept[f"source:{custody.source.ref}"].append(custody)
    done = JournalEntry.objects.filter(record__in=kept, verb__in=NOTICED, at__gte=since).exclude(actor_id=person.pk)
    told = ((kept[entry.record], entry) for entry in done)
    return [(times[0].source, entry) for times, entry in told if any(_concerns(each, entry) for each in times)]


def _concerns(custody, entry):
    ended = entry.verb == "revoked custody of" and entry.details.get("person") == custody.person_id
    held = custody.granted_at <= entry.at and (custody.revoked_at is None or entry.at <= custody.revoked_at)
    return held or ended


def custodians():
    """The numbers of everybody who keeps a source, or did until lately."""
    return set(Custody.objects.order_by().values_list("person", flat=True).distinct())
