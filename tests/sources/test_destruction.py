"""What is kept about a source is destroyed by two custodians, or by the only one who says so; and the others are told (CS-12)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.sources import destruction, identity, leak_guard
from factcheck.sources.custody import grant, revoke
from factcheck.sources.models import GuardedTerm, GuardToken, Sealed, Source
from factcheck.sources.noticed import noticed, to_confirm

from .cast import protect

pytestmark = pytest.mark.django_db
WHY = "They asked for it."


@pytest.fixture
def source(vault, journalist, editor):
    source = protect(journalist, editor)
    identity.write(source, by=journalist, real_name="Mihrigül Abdurehim", mail="mg@mail.example")
    return source


@pytest.fixture
def proposed(source, journalist):
    return destruction.propose_destruction(source, by=journalist, because=WHY)


def everything_stored():
    """All that the tables hold, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            yield repr(cursor.fetchall())


def lately():
    return timezone.now() - timedelta(days=1)


def told(person):
    return [entry.verb for _source, entry in noticed(person, lately())]


def test_destruction_takes_the_key_and_leaves_a_tombstone(proposed, journalist, editor):
    sealed, data_key = proposed.sealed.get(part="mail").sealed_text, proposed.sealed_key
    destruction.confirm_destruction(proposed, by=editor)
    source = Source.objects.get()
    assert (source.sealed_key, source.destroyed_by, source.destroyed_because) == ("", editor, WHY)
    assert source.proposed_by == journalist
    assert not (Sealed.objects.exists() or GuardedTerm.objects.exists() or GuardToken.objects.exists())
    stored = " ".join(everything_stored())
    assert sealed not in stored and data_key not in stored
    assert not leak_guard.hits(["Mihrigul"])
    with pytest.raises(Refused, match="is destroyed"):
        identity.read(source, by=journalist, purpose="Once more.")


def test_proposal_destroys_nothing(proposed, editor):
    assert identity.read(proposed, by=editor, purpose="To decide.")


def test_whoever_proposed_it_does_not_confirm_it(proposed, journalist, editor):
    with pytest.raises(Refused, match="another custodian"):
        destruction.confirm_destruction(proposed, by=journalist)
    with pytest.raises(Refused, match="propose it, and they confirm it"):
        destruction.destroy_alone(proposed, by=journalist, because=WHY, alone=True)
    with pytest.raises(Refused, match="proposed already"):
        destruction.propose_destruction(proposed, by=editor, because=WHY)
    assert not Source.objects.get().destroyed_at


def test_database_refuses_one_name_for_both(proposed, journalist):
    now = {"destroyed_at": timezone.now(), "destroyed_by": journalist, "destroyed_because": WHY, "sealed_key": ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=proposed.pk).update(**now)


def test_nothing_is_confirmed_that_nobody_proposed(source, editor):
    for verb in (
        lambda: destruction.confirm_destruction(source, by=editor),
        lambda: destruction.keep_after_all(source, by=editor, because="It is needed."),
    ):
        with pytest.raises(Refused, match="Nobody proposed"):
            verb()


def test_either_of_them_keeps_it_after_all(proposed, journalist, editor):
    with pytest.raises(Refused, match="Say why"):
        destruction.keep_after_all(proposed, by=editor, because=" ")
    kept = destruction.keep_after_all(proposed, by=editor, because="Proceedings may come.")
    assert (kept.proposed_at, kept.proposed_because) == (None, "")
    with pytest.raises(Refused, match="Nobody proposed"):
        destruction.confirm_destruction(kept, by=editor)
    assert "kept after all" in told(journalist)


def test_only_custodian_destroys_alone_and_says_so(source, journalist, editor):
    newsroom.let_go(editor, by=None)
    with pytest.raises(Refused, match="only custodian, so nobody could confirm"):
        destruction.propose_destruction(source, by=journalist, because=WHY)
    with pytest.raises(Refused, match="Say that you are its only custodian"):
        destruction.destroy_alone(source, by=journalist, because=WHY, alone=False)
    destruction.destroy_alone(source, by=journalist, because=WHY, alone=True)
    assert Source.objects.get().proposed_by is None
    assert JournalEntry.objects.first().verb == "destroyed alone"


def test_ending_the_other_custody_first_is_no_way_round(source, journalist, editor, clock):
    revoke(source.custodies.get(person=editor), by=journalist, because="They have enough to do.")
    with pytest.raises(Refused, match="less than thirty days ago"):
        destruction.destroy_alone(source, by=journalist, because=WHY, alone=True)
    clock.shift(timedelta(days=31))
    assert destruction.destroy_alone(source, by=journalist, because=WHY, alone=True).destroyed_at


def test_proposal_of_somebody_who_is_no_custodian_any_more_is_not_confirmed(proposed, journalist, editor):
    revoke(proposed.custodies.get(person=journalist), by=editor, because="They moved on.")
    with pytest.raises(Refused, match="no custodian any more"):
        destruction.confirm_destruction(proposed, by=editor)


