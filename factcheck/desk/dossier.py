"""The dossier: all that a decision about a claim rests on, as one frozen value.

`gather` (in `gathering.py`) reads it in a fixed number of queries. Gates judge it, sign-offs hold its fingerprint, and the
document that readers get is made from it and from nothing else: what passed the gates is, value for value, what is printed.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property

from factcheck.claims.models import Status
from factcheck.claims.types import ClaimType
from factcheck.evidence.archives import is_archive
from factcheck.published import document as printed
from factcheck.reply.versions import Versions

from .piecing import JigsawFacts, JigsawStanding, ProtectedFacts


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What was said. The lines are printed as they stand here."""

    wording: str
    short_form: str
    language: str
    type: ClaimType
    type_label: str
    speaker: printed.SpeakerLine | None
    speaker_unknown: bool
    said: printed.SaidLine
    quotation: printed.QuotationLine | None
    appearances: tuple[printed.AppearanceLine, ...]
    pseudonyms_without_note: tuple[str, ...]  # of everybody the page would show
    story: printed.StoryLine | None
    topics: tuple[printed.TopicLine, ...]
    accused: tuple[str, ...]  # slugs of the parties
    parties: dict[str, str]  # slug -> name, of everybody accused or concerned
    links: tuple[printed.LinkLine, ...]
    why_chosen: str
    legal_risk: bool


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    line: printed.EvidenceLine
    public: bool
    confidential: bool  # from a confidential source, or from somebody behind a pseudonym
    origin: str  # items of one origin count as one source
    holds_a_file: bool = printed.later(False)  # of ours, whether readers get it or not

    @property
    def is_kept(self):
        """Whether what its link leads to will outlive the page: a copy of ours, a file of ours, or an archive's (EV-12)."""
        return bool(self.line.captured_at or self.holds_a_file or is_archive(self.line.archived_url))


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    line: printed.ReplyLine
    state: str  # with needs_reput, as the file says it
    wording_put: str  # the wording of the claim that the party was asked about; "" where nothing was put
    rulings: int  # changes of wording ruled immaterial
    attempts: int
    never_put: bool  # nothing was put, nothing waived, and no answer to another outlet is quoted instead
    unput: tuple[str, ...]  # material allegations that were never put
    answered: bool  # there is a response on the record
    fair: bool  # an editor found the excerpt fair, after the latest response
    harsh: str  # what an edited public line says beyond what its state allows, in a sentence


@dataclass(frozen=True, slots=True)
class VerdictFacts:
    line: printed.VerdictLine
    few_sources_reason: str


@dataclass(frozen=True, slots=True)
class OverrideFacts:
    gate: str
    sentences: tuple[str, ...]
    reason: str
    by: str  # log-in name


@dataclass(frozen=True, slots=True)
class SignOffFacts:
    by_id: int
    by: str  # as readers see the name
    capacity: str
    fingerprint: str
    judged: str
    at: datetime


@dataclass(frozen=True)
class Dossier:
    """Everything about one claim at one moment."""

    claim_ref: str
    slug: str  # "" until it has a page
    status: Status
    claim: ClaimFacts
    verdict: VerdictFacts | None
    evidence: tuple[EvidenceFacts, ...]
    replies: tuple[ReplyFacts, ...]
    unread: tuple[str, ...]  # what came in from a party and nobody has read, in sentences
    versions: Versions  # of the claim's wording, and which of them the answers were given to
    notice: printed.NoticeLine | None
    overrides: tuple[OverrideFacts, ...]
    authors: dict[int, str]  # number -> name, of everybody who wrote or edited any part of what is judged
    deciders: frozenset[int]  # who waived or overrode something: not authors, but not the ones to sign it off either
    sign_offs: tuple[SignOffFacts, ...]
    edition: printed.Document | None  # what readers have now
    next_edition: int  # the number of the one to come
    retracted: bool
    retraction_proposed_by: int | None  # number of the person; None while nobody proposed one
    jigsaw: JigsawFacts | None = None  # what was decided about the details of whoever is protected
    jigsaw_standing: JigsawStanding | None = None
    protected_in_passing: tuple[ProtectedFacts, ...] = ()  # everybody protected on the page besides the speaker
    leaks: tuple[str, ...] = ()  # what the leak guard has against it, in sentences
    promised: tuple[str, ...] = ()  # time to say more that a party was given and that is not over, in sentences
    unquoted: tuple[str, ...] = ()  # answers on the record of which nothing is printed, in sentences

    @cached_property
    def judged(self):
        """The canonical text of what a sign-off answers for."""
        return printed.canonical(
            {name: getattr(self, name) for name in JUDGED}
            | ({"jigsaw": self.jigsaw} if self.jigsaw else {})
            | {"written_by": sorted(self.authors.values())}
        )

    @cached_property
    def fingerprint(self):
        """SHA-256 of `judged`: one changed word and it is another."""
        return printed.digest(self.judged)

    @property
    def public_evidence(self):
        return tuple(item for item in self.evidence if item.public)

    def standing(self, capacity):
        """The sign-offs in this capacity that count: for exactly this text, by people who wrote no part of it."""
        barred = self.authors.keys() | self.deciders
        return tuple(
            s
            for s in self.sign_offs
            if s.capacity == capacity and s.fingerprint == self.fingerprint and s.by_id not in barred
        )


JUDGED = ("claim", "verdict", "evidence", "replies", "notice", "overrides")


def document(dossier, slug=""):
    """The document readers will get: made of the dossier's own lines. Raises TypeError while there is no verdict."""
    claim = dossier.claim
    shared = {f.name: getattr(claim, f.name) for f in fields(claim) if f.name in printed.Document.__dataclass_fields__}
    signers = [*dossier.standing("editor"), *dossier.standing("legal")]
    return printed.Document(
        **shared,
        claim_ref=dossier.claim_ref,
        slug=slug or dossier.slug,
        claim_type=claim.type.value,
        claim_type_label=claim.type_label,
        verdict=dossier.verdict.line,
        replies=tuple(reply.line for reply in dossier.replies if reply.state != "not_required"),
        evidence=tuple(item.line for item in dossier.public_evidence),
        written_by=tuple(sorted(dossier.authors.values())),
        signed_off_by=tuple(dict.fromkeys(s.by for s in signers)),
    )
