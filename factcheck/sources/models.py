"""Who must not be named: what readers are shown in place of a name. The vault's own tables are in `vault.py`."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from factcheck.database.fields import ProseField
from factcheck.database.rows import VersionedModel
from factcheck.newsroom.record import field_history

from .strongbox import Strongbox
from .vault import GUARDED, Custody, GuardedTerm, GuardState, GuardToken, Part, Promise, Sealed, Source, Stopped

__all__ = [
    "GUARDED",
    "Custody",
    "GuardState",
    "GuardToken",
    "GuardedTerm",
    "Part",
    "Promise",
    "Pseudonym",
    "Sealed",
    "Source",
    "Stopped",
    "Strongbox",
]


class Pseudonym(VersionedModel):
    """The name a protected person goes by, with the note that tells readers so (CS-9). Written by journalists and editors."""

    ref = models.UUIDField(_("reference"), default=uuid.uuid4, unique=True, editable=False)
    shown_as = models.CharField(
        _("pseudonym"),
        max_length=80,
        unique=True,
        help_text=_(
            "The name readers see, without a star. Do not derive it from the real name, not even its initials."
        ),
    )
    note = models.CharField(
        _("note to readers"),
        max_length=200,
        blank=True,
        help_text=_(
            "Printed beside the name, for example: Name has been changed. A claim cannot be published without it."
        ),
    )
    note_reason = models.CharField(
        _("why, for readers"),
        max_length=200,
        blank=True,
        help_text=_("Why the name is not given, for example: to protect the speaker from reprisal. May be left empty."),
    )
    description = ProseField(
        _("what may be said of them"),
        max_length=300,
        blank=True,
        help_text=_("As much as is safe and no more, for example: a Uyghur national in New Zealand. Readers see it."),
    )
    history = field_history()

    class Meta:
        verbose_name = _("pseudonym")
        verbose_name_plural = _("pseudonyms")
        ordering = ["shown_as"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(note_reason="") | ~models.Q(note=""),
                name="pseudonym_reason_comes_with_a_note",
            )
        ]

    def __str__(self):
        return f"{self.shown_as}*"
