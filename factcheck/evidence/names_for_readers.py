"""Under which name readers get a file: never the one it came with, which may say whose it was."""

from django.utils.text import get_valid_filename

from .holdings import Exhibit
from .kinds import BY_TYPE


def free_name(exhibit, name):
    """One name for one copy, among the files that readers get with a claim; and never one that other bytes ever had, because
    whoever fetched those has them under it still."""
    released = Exhibit.objects.filter(item__claim=exhibit.item.claim_id, released_at__isnull=False)
    if other := released.filter(copy__sha256=exhibit.copy.sha256).first():
        return other.released_as
    given = Exhibit.history.filter(item__claim=exhibit.item.claim_id).exclude(copy__sha256=exhibit.copy.sha256)
    taken = {used.casefold() for used in given.values_list("released_as", flat=True)}
    stem, _dot, ending = name.rpartition(".")
    number = 2
    while name.casefold() in taken:
        name, number = f"{stem}_{number}.{ending}", number + 1
    return name


def name_from(words, type):
    """The name of a released file: the editor's words as a file name, with the ending that its type has."""
    ending = BY_TYPE[type].endings[0]
    stem = get_valid_filename(words.strip().removesuffix(f".{ending}") or "file").strip("._-") or "file"
    return f"{stem[:100]}.{ending}"
