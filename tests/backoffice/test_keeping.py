"""What the first page of the desk tells custodians is capped, and says that there is more."""

import pytest

from factcheck.backoffice import dashboard
from factcheck.sources import destruction, identity
from tests.entering import give_app, show_second_factor
from tests.sources.cast import key, protect

MORE_PROPOSED = "There are more. They are listed here once some of these are decided."


@pytest.mark.parametrize(("folded", "number", "told", "more"), [(1, "1+", 2, True), (50, "2", 5, False)])
def test_page_lists_no_more_than_so_many(
    settings, monkeypatch, journalist, editor, at_desk, folded, number, told, more
):
    settings.VAULT_KEYS = [key()]
    monkeypatch.setattr(dashboard, "SHOWN", 1)
    monkeypatch.setattr(dashboard, "FOLDED", folded)
    for _each in range(2):
        source = protect(journalist, editor)
        destruction.propose_destruction(source, by=editor, because="They asked.")
    identity.write(source, by=journalist, real_name="Mihrigül Abdurehim", risks="A brother")
    for _each in range(3):
        identity.read(source, by=editor, purpose="To call them back.")
    client = at_desk(journalist)
    give_app(journalist)
    show_second_factor(client, journalist)
    page = client.get("/desk/").text
    assert f'keep it <span class="number">{number}</span>' in page
    assert page.count(f"<strong>{editor}</strong> ") == told
    assert "The 4 before them" in page
    assert (MORE_PROPOSED in page, "And 3 more." in page) == (more, more)
