"""What changed between two readable texts, sentence by sentence. Spaces and line ends are no change."""

import re
from difflib import SequenceMatcher

MOST = 200  # changes; beyond that the page is another one
LONGEST = 1000  # characters of each side of a change
MOST_SENTENCES = 4000  # comparing takes the square of them
SENTENCE = re.compile(r"(?<=[.!?…。！？])\s+|\n+")


def sentences(text):
    return [" ".join(part.split()) for part in SENTENCE.split(text) if part.strip()]


def same(before, after):
    """Whether two texts say the same words."""
    return before.split() == after.split()


def between(before, after):
    """[[what stood there, what stands there now], ...], in the order of the text; [] where the words are the same."""
    if same(before, after):
        return []
    old, new = sentences(before)[:MOST_SENTENCES], sentences(after)[:MOST_SENTENCES]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    found = [
        [" ".join(old[a:b])[:LONGEST], " ".join(new[c:d])[:LONGEST]] for kind, a, b, c, d in steps if kind != "equal"
    ]
    return found[:MOST] or [[before[:LONGEST], after[:LONGEST]]]
