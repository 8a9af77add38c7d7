"""How far a claim is with the jigsaw: details that each tell nothing and together tell who somebody is (CS-10).

Asked wherever a protected person is on the page: as the speaker, as a party, or as whoever said it elsewhere.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from factcheck.claims.types import Precision
from factcheck.published.canonical import canonical, digest

FINENESS = (Precision.UNKNOWN, Precision.YEAR, Precision.MONTH, Precision.DAY)


@dataclass(frozen=True, slots=True)
class ProtectedFacts:
    """Somebody protected whom the page shows besides the speaker, as readers get them."""

    slug: str
    name: str
    description: str
    note: str
    note_reason: str


@dataclass(frozen=True, slots=True)
class JigsawFacts:
    """The latest list, as the dossier holds it. Whoever signs the claim off judges the decisions, too."""

    decisions: dict
    note: str
    others: str
    said_precision: str


@dataclass(frozen=True, slots=True)
class JigsawStanding:
    """How far the list is: by whom it was made, and for which facts somebody else signed it."""

    by: str
    signed_facts: frozenset


def latest(claim):
    """The list that counts, with its signatures, or None. Two queries where there is one."""
    return claim.jigsaws.select_related("by").prefetch_related("signatures").first()


def facts_of(jigsaw):
    if jigsaw is None:
        return None
    return JigsawFacts(jigsaw.decisions, jigsaw.note, jigsaw.others, jigsaw.said_precision)


def standing_of(jigsaw):
    if jigsaw is None:
        return None
    return JigsawStanding(jigsaw.by.shown_as, frozenset(s.facts for s in jigsaw.signatures.all()))


def shown_precision(claim, jigsaw, in_passing):
    """How exactly readers get the day a claim was said: what is known, and no more than the list allows."""
    if jigsaw is None or not (in_passing or (claim.speaker and claim.speaker.pseudonym_id)):
        return claim.said_precision
    return min(Precision(claim.said_precision), Precision(jigsaw.said_precision), key=FINENESS.index)


def protected_in_passing(speaker, others):
    """ProtectedFacts of everybody among `others` (Speakers or None) who goes by a pseudonym, except for `speaker`."""
    people = {other.pk: other for other in others if other and other.pseudonym_id and other != speaker}
    return tuple(_facts(person) for person in sorted(people.values(), key=lambda person: person.slug))


def _facts(person):
    hidden = person.pseudonym
    return ProtectedFacts(person.slug, person.shown_as, hidden.description, hidden.note, hidden.note_reason)


def is_protected(dossier):
    """Whether the page shows somebody who is protected, in whatever place."""
    speaker = dossier.claim.speaker
    return bool(dossier.protected_in_passing or (speaker and speaker.is_pseudonym))


def told_of_protected(dossier):
    """SHA-256 of everything the page tells of them: change one word of it, and the list is signed anew."""
    claim, speaker, passing = dossier.claim, dossier.claim.speaker, dossier.protected_in_passing
    who = [speaker.name, speaker.role, speaker.affiliation, speaker.description] if speaker else []
    told = [who, claim.said, claim.quotation, claim.appearances]
    if passing:  # and else as ever, so that what was signed before still counts
        slugs = {person.slug for person in passing}
        told += [passing, [reply.line for reply in dossier.replies if reply.line.party_slug in slugs]]
    return digest(canonical(told))


def pieced_together(dossier):
    """What could give somebody protected away is kept, generalised or dropped, and a second person signed that (CS-10)."""
    if not is_protected(dossier):
        return []
    standing = dossier.jigsaw_standing
    if standing is None:
        return [_undecided(dossier)]
    if not standing.signed_facts:
        return [_("Somebody other than %(by)s has to sign the list of identifying details.") % {"by": standing.by}]
    if told_of_protected(dossier) not in standing.signed_facts:
        return [
            _(
                "What readers are told of whoever is protected has changed since the list of identifying details was signed."
            )
        ]
    return []


def _undecided(dossier):
    if dossier.claim.speaker and dossier.claim.speaker.is_pseudonym:
        return _(
            "The speaker is protected: decide for each identifying detail whether it is kept, generalised or dropped."
        )
    names = ", ".join(person.name for person in dossier.protected_in_passing)
    return _(
        "%(names)s is protected: decide for each identifying detail whether it is kept, generalised or dropped."
    ) % {"names": names}
