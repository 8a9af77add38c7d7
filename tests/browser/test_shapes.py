"""The shapes on share pictures are those that pages show: drawn anew from the sheet, they are the files that we keep."""

import io

import pytest
from PIL import Image, ImageChops

from .shapes import MASKS, NAMES, masks

pytestmark = pytest.mark.browser


def test_every_kept_shape_is_what_the_browser_draws(browser):
    assert sorted(path.stem for path in MASKS.glob("*.png")) == sorted(NAMES)
    for name, png in masks(browser).items():
        drawn, kept = (Image.open(file).convert("L") for file in (io.BytesIO(png), MASKS / f"{name}.png"))
        differ = ImageChops.difference(drawn, kept).histogram()
        assert sum(differ[64:]) < 100, name  # another version of the browser softens edges in another way
