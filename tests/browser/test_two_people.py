"""Two people at one claim, each at a browser of their own: the second to save is told what the first changed, and loses nothing."""

import pytest

from . import steps
from .keyboard import press
from .looking import barriers

pytestmark = pytest.mark.browser


@pytest.fixture
def opened_by_both(newsroom):
    """A claim in research, opened by two journalists before either has saved anything."""
    first, second = newsroom["journalist"], newsroom["journalist-2"]
    first.goto("/desk/claims/claim/?status=researching")
    path = first.locator("a.wording").first.evaluate("(link) => link.pathname")
    for page in (first, second):
        assert page.goto(path).status == 200
    return first, second


def test_second_save_is_refused_with_what_changed_and_nothing_typed_is_lost(opened_by_both):
    first, second = opened_by_both
    steps.save(first, {"Said where": "to a reporter of RNZ"})
    steps.fill(second, {"Said where": "in an interview", "Why we check it": "It is said often."})
    press(second, "Save")
    told = steps.refusal(second)
    assert "Somebody else saved this while you were writing" in told and "to a reporter of RNZ" in told
    assert second.get_by_label("Said where").input_value() == "in an interview"
    assert second.get_by_label("Why we check it").input_value() == "It is said often."
    assert barriers(second) == []


def test_second_save_goes_through_once_it_was_looked_at(opened_by_both):
    first, second = opened_by_both
    steps.save(first, {"Said where": "on the radio"})
    steps.fill(second, {"Affiliation at the time": "Uyghur Solidarity Aotearoa"})
    press(second, "Save")
    path = second.evaluate("location.pathname")
    steps.save(second, {})
    second.goto(path)
    assert second.get_by_label("Said where").input_value() == "on the radio"
    assert second.get_by_label("Affiliation at the time").input_value() == "Uyghur Solidarity Aotearoa"
