"""Which claims wait for this person's signature: the rule of `permissions.py`, asked of many claims in a fixed number of queries.

`permissions.refusal` decides for one claim with its dossier in hand; here the journal is asked once for all of them. A test
holds the two together.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, Q

from factcheck.claims.models import Appearance, Claim, Concerned, Status
from factcheck.newsroom import journal
from factcheck.newsroom.models import JournalEntry
from factcheck.reply.models import ReplyFile, Ruling

from .gathering import surroundings
from .models import Override, SignOff

MOST = 300  # as many as are looked at: whoever has more than that waiting begins with these
PARTS = (
    "topics",
    Prefetch("appearances", Appearance.objects.select_related("said_by__pseudonym")),
    Prefetch("concerned", Concerned.objects.select_related("party__pseudonym")),
    Prefetch("reply_files", ReplyFile.objects.select_related("party__pseudonym")),
)


@dataclass
class Candidate:
    """A claim in review, the journal's names of everything its page prints, and who signed it when."""

    claim: Claim
    names: set
    sign_offs: list


def to_sign_off(user, capacity):
    """The primary keys of claims that wait for `user`'s sign-off as "editor" or "legal", the oldest first, at most MOST."""
    candidates = _candidates(capacity)
    touched = _touched_by(user, candidates) | _decided_by(user, candidates)
    changes = _changes_since_signing(candidates)
    needed = settings.SIGN_OFFS_NEEDED if capacity == SignOff.Capacity.EDITOR else 1
    return [
        each.claim.pk
        for each in candidates
        if each.claim.pk not in touched and _wants(user, _standing(each, changes), needed)
    ]


def _wants(user, standing, needed):
    return len(standing) < needed and user.pk not in {sign_off.by_id for sign_off in standing}


def _candidates(capacity):
    claims = Claim.objects.filter(status__in=(Status.IN_REVIEW, Status.CLEARED))
    if capacity == SignOff.Capacity.LEGAL:
        claims = claims.filter(legal_risk=True)
    claims = list(claims.order_by("pk").select_related("speaker__pseudonym", "story").prefetch_related(*PARTS)[:MOST])
    sign_offs = SignOff.objects.filter(claim__in=claims, capacity=capacity).defer("judged")
    by_claim = {}
    for sign_off in sign_offs:
        by_claim.setdefault(sign_off.claim_id, []).append(sign_off)
    return [Candidate(claim, _names(claim), by_claim.get(claim.pk, [])) for claim in claims]


def _names(claim):
    parts = (claim.topics.all(), claim.appearances.all(), claim.concerned.all(), claim.reply_files.all())
    return {journal.record_name(thing) for thing in surroundings(claim, *parts)}


def _entries_about(candidates):
    refs = [str(each.claim.ref) for each in candidates]
    names = set().union(*(each.names for each in candidates))
    return JournalEntry.objects.filter(Q(claim_ref__in=refs) | Q(record__in=names)).order_by()


def _concerns(entry, each):
    return entry["claim_ref"] == str(each.claim.ref) or entry["record"] in each.names


def _touched_by(user, candidates):
    """The claims of which `user` wrote any part."""
    written = _entries_about(candidates).filter(authored=True, actor_id=user.pk)
    entries = list(written.values("claim_ref", "record").distinct())
    return {each.claim.pk for each in candidates if any(_concerns(entry, each) for entry in entries)}


def _decided_by(user, candidates):
    """The claims in which `user` waived, overrode or ruled something."""
    claims = [each.claim for each in candidates]
    overrides = Override.objects.filter(claim__in=claims, by=user).values_list("claim", flat=True).order_by()
    waivers = ReplyFile.objects.filter(claim__in=claims, waived_by=user).values_list("claim", flat=True).order_by()
    rulings = Ruling.objects.filter(file__claim__in=claims, by=user).values_list("file__claim", flat=True).order_by()
    return set(overrides.union(waivers, rulings))


def _changes_since_signing(candidates):
    """What was written since the first of these signatures, as entries that may have voided them."""
    signed = [sign_off.at for each in candidates for sign_off in each.sign_offs]
    if not signed:
        return []
    since = _entries_about(candidates).filter(Q(authored=True) | Q(verb="edited claim"), at__gt=min(signed))
    return list(since.values("claim_ref", "record", "at"))


def _standing(each, changes):
    """The signatures after which nothing was written. One that stands although something was is asked for once more."""
    latest = max((entry["at"] for entry in changes if _concerns(entry, each)), default=None)
    return [sign_off for sign_off in each.sign_offs if latest is None or sign_off.at > latest]
