"""A protected speaker is not pieced together from details: decided one by one, signed by a second person (CS-10)."""

import json

import pytest
from django.core.exceptions import ValidationError

from factcheck.claims import actions as claims
from factcheck.desk import jigsaw
from factcheck.desk.gates import blockers
from factcheck.desk.models import Jigsaw, JigsawSignature
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.published.models import Edition
from factcheck.sources import actions as sources
from tests.builders import answer_with, ask, decide_details, make_publishable_claim

ALL = dict.fromkeys(Jigsaw.Detail.values, "absent")
WORDS = {"note": "Only what is in the report.", "others": "Nobody is known."}


def said(desk):
    return [b.sentence for b in blockers(desk.dossier()) if b.gate.code == "jigsaw"]


def test_list_that_was_signed_says_nothing(desk):
    assert said(desk) == []


def test_protected_speaker_without_a_list_is_not_published(journalist, editor, senior_editor, legal):
    bare = make_publishable_claim(journalist, editor, senior_editor, legal, details=False)
    [sentence] = said(bare)
    assert "decide for each identifying detail" in sentence


def test_named_speaker_needs_no_list(desk):
    claims.edit_claim(desk.claim, by=desk.journalist, speaker=desk.parts.agency)
    assert said(desk) == []
    with pytest.raises(Refused, match="Nobody who is protected"):
        jigsaw.decide_details(desk.fresh(), by=desk.journalist, decisions=ALL, **WORDS)


def test_new_list_waits_for_a_second_person(desk, journalist_2):
    jigsaw.decide_details(desk.claim, by=desk.journalist, decisions=ALL, **WORDS)
    assert "Somebody other than journalist has to sign" in said(desk)[0]
    with pytest.raises(NotAllowed):
        jigsaw.sign_details(desk.claim, by=desk.journalist)
    jigsaw.sign_details(desk.claim, by=journalist_2)
    assert said(desk) == []


@pytest.mark.parametrize("role", ["legal", "administrator"])
def test_who_writes_nothing_signs_no_list(desk, request, role):
    with pytest.raises(NotAllowed):
        jigsaw.sign_details(desk.claim, by=request.getfixturevalue(role))


@pytest.mark.parametrize(
    "change",
    [
        {"speaker_role": "a baker in Hamilton"},
        {"said_where": "to RNZ, in Hamilton"},
        {"quotation": "Yes", "quotation_language": "en"},
    ],
)
def test_what_is_told_of_the_speaker_later_is_signed_anew(desk, change):
    claims.edit_claim(desk.claim, by=desk.journalist, **change)
    assert "has changed since" in said(desk)[0]
    jigsaw.sign_details(desk.claim, by=desk.editor)
    assert said(desk) == []


def test_list_leaves_no_detail_out_and_knows_no_other(desk):
    for decisions in ({}, {**ALL, "age": "perhaps"}, {"age": "keep"}, {**ALL, "shoe": "keep"}):
        with pytest.raises(ValidationError):
            jigsaw.decide_details(desk.claim, by=desk.journalist, decisions=decisions, **WORDS)
    with pytest.raises(ValidationError):
        jigsaw.decide_details(desk.claim, by=desk.journalist, decisions=ALL, note="", others="")
    assert Jigsaw.objects.count() == JigsawSignature.objects.count() == 1


@pytest.fixture
def bare(journalist, editor, senior_editor, legal):
    """A claim by somebody named, and somebody protected who is not on its page yet; nobody made a list."""
    desk = make_publishable_claim(journalist, editor, senior_editor, legal, details=False)
    desk.parts.protected = desk.claim.speaker
    claims.edit_claim(desk.claim, by=desk.journalist, speaker=desk.parts.agency)
    assert said(desk) == []
    return desk


def repeat_it(desk):
    return claims.add_appearance(
        desk.claim, by=desk.journalist, where="On the radio", said_by=desk.parts.protected, said_by_role="a listener"
    )


def name_them(desk):
    return claims.name_party(desk.claim, by=desk.journalist, party=desk.parts.protected, concerned_as="concerned")


def ask_them(desk):
    claims.name_party(desk.claim, by=desk.journalist, party=desk.parts.protected)
    return ask(desk, desk.parts.protected, answer="")


@pytest.mark.parametrize("appear", [repeat_it, name_them, ask_them])
def test_whoever_is_protected_wants_the_list_in_whatever_place_they_stand(bare, appear):
    appear(bare)
    [sentence] = said(bare)
    assert sentence.startswith("Jo is protected: decide for each identifying detail")
    jigsaw.decide_details(bare.fresh(), by=bare.journalist, decisions=ALL, **WORDS)
    assert "has to sign" in said(bare)[0]
    jigsaw.sign_details(bare.fresh(), by=bare.editor)
    assert said(bare) == []


def test_what_is_told_of_somebody_in_passing_later_is_signed_anew(bare):
    appearance = repeat_it(bare)
    decide_details(bare)
    assert said(bare) == []
    claims.edit_part(appearance, by=bare.journalist, said_by_role="a baker in Hamilton")
    assert "has changed since" in said(bare)[0]
    jigsaw.sign_details(bare.fresh(), by=bare.editor)
    sources.edit_pseudonym(bare.parts.jo, by=bare.journalist, description="A baker with family abroad")
    assert "has changed since" in said(bare)[0]


def test_answer_of_somebody_protected_is_part_of_what_is_signed(bare):
    file = ask_them(bare)
    decide_details(bare)
    answer_with(bare, file)
    assert "has changed since" in said(bare)[0]


@pytest.mark.parametrize(
    ("known", "allowed", "printed"),
    [
        ("day", "month", "2022-09"),
        ("day", "unknown", ""),
        ("month", "day", "2022-09"),
        ("day", "year", "2022"),
        ("year", "month", "2022"),
    ],
)
def test_readers_get_the_day_no_more_exactly_than_the_list_says(desk, known, allowed, printed):
    claims.edit_claim(desk.claim, by=desk.journalist, said_on="2022-09-05", said_precision=known)
    decide_details(desk, said_precision=allowed)
    desk.published()
    document = json.loads(Edition.objects.get().document)
    assert document["said"]["on"] == printed
    assert desk.claim.said_precision == known
    assert "2022-09-05" not in Edition.objects.get().document


def test_decisions_are_part_of_what_is_signed_off(desk):
    desk.cleared()
    decide_details(desk, said_precision="year")
    codes = {b.gate.code for b in blockers(desk.dossier())}
    assert codes == {"four-eyes"}
