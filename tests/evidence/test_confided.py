"""Originals that a protected person gave us are for custodians; everybody else works with the copy."""

import io

import pytest

from factcheck.claims import actions as claims
from factcheck.evidence import actions, exhibits
from factcheck.evidence.models import Item
from factcheck.newsroom.refusals import NotAllowed, Refused
from factcheck.sources.actions import give_pseudonym
from tests.sources.cast import key, protect

from . import samples


@pytest.fixture
def jo(settings, journalist, editor):
    """Somebody protected, as readers see them; journalist and editor are the custodians."""
    settings.VAULT_KEYS = [key()]
    pseudonym = give_pseudonym(by=journalist, shown_as="Jo", note="Name has been changed")
    protect(journalist, editor, pseudonym=pseudonym)
    return claims.add_speaker(by=journalist, pseudonym=pseudonym)


@pytest.fixture
def item(journalist):
    claim = claims.log_claim(by=journalist, wording="The agency keeps no figures", type="statistic")
    return actions.add(claim, by=journalist, title="Letter of refusal", kind="document", confidential=True)


def received(item, by, data=None, name="letter.pdf"):
    content = io.BytesIO(samples.pdf() if data is None else data)
    return exhibits.receive(item, by=by, upload=exhibits.inspect(content, name))


def opens(item, file, *people):
    return {person.username for person in people if exhibits.why_may_not_open_original(person, item) is None}


def test_custodians_alone_open_the_original(item, jo, journalist, journalist_2, editor, senior_editor, legal):
    actions.edit(item, by=journalist, source=jo)
    exhibit = received(Item.objects.get(), journalist_2)
    people = (journalist, journalist_2, editor, senior_editor, legal)
    assert opens(Item.objects.get(), exhibit.file, *people) == {"journalist", "editor"}
    for person in (senior_editor, journalist_2):
        with pytest.raises(NotAllowed, match="custodians"):
            exhibits.open_original(Item.objects.get(), exhibit.file, by=person)
        assert exhibits.copy_for(exhibit, by=person) == exhibit.copy


def test_where_nobody_knows_the_source_whoever_brought_it_opens_it(
    vault, item, journalist, journalist_2, editor, legal
):
    exhibit = received(item, journalist_2)
    received(item, journalist, samples.wav(), "call.wav")
    assert opens(item, exhibit.file, journalist, journalist_2, editor, legal) == {"journalist-2"}


def test_mark_is_not_taken_off_by_somebody_who_may_not_open(item, jo, journalist, journalist_2, editor):
    received(item, journalist_2)
    for change in ({"confidential": False}, {"source": jo}):
        with pytest.raises(Refused, match="not yours to change"):
            actions.edit(Item.objects.get(), by=editor, **change)
    actions.edit(Item.objects.get(), by=editor, title="Letter")
    assert actions.edit(Item.objects.get(), by=journalist_2, confidential=False).confidential is False
