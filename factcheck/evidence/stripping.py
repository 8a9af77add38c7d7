"""Pictures inside documents: what they say of themselves cut out, every pixel left as it is."""

import struct
import zlib

from .unclean import Unclean

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
APP, COMMENT = range(0xE1, 0xF0), 0xFE
ADOBE = 0xEE  # says how the colours are meant; without it they turn
PIXELS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"acTL", b"fcTL", b"fdAT"})


def without_segments(jpeg):
    """A JPEG without application segments and comments, cut off where the picture ends. Raises Unclean where it is no JPEG."""
    if jpeg[:2] != b"\xff\xd8":
        raise Unclean("a picture in it is not what it says it is")
    out, place = [jpeg[:2]], 2
    while place < len(jpeg):
        marker, length = _segment(jpeg, place)
        if marker == SOS:
            end = _end_of_picture(jpeg, place)
            return b"".join([*out, jpeg[place:end]])
        if not (marker in APP and marker != ADOBE) and marker != COMMENT:
            out.append(jpeg[place : place + 2 + length])
        place += 2 + length
    raise Unclean("a picture in it breaks off")


def _segment(jpeg, place):
    try:
        sign, marker, length = struct.unpack_from(">BBH", jpeg, place)
    except struct.error:
        raise Unclean("a picture in it breaks off") from None
    if sign != 0xFF or length < 2:
        raise Unclean("a picture in it is damaged")
    return marker, length


def _end_of_picture(jpeg, place):
    """Where the end marker of the picture is over. Between scans there may be tables; none of the marks is data."""
    while (place := jpeg.find(b"\xff", place + 2)) != -1 and place + 1 < len(jpeg):
        marker = jpeg[place + 1]
        if marker == EOI:
            return place + 2
        if marker in APP or marker == COMMENT:
            raise Unclean("a picture in it says something in its middle")
        place -= 1  # find() goes on right behind this mark
    return len(jpeg)


def pixels_of_png(png):
    """A PNG with nothing but what its pixels need. Raises Unclean where it is no PNG."""
    if png[:8] != b"\x89PNG\r\n\x1a\n":
        raise Unclean("a picture in it is not what it says it is")
    out, place = [png[:8]], 8
    while place + 8 <= len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        chunk = png[place : place + 12 + length]
        if len(chunk) != 12 + length or zlib.crc32(chunk[4:-4]) != struct.unpack(">I", chunk[-4:])[0]:
            raise Unclean("a picture in it is damaged")
        if kind in PIXELS:
            out.append(chunk)
        if kind == b"IEND":
            return b"".join(out)
        place += 12 + length
    raise Unclean("a picture in it breaks off")
