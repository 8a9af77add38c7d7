"""The plan of the house, held to the code: rooms, layers, sizes, names, pairs of facts."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint

ROOT = Path(settings.BASE_DIR)
PACKAGE = ROOT / "factcheck"
LAYERS = {
    "database": -1,
    "files": -1,
    "fetching": -1,
    "newsroom": 0,
    "published": 0,
    "sources": 1,
    "claims": 2,
    "evidence": 3,
    "reply": 3,
    "letters": 4,
    "inbox": 5,
    "desk": 6,
    "backoffice": 7,
    "website": 7,
    "entrance": 8,
    "portal": 7,
    "safekeeping": 8,
    "machines": 8,
    "baking": 9,
}
# Beside the layers: published stands alone, and the readers' door opens on nothing but published.
ONLY = {"published": {"database", "files"}, "website": {"published", "database"}}
ONLY["machines"] = {*ONLY["website"], "website"}
ONLY["baking"] = {*ONLY["machines"]}
DATA_APPS = [name for name, layer in LAYERS.items() if 0 <= layer <= 6]
SAYS_NOTHING = {"utils", "helpers", "services", "common", "misc", "signals"}

PYTHON = [p for p in [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")] if "migrations" not in p.parts]
OURS = [p for p in PYTHON if PACKAGE in p.parents]
SHORT = [*PYTHON, *PACKAGE.rglob("*.css"), *PACKAGE.rglob("*.js"), *(ROOT / "templates").rglob("*.html")]


def _name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SHORT, ids=_name)
def test_file_is_under_300_lines(path):
    assert len(path.read_text().splitlines()) <= 300


def _functions():
    for path in OURS:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                yield f"{_name(path)}:{node.name}", node.end_lineno - body[0].lineno + 1


def test_functions_mostly_fit_in_ten_lines():
    lengths = dict(_functions())
    assert len(lengths) > 100
    assert {name: n for name, n in lengths.items() if n > 40} == {}
    assert sum(n <= 10 for n in lengths.values()) / len(lengths) > 0.8


def test_no_module_has_a_name_that_says_nothing():
    assert [_name(p) for p in OURS if p.stem in SAYS_NOTHING] == []


def _imports(path):
    """The rooms that a file imports from, absolutely or by relative import, at the top or inside a function."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            names = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("factcheck."))


def _room(path):
    return path.relative_to(PACKAGE).parts[0]


@pytest.mark.parametrize("path", [p for p in OURS if p.parent != PACKAGE], ids=_name)
def test_imports_point_down(path):
    room, allowed = _room(path), None
    allowed = ONLY.get(room) or {other for other, layer in LAYERS.items() if layer < LAYERS[room]}
    strange = {other for other in _imports(path) if other != room and other in LAYERS} - allowed
    assert strange == set()


def test_every_room_is_on_the_plan():
    rooms = {p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()}
    assert rooms == set(LAYERS)


@pytest.mark.parametrize("label", DATA_APPS)
def test_foreign_keys_point_down(label):
    for model in apps.get_app_config(label).get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model:
                target = field.related_model._meta.app_label
                if target in LAYERS and target != label:
                    assert LAYERS[target] < LAYERS[label], f"{model.__name__}.{field.name}"
                    assert label != "published"


def test_doors_own_no_tables():
    doors = ("backoffice", "website", "portal", "entrance", "safekeeping", "machines", "baking")
    owned = [m.__name__ for label in doors for m in apps.get_app_config(label).get_models()]
    assert owned == []


def _fields_in(condition):
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from _fields_in(child)
        elif isinstance(child, tuple):
            yield child[0].split("__")[0]


def _nullable_pairs():
    """Every `x_at` that may be empty, with the fields beside it that belong to the same fact: x_by, x_because, x_as, x_note ..."""
    for label in DATA_APPS:
        for model in apps.get_app_config(label).get_models():
            if model.__name__.startswith("Historical"):
                continue
            names = {f.name for f in model._meta.concrete_fields}
            for name in sorted(names):
                stem = re.fullmatch(r"(.+)_at", name)
                if stem and model._meta.get_field(name).null:
                    yield model, {n for n in names if re.fullmatch(rf"{stem[1]}_(at|by|because|as|reason|basis)", n)}


@pytest.mark.parametrize(
    ("model", "fact"), [pytest.param(m, f, id=f"{m.__name__}-{min(f)}") for m, f in _nullable_pairs()]
)
def test_facts_that_belong_together_are_held_together(model, fact):
    if len(fact) == 1:
        return  # a moment that stands by itself
    held = [set(_fields_in(c.condition)) for c in model._meta.constraints if isinstance(c, CheckConstraint)]
    assert any(fact <= fields for fields in held), (
        f"no CheckConstraint of {model.__name__} holds {sorted(fact)} together"
    )


def test_every_index_says_which_query_needs_it():
    for path in OURS:
        lines = path.read_text().splitlines()
        for number, line in enumerate(lines):
            if "models.Index(" in line:
                near = "\n".join(lines[max(0, number - 2) : number + 4])
                assert "#" in near, f"{_name(path)}:{number + 1}"


def test_no_recorded_field_is_changed_by_queryset_update():
    """`update()` writes no field history and no journal (promise 5); the press alone may use it, on what it owns."""
    found = [
        f"{_name(path)}:{node.lineno}"
        for path in OURS
        if _room(path) not in ("published",)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("update", "bulk_update")
        and not isinstance(node.func.value, ast.Name)
        and "objects" in ast.unparse(node.func.value)
    ]
    assert found == []
