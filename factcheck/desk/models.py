"""The process: the scale of ratings, verdicts, sign-offs, overrides and the notices planned for readers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Claim
from factcheck.claims.types import Precision
from factcheck.database.fields import ProseField, not_in_future
from factcheck.database.rows import AppendOnlyModel, VersionedModel
from factcheck.newsroom.record import field_history
from factcheck.newsroom.roles import Role
from factcheck.published.models import NoticeKind


class Scale(AppendOnlyModel):
    """One version of the scale of ratings. A change makes the next version; what was printed keeps the one it had (VD-1)."""

    name = models.CharField(_("name"), max_length=80)
    number = models.PositiveIntegerField(_("version"), unique=True)
    installed_at = models.DateTimeField(_("installed at"), auto_now_add=True)

    class Meta:
        verbose_name = _("scale of ratings")
        verbose_name_plural = _("scales of ratings")
        ordering = ["-number"]

    def __str__(self):
        return f"{self.name} {self.number}"


class Rating(AppendOnlyModel):
    """One rating of a scale: what was found, in a word. Installed from `seeds/ratings.toml` by `scale.install`."""

    code = models.SlugField(_("code"), max_length=30)
    label = models.CharField(_("label"), max_length=40)
    meaning = models.CharField(_("meaning"), max_length=400)
    ordinal = models.PositiveSmallIntegerField(_("place on the truth scale"), null=True, blank=True)
    token = models.SlugField(_("colour token"), max_length=30)
    shape = models.SlugField(_("shape"), max_length=30)
    position = models.PositiveSmallIntegerField(_("order"))
    is_rating = models.BooleanField(_("gives a rating"), default=True)  # False: "On the record" (CL-4)
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="ratings", verbose_name=_("scale"))

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["scale", "position"]
        constraints = [models.UniqueConstraint(fields=["scale", "code"], name="rating_once_a_scale")]

    def __str__(self):
        return self.label


class Verdict(AppendOnlyModel):
    """What was found about a claim, as somebody proposed it. The latest counts; the earlier ones are its history (VD-4)."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="verdicts", verbose_name=_("rating"))
    finding = models.CharField(
        _("finding"),
        max_length=300,
        blank=True,
        help_text=_("One sentence: what was found. Readers see it beside the rating."),
    )
    explanation = ProseField(
        _("explanation"),
        max_length=20_000,
        blank=True,
        help_text=_("How you got there. Markdown; HTML is printed as text."),
    )
    not_established = ProseField(
        _("what could not be established"),
        max_length=5000,
        blank=True,
        help_text=_("What nobody could show, either way."),
    )
    evidence_as_of = models.DateField(
        _("evidence as of"),
        null=True,
        blank=True,
        validators=[not_in_future],
        help_text=_("The last day the evidence was looked at."),
    )
    few_sources_reason = models.CharField(
        _("why fewer than two sources"),
        max_length=300,
        blank=True,
        help_text=_("A truth rating on fewer than two independent sources wants a reason. Internal."),
    )
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="verdicts", verbose_name=_("claim"))
    proposed_at = models.DateTimeField(_("proposed at"), auto_now_add=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("proposed by")
    )

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["claim", "-id"], name="verdict_latest_of_claim")]  # the dossier

    def __str__(self):
        return f"{self.rating}: {self.finding}"


class SignOff(AppendOnlyModel):
    """Somebody who wrote no part of it answers for what it says. It counts as long as the fingerprint is what it was."""

    class Capacity(models.TextChoices):
        EDITOR = "editor", Role.EDITOR.label
        LEGAL = "legal", Role.LEGAL.label

    capacity = models.CharField(_("as"), max_length=6, choices=Capacity)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    judged = models.TextField(_("what was judged"))  # canonical JSON, to say later what changed
    note = ProseField(_("note"), max_length=1000, blank=True, help_text=_("For the newsroom; readers do not see it."))
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="sign_offs", verbose_name=_("claim"))
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_offs", verbose_name=_("by"))

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "by", "capacity", "fingerprint"], name="sign_off_once_a_fingerprint"
            )
        ]

    def __str__(self):
        return f"{self.by} ({self.get_capacity_display()})"


