"""One table of transitions, one function that moves."""

from contextlib import nullcontext
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.claims.models import Claim, Status
from factcheck.desk import publish, review, workflow
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed, Refused

EVERY_WAY = [
    (status, verb, status in workflow.BY_VERB[verb].sources) for status in Status for verb in sorted(workflow.BY_VERB)
]


@pytest.mark.parametrize(("status", "verb", "possible"), EVERY_WAY)
def test_status_moves_only_along_the_table(journalist, status, verb, possible):
    claim = claims.log_claim(by=journalist, wording="Something", type="event")
    closed = {"closed_as": "dropped"} if status == Status.CLOSED else {}
    Claim.objects.filter(pk=claim.pk).update(status=status, **closed)
    entries = JournalEntry.objects.count()
    facts = {"closed_as": "dropped" if workflow.BY_VERB[verb].target == Status.CLOSED else ""}
    if possible:
        assert workflow.move(claim, verb, by=journalist, **facts).status == workflow.BY_VERB[verb].target
        assert JournalEntry.objects.count() == entries + 1
    else:
        with pytest.raises(Refused, match="is not possible for a claim"):
            workflow.move(claim, verb, by=journalist, **facts)
        claim.refresh_from_db()
        assert (claim.status, JournalEntry.objects.count()) == (status, entries)


def test_every_status_can_be_reached_and_left():
    assert {t.target for t in workflow.TRANSITIONS} | {Status.LOGGED} == set(Status)
    assert {s for t in workflow.TRANSITIONS for s in t.sources} == set(Status)


def test_diagram_has_an_arrow_for_every_way():
    arrows = [line for line in workflow.mermaid().splitlines() if "-->" in line]
    assert len(arrows) == 1 + sum(len(t.sources) for t in workflow.TRANSITIONS)


def test_research_starts_with_a_reason(desk):
    claim = claims.log_claim(by=desk.journalist, wording="Something", type="event")
    with pytest.raises(Refused, match="why this claim was chosen"):
        review.start(claim, by=desk.journalist)
    assert review.start(claim, by=desk.journalist, why_chosen="Widely shared.").status == "researching"


@pytest.mark.parametrize("note", ["", "  \n"])
def test_sending_back_wants_a_note(desk, note):
    desk.submit()
    with pytest.raises(Refused, match="in a note"):
        review.send_back(desk.claim, by=desk.editor, note=note)
    assert desk.fresh().status == "in_review"


def test_sent_back_note_is_on_the_record(desk):
    desk.submit()
    assert review.send_back(desk.claim, by=desk.editor, note="Ask the party too.").status == "researching"
    assert JournalEntry.objects.first().details == {"note": "Ask the party too."}


def test_journalist_does_not_send_back(desk):
    desk.submit()
    with pytest.raises(NotAllowed):
        review.send_back(desk.claim, by=desk.journalist, note="Mine.")


def test_closing_as_a_duplicate_names_the_other_claim(desk):
    other = claims.log_claim(by=desk.journalist, wording="The same", type="event")
    with pytest.raises(Refused, match="which claim"):
        review.close(other, by=desk.journalist, closed_as="duplicate", note="Logged twice.")
    closed = review.close(
        other, by=desk.journalist, closed_as="duplicate", note="Logged twice.", duplicate_of=desk.claim
    )
    assert (closed.status, closed.links.get().to) == ("closed", desk.claim)


@pytest.mark.parametrize(
    ("closed_as", "note"), [("", "Why."), ("dropped", ""), ("retracted", "Why."), ("gone", "Why.")]
)
def test_closing_wants_a_reason_of_its_own_kinds(desk, closed_as, note):
    with pytest.raises(Refused):
        review.close(desk.claim, by=desk.journalist, closed_as=closed_as, note=note)
    assert desk.fresh().status == "researching"


def test_claim_with_a_page_is_not_closed_behind_its_readers(desk):
    desk.published()
    publish.correct(desk.claim, by=desk.editor, kind="correction", was_wrong="A", says_now="B", why="C")
    with pytest.raises(Refused, match="Readers have a page"):
        review.close(desk.fresh(), by=desk.editor, closed_as="dropped", note="No.")


def test_closed_claim_is_reopened_with_a_note(desk):
    closed = review.close(desk.claim, by=desk.journalist, closed_as="not_checkable", note="An opinion.")
    with pytest.raises(Refused, match="in a note"):
        review.reopen(closed, by=desk.editor, note="")
    again = review.reopen(closed, by=desk.editor, note="It is checkable after all.")
    assert (again.status, again.closed_as, again.closed_note) == ("researching", "", "")


def test_claim_says_since_when_it_is_at_work_again_until_it_is_done(desk, time_machine):
    assert desk.claim.reopened_at is None
    desk.published()
    assert desk.fresh().reopened_at is None
    time_machine.move_to(timezone.now() + timedelta(days=1), tick=False)
    publish.correct(desk.claim, by=desk.editor, kind="correction", was_wrong="A", says_now="B", why="C")
    began = timezone.now()
    assert desk.fresh().reopened_at == began
    time_machine.move_to(began + timedelta(days=1))
    desk.submit()
    assert desk.fresh().reopened_at == began
    publish.stand_by(desk.fresh(), by=desk.editor)
    assert desk.fresh().reopened_at is None


def looked_back():
    Claim.objects.update(reopened_at=None)
    import_module("factcheck.claims.migrations.0003_since_when_at_work_again").look_back(apps, None)
    return dict(Claim.objects.values_list("pk", "reopened_at"))


def correct(desk):
    publish.correct(desk.fresh(), by=desk.editor, kind="correction", was_wrong="A", says_now="B", why="C")
    return desk.claim.history.latest()


def test_migration_finds_when_a_claim_went_back_to_work_for_the_last_time(desk, time_machine):
    never = claims.log_claim(by=desk.journalist, wording="Another", type="event", why_chosen="Scale.")
    review.start(never, by=desk.journalist)
    desk.published()
    correct(desk)
    publish.stand_by(desk.fresh(), by=desk.editor)
    time_machine.move_to(timezone.now() + timedelta(days=1))
    back = correct(desk)
    time_machine.shift(timedelta(days=1))
    desk.submit()
    assert looked_back() == {desk.claim.pk: back.history_date, never.pk: None}


def test_migration_takes_what_there_is_where_history_does_not_know_how_a_claim_was_finished(desk):
    first = desk.claim.history.filter(status="researching").earliest().history_date
    desk.submit()
    Claim.objects.filter(pk=desk.claim.pk).update(check_slug="page")
    fields = {"type": "event", "status": "researching", "check_slug": "brought", "logged_by": desk.journalist}
    [brought] = Claim.objects.bulk_create([Claim(wording="Brought along", **fields)])
    assert looked_back() == {desk.claim.pk: first, brought.pk: Claim.objects.get(pk=brought.pk).logged_at}


@pytest.mark.parametrize(("status", "possible"), [(status, status in workflow.AT_WORK) for status in Status])
def test_database_holds_no_claim_at_work_again_that_is_not_at_work(desk, status, possible):
    changed = {"status": status, "closed_as": "dropped" if status == Status.CLOSED else ""}
    with nullcontext() if possible else pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.update(reopened_at=timezone.now(), **changed)
