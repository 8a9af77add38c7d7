"""What readers are shown in place of a name."""

import pytest
from django.core.exceptions import ValidationError

from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.sources import identity
from factcheck.sources.actions import edit_pseudonym, give_pseudonym
from factcheck.sources.derived import is_derived
from factcheck.sources.models import Pseudonym

from .cast import NAME, protect


def test_pseudonym_has_a_random_reference_and_a_star(journalist):
    jo, sam = (give_pseudonym(by=journalist, shown_as=name, note="Name has been changed") for name in ("Jo", "Ari"))
    assert str(jo) == "Jo*"
    assert jo.ref != sam.ref


def test_pseudonym_is_given_once(journalist):
    give_pseudonym(by=journalist, shown_as="Jo", note="Name has been changed")
    with pytest.raises(ValidationError):
        give_pseudonym(by=journalist, shown_as="Jo")
    assert Pseudonym.objects.count() == 1


def test_reason_without_a_note_is_refused(journalist):
    with pytest.raises(ValidationError):
        give_pseudonym(by=journalist, shown_as="Jo", note_reason="to protect the speaker")


def test_no_column_of_the_room_could_hold_a_name():
    """Promise 4: what is not asked for cannot leak. A new column has to be put on this list on purpose."""
    columns = {field.name for field in Pseudonym._meta.concrete_fields}
    assert columns == {"id", "version", "ref", "shown_as", "note", "note_reason", "description"}


@pytest.mark.parametrize("role", ["legal", "administrator"])
def test_pseudonym_is_changed_by_those_who_write(request, journalist, role):
    jo = give_pseudonym(by=journalist, shown_as="Jo", note="Name has been changed")
    with pytest.raises(NotAllowed):
        edit_pseudonym(jo, by=request.getfixturevalue(role), note="")


@pytest.mark.parametrize(
    ("shown_as", "real", "derived"),
    [
        ("Jo", "Mihrigul Abdurehim", False),
        ("Mina", "Mihrigul Abdurehim", True),  # its one initial
        ("Ayla", "Mihrigul Abdurehim", True),
        ("Sam Abdullah", "Mihrigul Abdurehim", True),  # three letters
        ("Anna Marsh", "Mihrigul Abdurehim", True),  # the initials, turned round
        ("Anna Berg", "Mihrigul Abdurehim", False),
        ("Ümüt Sol", "Urumchi Tan", False),
        ("Ürümzada Sol", "Urumchi Tan", True),
        ("Jo", "", False),
    ],
)
def test_pseudonym_is_not_made_out_of_the_name(shown_as, real, derived):
    assert is_derived(shown_as, [real]) is derived


def test_pseudonym_of_somebody_protected_is_changed_by_custodians_to_a_safe_one(
    vault, journalist, journalist_2, editor
):
    jo = give_pseudonym(by=journalist, shown_as="Jo", note="Name has been changed")
    identity.write(protect(journalist, editor, pseudonym=jo), by=journalist, real_name=NAME)
    with pytest.raises(Refused, match="only their custodians"):
        edit_pseudonym(jo, by=journalist_2, shown_as="Kim")
    with pytest.raises(ValidationError, match="initials"):
        edit_pseudonym(jo, by=editor, shown_as="Mira")
    assert edit_pseudonym(jo, by=journalist_2, shown_as="Jo", note_reason="For their safety").shown_as == "Jo"
    assert edit_pseudonym(jo, by=editor, shown_as="Kim").shown_as == "Kim"