class Override(AppendOnlyModel):
    """A senior editor answers, by name and in writing, for letting exactly these sentences of a gate pass (PR-2)."""

    gate = models.SlugField(_("gate"), max_length=40)
    sentences = models.JSONField(_("what was let pass"))
    for_edition = models.PositiveIntegerField(_("for edition"))  # the one to come; the next after it is judged afresh
    reason = ProseField(_("reason"), max_length=1000, help_text=_("It stays on the record under your name."))
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="overrides", verbose_name=_("claim"))
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="overrides", verbose_name=_("by"))

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.gate}: {self.reason}"


class Jigsaw(AppendOnlyModel):
    """What was decided about each detail by which a protected speaker could be pieced together (CS-10). The latest counts."""

    class Detail(models.TextChoices):
        ORIGIN = "origin", _("nationality, ethnicity, faith")
        AGE = "age", _("age")
        GENDER = "gender", _("gender")
        OCCUPATION = "occupation", _("occupation, employer, school")
        PLACE = "place", _("place")
        DATES = "dates", _("dates and times")
        FAMILY = "family", _("family and relatives")
        VISA = "visa", _("visa or legal standing")
        NUMBERS = "numbers", _("numbers of cases and files")
        LANGUAGE = "language", _("language, dialect, turns of phrase")
        VOICE = "voice", _("picture or voice")
        DOCUMENTS = "documents", _("documents or facts that only they hold")

    class Decision(models.TextChoices):
        ABSENT = "absent", _("Does not arise")
        KEEP = "keep", _("Kept")
        GENERALISE = "generalise", _("Generalised")
        DROP = "drop", _("Dropped")

    decisions = models.JSONField(_("decisions"))  # {detail: decision}, every detail once
    note = ProseField(
        _("what readers get instead, and why"),
        max_length=2000,
        help_text=_("For each detail that is kept or generalised: why that is safe. Internal."),
    )
    others = ProseField(
        _("who else could be hurt"),
        max_length=2000,
        help_text=_("Relatives abroad, colleagues, whoever put you in touch: what you considered. Internal."),
    )
    said_precision = models.CharField(
        _("how exactly readers get the day"),
        max_length=7,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("The day it was said is told no more exactly than this. The record keeps what you know."),
    )
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="jigsaws", verbose_name=_("claim"))
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("list of identifying details")
        verbose_name_plural = _("lists of identifying details")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["claim", "-id"], name="jigsaw_latest_of_claim")]  # the dossier

    def __str__(self):
        return f"list {self.pk}"


class JigsawSignature(AppendOnlyModel):
    """A second person answers for such a list, and for what the page told of the speaker at that moment."""

    facts = models.CharField(_("what was told of the speaker"), max_length=64)  # SHA-256
    jigsaw = models.ForeignKey(Jigsaw, models.CASCADE, related_name="signatures", verbose_name=_("list"))
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("signature of identifying details")
        verbose_name_plural = _("signatures of identifying details")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["jigsaw", "by", "facts"], name="jigsaw_signed_once")]

    def __str__(self):
        return f"{self.by} ({self.jigsaw_id})"


class PlannedNotice(VersionedModel):
    """What readers will be told about the next edition of a published claim: written before sign-off, so that it is signed too."""

    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind)
    was_wrong = ProseField(
        _("what it said"), max_length=2000, blank=True, help_text=_("What the earlier edition said that changes now.")
    )
    says_now = ProseField(_("what it says now"), max_length=2000, blank=True)
    why = ProseField(
        _("why"),
        max_length=2000,
        blank=True,
        help_text=_("How it was found and why it changes. Readers see all three."),
    )
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="planned_notices", verbose_name=_("claim"))
    planned_at = models.DateTimeField(_("planned at"), auto_now_add=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("planned by")
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True, editable=False)  # printed or given up
    settled_as = models.CharField(_("settled as"), max_length=40, blank=True, editable=False)  # "edition 2", "given up"
    history = field_history()

    class Meta:
        verbose_name = _("planned notice")
        verbose_name_plural = _("planned notices")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(settled_at__isnull=True), name="notice_one_open_a_claim"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_as="") | Q(settled_at__isnull=False) & ~Q(settled_as=""),
                name="notice_settled_as_something",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
