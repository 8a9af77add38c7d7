"""The one form in which a value is printed, judged and hashed: the same value, the same text, byte for byte."""

import hashlib
import json
from dataclasses import MISSING, field, fields, is_dataclass


def later(default):
    """A field that came after editions were printed and signed: it is left out of the canonical form while it says nothing,
    so that what was printed or judged without it keeps its digest."""
    return field(default=default, metadata={"later": True})


def canonical(value):
    """Canonical JSON of plain values and dataclasses: sorted keys, no spare spaces, text as it is."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value):
    if is_dataclass(value):
        return {f.name: getattr(value, f.name) for f in fields(value) if not _says_nothing(value, f)}
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _says_nothing(value, f):
    return "later" in f.metadata and f.default is not MISSING and getattr(value, f.name) == f.default


def as_json(document):
    """The canonical form of a Document: what an edition stores, byte for byte."""
    return canonical(document)


def digest(text):
    """SHA-256 of canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
