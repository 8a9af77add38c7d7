"""The first page of the desk: what waits for this person, where everything stands, what falls due, what went out.

Every number is a link to the claim list, narrowed by the same filter that counted it. The number of queries depends on
the person's roles alone.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import DEFAULT_DB_ALIAS
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from factcheck.claims.models import Claim, Status
from factcheck.claims.pressing import PRESSING
from factcheck.database.walking import first_of
from factcheck.inbox.filing import all_unread
from factcheck.inbox.sorting import waiting
from factcheck.letters import waiting as letters
from factcheck.newsroom.models import JournalEntry
from factcheck.newsroom.roles import AUTHORS
from factcheck.published import reading
from factcheck.published.models import Check
from factcheck.reply.deadlines import due_within, overdue
from factcheck.reply.models import ReplyFile
from factcheck.reply.states import ASKED
from factcheck.sources.destruction import to_review
from factcheck.sources.noticed import noticed, to_confirm

from . import badges, link_health, queues
from .badges import letter_badge
from .claim_filters import SOON_HOURS
from .claim_list import flags
from .desk_admin import role_allows
from .journal_words import told_entries
from .lists import capped_count, told_claims, told_number
from .telling import told_moment
from .verbs import page_of

REVIEW_DAYS = 14  # how long before its day a review is shown
NOTICE_DAYS = 14  # for how long custodians are told what another did
SHOWN = 6  # rows of each queue; the number leads to the rest
FOLDED = 50  # rows of a list that is folded out


@dataclass(frozen=True)
class Pile:
    """Claims that have something in common: how many, the first few, and where all of them are listed."""

    label: str
    count: str
    url: str
    rows: tuple = ()
    badge: str = ""
    alert: bool = False

    def __bool__(self):
        return self.count != "0"


@dataclass(frozen=True)
class Row:
    """A claim on the dashboard: a link, a line about it, its badges."""

    url: str
    wording: str
    about: str
    badges: tuple = ()


def for_person(user):
    """What the dashboard shows `user`, by name; nothing of the record to somebody who may not read it."""
    context = {"latest": _latest(user), "now": timezone.localtime()}
    if role_allows(user, "view", JournalEntry) and not role_allows(user, "view", Claim):
        context["lately"] = told_entries(JournalEntry.objects.all()[: 2 * SHOWN])
    if role_allows(user, "view", Claim):
        context |= {
            "mine": [_queue(queue, user) for queue in queues.queues_of(user)],
            "stages": [_stage(status) for status in Status],
            "deadlines": _deadlines(),
            "reviews": _reviews(user),
            "keeping": _keeping(user),
            "again": _again(),
            "links": link_health.health(SHOWN),
            "may_log": user.has_role(*AUTHORS),
        }
    return context


def list_of(**filters):
    """The address of the claim list, narrowed."""
    return f"{reverse('admin:claims_claim_changelist')}?{urlencode(filters)}"


def _pile(label, claims, filters, first=(), **options):
    """`first` are the rows that are shown, told apart from `claims` where a walk to them is shorter."""
    shown = tuple(_row(claim) for claim in first)
    return Pile(label, told_number(capped_count(claims)), list_of(**filters), shown, **options)


def _pressing(claims, statuses=()):
    """The first of these claims, by index, whatever their number: through each of `statuses`, or straight on."""
    lists = [claims.filter(status=status) for status in statuses] or [claims]
    return first_of(lists, PRESSING, SHOWN).select_related("speaker__pseudonym", "assignee")[:SHOWN]


def _row(claim, about=None):
    url = reverse("admin:claims_claim_change", args=[claim.pk])
    marks = (badges.status_badge(claim), *flags(claim))
    return Row(url, claim.wording, " · ".join(filter(None, about or _about(claim))), marks)


def _about(claim):
    yield str(claim.speaker or (_("Unknown speaker") if claim.speaker_unknown else ""))
    yield _("due %(day)s") % {"day": told_moment(claim.due_on)} if claim.due_on else ""


def _queue(queue, user):
    claims = queue.claims(user, Claim.objects.all())
    return _pile(queue.label, claims, {"waiting": queue.code}, _pressing(claims, queue.statuses))


def _stage(status):
    claims = Claim.objects.filter(status=status)
    badge = badges.status_badge(Claim(status=status))
    return _pile(status.label, claims, {"status": status.value}, badge=badge)


def _deadlines():
    late, soon = overdue(ReplyFile.objects), due_within(ReplyFile.objects, SOON_HOURS)
    inbox = reverse("admin:inbox_filing_changelist")
    return [
        Pile(_("Answers that nobody has read"), told_number(capped_count(all_unread())), inbox, alert=True),
        Pile(_("Messages to be sorted"), told_number(capped_count(waiting())), f"{inbox}#sort"),
        _letter_pile(_("E-mails that may have been sent"), letters.in_doubt(), "doubt", alert=True),
        _letter_pile(_("Letters not sent, or come back"), letters.stopped(), "stopped", alert=True),
        _letter_pile(_("Letters with legal"), letters.with_legal(), "legal"),
        _reply_pile(_("Deadline past"), late, "overdue", alert=True),
        _reply_pile(_("Due within 48 hours"), soon, "soon"),
    ]


def _letter_pile(label, found, code, **options):
    first = found.order_by("deadline_at", "pk").select_related("party__pseudonym")[:SHOWN]
    rows = tuple(
        Row(page_of(each), str(each.party), told_moment(each.deadline_at), (letter_badge(each),)) for each in first
    )
    url = f"{reverse('admin:letters_letter_changelist')}?{urlencode({'waits': code})}"
    return Pile(label, told_number(capped_count(found)), url, rows, **options)


def _reply_pile(label, files, code, **options):
    lists = [files.filter(state=state) for state in ASKED]
    first = first_of(lists, ("deadline_at", "pk"), SHOWN).select_related("claim", "party__pseudonym")[:SHOWN]
    rows = tuple(_file_row(file) for file in first)
    return Pile(label, told_claims(files), list_of(reply=code), rows, **options)


def _file_row(file):
    """A right of reply whose time is running: who was asked, until when; the claim under it."""
    url = reverse("admin:reply_replyfile_change", args=[file.pk])
    return Row(url, str(file.party), told_moment(file.deadline_at), (file.claim,))


def _reviews(user):
    """Protected sources of this custodian whose day of review has come or comes soon: the reference and the day, no more (CS-6)."""
    due = to_review(user, timezone.localdate() + timedelta(days=REVIEW_DAYS))[:SHOWN]
    return [(_source_page(source), str(source), source.review_on) for source in due]


def _keeping(user):
    """What other custodians did about the sources this person keeps, and what they propose to destroy; by reference (CS-6)."""
    proposed = [(_source_page(source), str(source), source.proposed_at) for source in to_confirm(user)[: FOLDED + 1]]
    every = noticed(user, timezone.now() - timedelta(days=NOTICE_DAYS))
    done = every[: SHOWN + FOLDED]
    entries = told_entries(entry for _source, entry in done)
    told = [(_source_page(source), str(source), entry) for (source, _entry), entry in zip(done, entries, strict=True)]
    lists = {"proposed": proposed[:FOLDED], "told": told[:SHOWN], "before": told[SHOWN:]}
    rest = {
        "more_proposed": len(proposed) > FOLDED,
        "number_before": len(every) - SHOWN,
        "more": len(every) - len(done),
    }
    return {**lists, **rest, "days": NOTICE_DAYS} if proposed or told else {}


def _source_page(source):
    return reverse("admin:sources_source_page", args=[source.ref])


def _again():
    update, again = queues.needing_update(Claim.objects), queues.reopened(Claim.objects)
    return [
        _pile(_("Needs an update"), update, {"flag": "update"}, _pressing(update), alert=True),
        _pile(_("Reopened"), again, {"status": "again"}, _pressing(again)),
    ]


def _latest(user):
    """What readers got last: the newest checks and the newest notices of change."""
    if not role_allows(user, "view", Check):
        return None
    checks, notices = (latest.using(DEFAULT_DB_ALIAS)[:SHOWN] for latest in (reading.checks(), reading.notices()))
    return {"checks": [(check, badges.printed_badge(check)) for check in checks], "notices": list(notices)}
