"""What readers would be told of a right of reply, through the desk that prints it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from factcheck.claims.actions import edit_claim
from factcheck.desk.gates import blockers
from factcheck.reply import actions as reply
from factcheck.reply import answering
from tests.builders import answer_with, make_publishable_claim

from .steps import answer, attempt, call, fresh, past_the_deadline


@pytest.fixture
def desk(clock, journalist, editor, senior_editor, legal):
    """A claim that could be submitted, on the day the agency was asked and answered."""
    return make_publishable_claim(journalist, editor, senior_editor, legal)


def line(desk):
    [facts] = desk.dossier().replies
    return facts.line


def said(desk):
    return [blocker.sentence for blocker in blockers(desk.dossier()) if blocker.gate.code != "four-eyes"]


def test_answer_after_the_deadline_is_not_told_as_one_after_publication(clock, desk):
    past_the_deadline(desk.parts.file, clock)
    later = answer_with(desk, fresh(desk.parts.file), "A fuller answer.")
    assert (later.late, line(desk).late, line(desk).line) == (True, False, "Immigration New Zealand said:")


def test_answer_after_publication_is_told_as_one(clock, desk):
    desk.published()
    clock.shift(timedelta(days=30))
    later = answer(fresh(desk.parts.file), desk.journalist, verbatim="A fuller answer.")
    desk.fresh().status = "researching"
    desk.claim.save()
    answering.choose_excerpt(desk.parts.file, by=desk.journalist, response=later, excerpt="A fuller answer.")
    assert line(desk).late is True
    day = date_format(timezone.localtime(), "j F Y")
    assert line(desk).line == f"After publication, on {day}, Immigration New Zealand said:"


def test_answer_recorded_wrongly_is_not_published(desk):
    answer(
        desk.parts.file, desk.journalist, corrects=desk.parts.file.responses.get(), verbatim="Under no circumstances."
    )
    assert said(desk) == ["Immigration New Zealand answered: choose what is printed of it."]
    assert line(desk).quote == ""


def test_answer_found_to_be_off_the_record_is_neither_printed_nor_an_answer(desk):
    answer(desk.parts.file, desk.journalist, corrects=desk.parts.file.responses.get(), on_record=False)
    assert said(desk) == ["The right of reply of Immigration New Zealand is not settled: it is “Sent”."]
    assert (line(desk).quote, line(desk).by_name) == ("", "")


def test_silence_on_new_words_is_told_beside_what_was_answered_before(clock, desk):
    clock.shift(timedelta(hours=1))
    edit_claim(desk.claim, by=desk.journalist, wording="The party decided who got visas")
    file = desk.parts.file
    reply.put(file, by=desk.journalist, **attempt())
    call(file, desk.journalist)
    past_the_deadline(file, clock)
    reply.mark_no_response(file, by=desk.journalist)
    assert "Immigration New Zealand (press office) did not respond to 2 requests for comment" in line(desk).line
    assert line(desk).line.endswith("Immigration New Zealand said:")
    assert line(desk).quote
