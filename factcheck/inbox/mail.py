"""One e-mail as it came in, what was attached to it, and what somebody made of it where nothing matched."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.database.fields import ProseField
from factcheck.database.rows import AppendOnlyModel
from factcheck.letters.models import Letter

TEXT_KEPT = 200_000  # characters of a message that are read; the message itself is kept whole, in a file


class Message(AppendOnlyModel):
    """One e-mail, as it was read when it came. The message itself lies on the shelf for mail. Append-only.

    Everything in it is what the sender claims: the name, the address, the day.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", _("may be an answer")
        AUTO_REPLY = "auto_reply", _("automatic reply")
        BOUNCE = "bounce", _("could not be delivered")
        DELAYED = "delayed", _("delivery is delayed")
        RECEIPT = "receipt", _("delivery or reading receipt")
        BULK = "bulk", _("mailing list or mass mail")
        UNREADABLE = "unreadable", _("could not be read")
        OVERSIZE = "oversize", _("too large to be read")

    class Matched(models.TextChoices):
        ADDRESS = "address", _("by the address it was sent to")
        IN_REPLY_TO = "in_reply_to", _("by the letter it answers")
        REFERENCES = "references", _("by the letters it refers to")
        RETURNED = "returned", _("by the letter that it returns")
        NOTHING = "nothing", _("by nothing")

    kind = models.CharField(_("what it is"), max_length=10, choices=Kind)
    matched = models.CharField(_("matched"), max_length=11, choices=Matched, default=Matched.NOTHING)
    # nothing is done with it by itself, and somebody has to look at it
    to_sort = models.BooleanField(_("to be sorted"), default=False)
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    from_name = models.CharField(_("name it claims to be from"), max_length=250, blank=True)
    from_address = models.CharField(_("address it claims to be from"), max_length=320, blank=True)
    sent_to = models.CharField(_("sent to"), max_length=1000, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=250, blank=True)
    checked = models.CharField(_("what our mail server found of the sender"), max_length=1000, blank=True)
    flags = models.JSONField(_("what is odd about it"), default=list, blank=True)
    text = ProseField(_("text"), max_length=TEXT_KEPT, blank=True)
    kept_as = models.CharField(_("name on the shelf"), max_length=80)
    sha256 = models.CharField(_("SHA-256 of the message"), max_length=64, unique=True)
    content_sha256 = models.CharField(_("SHA-256 of what it says"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, related_name="messages", verbose_name=_("letter")
    )
    dated = models.DateTimeField(_("day it claims"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]
        constraints = [
            # The same message by two roads differs in its trace alone.
            models.UniqueConstraint(
                fields=["message_id", "content_sha256"], condition=~Q(message_id=""), name="message_once"
            ),
        ]
        indexes = [
            # what has to be sorted: the inbox, the dashboard
            models.Index(fields=["-id"], condition=Q(to_sort=True), name="message_to_sort"),
            models.Index(fields=["kind", "-id"], name="message_by_kind"),  # the inbox: what needs nobody
        ]

    def __str__(self):
        return self.subject or str(_("(no subject)"))


class Attachment(AppendOnlyModel):
    """Something attached to a message. It is not unpacked: it lies in the message, at its place, and is read from there."""

    name = models.CharField(_("name"), max_length=250)
    type = models.CharField(_("type it claims"), max_length=150)
    place = models.PositiveSmallIntegerField(_("place in the message"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments", verbose_name=_("message"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["message", "place"], name="attachment_at_its_place")]

    def __str__(self):
        return self.name


class Sorting(AppendOnlyModel):
    """What somebody made of a message that nothing was done with: it belongs to a right of reply, or it is nothing."""

    class Made(models.TextChoices):
        BELONGS = "belongs", _("belongs to a right of reply")
        NOTHING = "nothing", _("is nothing for the record")

    made = models.CharField(_("what it is"), max_length=7, choices=Made)
    because = models.CharField(_("why"), max_length=300)
    message = models.ForeignKey(Message, models.CASCADE, related_name="sortings", verbose_name=_("message"))
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("sorting of a message")
        verbose_name_plural = _("sortings of messages")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_made_display()}: {self.because}"
