"""In which order one worker does what is due."""

from collections import Counter
from types import SimpleNamespace

import pytest

from factcheck.backoffice.chores import CHORES, Chore
from factcheck.backoffice.management.commands import work

pytestmark = pytest.mark.django_db  # between two chores, connections that broke are closed
WORKER = SimpleNamespace(stopping=False)


@pytest.fixture
def day():
    """What is due, by chore, and in which order it was done."""
    return SimpleNamespace(due=Counter(), done=[])


def chore(day, name, slow=False):
    def do(worker):
        if not day.due[name]:
            return False
        day.due[name] -= 1
        day.done.append(name)
        return True

    return Chore(name, do, slow)


def test_letter_that_comes_while_pages_are_captured_waits_for_one_page_only(day):
    day.due.update({"capture": 3})
    capture = chore(day, "capture", slow=True)

    def captures_while_letters_come(worker):
        day.due["send"] += 1 if day.due["capture"] == 3 else 0
        return capture.do(worker)

    work.run(WORKER, chores=(chore(day, "send"), Chore("capture", captures_while_letters_come, True)))
    assert day.done == ["capture", "send", "capture", "capture"]


def test_slow_chores_take_turns_until_nothing_is_due(day):
    day.due.update({"capture": 2, "check": 2})
    work.run(WORKER, chores=(chore(day, "capture", slow=True), chore(day, "check", slow=True)))
    assert day.done == ["capture", "check", "capture", "check"]


def test_chore_that_fails_holds_up_no_other_and_is_tried_once_a_run(day, caplog):
    def fail(worker):
        day.done.append("fail")
        raise OSError("no room on the disk")

    day.due.update({"capture": 2})
    assert work.run(WORKER, chores=(Chore("fail", fail), chore(day, "capture", slow=True))) == ["fail"]
    assert day.done == ["fail", "capture", "capture"]
    assert "the chore “fail” failed" in caplog.text


def test_letters_have_their_turn_before_pages():
    names = [chore.name for chore in CHORES]
    slow = [chore.name for chore in CHORES if chore.slow]
    assert slow == ["seal", "discard", "withhold", "capture", "archive", "check"]
    assert names.index("send") < names.index("capture")
