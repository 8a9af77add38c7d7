"""The story around a claim: the piece it was made in, the people and bodies who speak, the topics readers browse by."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.database.fields import ProseField, WebAddressField, not_in_future
from factcheck.database.rows import VersionedModel
from factcheck.newsroom.record import field_history

from .types import Precision


class Story(VersionedModel):
    """A piece of journalism in which claims were made: ours or somebody else's. Written by journalists and editors."""

    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("The last part of the story's address.")
    )
    headline = models.CharField(
        _("headline"), max_length=250, help_text=_("As the outlet printed it, or in your own words.")
    )
    outlet = models.CharField(_("outlet"), max_length=150, blank=True, help_text=_("Who published it."))
    url = WebAddressField(_("web address"), help_text=_("Leave it empty if you do not know it. Never guess one."))
    published_on = models.DateField(_("published on"), null=True, blank=True, validators=[not_in_future])
    published_precision = models.CharField(
        _("how exactly the day is known"), max_length=7, choices=Precision, default=Precision.DAY
    )
    byline = models.CharField(_("byline"), max_length=200, blank=True)
    note = ProseField(
        _("note to readers"),
        max_length=1000,
        blank=True,
        help_text=_("Shown at the top of the story's page, for example that it is a worked example."),
    )
    history = field_history()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-pk"]

    def __str__(self):
        return self.headline


class Speaker(VersionedModel):
    """Whoever says something or is spoken of: a person, a body, or a protected person behind a pseudonym.

    A speaker has a name or a pseudonym, never both: that is what keeps a real name out of this table (promise 4).
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        ORGANISATION = "organisation", _("Organisation")
        GOVERNMENT = "government", _("Government body")
        PARTY = "party", _("Political party")
        EMBASSY = "embassy", _("Embassy")

    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("The last part of the speaker's address.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(
        _("name"),
        max_length=150,
        blank=True,
        help_text=_("As it is to be printed. Leave it empty for somebody who goes by a pseudonym."),
    )
    pseudonym = models.OneToOneField(
        "sources.Pseudonym",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("pseudonym"),
        help_text=_("For a person whose name must not be known. Their real name belongs nowhere in this form."),
    )
    history = field_history()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(name="") & Q(pseudonym__isnull=False)) | (~Q(name="") & Q(pseudonym__isnull=True)),
                name="speaker_has_a_name_or_a_pseudonym",
                violation_error_message=_("Give a name or a pseudonym, and never both."),
            ),
            models.CheckConstraint(
                condition=Q(pseudonym__isnull=True) | Q(kind="person"),
                name="speaker_behind_a_pseudonym_is_a_person",
                violation_error_message=_("Only a person can go by a pseudonym."),
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="speaker_by_name")]  # the staff's list and autocomplete

    def __str__(self):
        return str(self.pseudonym) if self.pseudonym_id else self.name

    @property
    def shown_as(self):
        """The name as printed: the name itself, or the pseudonym without its star."""
        return self.pseudonym.shown_as if self.pseudonym_id else self.name


class Topic(VersionedModel):
    """A subject that readers browse by. Written by journalists and editors."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    history = field_history()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self):
        return self.name
