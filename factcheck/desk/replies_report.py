"""Replies sought and received, over a period: what was asked, and what came of it until now.

What is counted is the *right of reply*: one party, one claim. It belongs to the period in which we first asked, whatever came of
it and whenever; where nobody was asked, to the day of the waiver. Every one that was asked has exactly one outcome, so the
outcomes add up to what was asked. Pure but for `gather`, which is one query.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median

from django.db.models import BooleanField, DateTimeField, Min, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.reply import calendars
from factcheck.reply.contact import Place, newsroom_place
from factcheck.reply.correspondence import Channel
from factcheck.reply.models import Attempt, ReplyFile, Response, Waiver
from factcheck.reply.states import State

# What came of having asked, in the order of the report; together they are everything a file that was asked can be.
OUTCOMES = (
    ("answered", _("answered"), (State.RESPONDED,)),
    ("partial", _("answered in part"), (State.PARTIAL,)),
    ("declined", _("declined to comment"), (State.DECLINED,)),
    ("silent", _("silent"), (State.NO_RESPONSE,)),
    ("undeliverable", _("could not be reached"), (State.UNDELIVERABLE,)),
    ("waiting", _("still waiting"), (State.SENT, State.EXTENDED)),
    ("waived", _("waived after asking"), (State.WAIVED,)),
    ("other", _("asked, and not settled"), (State.REQUIRED, State.DRAFTING, State.READY, State.NOT_REQUIRED)),
)
ANSWERED = ("answered", "partial", "declined")
OUTCOME_OF = {state.value: code for code, _label, states in OUTCOMES for state in states}


@dataclass(frozen=True)
class Asked:
    """One right of reply as the report counts it. Moments are aware; `asked_at` is None where nobody was asked."""

    party: str
    story: str
    claim: str
    claim_id: int
    file_id: int
    state: str
    asked_at: datetime | None
    answered_at: datetime | None  # the first answer of any kind, also that they do not comment
    late: bool  # the first answer came after the deadline, after silence was noted, or after publication
    waiver: str  # the reason's code; "" where nothing was waived
    place: Place  # where the party is, whose working days count

    @property
    def outcome(self):
        return OUTCOME_OF[self.state] if self.asked_at else ""

    @property
    def hours(self):
        """From the first attempt to the first answer, in hours of the clock; None where either is missing."""
        if not (self.asked_at and self.answered_at) or self.answered_at < self.asked_at:
            return None
        return (self.answered_at - self.asked_at) / timedelta(hours=1)

    @property
    def working_hours(self):
        """The same in working hours where the party is; weekends, nights and its public holidays are none of them."""
        if self.hours is None:
            return None
        return calendars.working_time(self.asked_at, self.answered_at, self.place) / timedelta(hours=1)


@dataclass(frozen=True)
class Count:
    """The numbers over some rights of reply. `outcomes` add up to `asked`; `late` is a part of those who answered."""

    name: str
    asked: int
    outcomes: tuple[tuple[str, str, int], ...]  # (code, label, how many)
    late: int
    not_asked: int  # waived before anybody asked
    median_hours: float | None  # by the clock
    median_working: float | None  # in working hours where each party is
    timed: int  # over how many answers the median is taken

    @property
    def answers(self):
        """Those who said something: in full, in part, or that they do not comment."""
        return sum(number for code, _label, number in self.outcomes if code in ANSWERED)


@dataclass(frozen=True)
class Report:
    total: Count
    groups: tuple[Count, ...]
    waivers: tuple[tuple[str, int], ...]  # (reason in words, how many), asked before or not
    rows: tuple[Asked, ...]


def gather(since, until):
    """Every right of reply that belongs to the days from `since` to `until` (dates, both included), the first asked on top."""
    begin, end = _begin(since), _begin(until + timedelta(days=1))
    ours = Attempt.objects.filter(file=OuterRef("pk")).order_by()
    answers = Response.objects.filter(file=OuterRef("pk"), corrects=None).exclude(channel=Channel.VIA_REPORT)
    first = answers.order_by("received_at", "pk")
    in_period = Attempt.objects.filter(at__gte=begin, at__lt=end).order_by().values("file")
    files = (
        ReplyFile.objects.filter(Q(pk__in=in_period) | Q(waived_at__gte=begin, waived_at__lt=end))
        .annotate(
            asked_at=Subquery(ours.values("file").annotate(at=Min("at")).values("at"), output_field=DateTimeField()),
            answered_at=Subquery(first.values("received_at")[:1]),
            answered_late=Subquery(first.values("late")[:1], output_field=BooleanField()),
        )
        .filter(Q(asked_at__gte=begin, asked_at__lt=end) | Q(asked_at=None))
        .select_related("party__pseudonym", "party__contact", "claim__story")
        .order_by("asked_at", "pk")
    )
    return tuple(_asked(file) for file in files)


def _begin(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _asked(file):
    return Asked(
        party=file.party.shown_as,
        story=file.claim.story.headline if file.claim.story else "",
        claim=str(file.claim),
        claim_id=file.claim_id,
        file_id=file.pk,
        state=file.state,
        asked_at=file.asked_at,
        answered_at=file.answered_at,
        late=bool(file.answered_late),
        waiver=file.waiver_reason,
        place=file.party.contact.place if hasattr(file.party, "contact") else newsroom_place(),
    )


GROUPS = {"party": lambda row: row.party, "story": lambda row: row.story}


def report(rows, by=""):
    """The Report over Asked `rows`, grouped by "party", "story" or nothing."""
    key, groups = GROUPS.get(by), {}
    for row in rows if key else ():
        groups.setdefault(key(row), []).append(row)
    reasons = [row.waiver for row in rows if row.waiver]
    return Report(
        total=count("", rows),
        groups=tuple(count(name, groups[name]) for name in sorted(groups, key=str.casefold)),
        waivers=tuple((str(reason.label), reasons.count(reason.value)) for reason in Waiver if reason.value in reasons),
        rows=tuple(rows),
    )


def count(name, rows):
    """The Count over some Asked rows."""
    asked = [row for row in rows if row.asked_at]
    timed = [row for row in asked if row.hours is not None]
    return Count(
        name=name,
        asked=len(asked),
        outcomes=tuple((code, label, sum(row.outcome == code for row in asked)) for code, label, _states in OUTCOMES),
        late=sum(row.late and row.outcome in ANSWERED for row in asked),
        not_asked=len(rows) - len(asked),
        median_hours=_median(row.hours for row in timed),
        median_working=_median(row.working_hours for row in timed),
        timed=len(timed),
    )


def _median(hours):
    hours = list(hours)
    return round(median(hours), 1) if hours else None
