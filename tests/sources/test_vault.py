"""The vault: sealed part by part, read by custodians alone, destroyed for good (CS-1 to CS-4, CS-11, CS-12)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.utils import timezone

from factcheck.newsroom import actions as newsroom
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.sources import destruction, identity, leak_guard
from factcheck.sources.actions import give_pseudonym
from factcheck.sources.custody import grant, open_source, revoke
from factcheck.sources.keys import VaultShut
from factcheck.sources.models import Custody, GuardToken, Part, Source

from .cast import in_a_year, key, protect

PARTS = {
    "real_name": "Mihrigül Abdurehim",
    "other_names": "Gulnar\nMG Silkwayova",
    "mail": "mg@mail.example",
    "phones": "021 555 0199",
    "numbers": "LK123456",
    "reached": "By letter to the aunt",
    "risks": "A brother in Ürümchi",
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def source(vault, journalist, editor):
    source = protect(journalist, editor)
    identity.write(source, by=journalist, **PARTS)
    return source


def entries(verb):
    return JournalEntry.objects.filter(verb=verb)


def everything_stored():
    """All that the tables hold, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            yield repr(cursor.fetchall())


def test_custodian_reads_what_was_written(source, editor):
    found = identity.read(source, by=editor, purpose="To call them back.")
    assert {part.value: text for part, text in found.items()} == PARTS


def test_nothing_written_stands_in_any_table(source):
    stored = " ".join(everything_stored()).casefold()
    assert str(source.ref).replace("-", "") in stored.replace("-", "")
    said = [line.casefold() for text in PARTS.values() for line in text.splitlines()]
    assert [line for line in said if line in stored] == []
    # Whole words and numbers: four digits alone stand in a hash now and then.
    assert not any(word in stored for word in ("mihrig", "abdurehim", "555 0199", "123 456", " aunt", "brother"))


def test_each_part_is_sealed_by_itself_and_never_the_same_twice(source, journalist):
    before = source.sealed.get(part="mail").sealed_text
    identity.write(source, by=journalist, mail=PARTS["mail"])
    assert source.sealed.get(part="mail").sealed_text != before
    assert len(set(source.sealed.values_list("sealed_text", flat=True))) == len(PARTS)


def test_every_line_of_a_name_or_number_is_guarded(source):
    for text in ("Gulnar", "Silkwayova", "mg@mail.example", "+64 21 555 0199", "LK 123 456"):
        assert leak_guard.hits([text]), text
    assert not leak_guard.hits(["By letter to the aunt"])


def test_line_that_is_too_common_is_told_and_kept(source, journalist):
    assert identity.write(source, by=journalist, other_names="Jo\nDilnur") == ["Jo"]
    assert identity.read(source, by=journalist, purpose="To see.")[Part.OTHER_NAMES] == "Jo\nDilnur"


def test_part_that_cannot_be_meant_is_refused_and_nothing_changes(source, journalist):
    with pytest.raises(ValidationError) as refused:
        identity.write(source, by=journalist, reached="Nowhere", mail="no address")
    assert list(refused.value.message_dict) == ["mail"]
    assert identity.read(source, by=journalist, purpose="To see.")[Part.REACHED] == PARTS["reached"]


@pytest.mark.parametrize("role", ["journalist_2", "senior_editor", "legal", "administrator"])
def test_nobody_but_custodians_reads_and_the_try_is_on_the_record(source, request, role):
    somebody = request.getfixturevalue(role)
    with pytest.raises(NotAllowed):
        identity.read(source, by=somebody, purpose="I am curious.")
    assert entries("was refused the identity of").get().actor == somebody.username
    with pytest.raises(NotAllowed):
        identity.write(source, by=somebody, risks="None")


def test_superuser_reads_nothing_and_is_made_nobodys_custodian(source, editor, django_user_model):
    root = django_user_model.objects.create_superuser("root")
    with pytest.raises(NotAllowed):
        identity.read(source, by=root, purpose="I run this.")
    with pytest.raises(Refused, match="nobody’s custodian"):
        grant(source, by=editor, person=root, because="They run this.")


def test_custodian_who_becomes_administrator_is_none_any_more(source, editor, administrator):
    newsroom.change_roles(editor, by=administrator, roles=["editor", "administrator"])
    editor = type(editor).objects.get(pk=editor.pk)
    with pytest.raises(NotAllowed):
        identity.read(source, by=editor, purpose="As before.")


def test_reading_wants_a_purpose_and_is_on_the_record_without_a_word_of_it(source, journalist):
    with pytest.raises(Refused):
        identity.read(source, by=journalist, purpose=" ")
    identity.read(source, by=journalist, purpose="To call them back.")
    entry = entries("read the identity of").get()
    assert (entry.record, entry.details) == (f"source:{source.ref}", {"because": "To call them back."})


