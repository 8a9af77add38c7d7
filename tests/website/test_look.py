"""The look by numbers: contrast of every pair of colours that meet, and a shape of its own for every rating (PG-1)."""

import re
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings

LOOK = Path(settings.BASE_DIR) / "factcheck" / "static" / "look"
TOKENS = (LOOK / "tokens.css").read_text()
RATINGS = [
    "true",
    "mostly-true",
    "mixed",
    "mostly-false",
    "false",
    "misleading",
    "missing-context",
    "unproven",
    "outdated",
    "on-record",
    "retracted",
]
SCHEMES = (0, 1)


def colour(name, scheme):
    pair = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", TOKENS)
    return pair[scheme + 1]


def rating_colour(token, scheme):
    pair = re.search(rf"\.r-{token} {{ --r: light-dark\((#\w+), (#\w+)\)", TOKENS)
    return pair[scheme + 1]


def luminance(hexed):
    parts = [int(hexed[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_reckoned_as_the_standard_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "card", "mark"])
def test_words_stand_out_from_what_they_lie_on(ground, scheme):
    for name in ("ink", "quiet", "link", "alert"):
        assert contrast(colour(name, scheme), colour(ground, scheme)) >= 4.5, name
    assert contrast(colour("edge", scheme), colour(ground, scheme)) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("token", RATINGS)
def test_a_ratings_word_stands_out_from_what_it_lies_on(token, scheme):
    for ground in ("paper", "card", "mark"):
        assert contrast(rating_colour(token, scheme), colour(ground, scheme)) >= 4.5, ground


def test_every_rating_has_a_shape_that_no_other_has():
    shapes = {}
    for symbol in ElementTree.parse(LOOK / "shapes.svg").getroot():
        if "id" in symbol.attrib:
            drawn = [{k: v for k, v in part.attrib.items() if k not in ("stroke-width",)} for part in symbol]
            shapes[symbol.get("id")] = repr(drawn)
    assert set(shapes) == set(RATINGS)
    assert not [(a, b) for a, b in product(shapes, shapes) if a < b and shapes[a] == shapes[b]]


def test_no_shape_has_a_colour_of_its_own():
    for symbol in ElementTree.parse(LOOK / "shapes.svg").getroot():
        for part in symbol:
            colours = {part.get("fill"), part.get("stroke")} - {None, "none"}
            assert colours <= {"currentColor", "var(--card, #fff)"}


def test_motion_stops_and_paper_is_light_where_that_is_asked():
    assert "prefers-reduced-motion" in TOKENS
    assert re.search(r"@media print \{\s*:root \{ color-scheme: light", TOKENS)
