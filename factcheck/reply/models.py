"""What they answered: for each accused party a file, and in it everything that was put, tried, granted and said."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Claim, Speaker
from factcheck.database.constraints import together
from factcheck.database.fields import ProseField
from factcheck.database.rows import VersionedModel
from factcheck.newsroom.record import field_history

from .contact import Contact
from .correspondence import Allegation, Attempt, EarlierExcerpt, Extension, Response, ResponseAnswer, Ruling
from .states import NOT_ASKED, State

__all__ = [
    "Allegation",
    "Attempt",
    "Contact",
    "EarlierExcerpt",
    "Extension",
    "ReplyFile",
    "Response",
    "ResponseAnswer",
    "Ruling",
    "Waiver",
]


class Waiver(models.TextChoices):
    """Why somebody accused is not asked before publication (C3)."""

    IMMINENT_HARM = "imminent_harm", _("Waiting would let harm happen")
    ENDANGERS_SOURCE = "would_endanger_source", _("Asking would endanger a source or evidence")
    ON_RECORD = "already_on_record", _("Their side is already on the record")
    REPORTAGE = "reportage", _("Neutral report of a public statement")
    URGENT = "urgent", _("Urgent public interest")


class ReplyFileRows(models.QuerySet):
    def with_current_state(self):
        """Annotate `state_now`: the stored state, or needs_reput where the claim is worded otherwise than it was put."""
        put_otherwise = ~Q(wording_put="") & ~Q(wording_put=F("claim__wording")) & ~Q(state__in=NOT_ASKED)
        return self.annotate(
            state_now=Case(When(put_otherwise, then=Value(State.NEEDS_REPUT.value)), default=F("state"))
        )


def _staff(label, **options):
    """A nullable link to a member of staff: half of a who-and-when pair."""
    user = settings.AUTH_USER_MODEL
    return models.ForeignKey(
        user, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=label, **options
    )


def _when(label):
    return models.DateTimeField(label, null=True, blank=True, editable=False)


class ReplyFile(VersionedModel):
    """The right of reply of one party to one claim. Written by journalists and editors, through `actions`."""

    state = models.CharField(_("state"), max_length=13, choices=State, default=State.REQUIRED, editable=False)
    wording_put = ProseField(_("the claim's wording when it was put"), max_length=500, blank=True, editable=False)
    deadline_basis = ProseField(
        _("why this deadline is fair"),
        max_length=500,
        blank=True,
        help_text=_("How much there is to answer, how urgent it is, what they were told. Wanted where it is short."),
    )
    public_line = models.CharField(
        _("sentence for readers"),
        max_length=400,
        blank=True,
        help_text=_("Left empty, it is written from the facts. It may be gentler than they are, never harsher."),
    )
    excerpt = ProseField(
        _("what is printed of the answer"),
        max_length=30_000,  # an answer can be printed whole, however long it is (RR-7)
        blank=True,
        help_text=_("Word for word from what they said."),
    )
    waiver_reason = models.CharField(
        _("why they are not asked"), max_length=24, choices=Waiver, blank=True, editable=False
    )
    waiver_note = ProseField(_("the waiver, for readers"), max_length=500, blank=True, editable=False)
    not_required_because = models.CharField(_("why no reply is needed"), max_length=300, blank=True, editable=False)
    remind = models.BooleanField(
        _("remind them"),
        default=True,
        help_text=_("A message before the deadline and one at it, as long as no answer has come."),
    )
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="reply_files", verbose_name=_("claim"))
    party = models.ForeignKey(Speaker, models.PROTECT, related_name="reply_files", verbose_name=_("party"))
    excerpt_from = models.ForeignKey(
        "reply.Response", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken from")
    )
    deadline_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("opened by")
    )
    excerpt_chosen_at = _when(_("excerpt chosen at"))
    excerpt_chosen_by = _staff(_("excerpt chosen by"))
    found_fair_at = _when(_("found fair at"))
    found_fair_by = _staff(_("found fair by"))
    waived_at = _when(_("waived at"))
    waived_by = _staff(_("waived by"))
    not_required_at = _when(_("not required since"))
    not_required_by = _staff(_("said by"))
    history = field_history()
    objects = ReplyFileRows.as_manager()

    class Meta:
        verbose_name = _("right of reply")
        verbose_name_plural = _("rights of reply")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "party"], name="replyfile_once_a_party"),
            models.CheckConstraint(condition=~Q(state="needs_reput"), name="replyfile_needs_reput_is_derived"),
            together("replyfile_excerpt", "excerpt_from", "excerpt_chosen_at", "excerpt_chosen_by", texts=["excerpt"]),
            together("replyfile_found_fair", "found_fair_at", "found_fair_by"),
            together("replyfile_waived", "waived_at", "waived_by", texts=["waiver_reason", "waiver_note"]),
            together("replyfile_not_required", "not_required_at", "not_required_by", texts=["not_required_because"]),
            models.CheckConstraint(
                condition=Q(deadline_basis="") | Q(deadline_at__isnull=False), name="replyfile_deadline_has_a_day"
            ),
        ]
        indexes = [
            # overdue, next 48 hours: the first of them, and how many claims
            models.Index(fields=["state", "deadline_at", "claim"], name="replyfile_by_deadline"),
            models.Index(fields=["waived_at"], name="replyfile_by_waiver"),  # waived in a period, overrides and waivers
        ]

    def __str__(self):
        return f"{self.party}: {self.get_current_state_display()}"

    @property
    def current_state(self):
        """The state as the file says it today."""
        otherwise = self.wording_put and self.wording_put != self.claim.wording and self.state not in NOT_ASKED
        return State.NEEDS_REPUT if otherwise else State(self.state)

    def get_current_state_display(self):
        return self.current_state.label
