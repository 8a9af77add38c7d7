"""The public document: everything readers are told about one claim, as one frozen value.

The desk makes it from what was signed off; an `Edition` stores it as JSON; pages, feeds and ClaimReview read it and
nothing else. A field added here is a field shown to the world: `tests/published/test_document.py` names every key.

Text fields are plain text unless their name ends in `_html` (sanitised HTML, safe to print). Empty means "" or () or
None. Dates are ISO 8601 text; `*_at` are moments in UTC, `*_on` are days. Codes are stable, labels are what was shown
that day.
"""

from dataclasses import dataclass

from .canonical import as_json, canonical, digest, later
from .naming import in_address

__all__ = ["as_json", "canonical", "digest", "later"]  # asked of this module, which holds what they are made of


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """Who is said to have said it, as they were then. A pseudonym carries its note (CS-9)."""

    slug: str  # address of the speaker's page
    name: str  # the name, or the pseudonym without its star
    kind: str  # person, organisation, government, party, embassy
    role: str  # as it was when this was said
    affiliation: str
    is_pseudonym: bool
    note: str  # "Name has been changed"; only with a pseudonym
    note_reason: str  # "to protect the speaker from reprisal"; may be empty
    description: str  # what may be said of them: "a Uyghur national in New Zealand"

    @property
    def whole_note(self):
        """The note as one sentence: "Name has been changed to protect the speaker from reprisal"."""
        return " ".join(part for part in (self.note, self.note_reason) if part) if self.is_pseudonym else ""

    @property
    def role_and_affiliation(self):
        return ", ".join(part for part in (self.role, self.affiliation) if part) or self.description


@dataclass(frozen=True, slots=True)
class SaidLine:
    """Where and when it was said. `on` is cut to what is known: 2022-09-05, 2022-09, 2022 or ""."""

    on: str
    precision: str  # day, month, year, unknown
    where: str
    url: str


@dataclass(frozen=True, slots=True)
class QuotationLine:
    """The speaker's own words, in the language they were said in (BCP-47)."""

    text: str
    language: str
    translation: str


@dataclass(frozen=True, slots=True)
class AppearanceLine:
    """Another place where the same thing was said."""

    where: str
    url: str
    archived_url: str
    on: str
    precision: str
    by: str  # who repeated it there, with their role then; may be empty


@dataclass(frozen=True, slots=True)
class StoryLine:
    slug: str
    headline: str
    outlet: str
    url: str
    published_on: str
    byline: str
    note: str


@dataclass(frozen=True, slots=True)
class TopicLine:
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class RatingLine:
    """The rating as the scale defined it on the day. `ordinal` is None off the truth scale (SD-5)."""

    code: str
    label: str
    meaning: str
    ordinal: int | None
    worst: int | None
    best: int | None
    token: str  # colour token: the CSS class is r-<token>
    shape: str  # symbol in the shapes sheet
    is_rating: bool  # False for "On the record": both sides, no rating, no ClaimReview (CL-4)


@dataclass(frozen=True, slots=True)
class VerdictLine:
    rating: RatingLine
    finding: str
    explanation_html: str
    not_established: str
    evidence_as_of: str


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """What a party had answered before the answer that stands in the first place; printed after it, as large."""

    line: str
    quote: str
    quote_language: str
    by_name: str
    by_role: str
    received_on: str
    late: bool


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One accused or concerned party: what was put to them and what came of it, in words their state allows (RR-5)."""

    party: str
    party_slug: str
    party_kind: str
    state: str  # a code of ReplyFile.state
    state_label: str
    line: str  # "Immigration New Zealand said:" / "... did not respond to 2 requests ..."
    allegations: tuple[str, ...]  # as put, or as they would have been put where it was waived
    quote: str  # the excerpt published; "" where nothing was answered
    quote_language: str
    quote_translation: str
    by_name: str
    by_role: str
    received_on: str
    late: bool
    reason: str  # the waiver's reason, in words; "" otherwise
    note: str  # the waiver's note, as readers see it
    earlier: tuple[EarlierAnswer, ...] = later(())  # the newest first; editions printed before there were any have none


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that an editor released: the copy without hidden data. Nothing is told of the original, its hash neither:
    by that, somebody who marked every copy he gave away could tell whose copy we had."""

    name: str  # as readers get it
    type: str  # MIME
    size: int  # bytes
    sha256: str

    @property
    def in_address(self):
        return in_address(self.name)


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    title: str
    kind: str
    kind_label: str
    publisher: str
    published_on: str
    url: str
    archived_url: str
    locator: str
    passage: str
    passage_language: str
    shows: str
    stance: str  # supports, undermines, context
    primary: bool
    secondary_reason: str
    captured_at: str = later("")  # when we kept a copy of our own of what the link led to; "" where we have none
    captured_sha256: str = later("")  # of that copy, a web archive
    files: tuple[FileLine, ...] = later(())


