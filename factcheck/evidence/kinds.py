"""Kinds of file that we take, and what a file truly is: told from its bytes, and compared with what its name says (EV-4).

What is not in the table is refused. Programs are refused whatever they are called.
"""

import codecs
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import puremagic
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from factcheck.newsroom.refusals import Refused

HEAD = 64 * 1024  # bytes that signatures are looked for in
OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
TEXT = "text/plain"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Kind:
    """One kind of file: its MIME type, how a name of it may end, and how its signature is called by puremagic."""

    type: str
    label: str
    endings: tuple[str, ...]
    signed: tuple[str, ...] = ()


KINDS = (
    Kind("application/pdf", _l("a PDF"), ("pdf",)),
    Kind(OOXML + "wordprocessingml.document", _l("a Word document"), ("docx",)),
    Kind(OOXML + "spreadsheetml.sheet", _l("an Excel workbook"), ("xlsx",)),
    Kind(OOXML + "presentationml.presentation", _l("a PowerPoint presentation"), ("pptx",)),
    Kind(ODF + "text", _l("an OpenDocument text"), ("odt",)),
    Kind(ODF + "spreadsheet", _l("an OpenDocument spreadsheet"), ("ods",)),
    Kind(ODF + "presentation", _l("an OpenDocument presentation"), ("odp",)),
    Kind("application/msword", _l("an old Word document"), ("doc",)),
    Kind("application/vnd.ms-excel", _l("an old Excel workbook"), ("xls",)),
    Kind("application/vnd.ms-powerpoint", _l("an old PowerPoint presentation"), ("ppt",)),
    Kind("application/rtf", _l("a Rich Text document"), ("rtf",)),
    Kind("image/jpeg", _l("a JPEG picture"), ("jpg", "jpeg", "jpe", "jfif")),
    Kind("image/png", _l("a PNG picture"), ("png",)),
    Kind("image/gif", _l("a GIF picture"), ("gif",)),
    Kind("image/webp", _l("a WebP picture"), ("webp",)),
    Kind("image/tiff", _l("a TIFF picture"), ("tif", "tiff")),
    Kind("image/heif", _l("a HEIF picture"), ("heic", "heif"), ("image/heif", "image/heic")),
    Kind("audio/mpeg", _l("an MP3 recording"), ("mp3",)),
    Kind("audio/wav", _l("a WAV recording"), ("wav",), ("audio/wave", "audio/x-wav", "audio/wav")),
    Kind("audio/flac", _l("a FLAC recording"), ("flac",)),
    Kind("audio/mp4", _l("an MPEG-4 recording"), ("m4a", "mp4"), ("audio/mp4", "audio/x-m4a")),
    Kind("audio/ogg", _l("an Ogg recording"), ("ogg", "oga", "opus", "ogv"), ("application/ogg",)),
    Kind("video/mp4", _l("an MPEG-4 video"), ("mp4", "m4v", "m4a")),
    Kind("video/quicktime", _l("a QuickTime video"), ("mov", "qt")),
    Kind("video/webm", _l("a WebM video"), ("webm",)),
    Kind("video/x-matroska", _l("a Matroska video"), ("mkv", "mka"), ("video/x-matroska", "application/x-matroska")),
    Kind("message/rfc822", _l("an e-mail"), ("eml",), ("message/rfc822",)),
    Kind("application/gzip", _l("a packed web archive"), ("gz",), ("application/x-gzip", "application/gzip")),
    Kind("application/warc", _l("a web archive"), ("warc",), ("application/warc",)),
    Kind("application/wacz", _l("a packed web archive"), ("wacz",), ("application/wacz",)),
    Kind(TEXT, _l("plain text"), ("txt", "csv", "tsv", "md", "json", "srt", "vtt", "log", "eml", "warc")),
)
BY_SIGNATURE = {name: kind for kind in reversed(KINDS) for name in kind.signed or (kind.type,)}
BY_TYPE = {kind.type: kind for kind in KINDS}
PROGRAMS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe", b"\x4c\x00\x00\x00\x01\x14\x02\x00", b"\x00asm", b"@echo off", b"dex\n",
)  # fmt: skip
PROGRAM_ENDINGS = frozenset((
    "exe", "dll", "scr", "com", "msi", "msp", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta",
    "lnk", "pif", "cpl", "jar", "app", "dmg", "pkg", "deb", "rpm", "apk", "sh", "bash", "py", "pl", "rb", "php", "reg",
    "iso", "img", "vhd", "appimage", "docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppam", "chm", "svg", "svgz",
    "html", "htm", "xhtml", "xht", "mht", "mhtml", "swf", "url", "desktop",
))  # fmt: skip


