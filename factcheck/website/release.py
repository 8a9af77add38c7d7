"""What stands for this release in the names of kept pages: another release makes its pages anew."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

# What the press printed, as readers' pages and machines' doors make answers of it. By their folders: this room knows no other door.
ROOMS = ("published", "website", "machines")


@cache
def release():
    """A hash of readers' templates, of the code that makes pages and machines' answers, and of the static files. Once a process."""
    digest = hashlib.sha256(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    for source in sources():
        digest.update(source.read_bytes())
    return digest.hexdigest()


def sources():
    """The files that say what an answer is made of."""
    templates = Path(settings.BASE_DIR, "templates", "website").rglob("*.html")
    code = (path for room in ROOMS for path in Path(settings.BASE_DIR, "factcheck", room).rglob("*.py"))
    return [*sorted(templates), *sorted(code)]
