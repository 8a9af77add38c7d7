"""Each gate, as readers of the checklist meet it: a publishable claim with one thing broken says exactly that."""

import pytest

from factcheck.claims import actions as claims
from factcheck.desk import review
from factcheck.desk.gates import PUBLICATION_GATES, blockers, findings, ready_to_sign, warnings
from factcheck.evidence import actions as evidence
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.reply import actions as reply
from factcheck.reply import answering, rulings
from factcheck.sources.actions import edit_pseudonym
from tests.builders import add_evidence, answer_with, ask, propose


def said(desk):
    """gate code -> its sentences, without the signatures that only a submitted claim can have."""
    table = {}
    for blocker in ready_to_sign(desk.dossier()):
        table.setdefault(blocker.gate.code, []).append(str(blocker.sentence))
    return table


def edit(desk, **changes):
    return claims.edit_claim(desk.claim, by=desk.journalist, **changes)


def body(desk, name, kind="organisation"):
    return claims.add_speaker(by=desk.journalist, name=name, kind=kind)


def test_publishable_claim_lacks_nothing_but_its_signatures(desk):
    assert said(desk) == {}
    assert [b.gate.code for b in blockers(desk.dossier())] == ["four-eyes"]


def second_party(desk):
    party = body(desk, "The Chinese Communist Party", "party")
    claims.name_party(desk.claim, by=desk.journalist, party=party)
    return party


def waived_party(desk):
    file = reply.open_file(desk.claim, by=desk.journalist, party=second_party(desk))
    reply.draft_allegation(file, by=desk.journalist, text="That it influenced immigration.")
    rulings.waive(
        file,
        by=desk.senior_editor,
        reason="already_on_record",
        note="Its side is not in the report this is drawn from.",
    )


BREAKS = {
    "no speaker": (lambda d: edit(d, speaker=None), "complete", "Say who said it"),
    "unknown speaker": (lambda d: edit(d, speaker=None, speaker_unknown=True), None, ""),
    "opinion, rated": (
        lambda d: (edit(d, type="opinion"), propose(d, "false", few_sources_reason="One.")),
        "checkable",
        "cannot be rated on the truth scale",
    ),
    "prediction, rated": (
        lambda d: (edit(d, type="prediction"), propose(d, "false", few_sources_reason="One.")),
        "checkable",
        "cannot be rated",
    ),
    "experience, rated": (
        lambda d: (edit(d, type="personal_experience"), propose(d, "false", few_sources_reason="One.")),
        "checkable",
        "cannot be rated",
    ),
    "opinion, unproven": (lambda d: edit(d, type="opinion"), None, ""),
    "no finding": (lambda d: propose(d, finding=""), "rated", "no finding"),
    "no explanation": (lambda d: propose(d, explanation=""), "rated", "no explanation"),
    "no as-of day": (lambda d: propose(d, evidence_as_of=None), "rated", "on what day"),
    "on the record alone": (
        lambda d: propose(d, "on-record", finding="", explanation="", evidence_as_of=None, not_established=""),
        None,
        "",
    ),
    "evidence internal": (
        lambda d: evidence.edit(d.parts.item, by=d.journalist, visibility="internal"),
        "evidenced",
        "no public evidence",
    ),
    "evidence withdrawn": (
        lambda d: evidence.withdraw(d.parts.item, by=d.journalist, because="Mistaken."),
        "evidenced",
        "no public evidence",
    ),
    "secondary without reason": (
        lambda d: evidence.edit(d.parts.item, by=d.journalist, primary=False),
        "evidenced",
        "secondary source: say why",
    ),
    "secondary with reason": (
        lambda d: evidence.edit(
            d.parts.item, by=d.journalist, primary=False, secondary_reason="The register is closed."
        ),
        None,
        "",
    ),
    "one source, rated": (lambda d: propose(d, "false"), "independently-sourced", "rests on 1 independent source."),
    "one source, with a reason": (
        lambda d: propose(d, "false", few_sources_reason="The register is the only record."),
        None,
        "",
    ),
    "two items of one origin": (
        lambda d: (add_evidence(d, title="Again"), propose(d, "false")),
        "independently-sourced",
        "rests on 1 independent source.",
    ),
    "two origins": (lambda d: (add_evidence(d, publisher="OHCHR"), propose(d, "false")), None, ""),
    "True on a protected voice": (
        lambda d: propose(d, "true", few_sources_reason="None."),
        "not-on-one-voice",
        "Only a confidential or pseudonymous voice",
    ),
    "Mostly true on confidential evidence": (
        lambda d: (
            add_evidence(d, stance="supports", confidential=True),
            propose(d, "mostly-true", few_sources_reason="None."),
        ),
        "not-on-one-voice",
        "Only a confidential or pseudonymous voice",
    ),
    "True with a named support": (
        lambda d: (add_evidence(d, stance="supports", publisher="OHCHR"), propose(d, "true")),
        None,
        "",
    ),
    "False on a protected voice": (lambda d: propose(d, "false", few_sources_reason="None."), None, ""),
    "accused without a file": (
        lambda d: second_party(d),
        "put-to-the-accused",
        "The Chinese Communist Party is accused and has no",
    ),
    "allegation against nobody": (
        lambda d: claims.remove_part(d.claim.concerned.get(), by=d.journalist),
        "put-to-the-accused",
        "name who is accused",
    ),
    "accused, file only opened": (
        lambda d: reply.open_file(d.claim, by=d.journalist, party=second_party(d)),
        "resolved",
        "The right of reply of The Chinese Communist Party is not settled",
    ),
    "accused, asked, no answer yet": (lambda d: ask(d, second_party(d), answer=""), "resolved", "is not settled"),
    "accused, waived": (waived_party, None, ""),
    "excerpt changed, not found fair again": (
        lambda d: answering.choose_excerpt(
            d.parts.file,
            by=d.journalist,
            response=d.parts.file.responses.get(),
            excerpt="Absolutely under no circumstances",
        ),
        "reflected",
        "Nobody has yet found the excerpt",
    ),
    "allegation never put": (
        lambda d: reply.draft_allegation(d.parts.file, by=d.journalist, text="And it lied about it."),
        "as-it-was-put",
        "Never put to Immigration New Zealand: “And it lied about it.”",
    ),
    "wording changed after it was put": (
        lambda d: edit(d, wording="The party decided who got visas"),
        "as-it-was-put",
        "Immigration New Zealand answered version 1 of the wording; this is version 2. Put it again",
    ),
    "pseudonym without note": (
        lambda d: edit_pseudonym(d.parts.jo, by=d.journalist, note=""),
        "pseudonyms-noted",
        "Jo is a pseudonym without a note",
    ),
}


