"""A newsroom's life work, made up: any number of published checks, put in by the thousand exactly as the press would put them."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice

from django.db import transaction

from factcheck.published import document as printed
from factcheck.published import listing, press, tally
from factcheck.published.models import Check, CheckTopic, ClaimTypeName, Edition, SpeakerPage, StoryPage, TopicPage
from tests.published.documents import (
    FALSE,
    HOGG,
    INZ_REPLY,
    MIXED,
    OHCHR,
    ON_RECORD,
    PARTY_WAIVED,
    STORY,
    TRUE,
    UNPROVEN,
    visa_document,
)

BEGAN = datetime(2005, 1, 1, tzinfo=UTC)
BATCH = 2_000
MINISTRY_REPLY = replace(INZ_REPLY, party="Ministry", party_slug="ministry")
RATINGS = (TRUE, MIXED, FALSE, UNPROVEN, ON_RECORD)
TYPES = (("statistic", "Statistic"), ("event", "Event"), ("allegation", "Allegation"), ("comparison", "Comparison"))
SYLLABLES = ["ka", "mi", "to", "re", "na", "shu", "pel", "dor", "vin", "ast", "ler", "gom", "bri", "qua", "zen", "fol"]
VOCABULARY = 100_000


def _vocabulary(chance):
    """That many different words, the shortest first: what is said most often is short."""
    words = {}
    for number in range(VOCABULARY):
        syllables = 1 + (number >= 8) + (number >= 120) + (number >= 1_500)
        word = "".join(chance.choices(SYLLABLES, k=syllables))
        while word in words:
            word += chance.choice(SYLLABLES)
        words[word] = None
    return list(words)


class Invention:
    """Documents out of a seeded chance: few topics and many speakers, words as frequent as their rank has it (Zipf)."""

    def __init__(self, seed=1):
        self.chance = random.Random(seed)
        self.words = _vocabulary(self.chance)
        self.weights = list(accumulate(1 / (place + 1) for place in range(len(self.words))))

    def text(self, length):
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=length)).capitalize()

    def document(self, number):
        speaker, story, topic = self.chance.randint(1, 2_000), self.chance.randint(1, 5_000), self.chance.randint(1, 60)
        kind, label = self.chance.choice(TYPES)
        base = visa_document(self.chance.choices(RATINGS, (3, 2, 4, 2, 1))[0])
        return replace(
            base,
            claim_ref=f"bench-{number}",
            slug=f"bench-{number}",
            wording=self.text(22),
            short_form=self.text(9)[:75],
            claim_type=kind,
            claim_type_label=label,
            speaker=replace(HOGG, slug=f"speaker-{speaker}", name=f"Speaker {speaker}"),
            story=replace(STORY, slug=f"story-{story}", headline=f"Story {story}"),
            topics=(printed.TopicLine(slug=f"topic-{topic}", name=f"Topic {topic}"),),
            replies=tuple(self.reply(line) for line in (INZ_REPLY, MINISTRY_REPLY, PARTY_WAIVED)),
            evidence=tuple(self.evidence() for _ in range(3)),
            said=replace(base.said, on=f"{2005 + number % 20}-0{1 + number % 9}", precision="month"),
            verdict=replace(base.verdict, finding=self.text(14), explanation_html=f"<p>{self.text(150)}</p>"),
        )

    def reply(self, line):
        quote = self.text(30) if line.quote else ""
        return replace(line, quote=quote, allegations=(self.text(16),))

    def evidence(self):
        return replace(OHCHR, title=self.text(8), passage=self.text(24), passage_language="en", shows=self.text(8))


def load(editions, seed=1):
    """Publish `editions` checks, an hour apart, and yield how many there are after every batch."""
    press.print_scale(RATINGS)
    ClaimTypeName.objects.bulk_create(ClaimTypeName(code=code, label=label) for code, label in TYPES)
    invention = Invention(seed)
    numbers = iter(range(1, editions + 1))
    done = 0
    while batch := list(islice(numbers, BATCH)):
        _put_in([(invention.document(number), BEGAN + timedelta(hours=number)) for number in batch])
        done += len(batch)
        yield done


@transaction.atomic
def _put_in(printed_at):
    rows = []
    for document, at in printed_at:
        check = Check(slug=document.slug, claim_ref=document.claim_ref)
        check.first_printed_at = check.printed_at = check.listed_at = check.changed_at = at
        for name, value in listing.facts(check, document).items():
            setattr(check, name, value)
        rows.append(check)
    Check.objects.bulk_create(rows)
    documents = [document for document, _ in printed_at]
    Edition.objects.bulk_create(_edition(*pair) for pair in zip(rows, documents, strict=True))
    CheckTopic.objects.bulk_create(
        CheckTopic(page=check, slug=document.topics[0].slug, listed_at=check.listed_at)
        for check, document in zip(rows, documents, strict=True)
    )
    counted = [
        (topic, row.rating_code) for row, d in zip(rows, documents, strict=True) for topic in ("", d.topics[0].slug)
    ]
    tally.add(Counter(counted))
    _head(rows, documents)


def _edition(check, document):
    text = printed.as_json(document)
    return Edition(
        page=check,
        number=1,
        document=text,
        digest=printed.digest(text),
        printed_at=check.printed_at,
        printed_by="editor",
        fingerprint="0" * 64,
    )


def _head(rows, documents):
    """The headings these pages need and do not have yet."""
    for kind, line in (
        (StoryPage, lambda document: (document.story.slug, document.story.headline)),
        (SpeakerPage, lambda document: (document.speaker.slug, document.speaker.name)),
        (TopicPage, lambda document: (document.topics[0].slug, document.topics[0].name)),
    ):
        latest = {line(document): check for check, document in zip(rows, documents, strict=True)}
        kind.objects.bulk_create(
            [
                kind(slug=slug, name=name, listed_at=check.listed_at, changed_at=check.changed_at)
                for (slug, name), check in latest.items()
            ],
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=["listed_at", "changed_at"],
        )
