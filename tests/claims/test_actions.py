"""Logging and changing claims, through the actions that every door uses."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from factcheck.claims import actions
from factcheck.claims.models import Claim, ClaimLink, Speaker, Story
from factcheck.claims.types import Precision, told
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import ChangedMeanwhile, NotAllowed, Refused
from factcheck.sources.actions import give_pseudonym

WORDING = "The agency keeps no figures on it"


@pytest.fixture
def claim(journalist):
    return actions.log_claim(by=journalist, wording=WORDING, type="statistic")


def counts():
    return Claim.objects.count(), JournalEntry.objects.count()


def test_logged_claim_is_in_the_journal_under_its_author(claim, journalist):
    entry = JournalEntry.objects.get(claim_ref=str(claim.ref))
    assert (entry.verb, entry.actor, entry.authored) == ("logged claim", "journalist", True)
    assert entry.details["said"]["wording"] == WORDING


def test_edit_writes_history_and_journal_with_old_and_new(claim, editor):
    actions.edit_claim(claim, by=editor, wording="It keeps figures", version=1)
    newest, oldest = claim.history.all()
    assert (newest.wording, oldest.wording, newest.history_user) == ("It keeps figures", WORDING, editor)
    assert JournalEntry.objects.first().details == {"changed": {"wording": [WORDING, "It keeps figures"]}}


def test_edit_that_changes_nothing_leaves_no_trace(claim, editor):
    before = counts()
    assert actions.edit_claim(claim, by=editor, wording=WORDING).version == 1
    assert counts() == before


@pytest.mark.parametrize(
    ("fields", "authored"), [({"priority": 1}, False), ({"priority": 1, "wording": "Other"}, True)]
)
def test_planning_work_is_not_writing_but_wording_is(claim, editor, fields, authored):
    actions.edit_claim(claim, by=editor, **fields)
    assert JournalEntry.objects.first().authored is authored


def test_second_of_two_saves_is_refused_and_told_what_changed(claim, journalist, editor):
    actions.edit_claim(claim, by=editor, wording="Somebody else's wording", version=1)
    with pytest.raises(ChangedMeanwhile) as refusal:
        actions.edit_claim(claim, by=journalist, wording="Mine", version=1)
    assert refusal.value.changes == [("what is claimed, in our words", WORDING, "Somebody else's wording")]
    claim.refresh_from_db()
    assert claim.wording == "Somebody else's wording"


@pytest.mark.parametrize("role", ["legal", "administrator"])
def test_claim_is_not_logged_by_somebody_who_only_reads(request, role):
    by = request.getfixturevalue(role)
    before = counts()
    with pytest.raises(NotAllowed):
        actions.log_claim(by=by, wording=WORDING, type="event")
    assert counts() == before


def test_claim_is_not_logged_by_a_superuser_without_a_role(journalist):
    journalist.groups.clear()
    journalist.is_superuser = True
    with pytest.raises(NotAllowed):
        actions.log_claim(by=journalist, wording=WORDING, type="event")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"wording": ""}, "wording"),
        ({"wording": "x" * 100_000}, "wording"),
        ({"type": "gossip"}, "type"),
        ({"short_form": "x" * 76}, "short_form"),
        ({"said_url": "javascript:alert(1)"}, "said_url"),
        ({"said_url": "ftp://example.org/"}, "said_url"),
        ({"said_url": "https://user:secret@example.org/"}, "said_url"),
        ({"said_url": "https://exa mple.org/"}, "said_url"),
        ({"said_on": "tomorrow", "said_precision": "day"}, "said_on"),
        ({"said_on": "today"}, "__all__"),
        ({"quotation": "Words"}, "__all__"),
        ({"wording": "nul \0 byte"}, "wording"),
    ],
)
def test_claim_with_a_field_that_cannot_be_is_refused_whole(journalist, fields, field):
    days = {"tomorrow": timezone.localdate() + timedelta(days=1), "today": timezone.localdate()}
    if "said_on" in fields:
        fields = {**fields, "said_on": days[fields["said_on"]]}
    before = counts()
    with pytest.raises(ValidationError) as refusal:
        actions.log_claim(by=journalist, **{"wording": WORDING, "type": "event", **fields})
    assert list(refusal.value.message_dict) == [field]
    assert counts() == before


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "ئۇيغۇر يېزىقى", "Māori ē̈", "‮reversed", "'; DROP TABLE claims_claim; --"]
)
def test_text_of_any_kind_is_kept_as_it_was_typed(journalist, text):
    claim = actions.log_claim(by=journalist, wording=text, type="event")
    claim.refresh_from_db()
    assert claim.wording == text


def test_speaker_has_a_name_or_a_pseudonym_never_both(journalist):
    jo = give_pseudonym(by=journalist, shown_as="Jo", note="Name has been changed")
    for fields in ({"name": "A. Person", "pseudonym": jo}, {}):
        with pytest.raises(ValidationError, match="never both"):
            actions.add_speaker(by=journalist, **fields)
    assert Speaker.objects.count() == 0
    assert str(actions.add_speaker(by=journalist, pseudonym=jo)) == "Jo*"


def test_address_that_exists_is_refused_and_a_free_one_is_found(journalist):
    first = actions.add_story(by=journalist, headline="The visas")
    assert actions.add_story(by=journalist, headline="The visas").slug == "the-visas-2"
    with pytest.raises(ValidationError) as refusal:
        actions.add_story(by=journalist, headline="Another", slug=first.slug)
    assert list(refusal.value.message_dict) == ["slug"]
    assert Story.objects.count() == 2


@pytest.mark.parametrize("status", ["published", "closed"])
def test_claim_that_is_not_open_cannot_be_edited(claim, editor, status):
    Claim.objects.filter(pk=claim.pk).update(status=status, closed_as="dropped" if status == "closed" else "")
    with pytest.raises(Refused, match="published|closed"):
        actions.edit_claim(claim, by=editor, wording="Changed")


def test_claims_are_linked_and_read_from_both_sides(claim, journalist):
    answer = actions.log_claim(by=journalist, wording="It holds none", type="institutional_position")
    link = actions.link_claims(answer, by=journalist, to=claim, relation=ClaimLink.Relation.MADE_IN_REPLY_TO)
    assert (answer.links.get(), claim.linked_from.get()) == (link, link)


def test_claim_is_not_linked_to_itself(claim, journalist):
    with pytest.raises(ValidationError, match="itself"):
        actions.link_claims(claim, by=journalist, to=claim, relation="split_from")


def test_part_taken_off_stays_in_history_and_journal(claim, journalist):
    body = actions.add_speaker(by=journalist, name="A body", kind="organisation")
    party = actions.name_party(claim, by=journalist, party=body)
    actions.remove_part(party, by=journalist)
    assert claim.concerned.count() == 0
    assert JournalEntry.objects.first().details == {"removed": "A body"}
    assert type(party).history.filter(history_type="-", history_user_id=journalist.pk).count() == 1


@pytest.mark.parametrize(
    ("precision", "text"),
    [(Precision.DAY, "2022-09-05"), (Precision.MONTH, "2022-09"), (Precision.YEAR, "2022"), (Precision.UNKNOWN, "")],
)
def test_day_is_told_only_as_exactly_as_it_is_known(precision, text):
    from datetime import date

    assert told(date(2022, 9, 5), precision) == text


def test_named_speaker_never_becomes_a_pseudonym_nor_the_other_way(journalist):
    """Promise 4: the name stands in the address, the history and earlier editions."""
    jo = give_pseudonym(by=journalist, shown_as="Jo", note="Name has been changed")
    named, hidden = (
        actions.add_speaker(by=journalist, name="A. Person"),
        actions.add_speaker(by=journalist, pseudonym=jo),
    )
    other = give_pseudonym(by=journalist, shown_as="Ari", note="Name has been changed")
    for speaker, changes in (
        (named, {"name": "", "pseudonym": other}),
        (hidden, {"name": "B. Person", "pseudonym": None}),
    ):
        with pytest.raises(Refused, match="stay two"):
            actions.edit_surroundings(speaker, by=journalist, **changes)
        speaker.refresh_from_db()
    assert (named.name, hidden.pseudonym) == ("A. Person", jo)


def test_status_is_no_field_to_fill_in(claim, journalist):
    with pytest.raises(TypeError, match="only the process changes status"):
        actions.edit_claim(claim, by=journalist, status="published")
    with pytest.raises(TypeError, match="only the process"):
        actions.log_claim(by=journalist, wording=WORDING, type="event", status="cleared")
    claim.refresh_from_db()
    assert claim.status == "logged"
