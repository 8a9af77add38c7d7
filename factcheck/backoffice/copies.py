"""What an item's page shows of the page it cites: our own copies, the public one, whether the passage stands there."""

from functools import cached_property

from factcheck.evidence import passages
from factcheck.evidence.archives import is_archive
from factcheck.evidence.models import Capture, Watch

from .capture_verbs import CAPTURE_VERBS
from .link_health import badge_of
from .marked import marked
from .verbs import Case, open_to

SHOWN = 10  # of each, the newest


class Copies:
    """Read lazily by `backoffice/evidence/copies.html`."""

    def __init__(self, item, user):
        self.item, self.user = item, user

    @cached_property
    def buttons(self):
        return open_to(CAPTURE_VERBS, self.user, Case(self.item))

    @cached_property
    def captures(self):
        return list(self.item.captures.select_related("asked_by", "warc").defer("text", "words")[:SHOWN])

    @cached_property
    def public_copies(self):
        return list(self.item.public_copies.select_related("asked_by")[:SHOWN])

    @cached_property
    def watch(self):
        return Watch.objects.filter(item=self.item).select_related("compared_with").first()

    @property
    def is_elsewhere(self):
        """Whether the address typed as an archived copy is of no archive that is known here."""
        return bool(self.item.archived_url) and not is_archive(self.item.archived_url)

    @property
    def health(self):
        return badge_of(self.watch.state) if self.watch else ""

    @property
    def differences(self):
        """What the cited page said and says now, row by row, the words that differ marked; "" where it said nothing."""
        return [marked(*sides) if all(sides) else sides for sides in self.watch.differences]

    @cached_property
    def latest(self):
        """The newest copy that was made, with its text; None where there is none."""
        return self.item.captures.filter(state=Capture.State.DONE).first()

    @property
    def passage(self):
        """ "found", "missing", or "" where nothing can be said."""
        stands = passages.stands_on(self.item.passage, self.latest) if self.latest else None
        return {True: "found", False: "missing", None: ""}[stands]
