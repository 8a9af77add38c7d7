"""Reading what comes beside an edition: its files, and what became of files and links after it was printed."""

from django.db.models import CharField, Value

from factcheck.files.shelf import PIECE, shelf

from .models import Handout, LinkState
from .printed import printed


def since(check):
    """What became of a page's links and files after it was printed: ({url: (state, moment)}, {sha256: moment}). One query."""
    links = printed(LinkState).filter(page=check).order_by()
    files = printed(Handout).filter(page=check, taken_back_at__isnull=False).order_by()
    rows = links.values_list(_word("link"), "url", "state", "noticed_at").union(
        files.values_list(_word("file"), "sha256", _word(""), "taken_back_at"), all=True
    )
    became, taken_back = {}, {}
    for of, key, state, moment in rows:
        if of == "link":
            became[key] = (state, moment)
        else:
            taken_back[key] = moment
    return became, taken_back


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


def _word(word):
    return Value(word, CharField())
