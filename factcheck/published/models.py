"""What we have said: addresses, the frozen editions behind them, the notices of every change.

Written by `press.py` alone. References to the newsroom are kept as text: nothing here points out of this room.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from factcheck.database.rows import AppendOnlyModel

from .entries import LedgerEntry
from .since import Handout, LinkState
from .tally import Tally

__all__ = [
    "SLUG",
    "Check",
    "CheckLink",
    "CheckTopic",
    "ClaimTypeName",
    "Edition",
    "Handout",
    "Imprint",
    "LedgerEntry",
    "LinkState",
    "Notice",
    "NoticeKind",
    "ScaleStep",
    "SpeakerPage",
    "StoryPage",
    "Tally",
    "TopicPage",
]

SLUG = 80


class NoticeKind(models.TextChoices):
    """What kind of change a notice tells of (CO-1)."""

    MINOR_EDIT = "minor_edit", _("Minor edit")
    CLARIFICATION = "clarification", _("Clarification")
    CORRECTION = "correction", _("Correction")
    CORRECTION_VERDICT = "correction_verdict", _("Correction of the verdict")
    UPDATE = "update", _("Update")
    EDITORS_NOTE = "editors_note", _("Editor’s note")
    RETRACTION = "retraction", _("Retraction")


class Imprint(models.Model):
    """When the press last ran: one row, by which lists know whether they have changed."""

    changed_at = models.DateTimeField(_("changed at"))

    def __str__(self):
        return self.changed_at.isoformat()


class Check(models.Model):
    """A published fact-check: an address that never changes, and what lists show of its current edition."""

    slug = models.SlugField(_("address"), max_length=SLUG, unique=True)
    claim_ref = models.CharField(_("claim"), max_length=64, unique=True)
    edition = models.PositiveIntegerField(_("current edition"), default=1)
    verdict_edition = models.PositiveIntegerField(_("edition of the verdict"), default=1)  # past 1: the verdict changed
    verdict_notice = models.CharField(_("how the verdict changed"), max_length=20, choices=NoticeKind, blank=True)
    retracted = models.BooleanField(_("retracted"), default=False)
    title = models.CharField(_("title"), max_length=1000)
    wording = models.TextField(_("wording"))
    language = models.CharField(_("language"), max_length=35)
    finding = models.TextField(_("finding"))
    claim_type = models.CharField(_("type"), max_length=40)
    claim_type_label = models.CharField(_("type in words"), max_length=100)
    rating_code = models.CharField(_("rating"), max_length=40, blank=True)  # "" once retracted: no rating stands
    rating_label = models.CharField(_("rating in words"), max_length=100, blank=True)
    rating_token = models.CharField(_("colour"), max_length=40, blank=True)
    rating_shape = models.CharField(_("shape"), max_length=40, blank=True)
    speaker_slug = models.CharField(_("speaker"), max_length=SLUG, blank=True)
    speaker_name = models.CharField(_("speaker’s name"), max_length=300, blank=True)
    speaker_role = models.CharField(_("speaker’s role"), max_length=700, blank=True)
    speaker_note = models.CharField(_("pseudonym’s note"), max_length=700, blank=True)  # "" for a name that is a name
    replies_line = models.TextField(_("replies in short"), blank=True)
    story_slug = models.CharField(_("story"), max_length=SLUG, blank=True)
    said_on = models.DateField(_("said on"), null=True, blank=True)  # the first day of the month or year that is known
    first_printed_at = models.DateTimeField(_("first published"))
    printed_at = models.DateTimeField(_("last published"))
    # Where it stands in lists: first printing, and again when the verdict changed, so that its readers see it (CO-5).
    listed_at = models.DateTimeField(_("listed"))
    changed_at = models.DateTimeField(_("page changed"))  # by anything that changes what the page shows
    # Last, and so at the end of the row: SQLite then reads none of it where it is not asked for.
    search_text = models.TextField(_("words to search"), blank=True)

    class Meta:
        verbose_name = _("published check")
        verbose_name_plural = _("published checks")
        ordering = ["-listed_at", "-id"]
        indexes = [
            models.Index(F("listed_at").desc(), F("id").desc(), name="check_listed"),  # /claims/ and the claims feed
            models.Index("rating_code", F("listed_at").desc(), F("id").desc(), name="check_by_rating"),  # ?rating=
            # ?speaker= and a speaker's page; its chart counts by rating
            models.Index("speaker_slug", F("listed_at").desc(), F("id").desc(), name="check_by_speaker"),
            models.Index(
                "story_slug", F("listed_at").desc(), F("id").desc(), name="check_by_story"
            ),  # ?story=, a story's page
            models.Index("claim_type", F("listed_at").desc(), F("id").desc(), name="check_by_type"),  # ?type=
            models.Index(fields=["language"], name="check_language"),  # claims:search: is anything in this language?
            models.Index(fields=["changed_at", "id"], name="check_changed"),  # the API's ?updated_since=
            models.Index(
                "said_on", F("listed_at").desc(), F("id").desc(), name="check_by_said_on"
            ),  # ?said_from=, ?said_to=
        ]

    def __str__(self):
        return self.title


class CheckTopic(models.Model):
    """A check on a topic's page. It repeats `listed_at` so that one index finds the topic's rows in order."""

    page = models.ForeignKey(Check, models.CASCADE, related_name="topics", verbose_name=_("check"))
    slug = models.CharField(_("topic"), max_length=SLUG)
    listed_at = models.DateTimeField(_("listed"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "slug"], name="checktopic_once")]
        indexes = [models.Index("slug", F("listed_at").desc(), F("page").desc(), name="checktopic_listed")]  # ?topic=

    def __str__(self):
        return self.slug


class CheckLink(models.Model):
    """A tie from one claim to another, by the other's reference; the page shows it once both are published (CL-3)."""

    page = models.ForeignKey(Check, models.CASCADE, related_name="links", verbose_name=_("check"))
    relation = models.CharField(_("relation"), max_length=40)
    claim_ref = models.CharField(_("other claim"), max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "relation", "claim_ref"], name="checklink_once")]
        indexes = [models.Index(fields=["claim_ref"], name="checklink_to")]  # the other claim's page

    def __str__(self):
        return f"{self.relation} {self.claim_ref}"


