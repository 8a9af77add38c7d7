"""What stands between a claim and its readers, gate by gate, as its page and the confirm pages show it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from factcheck.desk.differences import what_changed
from factcheck.desk.gates import Gate, findings, warnings
from factcheck.published.models import Edition


@dataclass(frozen=True)
class LetPass:
    sentence: str
    by: str
    reason: str


@dataclass(frozen=True)
class Line:
    """One gate: what it still says, and what was let pass by whom and why."""

    gate: Gate
    standing: tuple[str, ...]
    let_pass: tuple[LetPass, ...]

    @property
    def is_clear(self):
        return not self.standing


@dataclass(frozen=True)
class Checklist:
    lines: tuple[Line, ...]
    warnings: tuple[str, ...]

    @property
    def open_lines(self):
        """The gates that say something, or were made to let something pass."""
        return [line for line in self.lines if line.standing or line.let_pass]

    @property
    def clear_lines(self):
        return [line for line in self.lines if not (line.standing or line.let_pass)]

    @property
    def count(self):
        """How many sentences stand."""
        return sum(len(line.standing) for line in self.lines)


def checklist(dossier):
    """All gates in the order of the work."""
    lines = [
        Line(gate, tuple(map(str, standing)), tuple(_let_pass(dossier, gate, sentence) for sentence in passed))
        for gate, standing, passed in findings(dossier)
    ]
    return Checklist(tuple(lines), tuple(map(str, warnings(dossier))))


def _let_pass(dossier, gate, sentence):
    override = next(o for o in dossier.overrides if o.gate == gate.code and sentence in o.sentences)
    return LetPass(sentence, override.by, override.reason)


@dataclass(frozen=True)
class Signature:
    """A sign-off and what it is worth: the edition printed on it, or why it is void, or neither while it simply counts."""

    by: str
    capacity: str
    at: object
    note: str
    edition: int | None
    why_void: str


def signatures(claim, dossier):
    """Every sign-off of a claim, the latest first."""
    printed = Edition.objects.filter(page__claim_ref=str(claim.ref)).order_by("number")
    editions = dict(printed.values_list("fingerprint", "number"))
    return [
        _signature(sign_off, editions.get(sign_off.fingerprint), dossier)
        for sign_off in claim.sign_offs.select_related("by").order_by("-pk")
    ]


def _signature(sign_off, edition, dossier):
    why_void = "" if edition else _why_void(sign_off, dossier)
    capacity = sign_off.get_capacity_display()
    return Signature(sign_off.by.shown_as, capacity, sign_off.at, sign_off.note, edition, why_void)


def _why_void(sign_off, dossier):
    if sign_off.fingerprint != dossier.fingerprint:
        changed = ", ".join(what_changed(sign_off.judged, dossier.judged))
        return _("Changed since: %(changed)s.") % {"changed": changed}
    if sign_off.by_id in dossier.authors.keys() | dossier.deciders:
        return _("Whoever signed it wrote or decided part of it since.")
    return ""
