"""Time stamps: an authority outside the newsroom says that the custody record's head was there by then."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from factcheck.database.rows import AppendOnlyModel


class Timestamp(AppendOnlyModel):
    """An RFC 3161 token over the head of the custody chain, one for each day; kept raw, as the authority answered (EV-9).

    Written by `timestamps.py` alone. Whoever rewrites the chain later cannot rewrite this: its signature is not ours.
    """

    day = models.DateField(_("day"), unique=True)
    event_number = models.BigIntegerField(_("custody event"))
    head = models.CharField(_("hash of the event"), max_length=64)
    authority = models.CharField(_("authority"), max_length=500)
    token = models.BinaryField(_("answer of the authority"))
    stamped_at = models.DateTimeField(_("time by the authority"))

    class Meta:
        verbose_name = _("time stamp")
        verbose_name_plural = _("time stamps")
        default_permissions = ("view",)
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day} {self.head[:12]}"
