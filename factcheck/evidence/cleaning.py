"""Copies without what a file says of itself unseen: who made it, where, when and with what (EV-4, EV-11).

Each cleaner makes a new file or raises Unclean. What no cleaner knows is never handed to readers.
"""

import io
from functools import partial

import pikepdf
import PIL
from django.utils.translation import gettext as _

from . import cleaning_media
from .cleaning_office import clean_office
from .cleaning_pdf import clean_pdf
from .cleaning_pictures import clean_picture
from .kinds import ODF, OOXML, TEXT
from .unclean import Unclean

__all__ = ["Unclean", "clean", "can_clean", "cleaned_with", "why_no_copy"]


def _as_it_is(content):
    """Plain text says nothing unseen."""
    return content.read()


CLEANERS = {
    "application/pdf": clean_pdf,
    "image/jpeg": clean_picture,
    "image/png": clean_picture,
    "image/gif": clean_picture,
    "image/webp": clean_picture,
    "image/tiff": clean_picture,
    OOXML + "wordprocessingml.document": clean_office,
    OOXML + "spreadsheetml.sheet": clean_office,
    OOXML + "presentationml.presentation": clean_office,
    ODF + "text": clean_office,
    ODF + "spreadsheet": clean_office,
    ODF + "presentation": clean_office,
    TEXT: _as_it_is,
    **{type: partial(cleaning_media.clean_media, type=type) for type in cleaning_media.FORMATS},
}


def can_clean(type):
    """Whether copies of this MIME type can be made here at all."""
    return type in CLEANERS and bool(cleaned_with(type))


def cleaned_with(type):
    """The programs that make copies of this MIME type, with their versions, for the record."""
    if type in cleaning_media.FORMATS:
        return cleaning_media.program()
    return f"Pillow {PIL.__version__}, pikepdf {pikepdf.__version__}"


def why_no_copy(type):
    """Why there is no copy of a file of this MIME type, in a sentence for whoever looks at it."""
    if type in cleaning_media.FORMATS and not cleaning_media.program():
        return _("Sound and film are cleaned with PyAV, which is not installed here: it comes with the extra “media”.")
    return _("We cannot take hidden data out of it.")


def clean(content, type):
    """The bytes of a copy without hidden data. `content` is a binary file object. Raises Unclean, with the reason."""
    if not can_clean(type):
        raise Unclean("there is no way here to clean files of this type")
    content.seek(0)
    try:
        return CLEANERS[type](content)
    except Unclean:
        raise
    except MemoryError:
        raise
    except Exception as problem:  # a damaged or hostile file may break any parser, in ways its authors did not foresee
        raise Unclean(f"it could not be read whole ({type_name(problem)})") from problem


def type_name(problem):
    return problem.__class__.__name__


def as_file(data):
    return io.BytesIO(data)
