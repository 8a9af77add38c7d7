"""What came in: e-mails as they are, what a party said, and where it was filed until a person read it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.database.fields import ProseField
from factcheck.database.rows import AppendOnlyModel, VersionedModel
from factcheck.letters.models import Letter
from factcheck.newsroom.record import field_history
from factcheck.reply.correspondence import Channel
from factcheck.reply.models import Allegation, Extension, ReplyFile, Response

from .mail import TEXT_KEPT, Attachment, Message, Sorting

__all__ = ["Attachment", "Filing", "Incoming", "IncomingAnswer", "Message", "Sorting"]


class Incoming(AppendOnlyModel):
    """What a party said, as it came, by mail or on the private page. Append-only: it is never what readers get.

    Who says it, in what role and with what authority, is what they claim.
    """

    channel = models.CharField(_("channel"), max_length=16, choices=Channel)
    text = ProseField(_("what they said"), max_length=TEXT_KEPT, blank=True)
    declined = models.BooleanField(_("declines to comment"), default=False)
    more_time_because = ProseField(_("why they ask for more time"), max_length=2000, blank=True)
    by_name = models.CharField(_("who answers"), max_length=150, blank=True)
    by_role = models.CharField(_("in what role"), max_length=200, blank=True)
    authority = models.CharField(_("by what authority"), max_length=200, blank=True)
    by_address = models.CharField(_("e-mail address"), max_length=320, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    # names what was sent, so that sending it twice files it once
    once = models.CharField(_("what it is filed once for"), max_length=64, blank=True)
    # words that could tell who a protected source is lie on the shelf and not here
    withheld_as = models.CharField(_("name on the shelf"), max_length=80, blank=True)
    message = models.OneToOneField(
        Message, models.PROTECT, null=True, blank=True, related_name="incoming", verbose_name=_("message")
    )
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, related_name="incoming", verbose_name=_("letter")
    )
    more_time_until = models.DateTimeField(_("asks for time until"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("incoming answer")
        verbose_name_plural = _("incoming answers")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["once"], condition=~Q(once=""), name="incoming_once"),
        ]

    def __str__(self):
        return f"{self.by_name or self.by_address or _('Somebody')}, {self.get_channel_display()}"

    @property
    def is_withheld(self):
        """Whether its words are kept from the record, because they could tell who a protected source is."""
        return bool(self.withheld_as) or (self.message is not None and "withheld" in self.message.flags)

    @property
    def asks_for_time(self):
        return bool(self.more_time_until or self.more_time_because)

    @property
    def says_more(self):
        """Whether an answer came on the private page beside the request for time."""
        return bool(self.text.strip() or self.declined or self.withheld_as or self.answers.all())


class IncomingAnswer(AppendOnlyModel):
    """What a party said to one of the allegations put to them."""

    text = ProseField(_("their answer"), max_length=30_000)
    incoming = models.ForeignKey(Incoming, models.CASCADE, related_name="answers", verbose_name=_("incoming answer"))
    allegation = models.ForeignKey(Allegation, models.PROTECT, related_name="incoming", verbose_name=_("allegation"))

    class Meta:
        verbose_name = _("answer to an allegation")
        verbose_name_plural = _("answers to allegations")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["incoming", "allegation"], name="incoming_answers_once")]

    def __str__(self):
        return self.text


class Filing(VersionedModel):
    """An incoming answer as it lies with one right of reply, until a person confirms it there or sets it aside."""

    class State(models.TextChoices):
        UNREAD = "unread", _("Unread")
        CONFIRMED = "confirmed", _("Confirmed")
        TIME_DECIDED = "time_decided", _("More time decided")
        SET_ASIDE = "set_aside", _("Set aside")

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UNREAD, editable=False)
    settled_because = models.CharField(_("why"), max_length=300, blank=True, editable=False)
    incoming = models.ForeignKey(Incoming, models.CASCADE, related_name="filings", verbose_name=_("incoming answer"))
    file = models.ForeignKey(ReplyFile, models.PROTECT, related_name="filings", verbose_name=_("right of reply"))
    response = models.OneToOneField(
        Response,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="filing",
        verbose_name=_("response"),
    )
    extension = models.OneToOneField(
        Extension,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="filing",
        verbose_name=_("extension"),
    )
    filed_at = models.DateTimeField(_("filed at"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("settled by"),
    )
    history = field_history()

    class Meta:
        verbose_name = _("filed answer")
        verbose_name_plural = _("filed answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["incoming", "file"], name="filing_once_a_file"),
            models.CheckConstraint(
                condition=Q(state="unread", settled_at__isnull=True, settled_by__isnull=True, settled_because="")
                | ~Q(state="unread")
                & Q(settled_at__isnull=False, settled_by__isnull=False)
                & (~Q(state="set_aside") | ~Q(settled_because="")),
                name="filing_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", response__isnull=False)
                | ~Q(state="confirmed") & Q(response__isnull=True),
                name="filing_confirmed_with_a_response",
            ),
            models.CheckConstraint(
                # an answer that came with a request for time has both, one after the other
                condition=~Q(state="time_decided") | Q(extension__isnull=False),
                name="filing_time_decided_with_an_extension",
            ),
        ]
        indexes = [
            # the inbox: what is unread, the oldest first; what was set aside, the newest first
            models.Index(fields=["state", "id"], name="filing_by_state"),
            models.Index(fields=["file", "state"], name="filing_by_file"),  # whether anything lies unread on a file
        ]

    def __str__(self):
        return f"{self.incoming}: {self.get_state_display()}"
