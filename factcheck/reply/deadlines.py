"""Deadlines that a party can be held to: in the newsroom's own zone, long enough, and past before silence counts (RR-3, RR-4)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from factcheck.newsroom.refusals import Refused

from .states import ASKED


def check(deadline_at, basis, now=None, party=None):
    """Raise Refused for a deadline in the past, or a short one that nobody explains. `deadline_at` is an aware datetime."""
    now = now or timezone.now()
    if deadline_at <= now:
        raise Refused(_("This deadline is already past. Give one that is still to come."))
    if deadline_at - now < minimum() and not basis.strip():
        raise Refused(
            _("That is less than %(hours)d hours. Say why it is fair.") % {"hours": settings.REPLY_MINIMUM_HOURS}
        )


def minimum():
    """The shortest time to answer that needs no explanation."""
    return timedelta(hours=settings.REPLY_MINIMUM_HOURS)


def is_past(deadline_at, now=None):
    """Whether the moment is over. No deadline is never past."""
    return deadline_at is not None and (now or timezone.now()) > deadline_at


def overdue(files, now=None):
    """The reply files among `files` whose party was asked and whose deadline is past."""
    return files.filter(state__in=ASKED, deadline_at__lt=now or timezone.now())


def due_within(files, hours, now=None):
    """The reply files among `files` whose deadline comes within so many hours."""
    now = now or timezone.now()
    return files.filter(state__in=ASKED, deadline_at__gte=now, deadline_at__lt=now + timedelta(hours=hours))


def told(moment, zone=""):
    """A moment as a person is told it: weekday, day, time and the zone by name; the newsroom's, or `zone` (an IANA name)."""
    local = timezone.localtime(moment, ZoneInfo(zone) if zone else None)
    named = f" ({zone})" if zone else ""
    return f"{date_format(local, 'l j F Y, H:i')} {local.tzname()}{named}"
