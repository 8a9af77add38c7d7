"""The README's pictures: each is there, is described to those who cannot see it, and is small enough to load."""

import re

from django.conf import settings

from .pictures import FOLDER

PICTURE = re.compile(r'<img src="tests/browser/pictures/([\w-]+\.png)" width="\d+" alt="([^"]+)">')
KILOBYTES = 250


def test_every_picture_is_shown_in_the_readme_and_described():
    shown = dict(PICTURE.findall((settings.BASE_DIR / "README.md").read_text()))
    assert sorted(shown) == sorted(path.name for path in FOLDER.glob("*.png"))
    assert all(len(description) > 40 for description in shown.values())


def test_every_picture_is_small_enough_to_load():
    assert [path.name for path in FOLDER.glob("*.png") if path.stat().st_size > KILOBYTES * 1000] == []
