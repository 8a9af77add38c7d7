"""What an item's page shows of the files we hold for it, and of everything that was done with them."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.evidence import exhibits
from factcheck.evidence.models import CustodyEvent, Exhibit
from factcheck.fetching.warc import TYPE as WARC

from .exhibit_verbs import EXHIBIT_VERBS, HOLDING_VERBS
from .verbs import Case, open_to

LAST_EVENTS = 30
CAPTURED_AS = {
    WARC: _("Web archive"),
    "text/plain": _("Readable text"),
    "image/png": _("Picture of the page"),
    "application/pdf": _("PDF of the page"),
}


@dataclass(frozen=True)
class FileRow:
    """A file of the item, with what this person may do with it now."""

    exhibit: Exhibit
    buttons: tuple
    copy_url: str
    original_url: str
    no_copy: str  # why there is none, in a sentence, or ""


class Holdings:
    """Read lazily by `backoffice/evidence/holdings.html`."""

    def __init__(self, item, user):
        self.item, self.user = item, user

    @cached_property
    def buttons(self):
        return open_to(HOLDING_VERBS[:1], self.user, Case(self.item))

    @cached_property
    def closed(self):
        """Why this person does not open the files, in a sentence, or None."""
        return exhibits.why_may_not_open(self.user, self.item)

    @cached_property
    def files(self):
        held = self.item.exhibits.select_related("file", "copy", "received_by", "released_by", "redacts")
        return [self._row(exhibit) for exhibit in held.order_by("set_aside_at", "pk")]

    def _row(self, exhibit):
        exhibit.item = self.item
        return FileRow(
            exhibit,
            tuple(open_to(EXHIBIT_VERBS, self.user, Case(exhibit))),
            reverse("admin:evidence_exhibit_copy", args=[exhibit.pk]) if exhibit.copy_id and not self.closed else "",
            self._original_url(exhibit.file_id),
            "" if exhibit.copy_id else exhibits.why_no_copy(exhibit.file.type),
        )

    @cached_property
    def sealed(self):
        """Why this person works with the copies alone, in a sentence, or None."""
        return exhibits.why_may_not_open_original(self.user, self.item)

    def _original_url(self, number):
        if self.sealed:
            return ""
        return f"{reverse('admin:evidence_item_original', args=[self.item.pk])}?file={number}"

    @cached_property
    def captured(self):
        """The files of captures: (File, what it is of the page, address of its page), the newest first."""
        received = {row.exhibit.file_id for row in self.files}
        found = exhibits.originals(self.item).exclude(pk__in=received).order_by("-pk")
        return [(file, CAPTURED_AS.get(file.type, file.type), self._original_url(file.pk)) for file in found]

    @cached_property
    def events(self):
        return list(CustodyEvent.objects.filter(item_number=self.item.pk)[: LAST_EVENTS + 1])

    @property
    def shown_events(self):
        return self.events[:LAST_EVENTS]

    @property
    def has_more(self):
        return len(self.events) > LAST_EVENTS
