"""What the public ledger is made of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from factcheck.database.rows import AppendOnlyModel


class LedgerEntry(AppendOnlyModel):
    """One line of the public ledger: that an edition, or the notice of a change, was printed, and the digest of its public text.

    Only `ledger.enter` adds one. Address, number and date are the edition's own and kept nowhere else, so that an entry
    whose edition was altered no longer has the hash that it was given.
    """

    class Kind(models.TextChoices):
        EDITION = "edition", _("Edition")
        NOTICE = "notice", _("Notice")

    number = models.BigIntegerField(_("number"), unique=True)  # the list, newest first; a block of it
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    rule = models.PositiveSmallIntegerField(_("rule"))  # by which its text was made: see `provable`
    sha256 = models.CharField(_("SHA-256 of its text"), max_length=64)
    edition = models.ForeignKey("published.Edition", models.PROTECT, related_name="entries", verbose_name=_("edition"))
    at = models.DateTimeField(_("entered at"))
    previous_hash = models.CharField(_("hash before"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("entry of the ledger")
        verbose_name_plural = _("ledger")
        ordering = ["-number"]
        # the page of an edition: which entry is its own
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="ledgerentry_once")]

    def __str__(self):
        return f"{self.number} {self.kind}"
