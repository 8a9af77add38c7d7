"""What the pages of the inbox show. Each part is read once, in a fixed number of queries."""

from functools import cached_property

from django.db.models import Prefetch

from factcheck.inbox import quoting, sorting
from factcheck.inbox.filing import all_unread
from factcheck.inbox.models import Filing, IncomingAnswer, Message
from factcheck.inbox.words import answers_for, words_for
from factcheck.reply.deadlines import is_past, told

from . import odd_mail
from .inbox_verbs import FILING_VERBS, MESSAGE_VERBS
from .lists import capped_count, told_number
from .verbs import Case, open_to

SHOWN = 50
State, Kind = Filing.State, Message.Kind
NEEDS_NOBODY = (Kind.AUTO_REPLY, Kind.BOUNCE, Kind.DELAYED, Kind.RECEIPT, Kind.BULK)
WITH = ("incoming__message", "file__party__pseudonym", "file__claim", "settled_by")


def filings(state):
    return Filing.objects.filter(state=state).select_related(*WITH)


class Inbox:
    """The inbox: what waits for a person first."""

    @cached_property
    def unread(self):
        return list(filings(State.UNREAD).order_by("pk")[:SHOWN])

    @cached_property
    def to_sort(self):
        return list(sorting.waiting().select_related("letter__party__pseudonym")[:SHOWN])

    @cached_property
    def set_aside(self):
        return list(filings(State.SET_ASIDE).order_by("-pk")[:SHOWN])

    @cached_property
    def machines(self):
        newest = Message.objects.filter(kind__in=NEEDS_NOBODY).order_by("-pk")
        return list(newest.select_related("letter__party__pseudonym")[:SHOWN])

    @property
    def unread_told(self):
        return told_number(capped_count(all_unread())) if len(self.unread) == SHOWN else str(len(self.unread))

    @property
    def to_sort_told(self):
        return told_number(capped_count(sorting.waiting())) if len(self.to_sort) == SHOWN else str(len(self.to_sort))


class SaidPage:
    """One answer or message: who it claims to be from, what it says, what hangs from it. For pages and confirm pages."""

    def __init__(self, thing, user):
        self.thing, self.user = thing, user
        self.filing = thing if isinstance(thing, Filing) else None
        self.incoming = thing.incoming if self.filing else getattr(thing, "incoming", None)
        self.message = self.incoming.message if self.filing else thing

    @cached_property
    def buttons(self):
        return open_to(FILING_VERBS if self.filing else MESSAGE_VERBS, self.user, Case(self.thing))

    @cached_property
    def blocks(self):
        """The words of a message in blocks, history apart; of a statement from the private page, all of them."""
        if self.message:
            return quoting.blocks(self.message.text)
        words = words_for(self.incoming, self.filing.file) if not self.answers else self.incoming.text
        return [quoting.Block(quoting.SAID, words)] if words.strip() else []

    @cached_property
    def answers(self):
        return answers_for(self.incoming, self.filing.file) if self.filing else []

    @cached_property
    def attachments(self):
        return list(self.message.attachments.all()) if self.message else []

    @cached_property
    def odd(self):
        return odd_mail.told(self.message.flags if self.message else ["withheld"] if self.incoming.withheld_as else [])

    @cached_property
    def sortings(self):
        return list(self.message.sortings.select_related("by")) if self.message else []

    @cached_property
    def also_at(self):
        """The other rights of reply that it lies with."""
        if not self.incoming:
            return []
        others = self.incoming.filings.exclude(pk=getattr(self.filing, "pk", None))
        return list(others.select_related("file__party__pseudonym", "file__claim"))

    @cached_property
    def allegations(self):
        return [row for row in self.filing.file.allegations.all() if not row.dropped_at] if self.filing else []

    @property
    def is_late(self):
        return bool(self.filing) and is_past(self.filing.file.deadline_at, self.incoming.received_at)

    @property
    def deadline(self):
        return told(self.filing.file.deadline_at) if self.filing and self.filing.file.deadline_at else ""


def filing_rows():
    """Filings with everything their page shows."""
    answers = Prefetch("incoming__answers", IncomingAnswer.objects.select_related("allegation"))
    return Filing.objects.select_related(*WITH, "response", "extension").prefetch_related(answers)
