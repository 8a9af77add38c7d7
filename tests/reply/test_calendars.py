"""Deadlines hold up: working hours and public holidays where the party is, right across the changes of the clocks (RR-3, RR-4)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from factcheck.newsroom.refusals import Refused
from factcheck.reply import calendars, deadlines
from factcheck.reply.contact import Place, place_of
from factcheck.reply.contacts import keep_contact

AUCKLAND, WELLINGTON = Place("Pacific/Auckland", "NZ", "AUK"), Place("Pacific/Auckland", "NZ", "WGN")
LONDON, DUBAI = Place("Europe/London", "GB", "ENG"), Place("Asia/Dubai", "AE")


def at(place, *when):
    return datetime(*when, tzinfo=ZoneInfo(place.zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("place", "day", "works"),
    [
        (AUCKLAND, date(2026, 1, 26), False),  # Auckland Anniversary Day
        (WELLINGTON, date(2026, 1, 26), True),
        (WELLINGTON, date(2026, 1, 19), False),  # Wellington Anniversary Day
        (AUCKLAND, date(2026, 1, 19), True),
        (AUCKLAND, date(2026, 2, 6), False),  # Waitangi Day
        (AUCKLAND, date(2026, 4, 27), False),  # Anzac Day fell on a Saturday
        (AUCKLAND, date(2026, 11, 28), False),  # a Saturday
        (LONDON, date(2026, 2, 6), True),
        (DUBAI, date(2026, 11, 29), False),  # a Sunday
    ],
)
def test_working_days_are_those_of_the_place(place, day, works):
    assert calendars.is_working_day(day, place) is works


@pytest.mark.parametrize(
    ("place", "start", "end", "hours"),
    [
        (AUCKLAND, (2026, 11, 27, 16), (2026, 11, 28, 16), 1),  # a Friday afternoon and a Saturday
        (AUCKLAND, (2026, 11, 27, 16), (2026, 11, 30, 10), 2),  # and Monday's first hour
        (AUCKLAND, (2026, 11, 25, 9), (2026, 11, 26, 9), 8),
        (AUCKLAND, (2026, 1, 23, 17), (2026, 1, 27, 9), 0),  # the long weekend of Auckland's anniversary
        (WELLINGTON, (2026, 1, 23, 17), (2026, 1, 27, 9), 8),
        (AUCKLAND, (2026, 9, 25, 9), (2026, 9, 28, 17), 16),  # the clocks go forward on the Sunday between
        (AUCKLAND, (2026, 4, 2, 9), (2026, 4, 7, 17), 16),  # Easter, and the clocks go back
    ],
)
def test_working_time_is_counted_on_the_partys_clocks(place, start, end, hours):
    assert calendars.working_time(at(place, *start), at(place, *end), place) == timedelta(hours=hours)


def test_working_time_of_a_deadline_that_nobody_means_is_counted_and_ends():
    assert calendars.working_time(at(AUCKLAND, 2026, 1, 1), at(AUCKLAND, 2199, 1, 1), AUCKLAND) > timedelta(days=60)


@pytest.fixture
def working(settings):
    settings.REPLY_MINIMUM_WORKING_HOURS = 8


def test_day_over_a_weekend_is_short_and_says_so(working):
    now, end = at(AUCKLAND, 2026, 11, 27, 16), at(AUCKLAND, 2026, 11, 29, 16)
    with pytest.raises(Refused, match="leaves 1.0 working hours where they are, and not 8"):
        deadlines.check(end, "", now=now)
    deadlines.check(end, "The piece runs on Sunday night.", now=now)


def test_holiday_is_named_where_it_makes_a_deadline_short(working, agency, journalist):
    keep_contact(agency, by=journalist, zone="Pacific/Auckland", country="NZ", region="AUK")
    now, end = at(AUCKLAND, 2026, 1, 23, 17), at(AUCKLAND, 2026, 1, 27, 9)
    with pytest.raises(Refused, match="Monday 26 January: Auckland Anniversary Day"):
        deadlines.check(end, "", now=now, party=agency)


def test_same_deadline_is_long_enough_elsewhere(working, agency, journalist):
    keep_contact(agency, by=journalist, zone="Pacific/Auckland", country="NZ", region="WGN")
    deadlines.check(at(AUCKLAND, 2026, 1, 27, 9), "", now=at(AUCKLAND, 2026, 1, 23, 17), party=agency)


def test_suggestions_end_with_a_working_day_and_need_no_explanation(working):
    now = at(AUCKLAND, 2026, 1, 23, 16)
    offered = deadlines.suggested(now, AUCKLAND)
    assert [m.astimezone(AUCKLAND.tz).strftime("%a %d %H:%M") for m in offered] == [
        "Tue 27 17:00",
        "Wed 28 17:00",
        "Thu 29 17:00",
    ]
    for moment in offered:
        deadlines.check(moment, "", now=now)


def test_deadline_is_told_with_its_weekday_and_zone_on_either_side_of_a_change():
    before, after = at(AUCKLAND, 2026, 9, 26, 17), at(AUCKLAND, 2026, 9, 27, 17)
    assert deadlines.told(before, AUCKLAND.zone) == "Saturday 26 September 2026, 17:00 NZST (Pacific/Auckland)"
    assert deadlines.told(after, AUCKLAND.zone) == "Sunday 27 September 2026, 17:00 NZDT (Pacific/Auckland)"
    assert after - before == timedelta(hours=23)


def test_party_of_whom_nothing_is_known_is_where_the_newsroom_is(agency):
    assert place_of(agency) == AUCKLAND


@pytest.mark.parametrize(
    "wrong", [{"zone": "Mars/Olympus"}, {"country": "XX"}, {"region": "Mordor"}, {"country": "GB", "region": "AUK"}]
)
def test_place_that_is_none_is_refused(agency, journalist, wrong):
    with pytest.raises(Exception, match="(?i)zone|country|region"):
        keep_contact(agency, by=journalist, **wrong)
