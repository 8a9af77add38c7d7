"""What a file says, openly and unseen, as plain text for the leak guard: as far as we can read it, and never an error."""

import io
import re
import zipfile

import pikepdf
from PIL import Image
from pypdf import PdfReader

from .kinds import ODF, OOXML, TEXT

MOST = 2_000_000  # characters
ENDS = 256 * 1024  # bytes of sound and film that are read, at either end
TAGS = re.compile(r"<[^>]*>")
NAMES = re.compile(r"""(?:author|creator|name|initials|userId)=["']([^"']*)""", re.IGNORECASE)
LOUD = re.compile(r"[^\x20-\x7e\u00a0-\uffff]+")


def words_of(content, type):
    """The text of a file (a binary file object) and what it says of its makers; "" where it cannot be read."""
    content.seek(0)
    try:
        return _reader(type)(content)[:MOST]
    except Exception:  # a damaged or hostile file may break any parser; it is kept as an original all the same
        return ""


def _reader(type):
    if type.startswith(("image/", "audio/", "video/")):
        return _of_media
    if type.startswith((OOXML, ODF)):
        return _of_parts
    return {"application/pdf": _of_pdf}.get(type, _of_text if type in (TEXT, "message/rfc822") else _of_bytes)


def _of_text(content):
    data = content.read(4 * MOST)
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")


def _of_pdf(content):
    pages = "\n".join(page.extract_text() for page in PdfReader(content).pages)
    with pikepdf.open(content) as pdf:
        about = " ".join(str(value) for value in pdf.docinfo.values())
        told = bytes(pdf.Root.Metadata.read_bytes()).decode("utf-8", "replace") if "/Metadata" in pdf.Root else ""
    return f"{about}\n{TAGS.sub(' ', told)}\n{pages}"


def _of_parts(content):
    found = []
    with zipfile.ZipFile(content) as packed:
        for part in packed.infolist():
            if part.filename.endswith((".xml", ".rels")) and part.file_size < 8 * MOST:
                xml = packed.read(part).decode("utf-8", "replace")
                found += [*NAMES.findall(xml), TAGS.sub(" ", xml)]
    return "\n".join(found)


def _of_media(content):
    """What a picture says of itself; of sound and film, the words that stand in its bytes."""
    told = [_of_bytes(io.BytesIO(content.read(ENDS)))]
    if content.seek(0, 2) > ENDS:  # phones write what they say of a film behind it
        content.seek(max(ENDS, content.tell() - ENDS))
        told.append(_of_bytes(io.BytesIO(content.read(ENDS))))
    content.seek(0)
    try:
        with Image.open(content) as picture:
            told += [str(value) for value in (*picture.getexif().values(), *picture.info.values())]
    except (OSError, ValueError):
        pass
    return "\n".join(told)


def _of_bytes(content):
    data = content.read(MOST)
    return LOUD.sub(" ", data.decode("utf-8", "replace")) + " " + LOUD.sub(" ", data.decode("utf-16-le", "replace"))
