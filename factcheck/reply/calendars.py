"""Working hours and public holidays where a party is: how much working time a deadline leaves, and which deadlines are fair.

All of it runs on the party's own clocks, so that an hour is an hour on the day the clocks change, and Auckland Anniversary
Day is a holiday in Auckland and a working day in Wellington (RR-3, RR-4).
"""

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

import holidays
from holidays.holiday_base import HolidayBase

OPENS, CLOSES = time(9), time(17)  # when somebody is at a press office
HORIZON = timedelta(days=400)  # beyond it nobody counts hours


@lru_cache(maxsize=64)
def _holidays(country, region, year) -> HolidayBase:
    return holidays.country_holidays(country, subdiv=region or None, years=[year])


def holiday(day, place):
    """The name of the public holiday that `day` is at `place` (reply.contact.Place); "" where it is none."""
    return _holidays(place.country, place.region, day.year).get(day) or ""


def is_working_day(day, place):
    """Whether people are at work on a day there: no weekend of that country, and no public holiday."""
    weekend = _holidays(place.country, place.region, day.year).weekend
    return day.weekday() not in weekend and not holiday(day, place)


def working_time(start, end, place):
    """How much working time lies between two moments (aware) at a place, as a timedelta."""
    start, end = start.astimezone(place.tz), min(end, start + HORIZON).astimezone(place.tz)
    total, day = timedelta(), start.date()
    while day <= end.date():
        if is_working_day(day, place):
            opens, closes = _hours(day, place)
            total += max(min(end, closes) - max(start, opens), timedelta())
        day += timedelta(days=1)
    return total


def _hours(day, place):
    """When work begins and ends on a day, as moments in UTC: differences of those are true where the clocks change."""
    return tuple(datetime.combine(day, at, place.tz).astimezone(UTC) for at in (OPENS, CLOSES))


def days_off(start, end, place):
    """[(day, name of the holiday or "")] of the days between two moments on which nobody works there, the first few."""
    day, last = start.astimezone(place.tz).date(), min(end, start + timedelta(days=60)).astimezone(place.tz).date()
    found = []
    while day <= last:
        if not is_working_day(day, place):
            found.append((day, holiday(day, place)))
        day += timedelta(days=1)
    return found


def suggestions(now, place, clock, working):
    """Up to three deadlines at the close of a working day there, leaving so much time by the `clock` and so much `working`."""
    found, day = [], now.astimezone(place.tz).date()
    last = day + timedelta(days=60)
    while len(found) < 3 and day < last:
        closes = _hours(day, place)[1]
        if closes - now >= clock and is_working_day(day, place) and working_time(now, closes, place) >= working:
            found.append(closes)
        day += timedelta(days=1)
    return found
