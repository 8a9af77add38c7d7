"""What of a letter legal clears: its words, whom it goes to, by when it asks. Change one of them and the clearance is void."""

import hashlib
import json
from datetime import UTC

JUDGED = ("subject", "body", "to_role", "to_name", "to_address", "call", "zone")


def fingerprint(letter):
    """SHA-256 over everything that a clearance answers for."""
    said = {name: getattr(letter, name) for name in JUDGED}
    said["deadline_at"] = letter.deadline_at.astimezone(UTC).isoformat(timespec="seconds")
    said["files"] = sorted([part.file_id, part.wording] for part in letter.parts.all())
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_cleared(letter):
    """Whether legal has cleared exactly this."""
    return bool(letter.cleared_at) and letter.cleared_fingerprint == fingerprint(letter)
