"""The vault's tables. What could tell who somebody is lies here sealed, and nowhere else at all; other tables know a
protected person by `Source.ref`, which is random, and by the pseudonym that readers see (CS-1).

No row of these says in its `__str__` whom it is about; none keeps a field history, none is registered with the admin, and
no role has a permission on them: who may do what is `custody.py`.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from factcheck.database.fields import not_in_future
from factcheck.database.rows import AppendOnlyModel

from .terms import Kind


def staff(related_name="+", **options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name=related_name, **options)


def together(stem, name):
    """The rule that a fact, who made it so and why stand or fall together."""
    nothing = Q(**{f"{stem}_at__isnull": True, f"{stem}_by__isnull": True, f"{stem}_because": ""})
    whole = Q(**{f"{stem}_at__isnull": False, f"{stem}_by__isnull": False}) & ~Q(**{f"{stem}_because": ""})
    return models.CheckConstraint(condition=nothing | whole, name=name)


class SealedField(models.TextField):
    """Text sealed with a source's data key, or a sealed key. The leak guard does not look into it: there is nothing to read."""

    sealed = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"editable": False, **kwargs})


class Source(models.Model):
    """One protected person, as everybody may know them: a random reference. Destroyed, the row stays as a tombstone."""

    ref = models.UUIDField(_("reference"), default=uuid.uuid4, unique=True, editable=False)
    sealed_key = SealedField(blank=True)  # the data key, sealed with the vault's; "" once it is destroyed
    review_on = models.DateField(
        _("review on"),
        help_text=_("The day on which somebody asks whether this still has to be kept. The desk reminds you."),
    )
    pseudonym = models.OneToOneField(
        "sources.Pseudonym",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="source",
        verbose_name=_("pseudonym"),
        help_text=_("The name readers see, where there is one."),
    )
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    opened_by = staff(verbose_name=_("opened by"))
    held_because = models.CharField(_("why it is held"), max_length=300, blank=True)
    held_at = models.DateTimeField(_("held since"), null=True, blank=True)
    held_by = staff(null=True, blank=True, verbose_name=_("held by"))
    proposed_because = models.CharField(_("why it is to be destroyed"), max_length=300, blank=True)
    proposed_at = models.DateTimeField(_("destruction proposed at"), null=True, blank=True)
    proposed_by = staff(null=True, blank=True, verbose_name=_("destruction proposed by"))
    destroyed_because = models.CharField(_("why it was destroyed"), max_length=300, blank=True)
    destroyed_at = models.DateTimeField(_("destroyed at"), null=True, blank=True)
    destroyed_by = staff(null=True, blank=True, verbose_name=_("destroyed by"))
    overwritten_at = models.DateTimeField(_("overwritten at"), null=True, blank=True, editable=False)  # in the files

    class Meta:
        verbose_name = _("protected source")
        verbose_name_plural = _("protected sources")
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            together("held", "source_held_with_a_reason"),
            together("proposed", "source_destruction_proposed_with_a_reason"),
            together("destroyed", "source_destroyed_with_a_reason"),
            models.CheckConstraint(  # proposed by nobody: by its only custodian
                condition=Q(destroyed_at__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(destroyed_by=F("proposed_by")),
                name="source_destroyed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) & ~Q(sealed_key="")
                | Q(destroyed_at__isnull=False, sealed_key="", held_at__isnull=True),
                name="source_destroyed_without_its_key",
            ),
        ]
        indexes = [
            models.Index(fields=["review_on"], name="source_by_review"),  # what the desk reminds of
            models.Index(  # what `work` looks for
                fields=["destroyed_at"],
                condition=Q(destroyed_at__isnull=False, overwritten_at__isnull=True),
                name="source_to_be_overwritten",
            ),
        ]

    def __str__(self):
        return str(self.ref)[:8]


