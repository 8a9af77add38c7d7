"""What was said: the claim, and the story, people and topics around it. Written through `actions`, never by a form alone."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.database.fields import LANGUAGE_HELP, ProseField, WebAddressField, not_in_future
from factcheck.database.rows import VersionedModel
from factcheck.newsroom.record import field_history

from .pressing import PRESSING
from .story import Speaker, Story, Topic
from .types import ClaimType, Precision

__all__ = ["Appearance", "Claim", "ClaimLink", "Closing", "Concerned", "Speaker", "Status", "Story", "Topic"]


class Status(models.TextChoices):
    """Where a claim is in the process (VD-2). Only `desk.workflow.move` changes it."""

    LOGGED = "logged", _("Logged")
    RESEARCHING = "researching", _("Researching")
    IN_REVIEW = "in_review", _("In review")
    CLEARED = "cleared", _("Cleared")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")


class Closing(models.TextChoices):
    """Why a claim was closed."""

    NOT_CHECKABLE = "not_checkable", _("Not checkable")
    DUPLICATE = "duplicate", _("Duplicate of another claim")
    DROPPED = "dropped", _("Dropped")
    RETRACTED = "retracted", _("Retracted after publication")


UPDATE_NEEDED, REOPENED = Q(update_needed_at__isnull=False), Q(reopened_at__isnull=False)


class Claim(VersionedModel):
    """One thing that somebody said, small enough to be judged by itself (CL-10). Everything else hangs from it."""

    class Priority(models.IntegerChoices):
        URGENT = 1, _("Urgent")
        NORMAL = 2, _("Normal")
        LOW = 3, _("Low")

    ref = models.UUIDField(_("reference"), default=uuid.uuid4, unique=True, editable=False)
    wording = ProseField(
        _("what is claimed, in our words"),
        max_length=500,
        help_text=_("State the claim itself, never its opposite, and one thing only. Readers see exactly this."),
    )
    short_form = models.CharField(
        _("short form"),
        max_length=75,
        blank=True,
        help_text=_("At most 75 characters, without the rating. Used in lists, feeds and by search engines."),
    )
    quotation = ProseField(
        _("the speaker's own words"),
        max_length=3000,
        blank=True,
        help_text=_("Word for word, without quotation marks. Leave it empty if you paraphrase."),
    )
    quotation_language = models.CharField(
        _("language of the quotation"), max_length=20, blank=True, help_text=LANGUAGE_HELP
    )
    quotation_translation = ProseField(_("translation"), max_length=3000, blank=True)
    type = models.CharField(_("type"), max_length=24, choices=ClaimType)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.LOGGED, editable=False)
    why_chosen = ProseField(
        _("why we check it"),
        max_length=1000,
        blank=True,
        help_text=_("Reach, harm, importance: what made this worth the work. Readers see it."),
    )
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("speaker")
    )
    speaker_unknown = models.BooleanField(
        _("the speaker is unknown"), default=False, help_text=_("For something that goes round without an author.")
    )
    speaker_role = models.CharField(
        _("role at the time"),
        max_length=200,
        blank=True,
        help_text=_("What they were when they said it. A later promotion does not change it."),
    )
    speaker_affiliation = models.CharField(_("affiliation at the time"), max_length=200, blank=True)
    said_on = models.DateField(_("said on"), null=True, blank=True, validators=[not_in_future])
    said_precision = models.CharField(
        _("how exactly the day is known"), max_length=7, choices=Precision, default=Precision.UNKNOWN
    )
    said_where = models.CharField(
        _("said where"),
        max_length=250,
        blank=True,
        help_text=_("To whom or in what: in a press statement, to RNZ, on television."),
    )
    said_url = WebAddressField(_("where it can be seen"))
    story = models.ForeignKey(
        Story, models.PROTECT, null=True, blank=True, related_name="claims", verbose_name=_("story")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="claims", verbose_name=_("topics"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_claims",
        verbose_name=_("assigned to"),
    )
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    legal_risk = models.BooleanField(
        _("legal risk"), default=False, help_text=_("Legal must sign it off too before it can be published.")
    )
    check_slug = models.CharField(_("public address"), max_length=100, blank=True, editable=False)
    closed_as = models.CharField(_("closed as"), max_length=14, choices=Closing, blank=True, editable=False)
    closed_note = ProseField(_("why it was closed"), max_length=1000, blank=True, editable=False)
    update_needed_because = models.CharField(_("update needed because"), max_length=300, blank=True, editable=False)
    update_needed_at = models.DateTimeField(_("update needed since"), null=True, blank=True, editable=False)
    reopened_at = models.DateTimeField(_("at work again since"), null=True, blank=True, editable=False)
    logged_at = models.DateTimeField(_("logged at"), auto_now_add=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="logged_claims",
        editable=False,
        verbose_name=_("logged by"),
    )
    history = field_history(m2m_fields=[topics])

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(speaker_unknown=False) | Q(speaker__isnull=True),
                name="claim_speaker_is_known_or_not",
                violation_error_message=_("Either the speaker is unknown or you name one, not both."),
            ),
            models.CheckConstraint(
                condition=Q(said_precision="unknown", said_on__isnull=True)
                | (~Q(said_precision="unknown") & Q(said_on__isnull=False)),
                name="claim_day_comes_with_its_precision",
                violation_error_message=_(
                    "Give the day it was said together with how exactly it is known, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(quotation="") | ~Q(quotation_language=""),
                name="claim_quotation_has_a_language",
                violation_error_message=_("Say what language the quotation is in."),
            ),
            models.CheckConstraint(
                condition=Q(status="closed") & ~Q(closed_as="")
                | ~Q(status="closed") & Q(closed_as="") & Q(closed_note=""),
                name="claim_closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(update_needed_at__isnull=True, update_needed_because="")
                | Q(update_needed_at__isnull=False) & ~Q(update_needed_because=""),
                name="claim_update_needed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | Q(status__in=["researching", "in_review", "cleared"]),
                name="claim_at_work_again_is_at_work",
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "-id"], name="claim_by_status"
            ),  # the queues of the dashboard and the list's filter
            models.Index("status", *PRESSING, name="claim_pressing"),  # the first of a queue, on the dashboard
            models.Index(
                "assignee", "status", *PRESSING, name="claim_by_assignee"
            ),  # "assigned to me", and the first of it
            models.Index(fields=["due_on"], name="claim_by_due_day"),  # the list's sort by due day
            # the list's filters by flag
            models.Index(fields=["priority", "-id"], name="claim_by_priority"),
            models.Index(fields=["-id"], condition=Q(legal_risk=True), name="claim_with_legal_risk"),
            # what legal has to sign, the oldest first
            models.Index(fields=["status", "id"], condition=Q(legal_risk=True), name="claim_for_legal"),
            # "needing an update": the list, and the first of it on the dashboard
            models.Index(fields=["-id"], condition=UPDATE_NEEDED, name="claim_needing_update"),
            models.Index(*PRESSING, condition=UPDATE_NEEDED, name="claim_update_pressing"),
            # "reopened": the list, and the first of it on the dashboard
            models.Index(fields=["-id"], condition=REOPENED, name="claim_reopened"),
            models.Index(*PRESSING, condition=REOPENED, name="claim_reopened_pressing"),
        ]

    def __str__(self):
        return self.short_form or self.wording

    @property
    def has_page(self):
        """Whether readers have a page of it, current or retracted."""
        return bool(self.check_slug)


class Concerned(models.Model):
    """Somebody whom a claim accuses or concerns. Who is accused has to be asked (CL-9)."""

    class As(models.TextChoices):
        ACCUSED = "accused", _("Accused")
        CONCERNED = "concerned", _("Concerned")

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="concerned")
    party = models.ForeignKey(Speaker, models.PROTECT, related_name="concerned_in", verbose_name=_("who"))
    concerned_as = models.CharField(_("as"), max_length=9, choices=As, default=As.ACCUSED)
    history = field_history()

    class Meta:
        verbose_name = _("accused or concerned")
        verbose_name_plural = _("accused or concerned")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["claim", "party"], name="concerned_once_a_claim")]

    def __str__(self):
        return str(self.party)


class Appearance(models.Model):
    """Another place where the same thing was said, by the same speaker or somebody else (CL-6b)."""

    where = models.CharField(_("where"), max_length=250)
    url = WebAddressField(_("web address"))
    archived_url = WebAddressField(_("archived copy"))
    seen_on = models.DateField(_("day"), null=True, blank=True, validators=[not_in_future])
    seen_precision = models.CharField(
        _("how exactly the day is known"), max_length=7, choices=Precision, default=Precision.UNKNOWN
    )
    said_by_role = models.CharField(_("role at the time"), max_length=200, blank=True)
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="appearances")
    said_by = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("said by")
    )
    history = field_history()

    class Meta:
        verbose_name = _("other appearance")
        verbose_name_plural = _("other appearances")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_precision="unknown", seen_on__isnull=True)
                | (~Q(seen_precision="unknown") & Q(seen_on__isnull=False)),
                name="appearance_day_comes_with_its_precision",
                violation_error_message=_("Give the day together with how exactly it is known, or neither."),
            )
        ]

    def __str__(self):
        return self.where


class ClaimLink(models.Model):
    """Two claims that belong together; read from the first to the second."""

    class Relation(models.TextChoices):
        SPLIT_FROM = "split_from", _("was split from")
        DUPLICATE_OF = "duplicate_of", _("is a duplicate of")
        MADE_IN_REPLY_TO = "made_in_reply_to", _("was said in reply to")

    relation = models.CharField(_("relation"), max_length=16, choices=Relation)
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="links")
    to = models.ForeignKey(Claim, models.PROTECT, related_name="linked_from", verbose_name=_("other claim"))
    history = field_history()

    class Meta:
        verbose_name = _("link to another claim")
        verbose_name_plural = _("links to other claims")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "to", "relation"], name="claim_link_once"),
            models.CheckConstraint(
                condition=~Q(claim=models.F("to")),
                name="claim_link_to_another",
                violation_error_message=_("A claim cannot be linked to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.get_relation_display()} {self.to}"
