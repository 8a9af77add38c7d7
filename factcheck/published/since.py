"""What comes with an edition or after it: the files readers may have, and what became of the links it cites."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Handout(models.Model):
    """A file that readers of one page may have, by its hash. The bytes lie on the shelf `published`, a copy for each page.

    What is taken back stays here without its bytes, so that its address can say so.
    """

    name = models.CharField(_("name"), max_length=120)
    type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    stored_as = models.CharField(_("name in the store"), max_length=60, blank=True)  # "" once taken back
    page = models.ForeignKey("published.Check", models.PROTECT, related_name="handouts", verbose_name=_("check"))
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("file for readers")
        verbose_name_plural = _("files for readers")
        # /claims/<slug>/files/<hash>/, and what the claim's page says of its files
        constraints = [models.UniqueConstraint(fields=["page", "sha256"], name="handout_once")]

    def __str__(self):
        return self.name


class LinkState(models.Model):
    """What became of a page that we cite, where it is no longer what it was. No row: it is as we cited it."""

    class State(models.TextChoices):
        MOVED = "moved", _("moved")
        CHANGED = "changed", _("changed since we cited it")
        GONE = "gone", _("gone")

    url = models.CharField(_("link"), max_length=2000)
    state = models.CharField(_("state"), max_length=7, choices=State)
    page = models.ForeignKey("published.Check", models.CASCADE, related_name="link_states", verbose_name=_("check"))
    noticed_at = models.DateTimeField(_("noticed at"))

    class Meta:
        verbose_name = _("state of a link")
        verbose_name_plural = _("states of links")
        # what the claim's page says of its links
        constraints = [models.UniqueConstraint(fields=["page", "url"], name="linkstate_once")]

    def __str__(self):
        return f"{self.state} {self.url}"
