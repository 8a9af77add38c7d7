"""The picture that comes with a shared link: 1200 by 630 pixels, drawn from texts alone, the same texts the same bytes.

Words are set in Source Serif and Source Sans, which come as Python packages: Latin with every macron, Greek, Cyrillic,
Vietnamese. A text in another script is left out as a whole, and a sentence says where it can be read: boxes or half a
sentence would tell readers something that nobody said.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
from django.conf import settings
from PIL import Image, ImageFont

from .sheet import Sheet

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
ROOM = WIDTH - 2 * MARGIN
SHAPE = 96
CLAIM_TOP, CLAIM_BOTTOM = 200, 424
SIZES = (58, 52, 46, 41, 36)  # of the claim: the largest in which it fits
WIDEST = 300  # characters that could stand in one line, whatever they are
LONGEST = 1000  # characters of a text that are set at all; no picture has room for more
LINE = 1.22  # of a claim's size, from line to line
BOTTOM_RULE = 537
SANS, SERIF = font_source_sans_pro.font_files_ttf, font_source_serif_pro.font_files_ttf
FACES = {
    "claim": SERIF["SourceSerifProSemibold"],
    "name": SERIF["SourceSerifProBold"],
    "word": SANS["SourceSansProBold"],
    "small": SANS["SourceSansPro"],
}
SHAPES = Path(__file__).parent / "shapes"
TOKENS = Path(settings.BASE_DIR) / "factcheck" / "static" / "look" / "tokens.css"


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a picture; every text may be empty."""

    token: str  # colour token of the rating
    shape: str  # its shape
    word: str  # the rating in words
    stamp: str  # "Corrected 12 September 2022"
    claim: str
    elsewhere: str  # what stands in the claim's place where its script cannot be drawn
    speaker: str
    note: str  # of a pseudonym
    newsroom: str
    host: str  # stands for a newsroom's name that cannot be drawn
    dated: str


def drawn(card):
    """The picture of a Card, as PNG."""
    sheet = Sheet((WIDTH, HEIGHT), _colour("paper"))
    _draw_rating(sheet, card)
    bottom = _draw_claim(sheet, card)
    _draw_speaker(sheet, card, bottom)
    _draw_foot(sheet, card)
    return sheet.png()


def can_be_drawn(text):
    """Whether every character of a text has its own glyph in the faces and stands alone, without joining its neighbours."""
    return all(_has_glyph(character) for character in _clean(text))


def _draw_rating(sheet, card):
    colour, left = _colour(card.token), MARGIN
    sheet.fill((0, 0, WIDTH, 12), colour)
    if mask := _shape(card.shape):
        sheet.stamp((MARGIN, 68), mask, colour)
        left += SHAPE + 28
    word, room = _drawable(card.word), WIDTH - MARGIN - left
    face = _largest("word", word, (68, 58, 48, 40), room)
    sheet.write((left, 116), _cut(word, face, room), face, colour, "lm")
    sheet.fill((MARGIN, 185, WIDTH - MARGIN, 187), _colour("rule"))


def _draw_claim(sheet, card):
    """Returns where it ends."""
    claim = _drawable(card.claim) or _drawable(card.elsewhere)
    size, lines = _set(claim)
    y = CLAIM_TOP + size * 0.18
    for line in lines:
        sheet.write((MARGIN, y), line, _face("claim", size), _colour("ink"), "la")
        y += size * LINE
    return y


def _draw_speaker(sheet, card, y):
    if not (speaker := _drawable(card.speaker)):
        return
    y = max(y + 20, 340)
    for text, size, colour in ((speaker, 29, "ink"), (_drawable(card.note), 25, "quiet")):
        face = _face("small", size)
        sheet.write((MARGIN, y), _cut(text, face), face, _colour(colour), "la")
        y += 40


