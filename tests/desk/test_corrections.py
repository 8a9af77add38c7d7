"""CO-1: which notice fits which change."""

from dataclasses import replace

import pytest

from factcheck.claims import actions as claims
from factcheck.desk import publish
from factcheck.desk.corrections import is_minor, why_not
from factcheck.desk.dossier import document
from factcheck.evidence import actions as evidence
from factcheck.newsroom.refusals import Refused
from factcheck.reply import answering
from tests.builders import add_evidence, propose


@pytest.mark.parametrize(
    ("path", "old", "new", "minor"),
    [
        ("verdict.explanation_html", "<p>We red it.</p>", "<p>We read it.</p>", True),
        ("verdict.explanation_html", "<p>We read 12 pages.</p>", "<p>We read 13 pages.</p>", False),
        ("verdict.explanation_html", "<p>It says so, Hogg wrote.</p>", "<p>It says so, Vincent wrote.</p>", False),
        ("verdict.explanation_html", "<p>It was on 5 September.</p>", "<p>It was on 6 September.</p>", False),
        ("verdict.explanation_html", "<p>The agency.</p>", "<p>An agency.</p>", False),
        ("verdict.not_established", "We ask wether", "We ask whether", True),
        ("verdict.explanation_html", "<p>Hogg said so.</p>", "<p>Bachelet said so.</p>", False),
        ("verdict.explanation_html", "<p>It did not say so.</p>", "<p>It did say so.</p>", False),
        ("verdict.explanation_html", "<p>It is legal.</p>", "<p>It is illegal.</p>", False),
        ("verdict.explanation_html", "<p>About twenty pages.</p>", "<p>About thirty pages.</p>", False),
        (
            "verdict.explanation_html",
            '<p><a href="https://a.example/">It</a> says so.</p>',
            '<p><a href="https://b.example/">It</a> says so.</p>',
            False,
        ),
        ("why_chosen", "It acuses an agency.", "It accuses an agency.", True),
        ("verdict.finding", "No record shows it.", "No record showed it.", False),
        ("wording", "It influensed visas", "It influenced visas", False),
        ("evidence.0.shows", "The agency kepes none.", "The agency keeps none.", False),
        ("replies.0.quote", "Absolutely", "Certainly", False),
        ("verdict.rating.label", "Unproven", "False", False),
    ],
)
def test_change_is_minor_only_where_no_fact_changes(path, old, new, minor):
    assert is_minor((path, old, new)) is minor


def planned(desk, kind, **texts):
    texts = {"was_wrong": "It was so.", "says_now": "It is so.", "why": "We were told."} | texts
    publish.correct(desk.fresh(), by=desk.editor, kind=kind, **texts)
    desk.fresh()
    return desk


FACTS = {
    "wording": lambda d: claims.edit_claim(d.claim, by=d.journalist, wording="Other words"),
    "rating": lambda d: propose(d, "false", few_sources_reason="One register."),
    "name": lambda d: claims.edit_surroundings(d.parts.agency, by=d.journalist, name="Immigration NZ"),
    "number": lambda d: propose(d, explanation="We read what there is, 12 pages."),
    "date": lambda d: claims.edit_claim(d.claim, by=d.journalist, said_on="2022-09-05", said_precision="day"),
    "evidence": lambda d: add_evidence(d, title="More"),
    "evidence withdrawn": lambda d: (
        add_evidence(d, title="Other"),
        evidence.withdraw(d.parts.item, by=d.journalist, because="Wrong year."),
    ),
    "reply": lambda d: answering.set_public_line(
        d.parts.file, by=d.journalist, line="Immigration New Zealand said this:"
    ),
}


@pytest.mark.parametrize("fact", FACTS)
def test_minor_edit_is_refused_where_a_fact_changed(desk, fact):
    planned(desk.published(), "minor_edit", was_wrong="", says_now="", why="")
    FACTS[fact](desk)
    assert any("A minor edit changes no" in str(reason) for reason in why_not(desk.dossier()))


def test_minor_edit_of_a_typing_mistake_fits(desk):
    planned(desk.published(), "minor_edit", was_wrong="", says_now="", why="")
    propose(desk, explanation="We red what there is.")
    assert why_not(desk.dossier()) == []


def test_changed_rating_is_a_correction_of_the_verdict(desk):
    planned(desk.published(), "correction")
    propose(desk, "false", few_sources_reason="One register.")
    assert "correction of the verdict" in str(why_not(desk.dossier())[0])
    publish.plan_notice(desk.claim, by=desk.editor, kind="correction_verdict")
    assert why_not(desk.dossier()) == []


def test_correction_of_the_verdict_without_another_rating_does_not_fit(desk):
    planned(desk.published(), "correction_verdict")
    claims.edit_claim(desk.claim, by=desk.journalist, speaker_role="Other")
    assert "stays the same" in str(why_not(desk.dossier())[0])


def test_notice_without_a_change_does_not_fit(desk):
    planned(desk.published(), "correction")
    assert "Nothing that readers see has changed" in str(why_not(desk.dossier())[0])


@pytest.mark.parametrize(
    ("missing", "words"), [("why", "does not say why"), ("was_wrong", "both what"), ("says_now", "both what")]
)
def test_correction_says_what_was_wrong_what_it_says_now_and_why(desk, missing, words):
    planned(desk.published(), "correction", **{missing: ""})
    claims.edit_claim(desk.claim, by=desk.journalist, speaker_role="Other")
    assert any(words in str(reason) for reason in why_not(desk.dossier()))


def test_retraction_is_not_planned_as_a_notice(desk):
    desk.published()
    with pytest.raises(Refused, match="two people"):
        publish.correct(desk.claim, by=desk.editor, kind="retraction", why="No.")
    assert desk.fresh().status == "published"


def test_notice_cannot_be_planned_before_there_is_a_page(desk):
    with pytest.raises(Refused, match="no edition"):
        publish.plan_notice(desk.claim, by=desk.editor, kind="update", why="News.")


def test_imprint_alone_is_no_change(desk):
    desk.published()
    dossier = desk.dossier()
    again = replace(document(dossier), written_by=("somebody else",))
    from factcheck.desk.corrections import changes

    assert changes(dossier.edition, again) == []


def test_editors_note_may_stand_on_a_page_that_stays_as_it_is(desk):
    planned(
        desk.published(),
        "editors_note",
        was_wrong="",
        says_now="",
        why="A complaint about this page is being looked at.",
    )
    assert why_not(desk.dossier()) == []
    desk.submit()
    desk.sign_off(by=desk.senior_editor)
    assert desk.publish().number == 2