def test_legal_hold_refuses_destruction_until_it_is_lifted(proposed, journalist, editor, legal):
    destruction.hold(proposed, by=legal, because="A court may ask.")
    with pytest.raises(Refused, match="legal hold"):
        destruction.confirm_destruction(proposed, by=editor)
    with pytest.raises(NotAllowed):
        destruction.lift_hold(proposed, by=journalist, because="I want to.")
    destruction.lift_hold(proposed, by=legal, because="No court will.")
    assert destruction.confirm_destruction(proposed, by=editor).destroyed_at


def test_nobody_is_proposed_to_under_a_hold(source, journalist, legal):
    destruction.hold(source, by=legal, because="A court may ask.")
    for verb in (
        lambda: destruction.propose_destruction(source, by=journalist, because=WHY),
        lambda: destruction.destroy_alone(source, by=journalist, because=WHY, alone=True),
    ):
        with pytest.raises(Refused, match="legal hold"):
            verb()


def test_hold_gives_no_custody(source, legal):
    destruction.hold(source, by=legal, because="A court may ask.")
    with pytest.raises(NotAllowed):
        identity.read(source, by=legal, purpose="For the court.")


@pytest.mark.parametrize("who", ["senior_editor", "legal", "administrator"])
def test_nobody_but_a_custodian_proposes_confirms_or_keeps(proposed, request, who):
    by = request.getfixturevalue(who)
    for verb in (
        lambda: destruction.propose_destruction(proposed, by=by, because=WHY),
        lambda: destruction.confirm_destruction(proposed, by=by),
        lambda: destruction.keep_after_all(proposed, by=by, because=WHY),
        lambda: destruction.destroy_alone(proposed, by=by, because=WHY, alone=True),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert not Source.objects.get().destroyed_at


def test_destruction_wants_a_reason_that_does_not_tell(source, journalist):
    for because in ("", "Mihrigül asked"):
        with pytest.raises(ValidationError):
            destruction.propose_destruction(source, by=journalist, because=because)
    assert not Source.objects.get().proposed_at


# What the other custodians are told


def test_other_custodian_is_asked_and_nobody_else(proposed, journalist, journalist_2, editor, senior_editor):
    assert list(to_confirm(editor)) == [proposed]
    for person in (journalist, journalist_2, senior_editor):
        assert not to_confirm(person)
    destruction.confirm_destruction(proposed, by=editor)
    assert not to_confirm(editor)


def test_custodians_are_told_what_others_did_and_not_what_they_did_themselves(
    source, journalist, journalist_2, editor, legal
):
    identity.read(source, by=editor, purpose="To call them.")
    with pytest.raises(NotAllowed):
        identity.read(source, by=legal, purpose="I am curious.")
    grant(source, by=editor, person=journalist_2, because="They go there.")
    assert told(journalist) == ["granted custody of", "was refused the identity of", "read the identity of"]
    assert told(editor)[0] == "was refused the identity of"
    assert told(legal) == []


def test_destruction_is_told_to_whoever_kept_it(proposed, journalist, editor):
    destruction.confirm_destruction(proposed, by=editor)
    assert told(journalist)[0] == "destroyed"
    assert told(editor)[0] == "proposed to destroy"


def test_whose_custody_was_ended_is_told_that_and_nothing_that_came_after(source, journalist, editor):
    revoke(source.custodies.get(person=editor), by=journalist, because="They have enough to do.")
    identity.read(source, by=journalist, purpose="To call them.")
    assert told(editor)[0] == "revoked custody of"


def test_whoever_is_made_a_custodian_again_is_not_told_what_happened_in_between(source, journalist, editor):
    identity.read(source, by=journalist, purpose="Before.")
    revoke(source.custodies.get(person=editor), by=journalist, because="They have enough to do.")
    identity.read(source, by=journalist, purpose="In between.")
    grant(source, by=journalist, person=editor, because="They have time again.")
    identity.read(source, by=journalist, purpose="After.")
    entries = [entry for _source, entry in noticed(editor, lately())]
    assert [entry.verb for entry in entries[:4]] == [
        *("read the identity of", "granted custody of", "revoked custody of", "read the identity of")
    ]
    assert [entry.details["because"] for entry in entries if entry.verb == "read the identity of"] == [
        *("After.", "Before.")
    ]


def test_new_custodian_is_told_that_they_are_one_and_nothing_that_came_before(source, journalist, editor, journalist_2):
    identity.read(source, by=editor, purpose="To call them.")
    grant(source, by=journalist, person=journalist_2, because="They go there.")
    assert told(journalist_2) == ["granted custody of"]


def test_what_is_long_past_is_told_no_more(source, editor, journalist, clock):
    identity.read(source, by=editor, purpose="To call them.")
    clock.shift(timedelta(days=2))
    assert told(journalist) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_telling_asks_the_database_twice(vault, journalist, editor, django_assert_num_queries, rows):
    for _row in range(rows):
        identity.read(protect(journalist, editor), by=editor, purpose="To call them.")
    with django_assert_num_queries(2):
        assert len(noticed(journalist, lately())) == rows
