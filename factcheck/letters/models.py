"""What we wrote: a letter, the rights of reply it is about, the e-mails that carry it, the keys to its private page."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Speaker
from factcheck.database.constraints import together
from factcheck.database.fields import ProseField
from factcheck.database.rows import AppendOnlyModel, VersionedModel
from factcheck.newsroom.record import field_history
from factcheck.reply.models import Allegation, ReplyFile

from .lines import one_line
from .refs import new_message_id, new_nonce, new_ref
from .shut_away import ShutAway
from .states import UNDER_WAY, LetterState, OutgoingState

__all__ = ["Letter", "LetterFile", "Outgoing", "PageKey", "SentCopy", "ShutAway"]


def _staff(label, **options):
    user = settings.AUTH_USER_MODEL
    return models.ForeignKey(user, models.PROTECT, related_name="+", editable=False, verbose_name=label, **options)


def _when(label, **options):
    return models.DateTimeField(label, editable=False, **options)


class Letter(VersionedModel):
    """One letter to one party about one or several of its rights of reply. Journalists and editors write it, through `actions`."""

    class Kind(models.TextChoices):
        FIRST = "first", _("put for the first time")
        AGAIN = "again", _("put again")

    kind = models.CharField(_("what it is"), max_length=5, choices=Kind, default=Kind.FIRST, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=LetterState, default=LetterState.DRAFTING, editable=False
    )
    subject = models.CharField(
        _("subject"),
        max_length=250,
        validators=[one_line],
        help_text=_("Anybody may see it on a screen: say nothing of what it is about."),
    )
    body = ProseField(
        _("letter"),
        max_length=30_000,
        help_text=_(
            "Plain text, with an empty line between paragraphs. Each allegation has to stand in it as it is on the file."
        ),
    )
    to_role = models.CharField(
        _("to which role"),
        max_length=150,
        validators=[one_line],
        help_text=_("The office or the person's function: press office."),
    )
    to_name = models.CharField(_("to whom"), max_length=150, blank=True, validators=[one_line])
    to_address = models.EmailField(_("e-mail address"), max_length=250)
    call = models.CharField(
        _("whom to call"),
        max_length=200,
        validators=[one_line],
        help_text=_("A name and a number, for questions and for answers by phone."),
    )
    party_name = models.CharField(_("the party as it is named in the letter"), max_length=150, editable=False)
    zone = models.CharField(_("the party's time zone"), max_length=60)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=10, blank=True)
    reply_ref = models.CharField(
        _("mark in the reply address"), max_length=24, unique=True, default=new_ref, editable=False
    )
    stopped_because = models.CharField(_("why it did not go"), max_length=400, blank=True, editable=False)
    cleared_fingerprint = models.CharField(_("what was cleared"), max_length=64, blank=True, editable=False)
    party = models.ForeignKey(Speaker, models.PROTECT, related_name="letters", verbose_name=_("party"))
    files = models.ManyToManyField(
        ReplyFile, through="LetterFile", related_name="letters", verbose_name=_("rights of reply")
    )
    deadline_at = models.DateTimeField(_("deadline"))
    drafted_at = models.DateTimeField(_("written at"), auto_now_add=True)
    drafted_by = _staff(_("written by"))
    cleared_at = _when(_("cleared at"), null=True, blank=True)
    cleared_by = _staff(_("cleared by"), null=True, blank=True)
    queued_at = _when(_("given to be sent at"), null=True, blank=True)
    queued_by = _staff(_("given to be sent by"), null=True, blank=True)
    sent_at = _when(_("sent at"), null=True, blank=True)
    history = field_history()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        constraints = [
            together("letter_cleared", "cleared_at", "cleared_by", texts=["cleared_fingerprint"]),
            together("letter_queued", "queued_at", "queued_by"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | ~Q(state__in=["sent", "bounced"]), name="letter_sent_at_a_moment"
            ),
        ]
        indexes = [
            # what has to be decided or cleared: the dashboard, the digest, the list's filter
            models.Index(fields=["state", "-id"], name="letter_by_state")
        ]

    def __str__(self):
        return f"{self.party}: {self.get_state_display()}"

    @property
    def is_under_way(self):
        return self.state in UNDER_WAY

    @property
    def file(self):
        """The first right of reply it is about: where the desk comes from and goes back to."""
        part = self.parts.select_related("file__claim", "file__party__pseudonym").first()
        return part.file if part else None

    @property
    def first_claim(self):
        file = self.file
        return file.claim if file else None


class LetterFile(models.Model):
    """One right of reply that a letter is about: what of it the letter puts, and how the claim was worded then."""

    wording = ProseField(_("the claim's wording in the letter"), max_length=500)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="parts", verbose_name=_("letter"))
    file = models.ForeignKey(ReplyFile, models.PROTECT, related_name="letter_parts", verbose_name=_("right of reply"))
    allegations = models.ManyToManyField(Allegation, related_name="+", verbose_name=_("what it puts"))
    history = field_history()

    class Meta:
        verbose_name = _("right of reply in a letter")
        verbose_name_plural = _("rights of reply in a letter")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "file"], name="letter_file_once")]

    def __str__(self):
        return self.wording


class PageKey(models.Model):
    """The key of a party's private page for one letter. The token itself is kept nowhere: `keys` makes it when it is needed."""

    nonce = models.CharField(_("what the token is made from"), max_length=64, default=new_nonce, editable=False)
    token_sha256 = models.CharField(_("SHA-256 of the token"), max_length=64, unique=True, editable=False)
    revoked_because = models.CharField(_("why it was revoked"), max_length=300, blank=True, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="keys", verbose_name=_("letter"))
    expires_at = models.DateTimeField(_("opens until"))
    issued_at = models.DateTimeField(_("issued at"), auto_now_add=True)
    issued_by = _staff(_("issued by"))
    revoked_at = _when(_("revoked at"), null=True, blank=True)
    revoked_by = _staff(_("revoked by"), null=True, blank=True)

    class Meta:
        verbose_name = _("key of a private page")
        verbose_name_plural = _("keys of private pages")
        ordering = ["pk"]
        constraints = [together("pagekey_revoked", "revoked_at", "revoked_by", texts=["revoked_because"])]

    def __str__(self):
        return str(_("revoked")) if self.revoked_at else str(_("private page"))


