"""Deadlines a party can be held to: long enough by its working days, told in its zone, past before silence counts (RR-3, RR-4)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from factcheck.newsroom.refusals import Refused

from . import calendars
from .contact import newsroom_place, place_of
from .states import ASKED


def check(deadline_at, basis, now=None, party=None):
    """Raise Refused for a deadline in the past, or a short one that nobody explains (RR-4).

    `deadline_at` is an aware datetime. It is short by the clock, or by the working hours it leaves where `party` is.
    """
    now = now or timezone.now()
    if deadline_at <= now:
        raise Refused(_("This deadline is already past. Give one that is still to come."))
    if not basis.strip() and (reasons := short(deadline_at, now, place_of(party) if party else newsroom_place())):
        raise Refused(*reasons)


def short(deadline_at, now, place):
    """Why a deadline is short for somebody at `place`, in sentences; [] where it is not."""
    reasons, working = [], calendars.working_time(now, deadline_at, place)
    if deadline_at - now < minimum():
        hours = {"hours": settings.REPLY_MINIMUM_HOURS}
        reasons.append(_("That is less than %(hours)d hours. Say why it is fair.") % hours)
    if working < minimum_working():
        told = {"left": round(working / timedelta(hours=1), 1), "least": settings.REPLY_MINIMUM_WORKING_HOURS}
        told["off"] = _told_off(now, deadline_at, place)
        reasons.append(
            _("That leaves %(left)s working hours where they are, and not %(least)d%(off)s. Say why it is fair.") % told
        )
    return reasons


def _told_off(now, deadline_at, place):
    named = [
        f"{date_format(day, 'l j F')}: {name}" for day, name in calendars.days_off(now, deadline_at, place) if name
    ]
    return f" ({'; '.join(named[:5])})" if named else ""


def minimum():
    """The shortest time to answer, by the clock, that needs no explanation."""
    return timedelta(hours=settings.REPLY_MINIMUM_HOURS)


def minimum_working():
    """The least working time that an answer needs no explanation for."""
    return timedelta(hours=settings.REPLY_MINIMUM_WORKING_HOURS)


def suggested(now, place):
    """Up to three deadlines that need no explanation, as moments (aware)."""
    return calendars.suggestions(now, place, minimum(), minimum_working())


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
