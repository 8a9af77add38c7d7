"""A value as a cell of a table for spreadsheets, in which nothing that somebody typed is ever a formula (SS-4)."""

import re

# Where some spreadsheet may begin a cell: at the start, and after what it takes for the end of one, in whatever country it is.
BEGINS = r"(^|[;\t\r\n])"
# What is read over before a formula, and what begins one; the wide and small signs are read as the plain ones by some.
SKIPPED = "[ \u00a0\u3000\u200b\ufeff]*"
SIGNS = "=+\\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
FORMULA = re.compile(f"{BEGINS}(?={SKIPPED}[{SIGNS}])")
BLANK = ("\t", "\r", "\n")


def cell(value):
    """The value; numbers stay numbers, None is empty, and what a spreadsheet would take for a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = FORMULA.sub(r"\1'", str(value))
    return f"'{text}" if text.startswith(BLANK) else text
