"""Ways round a gate that somebody might find, and that lead nowhere."""

import pytest
from django.utils import timezone

from factcheck.claims import actions as claims
from factcheck.desk import review
from factcheck.evidence import actions as evidence
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.reply import actions as reply
from factcheck.reply import answering, rulings
from tests.builders import answer_with, ask

from .test_gates import edit, said, second_party


def not_asked_but_answered(desk, channel):
    party = second_party(desk)
    file = reply.open_file(desk.claim, by=desk.journalist, party=party)
    answer_with(desk, file, "We had no hand in it.", channel=channel)


@pytest.mark.parametrize(("channel", "gate"), [("email", "as-it-was-put"), ("via_report", None)])
def test_answer_to_something_never_put_is_not_enough_unless_another_outlet_asked(desk, channel, gate):
    not_asked_but_answered(desk, channel)
    assert list(said(desk)) == ([gate] if gate else [])


def test_denial_of_an_earlier_round_is_printed_beside_a_later_silence(desk):
    file = ask(desk, second_party(desk), answer="")
    answering.record_response(
        file,
        by=desk.journalist,
        received_at=timezone.now(),
        channel="email",
        by_role="press office",
        verbatim="We deny it.",
        language="en",
        kind="denial",
    )
    type(file).objects.filter(pk=file.pk).update(state="no_response")
    assert "answered: choose what is printed of it" in said(desk)["reflected"][0]


def test_accused_party_is_not_spared_by_saying_that_no_reply_is_required(desk):
    party = claims.add_speaker(by=desk.journalist, name="The Chinese Communist Party", kind="party")
    file = reply.open_file(desk.claim, by=desk.journalist, party=party)
    rulings.not_required(file, by=desk.editor, because="It is only mentioned.")
    assert said(desk) == {}
    claims.name_party(desk.claim, by=desk.journalist, party=party)
    assert "says that no reply is required" in said(desk)["put-to-the-accused"][0]
    rulings.require_after_all(file, by=desk.editor)
    with pytest.raises(Refused, match="is accused: ask"):
        rulings.not_required(file, by=desk.editor, because="It is only mentioned.")


def test_override_is_for_one_edition(desk):
    evidence.edit(desk.parts.item, by=desk.journalist, visibility="internal")
    review.override(desk.claim, by=desk.senior_editor, gate="evidenced", reason="The record is sealed until Friday.")
    desk.published()
    assert "There is no public evidence." in said(desk)["evidenced"]


def test_legal_flag_is_taken_off_by_a_senior_editor_who_then_does_not_sign(desk):
    claims.edit_claim(desk.claim, by=desk.journalist, legal_risk=True)
    with pytest.raises(Refused, match="Only a senior editor"):
        claims.edit_claim(desk.claim, by=desk.editor, legal_risk=False)
    claims.edit_claim(desk.claim, by=desk.senior_editor, legal_risk=False)
    desk.submit()
    with pytest.raises(NotAllowed):
        desk.sign_off(by=desk.senior_editor)


def test_who_ruled_a_change_immaterial_does_not_sign_off(desk):
    edit(desk, wording=desk.claim.wording + ".")
    rulings.rule_immaterial(desk.parts.file, by=desk.editor, reason="A full stop.")
    desk.submit()
    with pytest.raises(NotAllowed, match="ruled on it"):
        desk.sign_off()
