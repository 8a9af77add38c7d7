"""The file as one frozen value. HTML, JSON and PDF are made from it and from nothing else."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from django.utils.translation import gettext_lazy as _


class Kind(Enum):
    """What a piece of text is, and so whether it leaves the house in the redacted form (CS-14)."""

    SHOWN = "shown"
    STAFF = "staff"
    PERSON = "person"
    ADDRESS = "address"
    SOURCE = "source"
    INTERNAL = "internal"
    OFF_RECORD = "off_record"
    AS_CAME = "as_came"


# What the schedule says of each: (what was redacted, why).
TOLD = {
    Kind.STAFF: (
        _("names of staff who are not named on the page"),
        _("They answer through the newsroom. Each is told apart by a number, so that it can be seen who did what."),
    ),
    Kind.PERSON: (_("names of people who were contacted"), _("The office that was asked is shown in their place.")),
    Kind.ADDRESS: (_("addresses and numbers used"), _("They are private, and the channel is shown.")),
    Kind.SOURCE: (
        _("evidence and sources"),
        _("This file is about what was asked and answered. Evidence has its own list, and sources are protected."),
    ),
    Kind.INTERNAL: (_("internal notes and drafts"), _("They were written for the newsroom and never published.")),
    Kind.OFF_RECORD: (_("answers given off the record"), _("They were given on the promise not to be published.")),
    Kind.AS_CAME: (
        _("messages as they came in"),
        _("What a person confirmed as the answer is shown in their place; the message is known by its hash."),
    ),
}


@dataclass(frozen=True)
class Fact:
    """One thing a line says. In a redacted file `text` of a fact that may not leave is a marker."""

    label: str
    text: str
    kind: Kind = Kind.SHOWN
    redacted: bool = False


@dataclass(frozen=True)
class Person:
    """Who did it. `number` is the person's place in this file; None where the system did it, or nobody knows."""

    name: str
    number: int | None = None
    byline: bool = False  # named on the page


@dataclass(frozen=True)
class Digest:
    """A document's SHA-256 as it was written down, and whether what is kept still has it (None: not kept here)."""

    of: str
    sha256: str
    holds: bool | None = None


@dataclass(frozen=True)
class Line:
    """One thing that happened. `row_sha256` is of the row that stands for it, where rows of its kind never change."""

    at: datetime  # when it happened
    recorded_at: datetime  # when it was written down
    verb: str  # as in the journal
    who: Person
    about: str  # the party; "" where it is about the claim
    record: str
    facts: tuple[Fact, ...] = ()
    row_sha256: str = ""
    salt: str = ""
    digests: tuple[Digest, ...] = ()
    number: int | None = None  # of the journal entry; None for mail, which has rows of its own
    hash: str = ""


@dataclass(frozen=True)
class Chain:
    """What a walk along the whole journal found while the file was made."""

    entries: int
    head: str
    broken: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Redacted:
    """One row of the schedule."""

    kind: Kind
    count: int

    @property
    def what(self):
        return TOLD[self.kind][0]

    @property
    def why(self):
        return TOLD[self.kind][1]


@dataclass(frozen=True)
class CourtFile:
    newsroom: str
    wording: str
    party: str  # "" for the file of a whole claim
    page: str  # address of the page that readers have; "" without one
    made_at: datetime
    zone: str
    lines: tuple[Line, ...]
    worksheet: tuple[Fact, ...]
    chain: Chain
    left_out: int  # entries about evidence and sources, which are not in it
    names: tuple[str, ...] = ()  # of staff, to be found in other people's words
    schedule: tuple[Redacted, ...] = field(default=())
    redacted: bool = False
