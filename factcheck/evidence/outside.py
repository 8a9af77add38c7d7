"""What stands outside the house: how a cited link fares, and the public copies that we asked the Internet Archive for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.database.fields import WebAddressField


def _asked_by():
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("asked by")
    )


class Host(models.Model):
    """A site that we look at, so that it is called on by one of our processes at a time and never in a hurry."""

    name = models.CharField(_("name"), max_length=253, unique=True)
    busy_until = models.DateTimeField(_("not before"))  # while somebody is there, and for a pause afterwards

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        default_permissions = ()

    def __str__(self):
        return self.name


class Watch(models.Model):
    """How the link of one item fares since it was cited (EV-7). Asked for at the desk; kept by `checking.py` alone."""

    class State(models.TextChoices):
        UNKNOWN = "", _("Not looked at yet")
        OK = "ok", _("As it was cited")
        MOVED = "moved", _("Moved")
        CHANGED = "changed", _("Changed since it was cited")
        GONE = "gone", _("Gone")

    ALARMING = (State.CHANGED, State.GONE)

    state = models.CharField(_("state"), max_length=7, choices=State, blank=True, default=State.UNKNOWN)
    url = WebAddressField(_("address"), blank=False)
    moved_to = WebAddressField(_("where it moved to"))
    told = models.CharField(_("what was found"), max_length=300, blank=True)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    differences = models.JSONField(_("what changed"), default=list, blank=True)  # [[it said, it says], ...]
    passage_stands = models.BooleanField(_("the passage still stands there"), null=True, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    quiet_rounds = models.PositiveSmallIntegerField(_("rounds without news"), default=0)
    item = models.OneToOneField("evidence.Item", models.CASCADE, related_name="watch", verbose_name=_("evidence"))
    compared_with = models.ForeignKey(
        "evidence.Capture", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("compared with")
    )
    host = models.ForeignKey(Host, models.PROTECT, related_name="watches", verbose_name=_("site"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = _asked_by()
    due_at = models.DateTimeField(_("to be looked at next"), null=True, blank=True)  # empty: watched no more
    checked_at = models.DateTimeField(_("last looked at"), null=True, blank=True)
    since_at = models.DateTimeField(_("in this state since"), null=True, blank=True)

    class Meta:
        verbose_name = _("watched link")
        verbose_name_plural = _("watched links")
        default_permissions = ("view",)
        ordering = ["-since_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="", since_at__isnull=True) | ~Q(state="") & Q(since_at__isnull=False),
                name="watch_state_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="watch_due"),  # manage.py work: what is due, longest due first
            models.Index(fields=["state", "-since_at"], name="watch_by_state"),  # the health report and the dashboard
        ]

    def __str__(self):
        return f"{self.url} {self.get_state_display()}"


class PublicCopy(models.Model):
    """A copy that the Internet Archive was asked for, by a person, and what became of it (EV-8)."""

    class State(models.TextChoices):
        ASKED = "asked", _("To be sent")
        FOLLOWED = "followed", _("Being kept by the archive")
        DONE = "done", _("Kept by the archive")
        FAILED = "failed", _("Not kept")

    UNFINISHED = (State.ASKED, State.FOLLOWED)

    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)
    url = WebAddressField(_("address"), blank=False)
    job = models.CharField(_("number of the job"), max_length=200, blank=True)
    told = models.CharField(_("what went wrong"), max_length=300, blank=True)
    archive_url = WebAddressField(_("address of the copy"), max_length=2100)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    item = models.ForeignKey("evidence.Item", models.CASCADE, related_name="public_copies", verbose_name=_("evidence"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = _asked_by()
    due_at = models.DateTimeField(_("next step"))
    archived_at = models.DateTimeField(_("kept there at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("public copy")
        verbose_name_plural = _("public copies")
        default_permissions = ("view",)
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=["asked", "followed"]), name="public_copy_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(archived_at__isnull=False, finished_at__isnull=False, told="") & ~Q(archive_url=""),
                name="public_copy_done_has_its_address",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | Q(finished_at__isnull=False) & ~Q(told=""),
                name="public_copy_failed_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="public_copy_due")  # manage.py work: what is to be done next
        ]

    def __str__(self):
        return f"{self.url} {self.get_state_display()}"