def test_purpose_that_names_the_source_is_refused(source, journalist):
    with pytest.raises(Refused):
        identity.read(source, by=journalist, purpose="To call Mihrigül.")


# Custody


def test_creator_and_one_named_editor_are_custodians(source, journalist, editor):
    assert [c.person for c in source.custodies.all()] == [journalist, editor]


@pytest.mark.parametrize("named", ["journalist", "journalist_2", "legal", "administrator"])
def test_editor_has_to_be_named_who_is_somebody_else(vault, request, journalist, named):
    with pytest.raises(Refused):
        open_source(by=journalist, editor=request.getfixturevalue(named), review_on=in_a_year())
    assert not Source.objects.exists()


def test_granting_and_revoking_want_a_reason(source, editor, legal):
    with pytest.raises(ValidationError):
        grant(source, by=editor, person=legal, because="")
    custody = grant(source, by=editor, person=legal, because="A letter from a court.")
    with pytest.raises(ValidationError):
        revoke(custody, by=editor, because="")
    revoke(custody, by=editor, because="It is answered.")
    with pytest.raises(NotAllowed):
        identity.read(source, by=legal, purpose="Once more.")
    assert [e.details["because"] for e in entries("revoked custody of")] == ["It is answered."]


def test_last_custodian_who_works_here_stays(source, journalist, editor, administrator):
    newsroom.let_go(editor, by=administrator)
    with pytest.raises(Refused, match="Somebody has to know"):
        revoke(source.custodies.get(person=journalist), by=journalist, because="I leave.")


def test_custody_is_held_once_at_a_time(source, editor):
    with pytest.raises(Refused):
        grant(source, by=editor, person=editor, because="Again.")
    with pytest.raises(IntegrityError):
        Custody.objects.create(source=source, person=editor, granted_by=editor, granted_because="x")


# The promise


def test_promise_is_approved_by_an_editor_who_did_not_record_it(source, journalist, editor):
    promise = identity.record_promise(
        source, by=journalist, basis="not_named", promised_on=timezone.localdate(), promised_by=journalist
    )
    with pytest.raises(NotAllowed):
        identity.approve_promise(promise, by=journalist)
    assert identity.approve_promise(promise, by=editor).approved_by == editor


# Keys


def test_rotation_seals_old_data_anew_and_the_old_key_can_go(source, settings, journalist):
    old, new = settings.VAULT_KEYS[0], key()
    tokens = set(GuardToken.objects.values_list("token", flat=True))
    settings.VAULT_KEYS = [new, old]
    call_command("rotate_vault_keys", verbosity=0)
    settings.VAULT_KEYS = [new]
    assert identity.read(source, by=journalist, purpose="After it.")[Part.RISKS] == PARTS["risks"]
    assert leak_guard.hits(["Mihrigul"])
    assert tokens.isdisjoint(GuardToken.objects.values_list("token", flat=True))
    settings.VAULT_KEYS = [old]
    with pytest.raises(VaultShut):
        identity.read(source, by=journalist, purpose="With the old key.")


def test_rotation_without_the_old_key_changes_nothing(source, settings):
    before = list(Source.objects.values_list("sealed_key"))
    settings.VAULT_KEYS = [key()]
    with pytest.raises(CommandError, match="not among VAULT_KEYS"):
        call_command("rotate_vault_keys")
    assert list(Source.objects.values_list("sealed_key")) == before


def test_without_a_key_nothing_is_read_and_the_rest_works(source, settings, journalist):
    settings.VAULT_KEYS = []
    with pytest.raises(VaultShut, match="has no key"):
        identity.read(source, by=journalist, purpose="To see.")
    assert give_pseudonym(by=journalist, shown_as="Ari").pk


def test_altered_seal_is_told_and_not_read(source, journalist):
    row = source.sealed.get(part="mail")
    row.sealed_text = row.sealed_text[:-6] + "AAAAA="
    row.save()
    with pytest.raises(VaultShut, match="altered"):
        identity.read(source, by=journalist, purpose="To see.")


def test_review_day_reminds_its_custodians(source, journalist, journalist_2):
    soon = timezone.localdate() + timedelta(days=3)
    destruction.set_review(source, by=journalist, review_on=soon)
    assert list(destruction.to_review(journalist, soon)) == [source]
    assert not destruction.to_review(journalist_2, soon)
    assert not destruction.to_review(journalist, soon - timedelta(days=1))
    with pytest.raises(Refused):
        destruction.set_review(source, by=journalist, review_on=timezone.localdate())
