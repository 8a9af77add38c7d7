"""Whether the words that are quoted stand in a text: word for word, whatever the quotation marks, dashes and line ends."""

import re
import unicodedata

SAME = str.maketrans(
    dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-") | {"\xad": None}
)
LEFT_OUT = re.compile(r"\[[^\]]*\]|\(\s*(?:\.\.\.|…)\s*\)|\.\.\.+|…")  # what a quoter leaves out or puts in


def _plain(text):
    text = unicodedata.normalize("NFKC", text.replace("…", "...")).translate(SAME).casefold()
    return " ".join(text.split())


def stands_in(passage, text):
    """Whether every piece of `passage` stands in `text`, in its order. An ellipsis or [brackets] part the pieces.

    A passage of nothing but marks stands nowhere.
    """
    pieces = [piece.strip(" \"'") for piece in LEFT_OUT.split(_plain(passage))]
    pieces = [piece for piece in pieces if any(c.isalnum() for c in piece)]
    text, place = _plain(text), 0
    for piece in pieces:
        found = text.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return bool(pieces)


def stands_on(passage, page):
    """Whether `passage` stands on a page as it was read: in its article, or anywhere else that can be seen.

    `page` has `text` and `words`: a Capture, or a fetching.reading.Page. None where no passage is relied on, or there is
    nothing to be read on the page.
    """
    if not passage.strip() or not page.words.strip():
        return None
    return stands_in(passage, page.text) or stands_in(passage, page.words)
