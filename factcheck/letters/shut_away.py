"""Words of a party that could tell who a protected source is, on the shelf of mail: sealed, and gone with the source (CS-7, CS-12).

They are in no row. On the shelf they lie in the strongbox of the source that they tell of, of several in that of whoever came
first, so that without the vault's keys nobody reads them, and once that source is destroyed nobody ever will.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from factcheck.database.rows import AppendOnlyModel
from factcheck.evidence.holdings import SEALED
from factcheck.evidence.keeping import open_sealed, sealed_in
from factcheck.files.sealed import sealed_size
from factcheck.files.shelf import shelf
from factcheck.sources import file_keys


class ShutAway(AppendOnlyModel):
    """In which strongbox a file on the shelf of mail is sealed. One without such a row lies there as it came. Append-only."""

    stored_as = models.CharField(_("name on the shelf"), max_length=80, unique=True)
    box = models.ForeignKey("sources.Strongbox", models.PROTECT, related_name="+", verbose_name=_("sealed in"))
    shut_at = models.DateTimeField(_("shut away at"), auto_now_add=True)

    class Meta:
        verbose_name = _("words shut away")
        verbose_name_plural = _("words shut away")
        default_permissions = ()

    def __str__(self):
        return self.stored_as


def keep(content, texts):
    """Put `content` (bytes, or a binary file object) on the shelf, sealed for whom `texts` could tell of. Returns Kept.

    Where they tell of nobody any more, it lies there as it came. Raises VaultShut.
    """
    box = file_keys.box_told_of(texts)
    kept = shelf("mail").keep(content, sealed_in(box) if box else None)
    if box:
        ShutAway.objects.create(stored_as=kept.name, box=box)
    return kept


def opened(name):
    """What lies under this name, as it came, open for reading bytes. Raises VaultShut, Altered, FileNotFoundError."""
    shut = _shut(name)
    return open_sealed(shelf("mail"), name, shut.box) if shut else shelf("mail").open(name)


def lies_whole(name, size):
    """Whether something lies there that is as long as `size` bytes are when they are sealed: all that is known without the key."""
    measured = shelf("mail").measure(name)
    return measured is not None and measured[1] == sealed_size(SEALED, size)


def _shut(name):
    return ShutAway.objects.select_related("box__source").filter(stored_as=name).first()