def true_type(content, name):
    """The MIME type that the bytes of `content` (a binary file object that can be sought) show.

    Raises Refused, in a sentence, where it is a program, nothing that we take, empty, or not what its name says.
    """
    ending = PurePath(name).suffix.lstrip(".").lower()
    content.seek(0)
    head = content.read(HEAD)
    if not head:
        raise Refused(_("The file is empty."))
    if head.lstrip().lower().startswith(tuple(sign.lower() for sign in PROGRAMS)) or ending in PROGRAM_ENDINGS:
        raise Refused(_("Programs, scripts and pages with code in them are not taken: “%s”.") % name)
    kind = _kind(content, head)
    content.seek(0)
    if kind is None:
        raise Refused(_("We cannot tell what kind of file “%s” is, so it is not taken.") % name)
    if ending not in kind.endings:
        raise Refused(
            _("“%(name)s” is %(kind)s by its bytes, and its name says otherwise. Rename it if that is right.")
            % {"name": name, "kind": kind.label}
        )
    return kind.type


def _kind(content, head):
    if head.startswith(b"PK\x03\x04"):
        return BY_TYPE.get(_packed(content))
    if head.startswith(OLD_OFFICE):
        return BY_TYPE.get(_compound(content))
    if head.startswith(b"WARC/1."):
        return BY_TYPE["application/warc"]
    if type := _by_brand(head):
        return BY_TYPE[type]
    for name in _signatures(head):
        if name in BY_SIGNATURE:
            return BY_SIGNATURE[name]
        if name in ("text/html", "image/svg+xml"):
            return None
    return BY_TYPE[TEXT] if _is_text(content) else None


def _by_brand(head):
    """Of two pairs of kinds that begin alike, which: recordings among MPEG-4, and WebM among Matroska; "" for all else."""
    if head[4:11] in (b"ftypM4A", b"ftypM4B"):
        return "audio/mp4"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm" if b"\x42\x82\x84webm" in head[:100] else "video/x-matroska"
    return ""


def _signatures(head):
    """What puremagic takes it for, the surest first. The name is kept from it: it would believe it."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return []
    names = [
        match.mime_type or {".m4a": "audio/mp4"}.get(match.extension, "") for match in found if match.confidence > 0.1
    ]
    return [name for name in names if name]


def _packed(content):
    """What a zip archive is, by what is in it: an OpenDocument says so itself, an Office file by its list of parts."""
    try:
        with zipfile.ZipFile(content) as packed:
            names = set(packed.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Refused(_("Office files with macros are not taken: macros are programs."))
            if "mimetype" in names:
                return packed.open("mimetype").read(200).decode("ascii", "replace").strip()
            if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
                return "application/wacz"
            parts = {"word/document.xml": "wordprocessingml.document", "xl/workbook.xml": "spreadsheetml.sheet"}
            parts["ppt/presentation.xml"] = "presentationml.presentation"
            return next((OOXML + parts[part] for part in parts if {part, "[Content_Types].xml"} <= names), "")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return ""


def _compound(content):
    """What an old Office file is: its streams are named in it, in UTF-16. Raises Refused where it holds macros."""
    content.seek(0)
    data = content.read()
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise Refused(_("Office files with macros are not taken: macros are programs."))
    named = {"WordDocument": "application/msword", "Workbook": "application/vnd.ms-excel"}
    named["PowerPoint Document"] = "application/vnd.ms-powerpoint"
    return next((named[name] for name in named if name.encode("utf-16-le") in data), "")


def _is_text(content):
    """Whether it is text from beginning to end: UTF-8, or UTF-16 that says so, and no NUL in it."""
    content.seek(0)
    mark = content.read(2)
    wide = mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8")()
    content.seek(0)
    try:
        while piece := content.read(HEAD):
            if "\0" in decoder.decode(piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
