"""Promise 4: what could tell who a protected source is, is not saved, sent or published, however it is written (CS-7)."""

import pytest
from django.core.exceptions import ValidationError

from factcheck.claims import actions as claims
from factcheck.claims.models import Claim
from factcheck.desk import review
from factcheck.newsroom import record
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed
from factcheck.sources import leak_guard
from factcheck.sources.custody import grant
from factcheck.sources.guarding import guard_term, stop_guarding
from factcheck.sources.keys import VaultShut
from factcheck.sources.models import GuardedTerm, GuardToken, Pseudonym
from tests.builders import make_publishable_claim

from .cast import key, protect

NAME = ("name", "Mihrigül Abdurehim")


@pytest.fixture
def source(vault, journalist, editor):
    return protect(journalist, editor, NAME)


def found(text, by=None):
    return bool(leak_guard.hits([text], by=by))


def test_row_with_the_name_is_not_saved_and_says_which_field(source, legal, journalist_2):
    before = JournalEntry.objects.count()
    with pytest.raises(ValidationError) as refused:
        claims.log_claim(by=journalist_2, wording="Mihrigul saw it", type="statistic", said_where="to RNZ")
    assert list(refused.value.message_dict) == ["wording"]
    assert (Claim.objects.count(), JournalEntry.objects.count()) == (0, before)


def test_refusal_names_neither_the_source_nor_the_word(source, journalist_2):
    [sentence] = leak_guard.hits(["Mihrigul saw it"], by=journalist_2).values()
    assert "could tell who a protected source is" in sentence
    assert not any(said in sentence.casefold() for said in ("mihrigul", str(source.ref)[:8]))


def test_refusal_tells_a_custodian_which_source_and_word(source, editor):
    [sentence] = leak_guard.hits(["Mihrigul saw it"], by=editor).values()
    assert "mihrigul" in sentence
    assert str(source.ref)[:8] in sentence


def test_note_in_the_journal_is_checked(vault, journalist, editor, senior_editor, legal):
    desk = make_publishable_claim(journalist, editor, senior_editor, legal).submit()
    protect(journalist, editor, NAME)
    with pytest.raises(leak_guard.Refused):
        review.send_back(desk.claim, by=editor, note="Ask Abdurehim again.")
    assert desk.fresh().status == "in_review"


def test_part_of_an_old_record_is_found_when_it_is_published(vault, journalist, editor, senior_editor, legal):
    """What was saved before the name was guarded does not reach readers after."""
    desk = make_publishable_claim(
        journalist, editor, senior_editor, legal, said_where="to Abdurehim’s friend"
    ).cleared()
    protect(journalist, editor, NAME)
    [blocker] = [b for b in desk_blockers(desk) if b.gate.code == "leak-guard"]
    assert "protected source" in blocker.sentence
    with pytest.raises(leak_guard.Refused):
        desk.publish()
    assert desk.fresh().check_slug == ""


def desk_blockers(desk):
    from factcheck.desk.gates import blockers

    return blockers(desk.dossier())


def test_gate_has_no_override(vault, journalist, editor, senior_editor, legal):
    desk = make_publishable_claim(journalist, editor, senior_editor, legal, said_where="to Abdurehim’s friend")
    protect(journalist, editor, NAME)
    with pytest.raises(leak_guard.Refused, match="Nobody can override"):
        review.override(desk.claim, by=senior_editor, gate="leak-guard", reason="It is urgent.")


def test_custodian_takes_a_term_off_with_a_reason(source, journalist):
    term = source.terms.get()
    with pytest.raises(ValidationError):
        stop_guarding(term, by=journalist, because="")
    with pytest.raises(ValidationError):
        stop_guarding(term, by=journalist, because="Mihrigul is known now.")  # the reason is on the record, too
    assert found("Mihrigul")
    stop_guarding(term, by=journalist, because="They spoke under their name on 3 May.")
    assert not found("Mihrigul")
    assert not GuardToken.objects.exists()


@pytest.mark.parametrize("role", ["journalist_2", "senior_editor", "legal", "administrator"])
def test_nobody_but_a_custodian_adds_or_takes_off_a_term(source, request, role):
    somebody = request.getfixturevalue(role)
    with pytest.raises(NotAllowed):
        guard_term(source, by=somebody, kind="name", term="Erkin Tursun")
    with pytest.raises(NotAllowed):
        stop_guarding(source.terms.get(), by=somebody, because="I want it gone.")


def test_custodian_of_another_source_learns_nothing(source, journalist_2, senior_editor):
    protect(journalist_2, senior_editor, ("name", "Erkin Tursun"))
    [sentence] = leak_guard.hits(["Mihrigul Abdurehim"], by=journalist_2).values()
    assert "custodian of" not in sentence


def test_token_added_elsewhere_counts_at_once(source, journalist, editor):
    assert not found("Erkin Tursun")
    guard_term(source, by=journalist, kind="name", term="Erkin Tursun")
    assert found("Erkin Tursun")


def test_check_costs_one_query(source, django_assert_num_queries):
    found("warm")
    with django_assert_num_queries(1):
        assert not found("nothing here")


# Without the key


def test_without_a_key_nobody_is_taken_under_protection(settings, journalist, editor):
    settings.VAULT_KEYS = []
    with pytest.raises(VaultShut, match="VAULT_KEYS"):
        protect(journalist, editor)


def test_without_tokens_and_key_everything_leaves(settings, db):
    settings.VAULT_KEYS = []
    leak_guard.check_leaving(["Mihrigul"])


@pytest.mark.parametrize("keys", [[], [key()]], ids=["no key", "another key"])
def test_without_the_key_work_goes_on_and_nothing_leaves(source, settings, journalist, keys):
    settings.VAULT_KEYS = keys
    assert record.add(Pseudonym(shown_as="Ari"), by=journalist, verb="gave pseudonym").pk
    with pytest.raises(leak_guard.Unguarded):
        leak_guard.check_leaving(["nothing here"])


def test_without_the_key_nothing_is_published(vault, journalist, editor, senior_editor, legal):
    desk = make_publishable_claim(journalist, editor, senior_editor, legal).cleared()
    protect(journalist, editor, NAME)
    vault.VAULT_KEYS = []
    assert "leak-guard" in [b.gate.code for b in desk_blockers(desk)]
    with pytest.raises(leak_guard.Refused, match="no key"):
        desk.publish()


def test_tokens_and_sealed_terms_say_nothing(source):
    rows = [*GuardToken.objects.values_list("token", "head"), *GuardedTerm.objects.values_list("sealed_term", "kind")]
    text = repr(rows).casefold()
    assert "mihrig" not in text and "abdur" not in text


def test_new_custodian_is_told_too(source, journalist, journalist_2):
    grant(source, by=journalist, person=journalist_2, because="They take over in June.")
    [sentence] = leak_guard.hits(["Mihrigul"], by=journalist_2).values()
    assert "custodian of" in sentence


@pytest.mark.parametrize(
    "text", ["\ud800 lone", "a" * 100_000, "1 " * 20_000, "x@" * 5_000, "(at)" * 5_000, "%" * 9_999]
)
def test_hostile_text_is_read_in_reasonable_time(source, text):
    import time

    started = time.process_time()
    assert not found(text)
    assert time.process_time() - started < 2
