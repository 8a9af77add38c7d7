"""Reading the files that come with an edition, or came with it."""

from factcheck.files.shelf import PIECE, shelf

from .models import Handout
from .printed import printed


def handout(slug, sha256):
    """The file of this hash that readers of this page may have, or had; None where there never was one. One query."""
    return printed(Handout).select_related("page").filter(page__slug=slug, sha256=sha256).first()


def pieces(found):
    """Its bytes, piece by piece. Raises FileNotFoundError at once where they are missing from the shelf."""
    if not shelf("published").holds(found.stored_as):
        raise FileNotFoundError(found.sha256)
    return _read(found.stored_as)


def _read(stored_as):
    with shelf("published").open(stored_as) as file:
        while piece := file.read(PIECE):
            yield piece
