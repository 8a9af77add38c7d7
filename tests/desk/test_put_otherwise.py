"""The answer stays true: which version of the wording a party answered, and which one would be published."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.desk import review
from factcheck.desk.differences import words
from factcheck.desk.gates import blockers, warnings
from factcheck.desk.put_otherwise import put_otherwise
from factcheck.reply import actions as reply
from factcheck.reply import rulings
from tests.builders import answer_with, ask

PUT = {"channel": "email", "to_role": "press office", "text": "We put this to you.", "outcome": "delivered"}


def reword(desk, *wordings):
    for wording in wordings:
        claims.edit_claim(desk.claim, by=desk.journalist, wording=wording)


def said(desk):
    return [str(b.sentence) for b in blockers(desk.dossier()) if b.gate.code == "as-it-was-put"]


def put_again(desk, clock, file=None):
    """Some time later, what the claim says now is put to the party as well."""
    clock.shift(timedelta(hours=1))
    return reply.put(file or desk.parts.file, by=desk.journalist, at=timezone.now(), **PUT)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=True) as traveller:
        yield traveller


def test_gate_says_which_version_they_answered_and_which_one_this_is(desk):
    reword(desk, "Second words", "Third words", "Fourth words")
    [sentence] = said(desk)
    assert sentence.startswith(
        "Immigration New Zealand answered version 1 of the wording; this is version 4. Put it again"
    )


def test_party_that_never_answered_was_asked_about_a_version(desk):
    party = claims.add_speaker(by=desk.journalist, name="The Party", kind="party")
    ask(desk, party, answer="")
    reword(desk, "Second words")
    assert [case.answered for case in put_otherwise(desk.dossier())] == [True, False]
    assert any(sentence.startswith("The Party was asked about version 1") for sentence in said(desk))


def test_saving_the_claim_without_rewording_it_makes_no_version(desk):
    for reason in ("One.", "Two.", "Three."):
        claims.edit_claim(desk.claim, by=desk.journalist, why_chosen=reason)
    assert said(desk) == []
    reword(desk, "Second words")
    assert "answered version 1 of the wording; this is version 2" in said(desk)[0]


def test_words_that_come_back_are_the_version_they_were(desk, clock):
    first = desk.claim.wording
    reword(desk, "Second words", first)
    assert said(desk) == []
    reword(desk, "Second words")
    put_again(desk, clock)
    reword(desk, first)
    assert "answered version 2 of the wording; this is version 1" in said(desk)[0]


def test_words_put_again_are_in_order(desk, clock):
    reword(desk, "Second words")
    put_again(desk, clock)
    assert said(desk) == []


def test_override_does_not_cover_the_next_version(desk):
    reword(desk, "Second words")
    review.override(desk.claim, by=desk.senior_editor, gate="as-it-was-put", reason="It is the same thing.")
    assert said(desk) == []
    reword(desk, "Third words")
    assert "this is version 3" in said(desk)[0]


def test_printed_answer_to_an_earlier_version_is_pointed_out_until_they_answer_the_later_one(desk, clock):
    reword(desk, "Second words", "Third words")
    put_again(desk, clock)
    [note] = [str(note) for note in warnings(desk.dossier()) if "answers version" in str(note)]
    assert "answers version 1 of the wording. Version 3 was put to them since" in note
    clock.shift(timedelta(hours=1))
    answer_with(desk, desk.parts.file, "We stand by that.")
    assert not [note for note in warnings(desk.dossier()) if "answers version" in str(note)]


def test_printed_answer_to_a_version_ruled_immaterial_is_not_pointed_out(desk, clock):
    reword(desk, "Second words")
    rulings.rule_immaterial(desk.parts.file, by=desk.editor, reason="Shorter, not other.")
    assert not [note for note in warnings(desk.dossier()) if "answers version" in str(note)]
    reword(desk, "Third words")
    put_again(desk, clock)
    assert [note for note in warnings(desk.dossier()) if "answers version 1" in str(note)]


def test_answer_that_came_before_anything_was_put_is_given_to_no_version(desk):
    party = claims.add_speaker(by=desk.journalist, name="The Party", kind="party")
    file = reply.open_file(desk.claim, by=desk.journalist, party=party)
    reply.draft_allegation(file, by=desk.journalist, text="That.")
    answer_with(desk, file, "We said so in May.", channel="via_report")
    assert not [note for note in warnings(desk.dossier()) if "The Party" in str(note)]


@pytest.mark.parametrize(
    ("before", "after", "taken", "given"),
    [
        ("it kept out people", "it kept out people", [], []),
        ("it kept out people", "it let in people", ["kept out"], ["let in"]),
        ("one two", "", ["one two"], []),
        ("a  b", "a b", ["  "], [" "]),
        ("end", "end.", ["end"], ["end."]),
    ],
)
def test_words_that_differ_are_marked_in_runs_and_nothing_is_lost(before, after, taken, given):
    old, new = words(before, after)
    assert ("".join(text for _differs, text in old), "".join(text for _differs, text in new)) == (before, after)
    assert [text for differs, text in old if differs] == taken
    assert [text for differs, text in new if differs] == given
