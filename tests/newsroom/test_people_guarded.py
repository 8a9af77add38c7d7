"""What people are called is text like any other: it is not saved where it could tell who a protected source is (CS-7)."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from factcheck.entrance.forms import AddPasskeyForm, RenamePasskeyForm
from factcheck.newsroom import actions, invitations
from factcheck.newsroom.models import JournalEntry, User
from tests.sources.cast import NAME, protect
from tests.sources.conftest import vault  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault")]
GIVEN, FAMILY = NAME.split()
TOLD = "could tell who a protected source is"


@pytest.fixture(autouse=True)
def source(journalist, editor, vault):  # noqa: F811
    return protect(journalist, editor, ("name", NAME), ("mail", "mg@mail.example"))


@pytest.mark.parametrize(
    ("field", "value"),
    [("username", "mihrigul-abdurehim"), ("byline", NAME), ("email", "mg@mail.example"), ("last_name", NAME)],
)
def test_nobody_is_hired_or_renamed_to_what_would_tell(administrator, journalist_2, field, value):
    hired = {"username": "newcomer", "roles": ["journalist"], field: value}
    for verb in (
        lambda: actions.hire(by=administrator, **hired),
        lambda: actions.change_details(journalist_2, by=administrator, **{field: value}),
    ):
        with pytest.raises(ValidationError, match=TOLD) as refused:
            verb()
        assert list(refused.value.message_dict) == [field]
    assert not User.objects.filter(**{field: value}).exists()


def test_nobody_is_invited_at_an_address_that_would_tell(administrator):
    with pytest.raises(ValidationError, match=TOLD):
        invitations.invite(by=administrator, email="mg@mail.example", roles=["journalist"])
    assert not JournalEntry.objects.filter(verb="invited").exists()


def test_what_somebody_invited_is_called_would_not_tell_and_the_link_stays_good(administrator, client):
    _row, token = invitations.invite(by=administrator, email="new@record.example", roles=["journalist"])
    chosen = {"username": "newcomer", "password1": "tohu-wairua-ngeru-9", "password2": "tohu-wairua-ngeru-9"}
    answer = client.post(f"/desk/invited/{token}/", {**chosen, "byline": NAME})
    assert (answer.status_code, TOLD in answer.content.decode()) == (400, True)
    assert client.post(f"/desk/invited/{token}/", chosen).status_code == 302


def test_passkey_is_not_called_what_would_tell(journalist_2):
    key = Authenticator(user=journalist_2, type="webauthn", data={"name": "Key", "credential": {}})
    added = AddPasskeyForm({"name": f"Phone of {NAME}"}, user=journalist_2)
    renamed = RenamePasskeyForm({"name": f"Phone of {NAME}"}, instance=key)
    assert [TOLD in str(form.errors["name"]) for form in (added, renamed)] == [True, True]
    assert RenamePasskeyForm({"name": "Phone"}, instance=key).is_valid()
