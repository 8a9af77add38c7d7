"""What we found: the items a verdict rests on, each with where it is and what it shows. Files and captures hang from `Item`."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Claim, Speaker
from factcheck.claims.types import Precision
from factcheck.database.fields import LANGUAGE_HELP, ProseField, WebAddressField, not_in_future
from factcheck.database.rows import VersionedModel
from factcheck.newsroom.record import field_history

from .captured import Capture
from .holdings import CustodyEvent, Discarded, Exhibit, File
from .outside import Host, PublicCopy, Watch
from .stamped import Timestamp

__all__ = [
    "Capture",
    "CustodyEvent",
    "Discarded",
    "Exhibit",
    "File",
    "Host",
    "Item",
    "PublicCopy",
    "Watch",
    "Timestamp",
]


class Item(VersionedModel):
    """One piece of evidence for or against a claim, or needed to understand it (EV-1). Written by journalists and editors."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("Document")
        WEB_PAGE = "web_page", _("Web page")
        DATASET = "dataset", _("Dataset")
        RECORDING = "recording", _("Recording")
        IMAGE = "image", _("Image")
        VIDEO = "video", _("Video")
        TESTIMONY = "testimony", _("Testimony")
        STATEMENT = "statement", _("Statement")
        EXPERT = "expert", _("Expert opinion")
        LAW = "law", _("Law or regulation")
        OFFICIAL = "official_response", _("Response to an information request")
        CORRESPONDENCE = "correspondence", _("Correspondence")

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("Supports the claim")
        UNDERMINES = "undermines", _("Undermines the claim")
        CONTEXT = "context", _("Context")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Public: readers see it")
        INTERNAL = "internal", _("Internal: for the newsroom only")
        RESTRICTED = "restricted", _("Restricted: nothing of it leaves the newsroom, its name neither")

    title = models.CharField(_("title"), max_length=250, help_text=_("What it is called, as one would cite it."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.DOCUMENT)
    publisher = models.CharField(_("author or publisher"), max_length=200, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True, validators=[not_in_future])
    published_precision = models.CharField(
        _("how exactly the day is known"), max_length=7, choices=Precision, default=Precision.UNKNOWN
    )
    url = WebAddressField(
        _("web address"), help_text=_("Where it can be read. Leave it empty if it is not on the web.")
    )
    archived_url = WebAddressField(_("archived copy"), help_text=_("An address of a copy that will outlive the page."))
    locator = models.CharField(
        _("where in it"), max_length=150, blank=True, help_text=_("Page, paragraph, or time as hh:mm:ss.")
    )
    passage = ProseField(_("the passage relied on"), max_length=5000, blank=True, help_text=_("Word for word."))
    passage_language = models.CharField(
        _("language of the passage"), max_length=20, blank=True, help_text=LANGUAGE_HELP
    )
    shows = ProseField(
        _("what it shows"),
        max_length=1500,
        blank=True,
        help_text=_("In a sentence, for a reader who will not open it."),
    )
    stance = models.CharField(_("for or against"), max_length=10, choices=Stance, default=Stance.CONTEXT)
    primary = models.BooleanField(
        _("primary source"), default=True, help_text=_("The record itself, rather than somebody's account of it.")
    )
    secondary_reason = models.CharField(
        _("why a secondary source"),
        max_length=300,
        blank=True,
        help_text=_("Why nothing primary serves here. Readers see it."),
    )
    independence_group = models.CharField(
        _("comes from the same origin as"),
        max_length=80,
        blank=True,
        help_text=_(
            "Items that repeat one origin share a word here, for example the agency's name, and count as one source."
        ),
    )
    visibility = models.CharField(_("who may see it"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    confidential = models.BooleanField(
        _("from a confidential source"),
        default=False,
        help_text=_("The newsroom knows who it comes from and readers do not. Never write the name here."),
    )
    # what lists call it that may not say what it is (EV-10)
    listed_as = models.UUIDField(_("random name"), default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="evidence", verbose_name=_("claim"))
    source = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("whose account it is"),
        help_text=_("For testimony, statements and expert opinion: the person or body who gave it."),
    )
    withdrawn_because = models.CharField(_("why it was withdrawn"), max_length=300, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    history = field_history()

    class Meta:
        verbose_name = _("evidence item")
        verbose_name_plural = _("evidence items")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(passage="") | ~Q(passage_language=""),
                name="item_passage_has_a_language",
                violation_error_message=_("Say what language the passage is in."),
            ),
            models.CheckConstraint(
                condition=Q(published_precision="unknown", published_on__isnull=True)
                | (~Q(published_precision="unknown") & Q(published_on__isnull=False)),
                name="item_day_comes_with_its_precision",
                violation_error_message=_(
                    "Give the day it was published together with how exactly it is known, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(primary=False) | Q(secondary_reason=""),
                name="item_primary_needs_no_reason",
                violation_error_message=_(
                    "A primary source wants no reason for being secondary: untick one or empty the other."
                ),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="item_withdrawn_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["claim", "withdrawn_at"], name="item_by_claim")
        ]  # the dossier and the claim's page

    def __str__(self):
        return self.title
