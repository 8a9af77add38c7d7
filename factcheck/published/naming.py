"""How the name of a file stands in an address: short, without what a file system or a proxy could stumble over."""

from pathlib import PurePosixPath

from django.utils.text import slugify

LONGEST = 50  # characters before the ending, so that the longest script's bytes fit into a name


def in_address(name):
    """`The Minister’s letter.PDF` is `the-ministers-letter.pdf`; letters of every script stay."""
    ending = slugify(PurePosixPath(name).suffix)[:8]
    stem = slugify(PurePosixPath(name).stem, allow_unicode=True)[:LONGEST] or "file"
    return f"{stem}.{ending}" if ending else stem
