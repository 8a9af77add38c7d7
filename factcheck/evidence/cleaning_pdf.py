"""PDFs: written anew without author, dates, XMP, earlier versions, attachments, scripts, and the EXIF of pictures in them."""

import io

import pikepdf

from .stripping import without_segments
from .unclean import Unclean

# Keys that speak of people, programs and times, or run something, wherever in the document they stand.
TELLING = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/Thumb",
    "/AA",
    "/OpenAction",
    "/JavaScript",
    "/JS",
    "/Perms",
    "/AF",
)
ABOUT_A_NOTE = ("/T", "/M", "/CreationDate", "/NM", "/RC")  # who wrote an annotation, and when


def clean_pdf(content):
    """A copy of the PDF without hidden data. One that wants a password cannot be cleaned."""
    try:
        pdf = pikepdf.open(content)
    except pikepdf.PasswordError:
        raise Unclean("it is locked with a password") from None
    with pdf:
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        names = pdf.Root.get("/Names", {})
        for name in ("/EmbeddedFiles", "/JavaScript"):
            if name in names:
                del names[name]
        for thing in pdf.objects:
            _clean_deep(thing)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    _look_again(out.getvalue())
    return out.getvalue()


def _clean_deep(thing):
    """Clean an object and what is written into it; what it only points to has its own turn."""
    waiting = [thing]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Array):
            waiting += [part for part in thing if _is_inside(part)]
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            _clean_object(thing)
            waiting += [part for _key, part in thing.items() if _is_inside(part)]


def _is_inside(part):
    return isinstance(part, pikepdf.Array | pikepdf.Dictionary) and not part.is_indirect


def _clean_object(thing):
    for key in (*TELLING, *(ABOUT_A_NOTE if _is_note(thing) else ())):
        if key in thing:
            del thing[key]
    if isinstance(thing, pikepdf.Stream):
        _clean_picture(thing)


def _clean_picture(stream):
    filters = stream.get("/Filter", pikepdf.Array())
    last = filters[-1] if isinstance(filters, pikepdf.Array) and len(filters) else filters
    if last == pikepdf.Name.JPXDecode and any(box in stream.read_raw_bytes() for box in (b"uuid", b"xml ")):
        raise Unclean("a JPEG 2000 picture in it says something of itself")
    if last == pikepdf.Name.DCTDecode:
        level = pikepdf.StreamDecodeLevel.generalized
        alone = filters == last or len(filters) == 1
        jpeg = stream.read_raw_bytes() if alone else stream.read_bytes(decode_level=level)
        parms = stream.get("/DecodeParms") if filters == last else None
        stream.write(without_segments(jpeg), filter=pikepdf.Name.DCTDecode, decode_parms=parms)


def _is_note(thing):
    """An annotation that is no form field: a field's /T is its name and not its author's."""
    return "/Subtype" in thing and "/Rect" in thing and thing.get("/Subtype") != pikepdf.Name.Widget


def _look_again(made):
    with pikepdf.open(io.BytesIO(made)) as pdf:
        if "/Info" in pdf.trailer or "/Metadata" in pdf.Root:
            raise Unclean("hidden data stayed in the copy")
