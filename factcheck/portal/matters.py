"""What a letter puts to its party, as the private page shows it: read from the letter, the deadlines from the rights of reply."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils import timezone

from factcheck.inbox.models import Incoming
from factcheck.letters.models import Outgoing
from factcheck.reply import deadlines
from factcheck.reply.correspondence import Channel

ADDRESSES = 5  # that receipts of one letter go to, besides its own


@dataclass(frozen=True)
class Point:
    """One allegation, by its number in the letter."""

    allegation: object
    number: int

    @property
    def name(self):
        return f"point-{self.number}"

    @property
    def text(self):
        return self.allegation.text


@dataclass(frozen=True)
class Matter:
    """One right of reply in the letter: the claim as it was worded there, and what is put of it."""

    wording: str
    points: tuple[Point, ...]
    deadline_at: datetime
    reworded: bool  # put to them in other words since


class Matters:
    """A letter as its party reads it."""

    def __init__(self, letter):
        self.letter, self.zone = letter, ZoneInfo(letter.zone)

    @cached_property
    def _parts(self):
        return list(self.letter.parts.select_related("file").prefetch_related("allegations"))

    @cached_property
    def files(self):
        return [part.file for part in self._parts]

    @cached_property
    def all(self):
        made, number = [], 0
        for part in self._parts:
            rows = list(part.allegations.all())
            points = tuple(Point(row, number + place) for place, row in enumerate(rows, 1))
            number += len(rows)
            made.append(self._matter(part, points))
        return made

    def _matter(self, part, points):
        file = part.file
        reworded = bool(file.wording_put) and file.wording_put != part.wording
        return Matter(part.wording, points, file.deadline_at or self.letter.deadline_at, reworded)

    @cached_property
    def points(self):
        return [point for matter in self.all for point in matter.points]

    @property
    def deadline_at(self):
        """Until when everything can be answered in time: extensions count."""
        return min((matter.deadline_at for matter in self.all), default=self.letter.deadline_at)

    @property
    def deadline(self):
        return deadlines.told(self.deadline_at, self.letter.zone)

    @property
    def later(self):
        """The matters that were given more time than the others, with the deadline in words."""
        return [
            (m, deadlines.told(m.deadline_at, self.letter.zone)) for m in self.all if m.deadline_at > self.deadline_at
        ]

    def is_late(self, moment=None):
        """Whether `moment` (now, where it is left out) is after every deadline."""
        last = max((matter.deadline_at for matter in self.all), default=self.letter.deadline_at)
        return (moment or timezone.now()) > last

    def has_sent_elsewhere_enough(self, address):
        """Whether receipts went to so many addresses besides the letter's that one more would be somebody's game."""
        receipts = self.letter.outgoing.filter(purpose=Outgoing.Purpose.RECEIPT).values_list("to_address", flat=True)
        told = {each.casefold() for each in receipts.distinct()} - {self.letter.to_address.casefold()}
        return address.casefold() not in told | {self.letter.to_address.casefold()} and len(told) >= ADDRESSES

    @cached_property
    def sent_before(self):
        """When answers came to these rights of reply by a private page, the latest first. What they say is not asked for."""
        came = Incoming.objects.filter(filings__file__in=self.files, channel=Channel.WEB_FORM).order_by("-received_at")
        return list(came.values_list("received_at", flat=True).distinct()[:20])
