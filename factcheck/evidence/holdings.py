"""What we hold ourselves: files, the items they belong to, and the custody record of everything done with either.

Files are written by `keeping.py`, custody events by `custody.py`, exhibits by `exhibits.py`; nobody else writes them.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.database.rows import AppendOnlyModel, VersionedModel
from factcheck.files import sealed
from factcheck.newsroom.record import field_history

SEALED = sealed.Form(b"factcheck sealed file, 1\n", b"factcheck file ")


def _staff(label, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=label, **options
    )


class File(AppendOnlyModel):
    """Bytes that we hold, known by their hash (EV-4). The same bytes twice are one file, and a file never changes.

    What came in or was captured is an original and is never handed out; what people get was made from it and says so.
    What came in confidence lies there sealed, in a `box`, and hash and size are those of the sealed bytes; by `mark` the same
    bytes are known again within that box, and nowhere else. A file without a box lies there as it is.
    """

    class Made(models.TextChoices):
        RECEIVED = "received", _("Received")
        CAPTURED = "captured", _("Captured")
        CLEANED = "cleaned", _("Copy without hidden data")
        REDACTED = "redacted", _("Redacted copy")

    DERIVED = (Made.CLEANED, Made.REDACTED)

    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    type = models.CharField(_("type"), max_length=100)  # the MIME type that its bytes show, whatever its name says
    made = models.CharField(_("how it was made"), max_length=8, choices=Made)
    made_with = models.CharField(_("made with"), max_length=100, blank=True)  # program and version
    stored_as = models.CharField(_("name in the store"), max_length=60, unique=True)  # random, and says nothing
    derived_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="derived", verbose_name=_("derived from")
    )
    mark = models.CharField(_("keyed hash of what is sealed"), max_length=64, blank=True)
    box = models.ForeignKey(
        "sources.Strongbox", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sealed in")
    )
    follows = models.ForeignKey(  # the row of the same bytes in the same place, until those were discarded
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("follows")
    )
    kept_at = models.DateTimeField(_("kept at"))
    kept_by = _staff(_("kept by"), null=True)  # empty: a process of ours

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        default_permissions = ("view",)
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(derived_from=None, follows=None), name="file_original_once"
            ),
            models.UniqueConstraint(
                fields=["sha256", "derived_from"], condition=Q(follows=None), name="file_derived_once"
            ),
            models.UniqueConstraint(
                fields=["box", "mark"], condition=Q(derived_from=None, follows=None), name="file_sealed_once"
            ),
            models.UniqueConstraint(
                fields=["box", "mark", "derived_from"], condition=Q(follows=None), name="file_sealed_derived_once"
            ),
            models.CheckConstraint(
                condition=Q(box__isnull=True, mark="") | Q(box__isnull=False) & ~Q(mark=""),
                name="file_sealed_with_its_mark",
            ),
            models.CheckConstraint(
                condition=Q(made__in=["received", "captured"], derived_from__isnull=True)
                | Q(made__in=["cleaned", "redacted"], derived_from__isnull=False),
                name="file_derived_says_from_what",
            ),
        ]

    def __str__(self):
        return f"{self.get_made_display()} {self.sha256[:12]}"

    @property
    def is_original(self):
        return self.derived_from_id is None

    @property
    def content_size(self):
        """How many bytes whoever opens it gets."""
        return self.size if self.box_id is None else sealed.opened_size(SEALED, self.size)


class Discarded(AppendOnlyModel):
    """That the bytes of a File were taken off the shelf: kept otherwise now, or their key destroyed. By `sealing.py`."""

    file = models.OneToOneField(File, models.PROTECT, related_name="discarded", verbose_name=_("file"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("discarded file")
        verbose_name_plural = _("discarded files")
        default_permissions = ()

    def __str__(self):
        return f"bytes of file {self.file_id}"


class Exhibit(VersionedModel):
    """A file as part of an evidence item, under the name it was given with. Added by authors, released by editors.

    `copy` is the file without hidden data: the only one that staff and readers are handed. Where there is none, because
    we cannot clean that type, the exhibit is never released. `redacts` names the exhibit that this one stands in for.
    """

    name = models.CharField(_("name as given"), max_length=150)
    item = models.ForeignKey("evidence.Item", models.CASCADE, related_name="exhibits", verbose_name=_("evidence"))
    file = models.ForeignKey(File, models.PROTECT, related_name="exhibits", editable=False, verbose_name=_("file"))
    copy = models.ForeignKey(
        File,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("copy to hand out"),
    )
    redacts = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="redacted",
        verbose_name=_("redacts"),
    )
    released_as = models.CharField(_("name for readers"), max_length=120, blank=True, editable=False)
    set_aside_because = models.CharField(_("why it was set aside"), max_length=300, blank=True, editable=False)
    received_at = models.DateTimeField(_("received at"), editable=False)
    received_by = _staff(_("received by"))
    released_at = models.DateTimeField(_("released at"), null=True, blank=True, editable=False)
    released_by = _staff(_("released by"), null=True, blank=True)
    set_aside_at = models.DateTimeField(_("set aside at"), null=True, blank=True, editable=False)
    history = field_history()

    class Meta:
        verbose_name = _("file of an item")
        verbose_name_plural = _("files of items")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "file"], name="exhibit_once"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True, released_as="")
                | Q(released_at__isnull=False, released_by__isnull=False) & ~Q(released_as=""),
                name="exhibit_released_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(copy__isnull=False), name="exhibit_released_is_a_copy"
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(set_aside_at__isnull=True),
                name="exhibit_set_aside_is_not_released",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True, set_aside_because="")
                | Q(set_aside_at__isnull=False) & ~Q(set_aside_because=""),
                name="exhibit_set_aside_with_a_reason",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def claim(self):
        return self.item.claim


class CustodyEvent(AppendOnlyModel):
    """One thing that was done with an item or a file, when it was done (EV-5). Only `custody.write` adds one.

    Each carries the hash of the one before, so that a row altered, removed or slipped in later is found.
    """

    class What(models.TextChoices):
        RECEIVED = "received", _("Received")
        CAPTURED = "captured", _("Captured")
        HASHED = "hashed", _("Hashed")
        VIEWED = "viewed_original", _("Original viewed")
        COPIED = "copied", _("Copied without hidden data")
        REDACTED = "redacted", _("Redacted")
        RELEASED = "released", _("Released to readers")
        TAKEN_BACK = "taken_back", _("Taken back from readers")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived publicly")
        EXPORTED = "exported", _("Exported")
        VERIFIED = "verified", _("Verified")
        FAULTY = "faulty", _("Found missing or changed")
        TIMESTAMPED = "timestamped", _("Time-stamped by an authority")
        SET_ASIDE = "set_aside", _("Set aside")
        MOVED = "moved", _("Moved")
        DESTROYED = "destroyed", _("Destroyed")

    number = models.BigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("when"))
    what = models.CharField(_("what was done"), max_length=16, choices=What)
    # numbers and hashes, no foreign keys: what an event tells of may go, the event stays
    item_number = models.BigIntegerField(_("evidence item"), null=True)
    sha256 = models.CharField(_("file"), max_length=64, blank=True)
    tool = models.CharField(_("done with"), max_length=100, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    actor_id = models.BigIntegerField(_("who, by number"), null=True)
    actor = models.CharField(_("who"), max_length=150)
    previous_hash = models.CharField(_("hash before"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("custody event")
        verbose_name_plural = _("custody events")
        default_permissions = ("view",)
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["item_number", "number"], name="custody_by_item"),  # the item's page
            models.Index(fields=["sha256", "number"], name="custody_by_file"),  # verify_evidence: was it destroyed?
        ]

    def __str__(self):
        return f"{self.number} {self.get_what_display()}"
