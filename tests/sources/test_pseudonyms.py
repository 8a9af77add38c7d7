"""What readers are shown in place of a name."""

import pytest
from django.core.exceptions import ValidationError

from factcheck.newsroom.refusals import NotAllowed
from factcheck.sources.actions import edit_pseudonym, give_pseudonym
from factcheck.sources.models import Pseudonym


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
