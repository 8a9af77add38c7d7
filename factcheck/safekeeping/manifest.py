"""The list that a backup carries of itself: what is in it, by SHA-256, and what it is a backup of."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.db import connection
from django.utils import timezone

from factcheck.newsroom import journal

from . import databases

NAME = "manifest.json"
DATABASE = "database"


@dataclass
class Manifest:
    """`head` is the journal's, noted before the copy was made, so that the copy must contain it."""

    at: str
    newsroom: str
    vendor: str
    head: str
    entries: int
    migrations: list
    secret_key_mark: str
    files: dict = field(default_factory=dict)  # name in the backup -> [SHA-256, size in bytes]

    def as_bytes(self):
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, said):
        return cls(**json.loads(said))


def begun():
    """The manifest of a backup that begins now."""
    last = journal.JournalEntry.objects.order_by("-number").first()
    return Manifest(
        at=timezone.now().isoformat(timespec="seconds"),
        newsroom=settings.NEWSROOM_NAME,
        vendor=connection.vendor,
        head=last.hash if last else "",
        entries=last.number if last else 0,
        migrations=databases.applied_migrations(),
        secret_key_mark=secret_key_mark(),
    )


def secret_key_mark():
    """By which another SECRET_KEY is noticed, and nothing of it is learnt."""
    return hmac.new(settings.SECRET_KEY.encode(), b"which key is it", hashlib.sha256).hexdigest()[:16]
