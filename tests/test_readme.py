"""The README says what the code says: diagram, gates, commands, rooms, and the example of a story file."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands

from factcheck.backoffice.seed_steps import STEPS
from factcheck.claims.models import Claim
from factcheck.desk.gates import PUBLICATION_GATES

ROOT = Path(settings.BASE_DIR)


def section(heading):
    [text] = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", (ROOT / "README.md").read_text(), re.M | re.S)
    return text


def rows(text):
    """The cells of every row of the first table, without its head."""
    table = re.search(r"(?:^\|.*\n)+", text, re.M)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_diagram_is_what_the_command_prints(capsys):
    call_command("workflow_diagram")
    printed = capsys.readouterr().out
    assert printed.count("-->") > 15
    assert re.findall(r"^```mermaid\n(.*?)^```", section("How a claim goes"), re.M | re.S) == [printed]


def gate_row(gate):
    """What a gate asks is the first line of its docstring, without the rule's id, which has a column of its own."""
    asks = gate.check.__doc__.strip().splitlines()[0].removesuffix(" No override.")
    asks = re.sub(r" \([A-Z0-9, -]+\)", "", asks)
    return [str(gate.name), f"`{gate.code}`", asks, gate.rule, "yes" if gate.can_override else "never"]


def test_table_of_gates_is_the_gates_in_their_order():
    assert rows(section("The gates")) == [gate_row(gate) for gate in PUBLICATION_GATES]


def test_every_command_of_ours_is_listed_and_every_one_listed_is_there():
    ours = {name for name, app in get_commands().items() if app.startswith("factcheck.")}
    listed = [re.match(r"`(\w+)", command)[1] for command, _does in rows(section("Commands"))]
    assert sorted(listed) == sorted(ours)


def test_every_room_is_in_the_table():
    listed = {re.fullmatch(r"`factcheck/(\w+)/`", room)[1] for room, *_rest in rows(section("The rooms"))}
    assert listed == {path.parent.name for path in (ROOT / "factcheck").glob("*/__init__.py")}


@pytest.mark.django_db
def test_story_file_that_is_shown_loads(tmp_path):
    [shown] = re.findall(r"^```toml\n(.*?)^```", section("Commands"), re.M | re.S)
    (tmp_path / "shown.toml").write_text(shown)
    call_command("seed", tmp_path / "shown.toml", verbosity=0)
    assert Claim.objects.get().status == "researching"


def test_every_step_of_a_story_file_is_named():
    [named] = re.findall(r"^Steps: (.*?)\.$", section("Commands"), re.M | re.S)
    assert re.findall(r"`([a-z-]+)`", named) == list(STEPS)
