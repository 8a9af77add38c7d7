"""One spelling for a name, however it is written: case, diacritics, script and the usual ways to romanise are folded away.

`skeleton` is for one word and keeps its vowels, three of them (a/e, i/y, o/u). `consonants` is coarser still and serves for
whole names alone, where two parts together tell enough. Neither is shown to anybody.
"""

import html
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote

from anyascii import anyascii

COMMON = Path(__file__).with_name("common_words.txt")
SHORTEST_ALONE = 4  # letters of a skeleton below which a part of a name stops nothing by itself

# Longest first. "ch" is kept apart from "c" as 1; everything else becomes the plainest letter.
ROMANISED = {
    **{"tsch": "1", "tch": "1", "sch": "s", "ch": "1", "ck": "k", "sh": "s", "zh": "j", "dj": "j", "dzh": "j"},
    **{"kh": "h", "gh": "g", "ph": "f", "th": "t", "oo": "u", "ou": "u", "oe": "u", "ue": "u", "ae": "a", "ee": "i"},
    **{"e": "a", "o": "u", "y": "i", "q": "k", "c": "k", "w": "v", "x": "h"},
}
_ROMANISED = re.compile("|".join(sorted(ROMANISED, key=len, reverse=True)))
_TWICE = re.compile(r"(.)\1+")
_COARSE = str.maketrans("dbgv1", "tpkfk", "aiuh")
_POSSESSIVE = re.compile(r"['’ʼ`´]s\b", re.I)
_APOSTROPHES = re.compile(r"['’ʼ`´ʻ]")
# Letters that are often romanised in two ways, by how anyascii writes them and how else people do.
SECOND_SPELLING = str.maketrans({"ç": "ch", "č": "ch", "ć": "ch", "ž": "zh", "ż": "zh", "ц": "c", "й": "j", "х": "h"})
_UNSEEN = {"Cf", "Cc"}  # soft hyphens, joiners, marks of direction


def plain(text):
    """The text in ASCII, case kept, without what cannot be seen; web escapes (%C3%A9, &eacute;) read out."""
    if "%" in text:
        text = unquote(text)
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _UNSEEN)
        text = _APOSTROPHES.sub("'", text)
    text = _APOSTROPHES.sub("", _POSSESSIVE.sub("", text))
    return text if text.isascii() else anyascii(text).replace("'", "")


@lru_cache(maxsize=20_000)
def skeleton(word):
    """How a word of ASCII letters sounds, roughly: Mohammed, Muhamad and Mohamed are one."""
    return _TWICE.sub(r"\1", _ROMANISED.sub(lambda found: ROMANISED[found[0]], word.lower()))


@lru_cache(maxsize=20_000)
def consonants(bones):
    """What is left of a skeleton without its vowels, with d and t, b and p, g and k made one."""
    return _TWICE.sub(r"\1", bones.translate(_COARSE))


@cache
def common_skeletons():
    """The skeletons of words and names that are in everybody's mouth."""
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(skeleton.__wrapped__(word) for word in lines if word and word[0] != "#")


@cache
def all_common():
    """The same in one text, to find what lies inside one of them."""
    return " ".join(common_skeletons())


def stands_alone(bones):
    """Whether a part of a name is rare enough to be looked for by itself."""
    return len(bones) >= SHORTEST_ALONE and bones not in common_skeletons()


def join(parts):
    """Skeletons written as one word: what meets at a seam is folded as inside a word."""
    return _TWICE.sub(r"\1", "".join(parts))
