"""The description, laid out for a page: plain values, in the order in which they are read."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

SCHEMAS = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a key: its name, what it holds (a kind of value, or a shape by its name), if it may be empty, its meaning."""

    name: str
    kind: str
    shape: str
    empty: str
    words: str


@dataclass(frozen=True, slots=True)
class Operation:
    path: str
    anchor: str
    words: str
    parameters: tuple
    gives: Field
    can_be_tried: bool  # without anything that has to be filled in


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    words: str
    fields: tuple


def operations(document):
    """Every Operation, in the order of the addresses."""
    return [_operation(path, there["get"]) for path, there in document["paths"].items()]


def _operation(path, told):
    content = told["responses"]["200"]["content"]
    [answer] = [each["schema"] for each in content.values()]
    parameters = tuple(_field(p["name"], p["schema"], p.get("description", "")) for p in told.get("parameters", ()))
    tried = "{" not in path and "claims:search" not in path
    return Operation(path, told["operationId"], told.get("description", ""), parameters, _field("", answer, ""), tried)


def shapes(document):
    """Every Shape there is, by name."""
    return [_shape(name, told) for name, told in sorted(document["components"]["schemas"].items())]


def _shape(name, told):
    missing = set(told.get("properties", ())) - set(told.get("required", ()))
    fields = tuple(
        _field(key, value, value.get("description", ""), may_be_missing=key in missing)
        for key, value in told.get("properties", {}).items()
    )
    return Shape(name, told.get("description", ""), fields)


def _field(name, schema, words, may_be_missing=False):
    kind, shape, null = _kind(schema)
    empty = " ".join([_("or null")] * null + [_("or left out")] * may_be_missing)
    return Field(name, kind, shape, empty, words)


def _kind(schema):
    """What a schema holds, in words; the name of its shape, if it has one; whether it may be null."""
    options = schema.get("oneOf") or schema.get("anyOf") or schema.get("allOf") or [schema]
    null = {"type": "null"} in options or "null" in schema.get("type", ())
    schema = next(option for option in options if option != {"type": "null"})
    if "$ref" in schema:
        return "", schema["$ref"].removeprefix(SCHEMAS), null
    names = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", ["object"])
    [kind] = [name for name in names if name != "null"]
    if kind == "array":
        inner, shape, _null = _kind(schema["items"])
        return (_("list of %s") % inner).strip(), shape, null
    return schema.get("format", kind), "", null
