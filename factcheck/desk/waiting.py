"""Which claims wait for this person's signature: the rule of `permissions.py`, asked of many claims in a fixed number of queries.

`permissions.refusal` decides for one claim with its dossier in hand; here the journal is asked once for all of them. A test
holds the two together.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from factcheck.claims.models import Claim, Speaker, Status, Story, Topic
from factcheck.database.walking import first_of
from factcheck.newsroom import journal
from factcheck.newsroom.models import JournalEntry
from factcheck.reply.models import ReplyFile, Ruling
from factcheck.sources.models import Pseudonym

from .models import Override, SignOff

MOST = 300  # as many as are looked at: whoever has more than that waiting begins with these
PEOPLE = ("speaker", "appearances__said_by", "concerned__party", "reply_files__party")


@dataclass
class Candidate:
    """A claim in review by its number and reference, the journal's names of everything its page prints, and who signed it when."""

    claim: int
    ref: str
    names: set
    sign_offs: list


def to_sign_off(user, capacity):
    """The primary keys of claims that wait for `user`'s sign-off as "editor" or "legal", the oldest first, at most MOST."""
    candidates = _candidates(capacity)
    touched = _touched_by(user, candidates) | _decided_by(user, candidates)
    changes = _changes_since_signing(candidates)
    needed = settings.SIGN_OFFS_NEEDED if capacity == SignOff.Capacity.EDITOR else 1
    return [
        each.claim
        for each in candidates
        if each.claim not in touched and _wants(user, _standing(each, changes), needed)
    ]


def _wants(user, standing, needed):
    return len(standing) < needed and user.pk not in {sign_off.by_id for sign_off in standing}


def _candidates(capacity):
    lists = [Claim.objects.filter(status=status) for status in (Status.IN_REVIEW, Status.CLEARED)]
    if capacity == SignOff.Capacity.LEGAL:
        lists = [claims.filter(legal_risk=True) for claims in lists]
    claims = dict(first_of(lists, ("pk",), MOST).values_list("pk", "ref")[:MOST])
    names, by_claim = _names(claims), defaultdict(list)
    for sign_off in SignOff.objects.filter(claim__in=claims, capacity=capacity).defer("judged"):
        by_claim[sign_off.claim_id].append(sign_off)
    return [Candidate(number, str(ref), names[number], by_claim[number]) for number, ref in claims.items()]


def _names(claims):
    """What the journal calls everything that is printed with each of these claims: `gathering.surroundings`, of many at once."""
    names = defaultdict(set)
    for about in (("story", Story), ("topics", Topic), *((person, Speaker) for person in PEOPLE)):
        _note(names, claims, *about)
    return names


def _note(names, claims, path, model):
    pseudonym = f"{path}__pseudonym__ref" if model is Speaker else path
    rows = Claim.objects.filter(pk__in=claims, **{f"{path}__isnull": False}).order_by()
    for number, key, ref in rows.values_list("pk", path, pseudonym):
        names[number].add(journal.name_of(model, key))
        if model is Speaker and ref:
            names[number].add(journal.name_of(Pseudonym, ref))


def _entries_about(candidates):
    refs = [each.ref for each in candidates]
    names = set().union(*(each.names for each in candidates))
    return JournalEntry.objects.filter(Q(claim_ref__in=refs) | Q(record__in=names)).order_by()


def _concerns(entry, each):
    return entry["claim_ref"] == each.ref or entry["record"] in each.names


def _touched_by(user, candidates):
    """The claims of which `user` wrote any part."""
    written = _entries_about(candidates).filter(authored=True, actor_id=user.pk)
    entries = list(written.values("claim_ref", "record").distinct())
    return {each.claim for each in candidates if any(_concerns(entry, each) for entry in entries)}


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
