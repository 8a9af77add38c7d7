"""A letter is written from the record, edited by a person, cleared where it has to be, and then its words stand."""

import pytest
from django.core.exceptions import ValidationError

from factcheck.claims import actions as claims
from factcheck.letters import actions, checks, keys
from factcheck.letters.fingerprint import fingerprint, is_cleared
from factcheck.letters.models import Letter, Outgoing
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.reply import actions as reply
from factcheck.reply.models import ReplyFile

from .steps import PUT, fresh, to_put


def test_draft_says_all_that_a_party_has_to_be_told(letter, claim):
    """C1: what will be published in outline, what is put, by when and how to answer, whom to call."""
    for words in (claim.wording, PUT, checks.told(letter), keys.MARK, "the desk, 04 000 0000", "To the press office"):
        assert words in letter.body
    assert "(Pacific/Auckland)" in letter.body
    assert letter.to_address == "media@agency.example"


def test_subject_says_nothing_of_the_matter(letter, claim):
    assert letter.subject == "Request for comment from The Record"
    assert claim.wording not in letter.subject


def test_draft_offers_as_evidence_only_what_readers_will_see(desk_with_evidence):
    letter, shown, hidden = desk_with_evidence
    assert shown in letter.body
    assert hidden not in letter.body


@pytest.fixture
def desk_with_evidence(file, claim, journalist):
    from factcheck.evidence import actions as evidence

    shown = {"title": "Figures of the agency", "visibility": "public", "shows": "How many applied."}
    evidence.add(claim, by=journalist, **shown)
    evidence.add(claim, by=journalist, title="Notes of a talk", visibility="internal", shows="What was said.")
    return actions.draft_letter([file], by=journalist, call="the desk"), "Figures of the agency", "Notes of a talk"


def test_several_files_of_one_party_go_into_one_letter(file, agency, journalist):
    other = claims.log_claim(by=journalist, wording="The agency keeps no figures", type="allegation")
    second = to_put(reply.open_file(other, by=journalist, party=agency), journalist, "That it counts nobody.", days=9)
    letter = actions.draft_letter([file, second], by=journalist, call="the desk")
    assert [part.file_id for part in letter.parts.all()] == [file.pk, second.pk]
    assert "The agency keeps no figures" in letter.body
    assert letter.deadline_at == second.deadline_at
    actions.queue_letter(letter, by=journalist)
    assert ReplyFile.objects.get(pk=file.pk).deadline_at == second.deadline_at


def test_files_of_two_parties_are_refused(file, claim, journalist):
    other = claims.add_speaker(by=journalist, name="Ministry of Health", kind="government")
    second = to_put(reply.open_file(claim, by=journalist, party=other), journalist)
    with pytest.raises(Refused, match="One letter goes to one party"):
        actions.draft_letter([file, second], by=journalist, call="the desk")


def test_second_letter_about_a_file_waits_for_the_first(letter, file, journalist):
    with pytest.raises(Refused, match="under way already"):
        actions.draft_letter([file], by=journalist, call="the desk")


@pytest.mark.parametrize("gone", [PUT, "The agency kept people from getting visas", "(Pacific/Auckland)"])
def test_letter_without_what_the_record_says_it_puts_is_refused(letter, journalist, gone):
    edited = actions.edit_letter(letter, by=journalist, body=letter.body.replace(gone, "…"))
    with pytest.raises(Refused, match="does not"):
        actions.queue_letter(edited, by=journalist)
    assert not Outgoing.objects.exists()


def test_letter_whose_claim_was_reworded_is_refused_until_it_is_saved_anew(letter, claim, journalist):
    claims.edit_claim(claim, by=journalist, wording="The agency turned people away")
    with pytest.raises(Refused, match="reworded since"):
        actions.queue_letter(letter, by=journalist)
    body = letter.body.replace("The agency kept people from getting visas", "The agency turned people away")
    edited = actions.edit_letter(letter, by=journalist, body=body)
    assert actions.queue_letter(edited, by=journalist).state == "queued"


def test_another_deadline_is_set_on_the_file_and_in_the_words(letter, file, journalist):
    later = letter.deadline_at.replace(hour=3, minute=15) + (letter.deadline_at - letter.drafted_at)
    edited = actions.edit_letter(letter, by=journalist, deadline_at=later)
    assert checks.told(edited) in edited.body
    assert checks.told(letter) not in edited.body
    assert ReplyFile.objects.get(pk=file.pk).deadline_at == later


def test_queued_letter_stands(queued, journalist):
    with pytest.raises(Refused, match="while the letter is “Waiting to be sent”"):
        actions.edit_letter(queued, by=journalist, body="Other words")
    with pytest.raises(Refused, match="while the letter is “Waiting to be sent”"):
        actions.queue_letter(queued, by=journalist)
    assert Outgoing.objects.count() == 1


