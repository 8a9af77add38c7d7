"""What passes between the newsroom and a party: allegations put, attempts made, time granted, answers, rulings.

All but allegations that were not put yet is append-only: what was said stays said, and a mistake is corrected by a new row.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.database.fields import LANGUAGE_HELP, ProseField
from factcheck.database.rows import AppendOnlyModel
from factcheck.newsroom.record import field_history


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")
    LETTER = "letter", _("letter")
    TEXT_MESSAGE = "text_message", _("text message")
    MESSENGER = "messenger", _("messenger")
    WEB_FORM = "web_form", _("web form")
    SOCIAL = "social", _("social media")
    IN_PERSON = "in_person", _("in person")
    VIA_LAWYER = "via_lawyer", _("their lawyer")
    VIA_PRESS_OFFICE = "via_press_office", _("their press office")
    VIA_REPORT = "via_report", _("as another outlet reported it")


def _file(name):
    return models.ForeignKey("reply.ReplyFile", models.CASCADE, related_name=name, verbose_name=_("right of reply"))


def _writer(label):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=label
    )


class Allegation(models.Model):
    """One thing put to a party, in the words it was put in. Until then it can be changed; after that it stands."""

    position = models.PositiveSmallIntegerField(_("order"), default=1)
    text = ProseField(
        _("what is put to them"), max_length=1500, help_text=_("As they are to read it: specific enough to answer.")
    )
    material = models.BooleanField(
        _("material"), default=True, help_text=_("What we publish rests on it, so it has to be put and answered.")
    )
    wording = ProseField(_("the claim's wording then"), max_length=500, blank=True, editable=False)
    dropped_because = models.CharField(_("why it is no longer published"), max_length=300, blank=True, editable=False)
    file = _file("allegations")
    put_at = models.DateTimeField(_("put at"), null=True, blank=True, editable=False)
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True, editable=False)
    history = field_history()

    class Meta:
        verbose_name = _("allegation put")
        verbose_name_plural = _("allegations put")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(put_at__isnull=True, wording="") | Q(put_at__isnull=False) & ~Q(wording=""),
                name="allegation_put_with_its_wording",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_because="")
                | Q(dropped_at__isnull=False) & ~Q(dropped_because=""),
                name="allegation_dropped_with_a_reason",
            ),
        ]

    def __str__(self):
        return self.text


class Attempt(AppendOnlyModel):
    """One try to reach a party, and what came of it. Append-only (RR-1)."""

    class Outcome(models.TextChoices):
        DELIVERED = "delivered", _("delivered")
        BOUNCED = "bounced", _("bounced")
        VOICEMAIL = "voicemail", _("left a voicemail")
        SPOKE = "spoke", _("spoke")
        REFUSED = "refused", _("refused to talk")
        NO_ANSWER = "no_answer", _("no answer")
        UNKNOWN = "unknown", _("not known")

    at = models.DateTimeField(_("when"))
    channel = models.CharField(_("channel"), max_length=16, choices=Channel)
    to_role = models.CharField(
        _("to which role"),
        max_length=150,
        help_text=_("The office or the person's function: press office, chief executive."),
    )
    to_name = models.CharField(_("to whom"), max_length=150, blank=True)
    address_used = models.CharField(_("address or number used"), max_length=250, blank=True)
    text = ProseField(_("what was said or sent"), max_length=20_000)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome)
    file = _file("attempts")
    logged_at = models.DateTimeField(_("logged at"), auto_now_add=True)
    logged_by = _writer(_("logged by"))

    class Meta:
        verbose_name = _("contact attempt")
        verbose_name_plural = _("contact attempts")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], name="attempt_by_day")]  # replies sought in a period

    def __str__(self):
        return f"{self.get_channel_display()}, {self.to_role}: {self.get_outcome_display()}"


class Extension(AppendOnlyModel):
    """More time that was asked for, and whether it was granted. A refusal is on the record too."""

    asked_by_role = models.CharField(_("who asked, by role"), max_length=150)
    granted = models.BooleanField(_("granted"))
    reason = ProseField(_("why"), max_length=500, help_text=_("Why it was granted or refused."))
    file = _file("extensions")
    asked_at = models.DateTimeField(_("asked at"))
    new_deadline_at = models.DateTimeField(_("new deadline"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), auto_now_add=True)
    decided_by = _writer(_("decided by"))

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted=True, new_deadline_at__isnull=False)
                | Q(granted=False, new_deadline_at__isnull=True),
                name="extension_granted_with_a_deadline",
                violation_error_message=_(
                    "Give the new deadline where more time is granted, and none where it is refused."
                ),
            )
        ]

    def __str__(self):
        return str(_("more time granted")) if self.granted else str(_("more time refused"))


class Response(AppendOnlyModel):
    """What a party answered, word for word. Append-only: a mistake in it is corrected by a new row that points here (RR-1)."""

    class Kind(models.TextChoices):
        DENIAL = "denial", _("Denial")
        PARTIAL_ADMISSION = "partial_admission", _("Partial admission")
        EXPLANATION = "explanation", _("Explanation")
        NO_COMMENT = "no_comment", _("Declined to comment")
        LEGAL_THREAT = "legal_threat", _("Legal threat")
        CORRECTION = "correction_of_fact", _("Correction of fact")
        NEW_INFORMATION = "new_information", _("New information")
        REFERRAL = "referral", _("Referral to another body")
        STATEMENT = "statement", _("Statement")

    kind = models.CharField(_("kind"), max_length=18, choices=Kind)
    channel = models.CharField(_("channel"), max_length=16, choices=Channel)
    by_name = models.CharField(_("who answered"), max_length=150, blank=True)
    by_role = models.CharField(_("in what role"), max_length=200)
    authority = models.CharField(_("by what authority"), max_length=200, blank=True)
    verbatim = ProseField(_("what they said"), max_length=30_000, help_text=_("Every word, as it came."))
    language = models.CharField(_("language"), max_length=20, help_text=LANGUAGE_HELP)
    translation = ProseField(_("translation"), max_length=30_000, blank=True)
    on_record = models.BooleanField(_("on the record"), default=True)
    late = models.BooleanField(_("came late"), editable=False)
    file = _file("responses")
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("corrects")
    )
    answers = models.ManyToManyField(
        Allegation, through="ResponseAnswer", related_name="responses", verbose_name=_("answers")
    )
    received_at = models.DateTimeField(_("received at"))
    logged_at = models.DateTimeField(_("logged at"), auto_now_add=True)
    logged_by = _writer(_("logged by"))

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["received_at", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.by_role}"


class ResponseAnswer(AppendOnlyModel):
    """Which allegation a response answers."""

    response = models.ForeignKey(Response, models.CASCADE)
    allegation = models.ForeignKey(Allegation, models.PROTECT)

    class Meta:
        verbose_name = _("answered allegation")
        verbose_name_plural = _("answered allegations")
        constraints = [models.UniqueConstraint(fields=["response", "allegation"], name="response_answers_once")]

    def __str__(self):
        return f"{self.response_id} {self.allegation_id}"


class EarlierExcerpt(models.Model):
    """What stays printed of an earlier answer when a later one takes the first place: an answer adds, it never replaces."""

    text = ProseField(_("what is printed of it"), max_length=30_000)
    dropped_because = models.CharField(_("why it is no longer printed"), max_length=300, blank=True, editable=False)
    file = _file("earlier_excerpts")
    response = models.ForeignKey(Response, models.PROTECT, related_name="+", verbose_name=_("taken from"))
    chosen_at = models.DateTimeField(_("chosen at"), auto_now_add=True)
    chosen_by = _writer(_("chosen by"))
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True, editable=False)
    history = field_history()

    class Meta:
        verbose_name = _("earlier excerpt")
        verbose_name_plural = _("earlier excerpts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response"], condition=Q(dropped_at__isnull=True), name="earlier_excerpt_once_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_because="")
                | Q(dropped_at__isnull=False) & ~Q(dropped_because=""),
                name="earlier_excerpt_dropped_with_a_reason",
            ),
        ]

    def __str__(self):
        return self.text


class Ruling(AppendOnlyModel):
    """An editor's word that a change of the claim's wording does not touch what the party was asked, with the reason."""

    wording_before = ProseField(_("wording that was put"), max_length=500)
    wording_now = ProseField(_("wording now"), max_length=500)
    reason = ProseField(_("why the change is immaterial"), max_length=500)
    file = _file("rulings")
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = _writer(_("by"))

    class Meta:
        verbose_name = _("ruling on a change")
        verbose_name_plural = _("rulings on changes")
        ordering = ["pk"]

    def __str__(self):
        return self.reason
