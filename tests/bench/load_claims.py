"""A newsroom's desk, made up: any number of claims with verdicts and rights of reply, put in by the thousand."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

from django.db import transaction

from factcheck.claims.models import Claim, Closing, Concerned, Speaker, Status, Story
from factcheck.claims.types import ClaimType
from factcheck.desk.models import Verdict
from factcheck.evidence.models import Item
from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.roles import Role
from factcheck.reply.models import ReplyFile
from factcheck.reply.states import State
from tests.builders import install_scale

from .load import BATCH, Invention

STATUSES = {"logged": 10, "researching": 8, "in_review": 1, "cleared": 1, "published": 70, "closed": 10}
BEGAN = datetime(2005, 1, 1, tzinfo=UTC)


class Newsroom:
    """Twenty journalists, an editor, a legal; two thousand speakers, five thousand stories."""

    def __init__(self, seed=1):
        self.invention, self.chance = Invention(seed), Invention(seed + 1).chance
        self.ratings = list(install_scale().ratings.all())
        self.editor = newsroom.hire(by=None, username="editor", roles=[Role.EDITOR])
        newsroom.hire(by=None, username="legal", roles=[Role.LEGAL])
        names = [f"journalist-{number}" for number in range(20)]
        self.people = [newsroom.hire(by=None, username=name, roles=[Role.JOURNALIST]) for name in names]
        self.speakers = Speaker.objects.bulk_create(
            Speaker(slug=f"speaker-{n}", name=f"Speaker {n}", kind="organisation") for n in range(2_000)
        )
        self.stories = Story.objects.bulk_create(
            Story(slug=f"story-{n}", headline=f"Story {n}", outlet="RNZ") for n in range(5_000)
        )

    def claim(self, number):
        status = self.chance.choices(list(STATUSES), STATUSES.values())[0]
        closed = {"closed_as": Closing.DROPPED, "closed_note": "No longer news."} if status == Status.CLOSED else {}
        update = {"update_needed_because": "They wrote.", "update_needed_at": BEGAN} if number % 500 == 0 else {}
        return Claim(
            wording=self.invention.text(22),
            short_form=self.invention.text(9)[:75],
            type=self.chance.choice(ClaimType.values),
            status=status,
            speaker=self.chance.choice(self.speakers),
            story=self.chance.choice(self.stories),
            assignee=self.chance.choice([None, *self.people]),
            due_on=date(2026, 1, 1) + timedelta(days=number % 400) if number % 3 == 0 else None,
            legal_risk=number % 20 == 0,
            check_slug=f"bench-{number}" if status == Status.PUBLISHED else "",
            logged_by=self.chance.choice(self.people),
            **closed,
            **update,
        )

    def verdict(self, claim):
        return Verdict(
            claim=claim,
            rating=self.chance.choice(self.ratings),
            finding=self.invention.text(14),
            explanation=self.invention.text(120),
            proposed_by=claim.logged_by,
        )

    def evidence(self, claim):
        return Item(title=self.invention.text(8), passage=self.invention.text(24), passage_language="en", claim=claim)

    def reply_file(self, claim):
        state = self.chance.choices([State.RESPONDED, State.NO_RESPONSE, State.SENT], (8, 1, 1))[0]
        at = BEGAN + timedelta(days=claim.pk % 8_000)
        put = {"wording_put": claim.wording, "deadline_at": at}
        return ReplyFile(
            claim=claim, party=self.chance.choice(self.speakers), state=state, opened_by=claim.logged_by, **put
        )


def load(claims, seed=1):
    """Log `claims` claims and yield how many there are after every batch."""
    made_up = Newsroom(seed)
    numbers, done = iter(range(1, claims + 1)), 0
    while batch := list(islice(numbers, BATCH)):
        _put_in(made_up, batch)
        done += len(batch)
        yield done


@transaction.atomic
def _put_in(made_up, numbers):
    rows = Claim.objects.bulk_create(made_up.claim(number) for number in numbers)
    worked_on = [claim for claim in rows if claim.status != Status.LOGGED]
    Verdict.objects.bulk_create(made_up.verdict(claim) for claim in worked_on)
    Item.objects.bulk_create(made_up.evidence(claim) for claim in worked_on for _ in range(3))
    files = ReplyFile.objects.bulk_create(made_up.reply_file(claim) for claim in worked_on)
    Concerned.objects.bulk_create(Concerned(claim=file.claim, party=file.party) for file in files)
