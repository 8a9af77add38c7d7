"""Every static file that a page asks for is there: a page that names a missing one answers 500 once files have hashed names."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

PAGES = [*Path(settings.BASE_DIR, "templates").rglob("*.*"), *Path(settings.BASE_DIR, "factcheck").rglob("*.py")]
NAMED = re.compile(
    r"""\{%\s*static\s+["']([^"']+)["']|\bstatic\(["']([^"']+)["']\)|["'](look/[\w/.-]+\.(?:css|js|svg))["']"""
)


def test_every_static_file_named_in_a_page_exists():
    named = {name for page in PAGES for found in NAMED.findall(page.read_text()) for name in found if name}
    assert len(named) > 3
    assert sorted(name for name in named if not finders.find(name)) == []