STANCES = ("supports", "undermines", "context")  # the order in which readers get them


@dataclass(frozen=True, slots=True)
class LinkLine:
    """Another claim this one is tied to; shown once that claim has a page of its own."""

    relation: str  # split_from, duplicate_of, made_in_reply_to
    claim_ref: str


@dataclass(frozen=True, slots=True)
class Document:
    claim_ref: str  # random, stable name of the claim; never shown
    slug: str
    wording: str
    short_form: str
    language: str  # of our own words
    claim_type: str
    claim_type_label: str
    quotation: QuotationLine | None
    speaker: SpeakerLine | None  # None where the speaker is unknown
    said: SaidLine
    appearances: tuple[AppearanceLine, ...]
    story: StoryLine | None
    topics: tuple[TopicLine, ...]
    why_chosen: str
    verdict: VerdictLine
    replies: tuple[ReplyLine, ...]
    evidence: tuple[EvidenceLine, ...]
    links: tuple[LinkLine, ...]
    written_by: tuple[str, ...]
    signed_off_by: tuple[str, ...]

    @property
    def title(self):
        return self.short_form or self.wording

    @property
    def put_together(self):
        """Replies beside what was put: parties asked the same things share one statement of them, in the order they come."""
        groups = {}
        for reply in self.replies:
            groups.setdefault(reply.allegations, []).append(reply)
        return list(groups.items())

    @property
    def files(self):
        """Every file that comes with it, once, by its hash."""
        return {file.sha256: file for item in self.evidence for file in item.files}

    @property
    def evidence_by_stance(self):
        return [(stance, [item for item in self.evidence if item.stance == stance]) for stance in STANCES]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """What readers are told about a change (CO-2). `kind` is one of NOTICE_KINDS in published.models."""

    kind: str
    was_wrong: str  # what the earlier edition said
    says_now: str
    why: str


def _optional(kind, value):
    return None if value is None else kind(**value)


def _lines(kind, values):
    return tuple(kind(**value) for value in values)


def _reply(line):
    earlier = _lines(EarlierAnswer, line.get("earlier", ()))
    return ReplyLine(**{**line, "allegations": tuple(line["allegations"]), "earlier": earlier})


def from_data(data):
    """A Document from the decoded JSON of an edition. Raises TypeError or KeyError where the data is no document."""
    verdict = dict(data["verdict"])
    verdict["rating"] = RatingLine(**verdict["rating"])
    return Document(
        **{
            **data,
            "quotation": _optional(QuotationLine, data["quotation"]),
            "speaker": _optional(SpeakerLine, data["speaker"]),
            "said": SaidLine(**data["said"]),
            "appearances": _lines(AppearanceLine, data["appearances"]),
            "story": _optional(StoryLine, data["story"]),
            "topics": _lines(TopicLine, data["topics"]),
            "verdict": VerdictLine(**verdict),
            "replies": tuple(_reply(line) for line in data["replies"]),
            "evidence": tuple(
                EvidenceLine(**{**e, "files": _lines(FileLine, e.get("files", ()))}) for e in data["evidence"]
            ),
            "links": _lines(LinkLine, data["links"]),
            "written_by": tuple(data["written_by"]),
            "signed_off_by": tuple(data["signed_off_by"]),
        }
    )