class Outgoing(models.Model):
    """One e-mail that is to leave, whatever for. A row here is due work; only `sending` and `outgoing` write it.

    Its Message-ID is fixed before the first try. The body has a mark where the private page's address goes.
    """

    class Purpose(models.TextChoices):
        LETTER = "letter", _("letter")
        REMINDER = "reminder", _("reminder before the deadline")
        LAST_REMINDER = "last_reminder", _("reminder at the deadline")
        NEW_PAGE = "new_page", _("new address of the private page")
        RECEIPT = "receipt", _("receipt")
        DIGEST = "digest", _("digest for staff")

    purpose = models.CharField(_("what for"), max_length=13, choices=Purpose)
    state = models.CharField(_("state"), max_length=9, choices=OutgoingState, default=OutgoingState.QUEUED)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True, default=new_message_id)
    once = models.CharField(_("what it is sent once for"), max_length=150, unique=True)
    to_address = models.EmailField(_("to"), max_length=250)
    to_name = models.CharField(_("to whom"), max_length=150, blank=True, validators=[one_line])
    reply_to = models.EmailField(_("Reply-To"), max_length=250, blank=True)
    in_reply_to = models.CharField(_("In-Reply-To"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=250, validators=[one_line])
    body = ProseField(_("text"), max_length=60_000)
    held_as = models.CharField(_("text on the shelf"), max_length=64, blank=True, editable=False)
    automatic = models.BooleanField(_("sent by itself"), default=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    answered = models.CharField(_("what the mail server said last"), max_length=300, blank=True)
    taken_by = models.CharField(_("worker"), max_length=120, blank=True)
    letter = models.ForeignKey(Letter, models.CASCADE, null=True, blank=True, related_name="outgoing")
    key = models.ForeignKey(PageKey, models.PROTECT, null=True, blank=True, related_name="outgoing")
    due_at = models.DateTimeField(_("to be sent from"))
    taken_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    queued_at = models.DateTimeField(_("queued at"), auto_now_add=True)
    queued_by = _staff(_("queued by"), null=True, blank=True)
    tried_at = _when(_("last try"), null=True, blank=True)
    sent_at = _when(_("sent at"), null=True, blank=True)
    bounced_at = _when(_("came back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["pk"]
        constraints = [
            together("outgoing_taken", "taken_until", texts=["taken_by"]),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent"), name="outgoing_sent_at_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(letter__isnull=False) | Q(purpose__in=["receipt", "digest"]), name="outgoing_has_its_letter"
            ),
        ]
        indexes = [
            # due work: the next e-mail to take, and those whose worker is gone
            models.Index(fields=["state", "due_at", "id"], name="outgoing_by_state")
        ]

    def __str__(self):
        return f"{self.get_purpose_display()}: {self.get_state_display()}"

    @property
    def file(self):
        return self.letter.file if self.letter else None


class SentCopy(AppendOnlyModel):
    """What was handed to the mail server, word for word, with a mark where the private page's address stood. Append-only.

    Written before the first try, so that no crash can leave something sent and nothing kept. `sent_sha256` is of the bytes
    as they left, address and all; `sha256` is of the copy kept here.
    """

    source = models.TextField(_("message"))
    sha256 = models.CharField(_("SHA-256 of this copy"), max_length=64)
    sent_sha256 = models.CharField(_("SHA-256 of what was sent"), max_length=64)
    outgoing = models.OneToOneField(Outgoing, models.CASCADE, related_name="copy", verbose_name=_("e-mail"))
    dated = models.DateTimeField(_("date of the message"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("sent copy")
        verbose_name_plural = _("sent copies")

    def __str__(self):
        return self.sha256