@pytest.mark.parametrize(("break_it", "gate", "words"), BREAKS.values(), ids=BREAKS)
def test_gate_says_what_is_missing(desk, break_it, gate, words):
    break_it(desk)
    found = said(desk)
    assert list(found) == ([gate] if gate else [])
    if gate:
        assert words in found[gate][0]


def test_every_reason_is_given_not_the_first(desk):
    propose(desk, "true", finding="", explanation="", evidence_as_of=None)
    edit(desk, speaker=None)
    found = said(desk)
    assert len(found["rated"]) == 3
    assert {"complete", "rated", "independently-sourced"} <= set(found)


def test_denial_leaves_the_verdict_as_it_was(desk):
    """CL-1: a denial is never evidence of falsity."""
    before = desk.dossier().verdict
    answer_with(desk, desk.parts.file, "We deny it.")
    assert desk.dossier().verdict == before
    assert desk.claim.verdicts.count() == 1


def test_wording_ruled_immaterial_is_published_as_it_was_put(desk):
    edit(desk, wording=desk.claim.wording + ".")
    assert "as-it-was-put" in said(desk)
    rulings.rule_immaterial(desk.parts.file, by=desk.editor, reason="A full stop.")
    assert said(desk) == {}


def test_override_lets_exactly_these_sentences_pass(desk):
    evidence.edit(desk.parts.item, by=desk.journalist, visibility="internal")
    granted = review.override(
        desk.claim, by=desk.senior_editor, gate="evidenced", reason="The record is sealed until Friday."
    )
    assert granted.sentences == ["There is no public evidence."]
    assert said(desk) == {}
    add_evidence(desk, title="Gossip", primary=False)
    assert said(desk) == {"evidenced": ["“Gossip” is a secondary source: say why nothing primary serves."]}


@pytest.mark.parametrize("gate", ["four-eyes", "change-explained", "no-such-gate"])
def test_gate_without_override_is_overridden_by_nobody(desk, gate):
    with pytest.raises(Refused, match="Nobody can override"):
        review.override(desk.claim, by=desk.senior_editor, gate=gate, reason="Because.")
    assert desk.claim.overrides.count() == 0


@pytest.mark.parametrize("role", ["journalist", "editor", "legal"])
def test_override_is_for_senior_editors(desk, role):
    evidence.edit(desk.parts.item, by=desk.journalist, visibility="internal")
    with pytest.raises(NotAllowed):
        review.override(desk.claim, by=getattr(desk, role), gate="evidenced", reason="Because.")


def test_override_wants_a_reason_and_something_to_override(desk):
    with pytest.raises(Refused, match="nothing to override"):
        review.override(desk.claim, by=desk.senior_editor, gate="evidenced", reason="Because.")
    with pytest.raises(Refused, match="Write down why"):
        review.override(desk.claim, by=desk.senior_editor, gate="evidenced", reason="  ")


def test_who_overrode_does_not_sign_off(desk):
    evidence.edit(desk.parts.item, by=desk.journalist, visibility="internal")
    review.override(desk.claim, by=desk.senior_editor, gate="evidenced", reason="The record is sealed.")
    desk.submit()
    with pytest.raises(NotAllowed, match="waived or overrode"):
        desk.sign_off(by=desk.senior_editor)
    desk.sign_off()
    assert desk.publish().number == 1


def test_who_waived_does_not_sign_off(desk):
    waived_party(desk)
    desk.submit()
    with pytest.raises(NotAllowed, match="waived or overrode"):
        desk.sign_off(by=desk.senior_editor)


def test_warnings_block_nothing(desk):
    edit(desk, short_form="")
    propose(desk, "false", few_sources_reason="The register is the only record.")
    notes = " ".join(warnings(desk.dossier()))
    assert "There is no short form" in notes
    assert "The register is the only record." in notes
    assert said(desk) == {}


def test_checklist_shows_every_gate_in_order(desk):
    assert [gate.code for gate, _sentences, _passed in findings(desk.dossier())] == [g.code for g in PUBLICATION_GATES]


@pytest.mark.parametrize("extra", [0, 5])
def test_dossier_takes_the_same_queries_whatever_it_holds(desk, extra, django_assert_num_queries):
    for number in range(extra):
        add_evidence(desk, title=f"Item {number}")
        answer_with(desk, desk.parts.file, f"Answer {number}")
    with django_assert_num_queries(28):
        desk.dossier()
