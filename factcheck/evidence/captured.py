"""A capture: our own copy of a web page, asked for by somebody and made by a process that may be stopped at any moment."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from factcheck.database.fields import WebAddressField

from .holdings import File


def _file(label):
    return models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=label
    )


class Capture(models.Model):
    """One attempt to keep what an item's link led to. Asked for at the desk, never automatic (EV-8); done by `manage.py work`."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting")
        RUNNING = "running", _("Being captured")
        DONE = "done", _("Captured")
        FAILED = "failed", _("Failed")

    UNFINISHED = (State.ASKED, State.RUNNING)
    FILES = ("warc", "text_file", "picture", "pdf")

    state = models.CharField(_("state"), max_length=7, choices=State, default=State.ASKED)
    told = models.CharField(_("what went wrong"), max_length=300, blank=True)
    url = WebAddressField(_("address asked for"), blank=False)
    final_url = WebAddressField(_("address that answered"))
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    title = models.CharField(_("title found"), max_length=500, blank=True)
    author = models.CharField(_("author found"), max_length=300, blank=True)
    publisher = models.CharField(_("publisher found"), max_length=300, blank=True)
    published_on = models.DateField(_("published on, as found"), null=True, blank=True)
    text = models.TextField(_("readable text"), blank=True)
    words = models.TextField(_("every word that can be seen"), blank=True)  # a passage may stand in a table or a notice
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    # its words could tell who a protected source is: they are in the files of the copy and in no field of it
    withheld = models.BooleanField(_("words are withheld"), default=False)
    # the state of the leak guard that its words were last compared with, see withholding.py
    guarded_as = models.UUIDField(_("compared with the leak guard as"), null=True, blank=True, editable=False)
    unpictured = models.CharField(_("why there is no picture"), max_length=300, blank=True)
    item = models.ForeignKey("evidence.Item", models.CASCADE, related_name="captures", verbose_name=_("evidence"))
    warc = _file(_("web archive"))
    text_file = _file(_("readable text as a file"))
    picture = _file(_("picture"))
    pdf = _file(_("PDF"))
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("asked by")
    )
    begun_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    captured_at = models.DateTimeField(_("captured at"), null=True, blank=True)  # when the page itself answered
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        default_permissions = ("view",)
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=["asked", "running"]), name="capture_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(warc__isnull=False, captured_at__isnull=False, finished_at__isnull=False, told=""),
                name="capture_done_has_its_copy",
            ),
            models.CheckConstraint(
                condition=Q(state="failed", finished_at__isnull=False) & ~Q(told="") | ~Q(state="failed"),
                name="capture_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="running", begun_at__isnull=False) | ~Q(state="running"),
                name="capture_running_has_begun",
            ),
            models.CheckConstraint(
                condition=Q(withheld=False)
                | Q(title="", author="", publisher="", text="", words="", picture__isnull=True, pdf__isnull=True),
                name="capture_withheld_says_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "asked_at"], name="capture_due"),  # manage.py work: what waits, oldest first
            models.Index(fields=["item", "state", "-id"], name="capture_of_item"),  # the copy that readers are told of
            models.Index(  # manage.py work: what has to be compared since a term was guarded
                fields=["guarded_as"], condition=Q(state="done"), name="capture_to_compare"
            ),
        ]

    def __str__(self):
        return f"{self.url} {self.get_state_display()}"
