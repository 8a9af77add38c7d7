"""The lines at the head of a message, read so that none of them can do harm: cut before they are parsed, and never raising."""

import re
from datetime import UTC, datetime
from email.header import decode_header
from email.utils import getaddresses, parsedate_to_datetime

from .charsets import decode, without_nonsense

LONGEST = 8_000  # characters of one line that are looked at: parsers of long ones take their time
MESSAGE_ID = re.compile(r"<[^<>\s]{3,248}>")
LIKE_AN_ADDRESS = re.compile(r"[^\s<>,;\"]{1,200}@[^\s<>,;\"]{1,200}")
BIDI = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def raw_values(message, *names):
    """The values of these lines as they stand, in the order of the names, cut to a length that can be read in no time."""
    wanted = {name: [] for name in map(str.lower, names)}
    for name, value in message.raw_items():
        if name.lower() in wanted:
            wanted[name.lower()].append(_as_text(value)[:LONGEST])
    return [value for values in wanted.values() for value in values]


def _as_text(value):
    """A raw value, bytes beyond ASCII (which the parser hides in lone surrogates) read as UTF-8 or what comes nearest."""
    text = str(value)
    if not text.isascii():
        text = decode(text.encode("utf-8", "surrogateescape"))[0]
    return text


def words(value):
    """A value with its encoded words decoded, also where one character is broken across two of them. One line."""
    try:
        pieces = decode_header(value)
    except Exception:  # the parser is Python's, the line a stranger's: what it cannot read is told as it stands
        pieces = [(value, None)]
    told = "".join(piece if isinstance(piece, str) else decode(piece, charset or "")[0] for piece, charset in pieces)
    return " ".join(without_nonsense(told).translate(BIDI).split())


def first(message, *names):
    values = raw_values(message, *names)
    return words(values[0]) if values else ""


def addresses(message, *names):
    """(name, address) pairs in these lines; at most 100."""
    values = [value.replace("\n", " ").replace("\r", " ") for value in raw_values(message, *names)][:20]
    try:
        pairs = getaddresses(values)
    except Exception:  # the parser is Python's, the lines a stranger's: nonsense is looked through below
        pairs = []
    if not any("@" in address for _name, address in pairs):
        pairs = [("", found) for value in values for found in LIKE_AN_ADDRESS.findall(value)]
    return [(words(name), words(address)[:320]) for name, address in pairs[:100] if "@" in address]


def message_ids(message, *names):
    """The Message-IDs in these lines; the last one first, because it is the nearest."""
    found = [each for value in raw_values(message, *names) for each in MESSAGE_ID.findall(value)]
    return list(dict.fromkeys(reversed(found)))[:100]


def date_of(message):
    """The moment that the message claims, in UTC, or None."""
    for value in raw_values(message, "Date")[:1]:
        try:
            moment = parsedate_to_datetime(value[:200])
            return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return None


def told_date(moment):
    return moment.isoformat() if isinstance(moment, datetime) else ""