class Edition(AppendOnlyModel):
    """What readers were told, as it was printed: the canonical JSON of a Document, byte for byte, and its digest."""

    page = models.ForeignKey(Check, models.PROTECT, related_name="editions", verbose_name=_("check"))
    number = models.PositiveIntegerField(_("number"))
    document = models.TextField(_("document"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    fingerprint = models.CharField(_("what was signed off"), max_length=64, blank=True)
    printed_at = models.DateTimeField(_("printed at"))
    printed_by = models.CharField(_("printed by"), max_length=150)  # a log-in name, as text: never shown to readers

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["page", "-number"]
        # the claim page: all editions of one address
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="edition_number_once")]
        # the API's list of editions, newest first and with ?updated_since=
        indexes = [models.Index(fields=["printed_at", "id"], name="edition_printed")]

    def __str__(self):
        return f"{self.page_id}/{self.number}"


class Notice(AppendOnlyModel):
    """What readers were told about a change: one with every edition after the first (CO-2)."""

    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind)
    was_wrong = models.TextField(_("what it said"), blank=True)
    says_now = models.TextField(_("what it says now"), blank=True)
    why = models.TextField(_("why"), blank=True)
    rating_before = models.CharField(_("rating before"), max_length=100, blank=True)  # only where the rating changed
    rating_after = models.CharField(_("rating after"), max_length=100, blank=True)
    public = models.BooleanField(_("on the corrections page"))  # all but minor edits
    # The page as it was called that day, kept here so that the list of corrections opens nothing else.
    slug = models.CharField(_("address"), max_length=SLUG)
    number = models.PositiveIntegerField(_("edition"))
    title = models.CharField(_("title"), max_length=1000)
    language = models.CharField(_("language"), max_length=35)
    page = models.ForeignKey(Check, models.PROTECT, related_name="notices", verbose_name=_("check"))
    edition = models.OneToOneField(Edition, models.PROTECT, related_name="notice", verbose_name=_("printed with"))
    printed_at = models.DateTimeField(_("printed at"))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-printed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(public=True) ^ Q(kind="minor_edit"), name="notice_public_but_minor_edits"
            )
        ]
        indexes = [
            # /corrections/ and its feed; on the condition, because SQLite takes no index for a bare yes or no
            models.Index(F("printed_at").desc(), F("id").desc(), name="notice_newest", condition=Q(public=True)),
            models.Index("kind", F("printed_at").desc(), F("id").desc(), name="notice_by_kind"),  # /corrections/?kind=
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.printed_at:%Y-%m-%d}"


