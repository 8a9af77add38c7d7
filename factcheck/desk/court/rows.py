"""The hash of a row: what shows later that it says what it said, without telling what was redacted.

SHA-256 over the canonical JSON of {"row": "attempt:12", "salt": ..., "fields": {name: text}}. The salt is what keeps a
reader of the redacted form from trying out every phone number until one fits; the whole form gives it, and with it anybody
who holds the row can work out the hash.
"""

import hmac

from django.conf import settings

from factcheck.newsroom.journal import record_name
from factcheck.published.document import canonical, digest

LENGTH = 32


def salt_of(row):
    """The row's own salt: 128 bits that nobody outside can guess, the same every time."""
    key = digest(f"court file:{settings.SECRET_KEY}").encode()
    return hmac.new(key, record_name(row).encode(), "sha256").hexdigest()[:LENGTH]


def row_hash(row, salt):
    """The hash described above, in hexadecimal."""
    said = {f.attname: f.value_to_string(row) for f in row._meta.concrete_fields}
    fields = {name: value if isinstance(value, str) else str(value) for name, value in said.items()}
    return digest(canonical({"row": record_name(row), "salt": salt, "fields": fields}))
