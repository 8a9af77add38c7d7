"""A sheet of paper for words in a few colours. Between the paper and each ink lie a dozen shades and no more, so that a picture
takes one byte a point from the start: to count the colours of a finished one costs more than to draw it.
"""

import io

from PIL import Image, ImageChops, ImageColor, ImageDraw

SHADES = 12  # of an ink; letters look as smooth as with all 256
COMPRESSION = 3  # of zlib's 9: the usual 6 makes a fifth less of it, in twice the time
PAPER = 0  # its place among the colours
SHADE_OF = [round(degree / 255 * SHADES) for degree in range(256)]  # which shade, for each degree of covering


class Sheet:
    """Paper of a size, (width, height) in pixels. Colours are "#rrggbb", at most 21 of them."""

    def __init__(self, size, paper):
        self._image, self._paper = Image.new("L", size, PAPER), ImageColor.getrgb(paper)
        self._colours, self._inks = [self._paper], {}

    def fill(self, box, colour):
        """Fill a box, (left, top, right, bottom), of which right and bottom are left out."""
        self._image.paste(self._ink(colour)[255], box)

    def stamp(self, at, mask, colour):
        """Print a mask, an image of mode "L", with its corner at a point; nothing is printed where it is 0."""
        left, top = at
        box = (left, top, left + mask.width, top + mask.height)
        self._image.paste(ImageChops.lighter(self._image.crop(box), mask.point(self._ink(colour))), box)

    def write(self, at, text, face, colour, anchor):
        """Write a line; `anchor` says which part of it lies at the point, in Pillow's letters."""
        left, top, right, bottom = face.getbbox(text, anchor=anchor)
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).text((-left, -top), text, font=face, fill=255, anchor=anchor)
        self.stamp((round(at[0]) + left, round(at[1]) + top), mask, colour)

    def png(self):
        """What stands on it, as PNG: the same picture the same bytes."""
        self._image.putpalette([part for colour in self._colours for part in colour])
        file = io.BytesIO()
        self._image.save(file, "PNG", compress_level=COMPRESSION)
        return file.getvalue()

    def _ink(self, colour):
        """Where the shades of an ink are among the colours, for each of the 256 degrees to which it may cover the paper."""
        if colour not in self._inks:
            ink, first = ImageColor.getrgb(colour), len(self._colours)
            self._colours += [_between(self._paper, ink, shade / SHADES) for shade in range(1, SHADES + 1)]
            self._inks[colour] = [first + shade - 1 if shade else PAPER for shade in SHADE_OF]
        return self._inks[colour]


def _between(paper, ink, part):
    return tuple(round(p + (i - p) * part) for p, i in zip(paper, ink, strict=True))
