"""The table of strongboxes: what the files of one confidence are sealed with. Where their bytes lie, this room does not know."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .vault import SealedField, Source


class Strongbox(models.Model):
    """One data key, under which files are sealed that came in one confidence (CS-8). Written by `file_keys.py`.

    Of a protected source, the key is sealed with the source's own and goes when that goes. Where the vault does not know whose
    confidence it is, the vault's keys seal it, until somebody takes the person under protection.
    """

    kept_for = models.UUIDField(_("kept for"), unique=True)  # reference of a source, a pseudonym or a piece of evidence
    sealed_key = SealedField(blank=True)  # "" once it is destroyed
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, related_name="strongboxes", verbose_name=_("protected source")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("strongbox")
        verbose_name_plural = _("strongboxes")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(sealed_key="") | Q(source__isnull=False), name="strongbox_emptied_with_its_source"
            )
        ]

    def __str__(self):
        return f"strongbox {self.pk}"
