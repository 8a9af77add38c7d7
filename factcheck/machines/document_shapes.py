"""The shapes of the public document, made of its own definition, so that the description cannot fall behind what is handed out.

A value passes as it was printed: what these say, they say of it.
"""

from dataclasses import fields
from types import NoneType
from typing import get_args, get_origin, get_type_hints

from rest_framework import serializers as s

from factcheck.published import document
from factcheck.published.outward import KEPT_BACK, STANDS

PLAIN = {str: s.CharField, int: s.IntegerField, bool: s.BooleanField}


def shape(kind, without=(), always=None):
    """The Serializer of a dataclass of the public document. `always` are the keys that are never missing: all, unless told."""
    hints = get_type_hints(kind)
    told = {
        f.name: _field(hints[f.name], required="later" not in f.metadata and (always is None or f.name in always))
        for f in fields(kind)
        if f.name not in without
    }
    # A dataclass without words of its own is given a docstring that lists its fields.
    words = "" if kind.__doc__.startswith(f"{kind.__name__}(") else kind.__doc__
    return type(kind.__name__, (s.Serializer,), {"__doc__": words, **told})


def _field(hint, required):
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if inner in PLAIN:
            return s.ListField(child=_field(inner, True), required=required)
        return shape(inner)(many=True, required=required)
    choices = [each for each in get_args(hint) if each is not NoneType]
    kind, empty = (choices[0], {"allow_null": True}) if choices else (hint, {})
    if kind is str:
        empty = {**empty, "allow_blank": True}
    return (PLAIN.get(kind) or shape(kind))(required=required, **empty)


class Document(shape(document.Document, without=KEPT_BACK, always=STANDS)):
    """The public document, as it was printed. Of a retracted claim only what was claimed is left in it."""

    def to_representation(self, told):
        return told
