"""Who may do what to a right of reply, when, and that what passed between us stands."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from factcheck.claims.models import Claim
from factcheck.database.rows import RowStands
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.reply import actions as reply
from factcheck.reply import answering, rulings
from factcheck.reply.models import Attempt, ReplyFile

from .steps import answer, attempt, everything, fresh

ALL = {"journalist", "editor", "senior_editor"}
EDITORS = {"editor", "senior_editor"}


def more_time(file, by):
    fields = {"asked_at": timezone.now(), "asked_by_role": "press office", "reason": "They asked."}
    return reply.decide_extension(file, by=by, granted=False, **fields)


# verb -> (who may, how it is done to a file that was put and answered)
VERBS = {
    "open": (ALL, lambda f, by: reply.open_file(f.claim, by=by, party=f.party)),
    "draft": (ALL, lambda f, by: reply.draft_allegation(f, by=by, text="More.")),
    "edit": (ALL, lambda f, by: reply.edit_allegation(f.allegations.get(), by=by, text="Other.")),
    "drop": (ALL, lambda f, by: reply.drop_allegation(f.allegations.get(), by=by, because="Mistaken.")),
    "deadline": (ALL, lambda f, by: reply.set_deadline(f, by=by, deadline_at=timezone.now() + timedelta(days=9))),
    "ready": (ALL, lambda f, by: reply.ready(f, by=by)),
    "put": (ALL, lambda f, by: reply.put(f, by=by, **attempt())),
    "attempt": (ALL, lambda f, by: reply.log_attempt(f, by=by, **attempt())),
    "more time": (ALL, more_time),
    "silence": (ALL, lambda f, by: reply.mark_no_response(f, by=by)),
    "unreachable": (ALL, lambda f, by: reply.mark_undeliverable(f, by=by)),
    "answer": (ALL, answer),
    "excerpt": (
        ALL,
        lambda f, by: answering.choose_excerpt(f, by=by, response=f.responses.get(), excerpt="no circumstances"),
    ),
    "line": (ALL, lambda f, by: answering.set_public_line(f, by=by, line="The agency rejects it:")),
    "claim of it": (ALL, lambda f, by: answering.make_claim_of(f.responses.get(), by=by, wording="It never does")),
    "fair": (EDITORS, lambda f, by: answering.find_fair(f, by=by)),
    "not required": (EDITORS, lambda f, by: rulings.not_required(f, by=by, because="They are dead.")),
    "required after all": (EDITORS, lambda f, by: rulings.require_after_all(f, by=by)),
    "immaterial": (EDITORS, lambda f, by: rulings.rule_immaterial(f, by=by, reason="A full stop.")),
    "waive": ({"senior_editor"}, lambda f, by: rulings.waive(f, by=by, reason="urgent", note="It could not wait.")),
}
PEOPLE = ["journalist", "editor", "senior_editor", "legal", "administrator"]
# What merely happened is recorded at any time; the rest shapes what is printed.
RECORDED_ANY_TIME = {"deadline", "attempt", "more time", "answer", "claim of it"}


@pytest.fixture
def answered(asked, journalist):
    answer(asked, journalist)
    return fresh(asked)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("verb", VERBS)
def test_verb_is_refused_to_whoever_has_not_the_role(request, answered, verb, who):
    allowed, act = VERBS[verb]
    by, before = request.getfixturevalue(who), everything()
    try:
        with transaction.atomic():
            act(answered, by)
    except NotAllowed as refusal:
        assert "Only these roles" in refusal.sentence
        assert (who in allowed, everything()) == (False, before)
    except (Refused, ValidationError):  # the state of things: another test's matter; the role was let through
        assert who in allowed
    else:
        assert who in allowed


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", ["published", "closed"])
def test_what_is_printed_is_shaped_only_while_the_claim_is_open(answered, editor, senior_editor, verb, status):
    answered.claim.status, answered.claim.closed_as = status, "dropped" if status == "closed" else ""
    answered.claim.save()
    by = senior_editor if VERBS[verb][0] == {"senior_editor"} else editor
    file = fresh(answered)
    before = everything()
    try:
        with transaction.atomic():
            VERBS[verb][1](file, by)
    except Refused as refusal:
        if verb in RECORDED_ANY_TIME:
            assert "This claim is" not in str(refusal)
        else:
            assert f"This claim is {status}" in str(refusal)
        assert everything() == before
    else:
        assert verb in RECORDED_ANY_TIME


@pytest.mark.parametrize("verb", ["attempt", "answer"])
def test_what_happened_is_recorded_after_publication(answered, journalist, verb):
    answered.claim.status, answered.claim.check_slug = "published", "the-visas"
    answered.claim.save()
    VERBS[verb][1](fresh(answered), journalist)
    assert bool(Claim.objects.get().update_needed_because) is (verb == "answer")


TABLES = {
    "reply_attempt": "channel = 'phone'",
    "reply_response": "verbatim = 'Other words.'",
    "reply_responseanswer": "response_id = response_id",
    "reply_extension": "reason = 'None.'",
    "reply_ruling": "reason = 'None.'",
}


@pytest.fixture
def one_of_each(asked, journalist, editor):
    from factcheck.claims.actions import edit_claim

    answer(asked, journalist, answers=[asked.allegations.get()], kind="partial_admission")
    ReplyFile.objects.filter(pk=asked.pk).update(state="sent")
    more_time(asked, journalist)
    edit_claim(asked.claim, by=journalist, wording="The agency kept people from getting visas.")
    rulings.rule_immaterial(asked, by=editor, reason="A full stop.")
    return asked


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("sql", ["UPDATE {table} SET {change}", "DELETE FROM {table}"])
def test_what_passed_between_us_stands_even_for_plain_sql(one_of_each, table, sql):
    """RR-1"""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (1,)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(sql.format(table=table, change=TABLES[table]))


def test_what_passed_between_us_stands_for_the_orm(asked):
    row = asked.attempts.get()
    for change in (row.save, row.delete, lambda: Attempt.objects.update(channel="phone"), Attempt.objects.all().delete):
        with pytest.raises(RowStands):
            change()


@pytest.mark.parametrize(
    "half",
    [
        {"state": "needs_reput"},
        {"waived_at": timezone.now},
        {"waiver_reason": "urgent"},
        {"found_fair_at": timezone.now},
        {"not_required_because": "They are dead."},
        {"excerpt": "Words"},
        {"excerpt_chosen_at": timezone.now},
        {"deadline_at": None, "deadline_basis": "Why."},
    ],
    ids=lambda half: next(iter(half)),
)
def test_half_a_fact_is_refused_by_the_database(asked, half):
    values = {name: value() if callable(value) else value for name, value in half.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        ReplyFile.objects.filter(pk=asked.pk).update(**values)
