"""Evidence is added, changed and withdrawn; it never vanishes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.claims.models import Claim
from factcheck.evidence import actions
from factcheck.evidence.models import Item
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import ChangedMeanwhile, NotAllowed, Refused


@pytest.fixture
def claim(journalist):
    return claims.log_claim(by=journalist, wording="The agency keeps no figures", type="statistic")


@pytest.fixture
def item(claim, journalist):
    return actions.add(claim, by=journalist, title="Statement of the agency", kind="statement")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"archived_url": "data:text/html,hello"}, "archived_url"),
        ({"url": "//example.org/page"}, "url"),
        ({"stance": "sort of"}, "stance"),
        ({"kind": "rumour"}, "kind"),
        ({"published_on": timezone.localdate() + timedelta(days=2), "published_precision": "day"}, "published_on"),
        ({"published_precision": "day"}, "__all__"),
        ({"passage": "Words"}, "__all__"),
        ({"passage": "x" * 100_000, "passage_language": "en"}, "passage"),
    ],
)
def test_item_with_a_field_that_cannot_be_is_refused_whole(claim, journalist, fields, field):
    entries = JournalEntry.objects.count()
    with pytest.raises(ValidationError) as refusal:
        actions.add(claim, by=journalist, **({"title": "A title"} | fields))
    assert list(refusal.value.message_dict) == [field]
    assert (Item.objects.count(), JournalEntry.objects.count()) == (0, entries)


def test_item_is_journaled_under_its_claim(item, claim):
    entry = JournalEntry.objects.first()
    assert (entry.verb, entry.claim_ref, entry.authored) == ("added evidence", str(claim.ref), True)


def test_second_save_of_an_item_is_refused_and_told_what_changed(item, journalist, editor):
    actions.edit(item, by=editor, version=1, shows="It keeps none.")
    with pytest.raises(ChangedMeanwhile) as refusal:
        actions.edit(item, by=journalist, version=1, shows="It keeps some.")
    assert refusal.value.changes == [("what it shows", "", "It keeps none.")]


def test_withdrawn_item_stays_with_its_reason(item, journalist):
    actions.withdraw(item, by=journalist, because="It is about another year.")
    kept = Item.objects.get()
    assert kept.withdrawn_because == "It is about another year."
    assert kept.withdrawn_at
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw(item, by=journalist, because=" ")


@pytest.mark.parametrize("verb", ["add", "edit", "withdraw"])
def test_evidence_of_a_published_claim_is_not_touched(item, claim, journalist, verb):
    Claim.objects.filter(pk=claim.pk).update(status="published")
    act = {
        "add": lambda: actions.add(claim, by=journalist, title="More"),
        "edit": lambda: actions.edit(item, by=journalist, title="Other"),
        "withdraw": lambda: actions.withdraw(item, by=journalist, because="No."),
    }[verb]
    with pytest.raises(Refused, match="Choose “Correct” first"):
        act()


def test_legal_reads_evidence_and_writes_none(claim, legal):
    with pytest.raises(NotAllowed):
        actions.add(claim, by=legal, title="Mine")
