"""Bytes of a page into text, when what the server says of them may be wrong."""

import codecs
import re

from charset_normalizer import from_bytes

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
IN_PAGE = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
# What is called by the names of these is in truth written in the larger set, as every browser takes it.
LARGER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
LOOKED_AT = 100_000  # bytes; guessing is slow


def to_text(body, content_type=""):
    """The text of `body` (bytes): by its mark, by the header, by the page's own word, as UTF-8; the first that fits wins.

    Where none fits, it is guessed from the bytes, and where that fails what cannot be read becomes U+FFFD.
    """
    for mark, name in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    named = [
        *IN_HEADER.findall(content_type)[:1],
        *(m.decode("ascii", "ignore") for m in IN_PAGE.findall(body[:4096])[:1]),
    ]
    for name in [*named, "utf-8"]:
        try:
            return body.decode(_known(name))
        except (LookupError, UnicodeError):
            continue
    return _guessed(body)


def _known(name):
    known = codecs.lookup(name).name
    if known in ("utf-16", "utf-7", "hex", "base64", "rot13", "zlib", "bz2", "uu", "quopri", "idna", "punycode"):
        raise LookupError(name)
    return LARGER.get(known, known)


def _guessed(body):
    guess = from_bytes(body[:LOOKED_AT]).best()
    return body.decode(guess.encoding if guess else "utf-8", "replace")
