"""What came in confidence: its original, with all that is hidden in it, is for custodians alone, and lies there sealed (CS-8)."""

import io

from django.utils.translation import gettext as _

from factcheck.files.shelf import measure
from factcheck.newsroom.refusals import Refused
from factcheck.sources import file_keys, leak_guard
from factcheck.sources.custody import is_custodian
from factcheck.sources.keys import VaultShut, vault_is_open
from factcheck.sources.models import Source

from .words import words_of


def brought(item, person):
    """Whether this person brought the first file of an Item. A later one proves nothing: whoever writes can add one."""
    first = item.exhibits.order_by("pk").first()
    return first is not None and first.received_by_id == person.pk


def require_unsealed(item, *, by):
    """Raise Refused before whoever may not open the originals of an Item changes what seals them."""
    if item.exhibits.exists() and (reason := why_sealed(by, item)):
        raise Refused(_("Whose account it is, and that it is confidential, is not yours to change."), reason)


def is_a_sources(item):
    """Whether an Item comes from somebody who must not be known by it."""
    return item.confidential or bool(item.source and item.source.pseudonym_id)


def is_confided(item):
    """Whether files of an Item are sealed: somebody must not be known by it, or nothing of it may leave the newsroom."""
    return is_a_sources(item) or item.visibility == item.Visibility.RESTRICTED


def why_not_kept(item):
    """What stands against keeping a file of an Item, in sentences: what came in confidence is kept sealed or not at all."""
    if not is_confided(item) or vault_is_open():
        return []
    return [
        _(
            "Files of a confidential source and of restricted evidence are kept sealed or not at all, and the vault has no "
            "key to seal them with. Whoever runs the server sets VAULT_KEYS; the README says how."
        )
    ]


def box_for(item):
    """The Strongbox that files of an Item are sealed in: that of the source, else of the pseudonym, else of the item itself.

    None where they lie there as they are. Raises VaultShut.
    """
    item = type(item).objects.select_related("source__pseudonym").get(pk=item.pk)  # as it is now
    if not is_confided(item):
        return None
    if standing := why_not_kept(item):
        raise VaultShut(*standing)
    pseudonym = item.source.pseudonym if item.source else None
    source = Source.objects.filter(pseudonym=pseudonym).first() if pseudonym else None
    if source and not source.destroyed_at:
        return file_keys.box_of(source)
    return file_keys.box_for(pseudonym.ref if pseudonym and not source else item.listed_as)


def require_tellable(upload, box, *, by):
    """Raise Leak where the words of an upload could tell somebody who may open it who a source is.

    A file that tells of nobody but the source whose custodians alone open it may do so; the copy that others get may not.
    """
    words = upload.words
    if box and box.source and leak_guard.tells_nobody_but([words], box.source):
        words = words_of(io.BytesIO(upload.copy), upload.type) if upload.copy else ""
    leak_guard.check([upload.name, words], by=by)


def held_already(item, content, redacts=None):
    """The Exhibit of an Item that has the bytes of `content` (a binary file object), whatever they are sealed in, or None; of
    redacted copies, among those of the same Exhibit."""
    sha256, _size = measure(content)
    for exhibit in item.exhibits.filter(redacts=redacts).select_related("file__box__source"):
        if _same_as(exhibit.file, sha256):
            return exhibit
    return None


def _same_as(file, sha256):
    try:
        return file.mark == file_keys.mark(file.box, sha256) if file.box else file.sha256 == sha256
    except VaultShut:  # what is destroyed, nobody can compare
        return False


def why_sealed(by, item):
    """Why this person may not open originals of an Item, in a sentence; None where they may.

    Where the vault does not know whose account it is, whoever brought its first file, and so has seen it, may open them.
    """
    if not is_a_sources(item):
        return None
    pseudonym = item.source.pseudonym_id if item.source else None
    source = Source.objects.filter(pseudonym=pseudonym).first() if pseudonym else None
    if source and is_custodian(source, by):
        return None
    if source is None and brought(item, by):
        return None
    return _(
        "It comes from a confidential source, so its original is for the custodians of that source alone, and where none "
        "is known, for whoever brought it. Everybody else works with the copy without hidden data."
    )
