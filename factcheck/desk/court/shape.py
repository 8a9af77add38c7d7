"""The file as JSON. The shape, which the README shows too:

    {"format": "fact-check court file 1", "form": "redacted" or "whole", "newsroom", "made_at", "time_zone",
     "about": {"claim", "party", "page"},
     "journal": {"entries", "head", "holds", "broken_at", "why"},
     "lines": [{"at", "recorded_at", "did", "who": {"name", "number", "byline"}, "about", "record",
                "facts": [{"label", "text", "redacted": null or a kind of the schedule}],
                "row": {"sha256", "salt"}, "digests": [{"of", "sha256", "holds"}], "journal": {"number", "hash"}}],
     "worksheet": [{"label", "text", "redacted"}],
     "schedule": [{"kind", "what", "why", "count"}]}

Moments are ISO 8601 in UTC. Hashes are SHA-256 in hexadecimal, "" where there is none; `holds` is null where what was hashed
is not kept here. `row.salt` is "" in the redacted form. A journal number is null for mail, which has rows of its own.
"""

from datetime import UTC

from factcheck.published.document import canonical, digest

FORMAT = "fact-check court file 1"


def as_data(file):
    """A CourtFile as plain values."""
    chain = file.chain
    return {
        "format": FORMAT,
        "form": "redacted" if file.redacted else "whole",
        "newsroom": file.newsroom,
        "made_at": _moment(file.made_at),
        "time_zone": file.zone,
        "about": {"claim": file.wording, "party": file.party, "page": file.page},
        "journal": {
            "entries": chain.entries,
            "head": chain.head,
            "holds": chain.broken is None,
            "broken_at": chain.broken,
            "why": chain.why,
        },
        "lines": [_line(line) for line in file.lines],
        "worksheet": [_fact(fact) for fact in file.worksheet],
        "schedule": [
            {"kind": row.kind.value, "what": str(row.what), "why": str(row.why), "count": row.count}
            for row in file.schedule
        ],
    }


def as_json(file):
    """Its canonical text: sorted keys, no spare spaces, letters as they are."""
    return canonical(as_data(file))


def digest_of(file):
    """SHA-256 of the canonical text: what the journal notes of every file that was made."""
    return digest(as_json(file))


def _line(line):
    return {
        "at": _moment(line.at),
        "recorded_at": _moment(line.recorded_at),
        "did": line.verb,
        "who": {"name": line.who.name, "number": line.who.number, "byline": line.who.byline},
        "about": line.about,
        "record": line.record,
        "facts": [_fact(fact) for fact in line.facts],
        "row": {"sha256": line.row_sha256, "salt": line.salt},
        "digests": [{"of": d.of, "sha256": d.sha256, "holds": d.holds} for d in line.digests],
        "journal": {"number": line.number, "hash": line.hash},
    }


def _fact(fact):
    return {"label": fact.label, "text": fact.text, "redacted": fact.kind.value if fact.redacted else None}


def _moment(at):
    return at.astimezone(UTC).isoformat()
