"""Which wording of a claim a party was asked about, and which one an answer was given to (C3).

The same words are the same version, whenever they come back: what was asked about them then is asked about them now.
"""

from dataclasses import dataclass, field

from .models import Allegation


@dataclass(frozen=True, slots=True)
class Versions:
    """The wordings of a claim in the order they were first written, and what each quoted answer was given to."""

    wordings: tuple[str, ...]
    quoted: dict[str, str] = field(default_factory=dict)  # party's slug -> wording, where it is not the one put last

    def number(self, wording):
        """1 for the first wording of the claim. Raises ValueError for words that it never had."""
        return self.wordings.index(wording) + 1


def versions(claim, files):
    """The Versions of a claim with `files`, its reply files with excerpt and rulings, in two queries."""
    past = claim.history.order_by("history_date", "history_id").values_list("wording", flat=True)
    known = dict.fromkeys(filter(None, [*past, *(file.wording_put for file in files), claim.wording]))
    rounds = _rounds(claim)
    quoted = {file.party.slug: _quoted(file, rounds.get(file.pk, ())) for file in files if file.excerpt_from_id}
    return Versions(tuple(known), {party: wording for party, wording in quoted.items() if wording})


def _rounds(claim):
    """{reply file: [(when it was put, the wording then)]}: a row of the field history is what was put before, too."""
    rows = Allegation.history.filter(file__claim=claim, put_at__isnull=False).order_by("put_at")
    rounds = {}
    for file, put_at, wording in rows.values_list("file_id", "put_at", "wording"):
        rounds.setdefault(file, []).append((put_at, wording))
    return rounds


def _quoted(file, rounds):
    """The wording that what is quoted answers; "" where that is what was put last, or was ruled to be no other."""
    earlier = [wording for put_at, wording in rounds if put_at <= file.excerpt_from.received_at]
    return earlier[-1] if earlier and earlier[-1] not in _same(file) else ""


def _same(file):
    """What was put last, and the wordings that an editor ruled to differ from it in nothing that was asked."""
    same = {file.wording_put}
    for ruling in reversed(list(file.rulings.all())):
        if ruling.wording_now in same:
            same.add(ruling.wording_before)
    return same
