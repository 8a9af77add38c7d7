"""The daily digest for staff: what is due, overdue, answered and in doubt, by number and never by content (RR-8, CS-6)."""

from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from factcheck.inbox.models import Filing
from factcheck.letters import outgoing, waiting
from factcheck.letters.models import Outgoing
from factcheck.newsroom.models import User
from factcheck.newsroom.roles import AUTHORS, Role
from factcheck.reply.deadlines import due_within, overdue
from factcheck.reply.models import ReplyFile
from factcheck.sources import noticed

READERS = AUTHORS | {Role.LEGAL}
HOURS = 4  # from DIGEST_HOUR on: what comes up later is in tomorrow's
MOST = 50  # numbers a line; the desk has the rest


def queue_one(worker=None, now=None):
    """Queue today's digest for the next person who has none yet. Returns whether there was one."""
    now = now or timezone.now()
    local = timezone.localtime(now)
    if not 0 <= local.hour - settings.DIGEST_HOUR < HOURS:
        return False
    person, lines = _next_to_tell(local.date(), now)
    if person is None:
        return False
    outgoing.queue(
        purpose=Outgoing.Purpose.DIGEST,
        once=_once(person, local.date()),
        to_address=person.email,
        to_name=person.shown_as,
        subject=_("%(newsroom)s: rights of reply, %(day)s")
        % {"newsroom": settings.NEWSROOM_NAME[:150], "day": date_format(local, "j F Y")},
        body=render_to_string("letters/digest.txt", {"sections": lines, "desk": _address("admin:index")}).strip(),
        automatic=True,
    )
    return True


def _once(person, day):
    return f"digest:{person.pk}:{day:%Y-%m-%d}"


def _next_to_tell(day, now):
    """Somebody whose digest of the day is still to be written and has something in it, with its sections; (None, ()) else."""
    general, missing = sections(now), _without(day)
    if not any(rows for _label, rows in general):
        custodians = noticed.custodians() if missing else set()
        missing = [person for person in missing if person.pk in custodians]
    for person in missing:
        lines = [*of_sources(person, now), *general]
        if any(rows for _label, rows in lines):
            return person, lines
    return None, ()


def _without(day):
    """Everybody whose digest of the day is still to be written."""
    names = [role.value for role in READERS]
    staff = User.objects.filter(is_active=True, groups__name__in=names).exclude(email="").distinct().order_by("pk")
    written = set(
        Outgoing.objects.filter(purpose="digest", once__endswith=f":{day:%Y-%m-%d}").values_list("once", flat=True)
    )
    return [person for person in staff if _once(person, day) not in written]


def sections(now=None):
    """[(label, ["right of reply 12", ...])]: what a digest lists, by number alone."""
    now = now or timezone.now()
    since = now - timedelta(days=1)
    files = ReplyFile.objects
    return [
        (_("Due within 48 hours"), _files(due_within(files, 48, now))),
        (_("Overdue"), _files(overdue(files, now))),
        (
            _("Answers nobody has read"),
            _files(files.filter(filings__in=Filing.objects.filter(state="unread")).distinct()),
        ),
        (_("Answered since yesterday"), _files(files.filter(responses__logged_at__gte=since).distinct())),
        (_("Letters with an e-mail that may have been sent: decide"), _letters(waiting.in_doubt())),
        (_("Letters not sent, or come back"), _letters(waiting.stopped())),
        (_("Letters with legal"), _letters(waiting.with_legal())),
    ]


def of_sources(person, now=None):
    """As `sections`, of the sources that this person keeps: what others propose, and what they did since yesterday."""
    since = (now or timezone.now()) - timedelta(days=1)
    done = {source.ref: source for source, _entry in noticed.noticed(person, since)}
    return [
        (
            _("Sources that another custodian proposes to destroy: confirm it, or keep them"),
            _sources(noticed.to_confirm(person)[:MOST]),
        ),
        (_("Sources that others read, or did something about, since yesterday"), _sources(list(done.values())[:MOST])),
    ]


def _sources(found):
    return [_address("admin:sources_source_page", source.ref) for source in found]


def _files(rows):
    return [_address("admin:reply_replyfile_change", pk) for pk in _numbers(rows)]


def _letters(rows):
    return [_address("admin:letters_letter_change", pk) for pk in _numbers(rows)]


def _numbers(rows):
    return rows.order_by("pk").values_list("pk", flat=True)[:MOST]


def _address(name, *args):
    return settings.SITE_URL + reverse(name, args=args)