class Heading(models.Model):
    """What the head of a reader's page shows, and when anything on that page last changed."""

    slug = models.CharField(_("address"), max_length=SLUG, unique=True)
    name = models.CharField(_("name"), max_length=1000)
    listed_at = models.DateTimeField(_("latest check"))
    changed_at = models.DateTimeField(_("page changed"))

    class Meta:
        abstract = True
        ordering = ["-listed_at", "-id"]

    def __str__(self):
        return self.name


class StoryPage(Heading):
    outlet = models.CharField(_("outlet"), max_length=300, blank=True)
    url = models.CharField(_("link"), max_length=2000, blank=True)
    published_on = models.CharField(_("published on"), max_length=10, blank=True)
    byline = models.CharField(_("byline"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Heading.Meta):
        indexes = [
            models.Index(F("listed_at").desc(), F("id").desc(), name="storypage_listed"),  # /stories/
            models.Index(fields=["changed_at", "id"], name="storypage_changed"),  # the API's ?updated_since=
        ]


class SpeakerPage(Heading):
    kind = models.CharField(_("kind"), max_length=40)
    role = models.CharField(_("latest role"), max_length=700, blank=True)
    note = models.CharField(_("pseudonym’s note"), max_length=700, blank=True)
    description = models.TextField(_("description"), blank=True)

    class Meta(Heading.Meta):
        indexes = [
            models.Index(F("listed_at").desc(), F("id").desc(), name="speakerpage_listed"),  # the filter's choices
            models.Index(fields=["changed_at", "id"], name="speakerpage_changed"),  # the API's ?updated_since=
        ]


class TopicPage(Heading):
    class Meta(Heading.Meta):
        indexes = [
            models.Index(F("listed_at").desc(), F("id").desc(), name="topicpage_listed"),  # the filter's choices
            models.Index(fields=["changed_at", "id"], name="topicpage_changed"),  # the API's ?updated_since=
        ]


class ClaimTypeName(models.Model):
    """A kind of claim as readers' filters name it."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=100)

    class Meta:
        ordering = ["label", "id"]
        indexes = [models.Index(fields=["label", "id"], name="claimtypename_in_order")]  # the filter's choices

    def __str__(self):
        return self.label


class ScaleStep(models.Model):
    """A rating of the scale that readers are told about: the page of ratings, and the filters."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=100)
    meaning = models.TextField(_("meaning"))
    ordinal = models.IntegerField(_("ordinal"), null=True, blank=True)
    worst = models.IntegerField(_("worst"), null=True, blank=True)
    best = models.IntegerField(_("best"), null=True, blank=True)
    token = models.CharField(_("colour"), max_length=40)
    shape = models.CharField(_("shape"), max_length=40)
    is_rating = models.BooleanField(_("is a rating"))
    place = models.PositiveIntegerField(_("place"))

    class Meta:
        ordering = ["place", "id"]
        indexes = [
            models.Index(fields=["place", "id"], name="scalestep_in_order")
        ]  # /ratings/ and the filter's choices

    def __str__(self):
        return self.label