class Custody(models.Model):
    """Somebody who may know who a source is, from when to when and why (CS-3). Closed rows stay."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="custodies", verbose_name=_("source"))
    person = staff("custodies", verbose_name=_("custodian"))
    granted_because = models.CharField(_("why they need to know"), max_length=300)
    granted_at = models.DateTimeField(_("granted at"), auto_now_add=True)
    granted_by = staff(verbose_name=_("granted by"))
    revoked_because = models.CharField(_("why not any more"), max_length=300, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = staff(null=True, blank=True, verbose_name=_("revoked by"))

    class Meta:
        verbose_name = _("custody")
        verbose_name_plural = _("custodies")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            together("revoked", "custody_revoked_with_a_reason"),
            models.UniqueConstraint(
                fields=["source", "person"], condition=Q(revoked_at__isnull=True), name="custody_once_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.person_id} of {self.source}"


class Part(models.TextChoices):
    """What the vault can hold of somebody, each part sealed by itself. Of the first seven, every line is guarded."""

    REAL_NAME = "real_name", _("real name")
    OTHER_NAMES = "other_names", _("other names and spellings")
    MAIL = "mail", _("e-mail addresses")
    PHONES = "phones", _("telephone numbers")
    HANDLES = "handles", _("handles")
    NUMBERS = "numbers", _("numbers of documents")
    LINKS = "links", _("pages about them")
    REACHED = "reached", _("how to reach them safely")
    RELIABILITY = "reliability", _("how they are in a position to know")
    CORROBORATION = "corroboration", _("what bears them out")
    RISKS = "risks", _("what they and others risk")
    PROMISE = "promise", _("what exactly was promised")


GUARDED = {
    Part.REAL_NAME: Kind.NAME,
    Part.OTHER_NAMES: Kind.NAME,
    Part.MAIL: Kind.MAIL,
    Part.PHONES: Kind.PHONE,
    Part.HANDLES: Kind.HANDLE,
    Part.NUMBERS: Kind.NUMBER,
    Part.LINKS: Kind.LINK,
}


class Sealed(models.Model):
    """One part of what is known about a source, sealed with the source's data key. Rewritten, what it said before is gone."""

    part = models.CharField(_("part"), max_length=13, choices=Part)
    sealed_text = SealedField()
    source = models.ForeignKey(Source, models.PROTECT, related_name="sealed", verbose_name=_("source"))
    written_at = models.DateTimeField(_("written at"), auto_now=True)
    written_by = staff(verbose_name=_("written by"))

    class Meta:
        verbose_name = _("sealed part")
        verbose_name_plural = _("sealed parts")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["source", "part"], name="sealed_once_a_part")]

    def __str__(self):
        return f"{self.part} of {self.source}"


class Promise(models.Model):
    """That something was promised to a source, by whom, when and how they may be used (CS-11). It says nothing of who they are."""

    class Basis(models.TextChoices):
        NOT_NAMED = "not_named", _("May be quoted, not named")
        BACKGROUND = "background", _("Background: may be used, not quoted")
        OFF_RECORD = "off_record", _("Off the record: may not be used")
        ON_RECORD = "on_record", _("On the record: the promise was given back by the source")

    basis = models.CharField(_("terms"), max_length=10, choices=Basis)
    documents = models.BooleanField(
        _("documents may be shown"),
        default=False,
        help_text=_("Whether the source agreed that their documents are shown."),
    )
    promised_on = models.DateField(_("promised on"), validators=[not_in_future])
    source = models.ForeignKey(Source, models.PROTECT, related_name="promises", verbose_name=_("source"))
    promised_by = staff(verbose_name=_("promised by"))
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    recorded_by = staff(verbose_name=_("recorded by"))
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_by = staff(null=True, blank=True, verbose_name=_("approved by"))

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="promise_approved_by_somebody",
            )
        ]

    def __str__(self):
        return f"{self.get_basis_display()}, {self.source}"


class GuardedTerm(models.Model):
    """A name, address or number that must not turn up outside the vault (CS-7). What it is, is sealed."""

    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    sealed_term = SealedField()
    alone = models.BooleanField(_("by itself, too"), default=False)  # guards parts that are common words
    source = models.ForeignKey(Source, models.PROTECT, related_name="terms", verbose_name=_("source"))
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    added_by = staff(verbose_name=_("added by"))
    removed_because = models.CharField(_("why it is not guarded"), max_length=300, blank=True)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = staff(null=True, blank=True, verbose_name=_("removed by"))

    class Meta:
        verbose_name = _("guarded term")
        verbose_name_plural = _("guarded terms")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [together("removed", "term_removed_with_a_reason")]

    def __str__(self):
        return f"{self.kind} of {self.source}"


class GuardToken(models.Model):
    """One form of a guarded term as a keyed token: it can be compared and not be read. Renewed with the vault's keys."""

    token = models.CharField(max_length=32)
    head = models.CharField(max_length=16)  # of its first letters: spares most of a text the comparison
    inside = models.BooleanField()  # looked for inside longer words, too
    term = models.ForeignKey(GuardedTerm, models.CASCADE, related_name="tokens")

    class Meta:
        verbose_name = _("guard token")
        verbose_name_plural = _("guard tokens")
        default_permissions = ()

    def __str__(self):
        return f"token {self.pk}"


class GuardState(models.Model):
    """The one row that says which tokens are in force. `generation` is new with every change, so that no process keeps old ones."""

    generation = models.UUIDField(default=uuid.uuid4)
    sealed_key = SealedField()  # the tokens' own key, sealed with the vault's

    class Meta:
        verbose_name = _("state of the leak guard")
        verbose_name_plural = _("state of the leak guard")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="guard_state_is_one_row")]

    def __str__(self):
        return str(self.generation)


class Stopped(AppendOnlyModel):
    """That the leak guard stopped somebody’s text because of a source. What they wrote is kept nowhere; custodians read it."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="stopped", verbose_name=_("source"))
    person = staff(null=True, verbose_name=_("whose text"))  # empty: nobody of ours
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("stopped text")
        verbose_name_plural = _("stopped texts")
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self):
        return f"stopped at {self.source_id}"