def test_queueing_needs_a_role_that_writes(letter, legal, administrator):
    for person in (legal, administrator):
        with pytest.raises(NotAllowed):
            actions.queue_letter(letter, by=person)


def test_withdrawn_letter_takes_its_mail_and_its_page_along(queued, journalist):
    key = queued.keys.get()
    assert keys.open_with(keys.token_of(key))
    withdrawn = actions.withdraw(queued, by=journalist, because="The claim is dropped.")
    assert (withdrawn.state, withdrawn.outgoing.get().state) == ("withdrawn", "cancelled")
    assert keys.open_with(keys.token_of(key)) is None


def test_letter_that_is_being_sent_cannot_be_withdrawn(queued, journalist):
    mail = queued.outgoing.get()
    mail.state = "sending"
    mail.save()
    withdraw = {"by": journalist, "because": "Too late."}
    assert pytest.raises(Refused, actions.withdraw, queued, **withdraw).match("too late")
    assert fresh(queued).state == "queued"


# Legal


@pytest.fixture
def risky(claim, letter, journalist):
    claims.edit_claim(claim, by=journalist, legal_risk=True)
    return letter


def test_letter_about_a_risky_claim_wants_legal(risky, journalist, legal):
    """CL-9"""
    with pytest.raises(Refused, match="legal has to clear"):
        actions.queue_letter(risky, by=journalist)
    sent = actions.send_to_legal(risky, by=journalist)
    cleared = actions.clear(sent, by=legal, seen=fingerprint(sent))
    assert actions.queue_letter(cleared, by=journalist).state == "queued"


def test_words_that_were_not_cleared_are_not_sent(risky, journalist, legal):
    sent = actions.send_to_legal(risky, by=journalist)
    cleared = actions.clear(sent, by=legal, seen=fingerprint(sent))
    edited = actions.edit_letter(cleared, by=journalist, body=cleared.body + "\n\nOne more word.")
    assert not is_cleared(edited)
    with pytest.raises(Refused, match="legal has to clear"):
        actions.queue_letter(edited, by=journalist)


def test_clearance_is_for_what_was_read(risky, journalist, legal):
    seen = fingerprint(actions.send_to_legal(risky, by=journalist))
    actions.edit_letter(risky, by=journalist, body=risky.body + "\n\nOne more word.")
    sent = actions.send_to_legal(fresh(risky), by=journalist)
    with pytest.raises(Refused, match="has changed while"):
        actions.clear(sent, by=legal, seen=seen)


def test_nobody_else_clears_a_letter(risky, journalist, editor, senior_editor):
    sent = actions.send_to_legal(risky, by=journalist)
    for person in (journalist, editor, senior_editor):
        with pytest.raises(NotAllowed):
            actions.clear(sent, by=person, seen=fingerprint(sent))


def test_addressee_that_is_none_is_refused(letter, journalist):
    for address in ("nobody", "a@b.example\nBcc: all@b.example", "a@b.example, c@d.example"):
        with pytest.raises(ValidationError):
            actions.edit_letter(letter, by=journalist, to_address=address)
    for subject in ("Two\nlines", "Request\r\nBcc: all@b.example"):
        with pytest.raises(ValidationError):
            actions.edit_letter(letter, by=journalist, subject=subject)


def test_everything_is_in_the_journal_and_no_word_of_the_letter(queued):
    told = list(
        JournalEntry.objects.filter(record=f"letter:{queued.pk}").order_by("number").values_list("verb", flat=True)
    )
    assert told == ["wrote letter", "queued letter", "issued page key"]


# The private page's key


def test_token_is_kept_nowhere(queued):
    token = keys.token_of(queued.keys.get())
    for model in (Letter, Outgoing, type(queued.keys.get()), JournalEntry, Letter.history.model):
        assert token not in str(list(model.objects.values()))


@pytest.mark.parametrize("token", ["", "x", "ä" * 43, "A" * 5000, "../../etc/passwd"])
def test_token_that_is_none_opens_nothing(queued, token):
    assert keys.open_with(token) is None


def test_key_opens_until_its_day_and_not_after(queued, time_machine):
    key = queued.keys.get()
    token = keys.token_of(key)
    time_machine.move_to(key.expires_at)
    assert keys.open_with(token) is None


def test_reissued_key_opens_instead_of_the_old_one(queued, editor):
    old = queued.keys.get()
    new = keys.reissue(queued, by=editor, because="It went to the wrong desk.")
    assert keys.open_with(keys.token_of(old)) is None
    assert keys.open_with(keys.token_of(new)).letter == queued


def test_other_secret_key_makes_no_token_that_was_not_issued(queued, settings):
    settings.SECRET_KEY = "another-" * 10
    with pytest.raises(keys.KeyChanged):
        keys.token_of(queued.keys.get())