def _draw_foot(sheet, card):
    sheet.fill((MARGIN, BOTTOM_RULE, WIDTH - MARGIN, BOTTOM_RULE + 2), _colour("ink"))
    small = _face("small", 26)
    dated = _drawable(card.stamp) or _drawable(card.dated)
    room = ROOM - small.getlength(dated) - 40
    name = _drawable(card.newsroom) or card.host
    face = _largest("name", name, (38, 32, 27), room)
    sheet.write((MARGIN, 582), _cut(name, face, room), face, _colour("ink"), "lm")
    sheet.write((WIDTH - MARGIN, 583), dated, small, _colour("alert" if card.stamp else "quiet"), "rm")


def _set(text):
    """The size and the lines of a claim: the largest size in which it fits, or the smallest, cut at a word."""
    for size in SIZES:
        face, most = _face("claim", size), int((CLAIM_BOTTOM - CLAIM_TOP) / (size * LINE))
        lines = _wrapped(text, face)
        if len(lines) <= most:
            return size, lines
    return size, [*lines[: most - 1], _cut(" ".join(lines[most - 1 : most + 1]), face)]


def _wrapped(text, face):
    """The lines of a text. Each word is measured once: beside a space, letters do not move."""
    lines, used, space = [], ROOM, face.getlength(" ")
    for word in text.split():
        for part, width in _pieces(word, face):
            used += space + width
            if used > ROOM:
                lines, used = [*lines, part], width
            else:
                lines[-1] += f" {part}"
    return lines


def _pieces(word, face):
    """A word with its width, or the pieces of one that is wider than the picture."""
    while (width := face.getlength(word)) > ROOM:
        most = bisect_right(range(min(len(word), WIDEST)), ROOM, key=lambda n: face.getlength(word[: n + 1]))
        yield word[:most], ROOM
        word = word[most:]
    yield word, width


def _cut(text, face, room=ROOM):
    """A text in one line, cut at a word where it does not fit, with dots that say so."""
    text = text[:WIDEST]  # still wider than the picture, where it was longer
    if face.getlength(text) <= room:
        return text
    while text and face.getbbox(f"{text} …")[2] > room:  # the dots reach further than the length that is told of them
        text = text.rpartition(" ")[0] or text[:-1]
    return f"{text.rstrip(' ,;:–—')} …"


def _largest(name, text, sizes, room):
    faces = [_face(name, size) for size in sizes]
    return next((face for face in faces if face.getlength(text) <= room), faces[-1])


def _drawable(text):
    return _clean(text)[:LONGEST] if can_be_drawn(text) else ""


def _clean(text):
    """Composed, without characters that show nothing."""
    shown = (
        c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace()
    )
    return " ".join("".join(shown).split())


@cache
def _has_glyph(character):
    if character.isspace():
        return True
    if unicodedata.category(character)[0] in "MC" or unicodedata.bidirectional(character) in ("R", "AL"):
        return False
    return all(_glyph(name, character) != _glyph(name, "\uffff") for name in FACES)


def _glyph(name, character):
    mask = _face(name, 26).getmask(character)
    return mask.size, bytes(mask)


@cache
def _face(name, size):
    # Letters side by side, as every platform's Pillow sets them; what needs more than that is not drawn.
    return ImageFont.truetype(FACES[name], size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _shape(name):
    """The shape of a rating as a mask, drawn from the shapes that pages show; None for one that nobody has drawn yet."""
    path = SHAPES / f"{name}.png"
    return Image.open(path).convert("L") if re.fullmatch(r"[a-z0-9-]+", name) and path.is_file() else None


@cache
def _colours():
    text = TOKENS.read_text()
    found = dict(re.findall(r"--([a-z]+): light-dark\((#[0-9a-f]{6}),", text))
    ratings = dict(re.findall(r"\.r-([a-z-]+) { --r: light-dark\((#[0-9a-f]{6}),", text))
    return {**ratings, **found}


def _colour(name):
    """A colour of the look, as on light paper; ink where the scale has one that the look does not know."""
    return _colours().get(name) or _colours()["ink"]
