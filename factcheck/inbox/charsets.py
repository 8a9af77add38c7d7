"""Bytes of a message as text, whatever it says they are. A wrong name of a charset loses no letter that can be saved."""

import codecs

# What programs write, and what they mean: names that Python does not know, and those whose bytes are really another's.
MEANT = {
    "ansi": "cp1252",
    "ascii": "us-ascii",
    "cp-850": "cp850",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-8-i": "iso-8859-8",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "ks_c_5601-1987": "cp949",
    "latin1": "cp1252",
    "shift_jis": "cp932",
    "sjis": "cp932",
    "utf8mb4": "utf-8",
    "windows-31j": "cp932",
    "x-mac-roman": "mac_roman",
}
# They are text to Python and no charset of any mail; some of them take time that grows with the square of the text.
NO_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}


def codec_of(charset):
    """Python's name of a charset, or "" where it is none."""
    name = charset.strip().strip("\"'").lower()
    name = MEANT.get(name, name)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError, UnicodeError):
        return ""
    return found.name if found._is_text_encoding and found.name.replace("-", "_") not in NO_CHARSETS else ""


def decode(data, charset=""):
    """(text, sound): `data` as text, and whether it was what it said. Without a charset, UTF-8 and then Windows-1252."""
    named = codec_of(charset) if charset else ""
    if named and named not in ("ascii", "us-ascii"):
        try:
            return data.decode(named), True
        except UnicodeError:
            pass
    if data.isascii():
        return data.decode("ascii"), bool(named) or not charset
    for guess in ("utf-8", "cp1252"):
        try:
            return data.decode(guess), False
        except UnicodeError:
            continue
    return data.decode(named or "utf-8", "replace"), False


def without_nonsense(text):
    """The text without what no text has: NULs, lone halves of characters, and control characters but for line and tab."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127 and not "\ud800" <= c <= "\udfff"))
