"""What stands for this release in the names of kept pages: another release makes its pages anew."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

HERE = Path(__file__).parent


@cache
def release():
    """A hash of readers' templates, of the code that makes pages, and of the static files. Read once a process."""
    digest = hashlib.sha256(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    templates = Path(settings.BASE_DIR, "templates", "website").rglob("*.html")
    for source in [*sorted(templates), *sorted(HERE.rglob("*.py"))]:
        digest.update(source.read_bytes())
    return digest.hexdigest()
