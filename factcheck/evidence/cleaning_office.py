"""Office files and OpenDocuments: packed anew without properties, thumbnails, and the names in comments and tracked changes.

A part that is neither XML nor a picture that we can clean makes the whole file one that cannot be cleaned.
"""

import io
import re
import zipfile

from .cleaning_pictures import clean_picture
from .stripping import pixels_of_png, without_segments
from .unclean import Unclean

MOST_PARTS, MOST_BYTES = 10_000, 500 * 1024 * 1024
THE_SAME_DAY = (1980, 1, 1, 0, 0, 0)
XML = frozenset({"xml", "rels", "vml", "rdf"})
HARMLESS = frozenset({"odttf", "ttf", "otf", "fntdata"})
PICTURES = {
    "jpg": without_segments,
    "jpeg": without_segments,
    "png": pixels_of_png,
    "gif": lambda data: clean_picture(io.BytesIO(data)),
    "tif": lambda data: clean_picture(io.BytesIO(data)),
    "tiff": lambda data: clean_picture(io.BytesIO(data)),
    "webp": lambda data: clean_picture(io.BytesIO(data)),
}
# Parts that speak of the file's makers and nothing else, and what stands in their place.
NOTHING = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EMPTY = {
    "docProps/core.xml": NOTHING
    + b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": NOTHING
    + b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": NOTHING
    + b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    "meta.xml": NOTHING
    + b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>',
}
GONE = re.compile(r"(docProps/thumbnail\.\w+|Thumbnails/.*|customXml/.*|.*/printerSettings\d*\.bin|Configurations2/.*)")
# Attributes and elements that name somebody, or the place on somebody's disk: their values are emptied.
NAMES = re.compile(
    rb"""((?:\b\w+:)?(?:author|initials|userId|displayName|providerId|userName|lastModifiedBy|absPath\s+url)\s*=\s*)("[^"]*"|'[^']*')"""
)
NAMED = re.compile(
    rb"(<(?:dc:creator|dc:date|meta:initial-creator|meta:creator-initials|author|cp:lastModifiedBy|text:sender-[\w-]+"
    rb"|text:author-\w+|text:initial-creator)(?:\s[^<>]*)?(?<!/)>)[^<]*(</)"
)
PRINTER = re.compile(rb'(<config:config-item config:name="Printer(?:Name|Setup)"[^>]*>)[^<]*(</)')
COMMENT_AUTHOR = re.compile(rb"""(<(?:p|p188):(?:cmAuthor|author)\b[^>]*?\bname\s*=\s*)("[^"]*"|'[^']*')""")
RSIDS = re.compile(rb"""\s(?:\w+:)?rsid\w*\s*=\s*(?:"[^"]*"|'[^']*')|<\w+:rsids>.*?</\w+:rsids>""", re.S)
LINKED = re.compile(
    rb"""<(?:Relationship|Override|manifest:file-entry)\b[^>]*?(?:thumbnail|Thumbnails/|customXml|printerSettings|Configurations2/)[^>]*?/>"""
)


def clean_office(content):
    """A copy without hidden data, its parts in their order, each as if packed on the same day."""
    out = io.BytesIO()
    with zipfile.ZipFile(content) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
            raise Unclean("it is too large once unpacked")
        if len({part.filename for part in parts}) != len(parts):
            raise Unclean("two of its parts have one name")
        for part in parts:
            if not (part.is_dir() or GONE.fullmatch(part.filename)):
                made.writestr(_entry(part), _cleaned(part.filename, _read(packed, part)))
    return out.getvalue()


def _entry(part):
    entry = zipfile.ZipInfo(part.filename, THE_SAME_DAY)
    entry.compress_type = zipfile.ZIP_STORED if part.filename == "mimetype" else zipfile.ZIP_DEFLATED
    return entry


def _read(packed, part):
    with packed.open(part) as opened:
        data = opened.read(part.file_size + 1)
    if len(data) != part.file_size:
        raise Unclean("a part of it is not as large as it says")
    return data


def _cleaned(name, data):
    ending = name.rpartition("/")[2].rpartition(".")[2].lower()
    if name in EMPTY:
        return EMPTY[name]
    if name == "mimetype" or ending in HARMLESS:
        return data
    if ending in XML:
        return _without_names(data)
    if ending in PICTURES:
        return PICTURES[ending](data)
    raise Unclean(f"there is no way here to clean a part of it ({ending[:20]})")


def _without_names(xml):
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml:
        raise Unclean("a part of it is written in a way that we do not read")
    for pattern in (NAMES, COMMENT_AUTHOR):
        xml = pattern.sub(rb'\1""', xml)
    for pattern in (NAMED, PRINTER):
        xml = pattern.sub(rb"\1\2", xml)
    return LINKED.sub(b"", RSIDS.sub(b"", xml))
