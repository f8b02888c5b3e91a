"""Working hours and times of the clock, as moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.breaks.week import DAY, HOUR, MINUTE, at, offset_in
from trainer.breaks.hours import clock, day_over, local_day, moment, next_start, slots, spans
from trainer.breaks.settings import DAYS, At, Breaks, Hours

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Africa/Casablanca",
    "America/Havana",  # changes at midnight
)


def utc(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("zone", "day", "time", "found"),
    [
        ("UTC", "2026-03-02", "09:00", "2026-03-02 09:00"),
        ("Asia/Kolkata", "2026-03-02", "09:00", "2026-03-02 03:30"),
        ("Europe/Berlin", "2026-03-29", "01:59", "2026-03-29 00:59"),
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29 01:00"),  # leapt over: the leap
        ("Europe/Berlin", "2026-03-29", "03:00", "2026-03-29 01:00"),
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25 00:30"),  # twice: the first
        ("Europe/Berlin", "2026-10-25", "03:00", "2026-10-25 02:00"),
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08 07:00"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01 05:30"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03 15:30"),  # half an hour
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04 14:45"),
        ("Pacific/Apia", "2011-12-29", "23:00", "2011-12-30 09:00"),
        ("Pacific/Apia", "2011-12-30", "12:00", "2011-12-30 10:00"),  # a day that was none
        ("Pacific/Apia", "2011-12-31", "00:00", "2011-12-30 10:00"),
        ("Africa/Casablanca", "2026-02-15", "12:00", "2026-02-15 12:00"),  # before and in Ramadan, and after
        ("Africa/Casablanca", "2026-02-10", "12:00", "2026-02-10 11:00"),
        ("Africa/Casablanca", "2026-03-22", "12:00", "2026-03-22 11:00"),
        ("America/Havana", "2026-03-08", "00:30", "2026-03-08 05:00"),  # midnight is leapt over
    ],
)
def test_the_moment_of_a_time_on_the_wall(zone: str, day: str, time: str, found: str) -> None:
    minute = int(time[:2]) * 60 + int(time[3:])
    assert utc(moment(date.fromisoformat(day), minute, offset_in(zone))) == found


@given(zone=st.sampled_from(ZONES), day=st.dates(date(2005, 1, 1), date(2036, 12, 31)), minute=st.integers(0, 1439))
def test_a_time_that_the_clock_shows_is_found_first(zone: str, day: date, minute: int) -> None:
    """Checked against the zone's own arithmetic; of one that is leapt over, the clock shows a later one."""
    place, offset = ZoneInfo(zone), offset_in(zone)
    at_ms = moment(day, minute, offset)
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=place)
    there = wall.astimezone(UTC)
    back = there.astimezone(place)
    if back.replace(tzinfo=None) == wall.replace(tzinfo=None):
        assert at_ms == int(there.timestamp() * 1000)
        assert (local_day(at_ms, offset), clock(at_ms, offset)) == (day, f"{wall:%H:%M}")
    else:
        assert (local_day(at_ms, offset), clock(at_ms, offset)) >= (day, f"{wall:%H:%M}")
        before = at_ms - MINUTE
        assert (local_day(before, offset), clock(before, offset)) < (day, f"{wall:%H:%M}")


@given(zone=st.sampled_from(ZONES), day=st.dates(date(2005, 1, 1), date(2036, 12, 31)), minute=st.integers(0, 1439))
def test_later_on_the_wall_is_not_earlier(zone: str, day: date, minute: int) -> None:
    """Also into the next day, at which 24:00 is its midnight."""
    offset = offset_in(zone)
    assert moment(day, minute, offset) <= moment(day, minute + 1, offset)
    assert moment(day, 1440 + minute, offset) == moment(day + timedelta(1), minute, offset)


@given(zone=st.sampled_from(ZONES), at_ms=st.integers(1_104_537_600_000, 2_114_380_800_000), part=st.floats(0, 1))
def test_until_the_day_is_over_nothing_changes_on_the_wall(zone: str, at_ms: int, part: float) -> None:
    offset = offset_in(zone)
    over_ms = day_over(at_ms, offset)
    assert at_ms < over_ms <= at_ms + DAY
    between = at_ms + int((over_ms - 1 - at_ms) * part)
    assert (local_day(between, offset), offset(between)) == (local_day(at_ms, offset), offset(at_ms))


BERLIN_SUNDAY = "2026-03-29"
BACK_SUNDAY = "2026-10-25"


@pytest.mark.parametrize(
    ("ranges", "day", "found"),
    [
        ((), BACK_SUNDAY, []),
        (("09:00-12:00", "13:00-17:00"), "2026-03-01", ["08:00 3 h", "12:00 4 h"]),
        (("13:00-17:00", "09:00-12:00"), "2026-03-01", ["08:00 3 h", "12:00 4 h"]),  # in any order
        (("09:00-12:00", "12:00-17:00"), "2026-03-01", ["08:00 8 h"]),  # they touch
        (("09:00-13:00", "12:00-17:00"), "2026-03-01", ["08:00 8 h"]),  # they overlap
        (("09:00-17:00", "12:00-13:00"), "2026-03-01", ["08:00 8 h"]),  # one in the other
        (("00:00-24:00",), "2026-03-01", ["23:00 24 h"]),
        (("09:00-09:00",), "2026-03-01", ["08:00 24 h"]),  # the day round
        (("22:00-06:00",), "2026-03-01", ["21:00 8 h"]),  # over midnight
        (("22:00-24:00",), "2026-03-01", ["21:00 2 h"]),
        (("02:10-02:50",), BERLIN_SUNDAY, []),  # within the leap
        (("01:00-04:00",), BERLIN_SUNDAY, ["00:00 2 h"]),  # over the leap: an hour less
        (("02:30-04:00",), BERLIN_SUNDAY, ["01:00 1 h"]),  # from within it
        (("00:00-24:00",), BERLIN_SUNDAY, ["23:00 23 h"]),
        (("01:00-04:00",), BACK_SUNDAY, ["23:00 4 h"]),  # over what comes twice: an hour more
        (("00:00-24:00",), BACK_SUNDAY, ["22:00 25 h"]),
    ],
)
def test_the_hours_of_a_day(ranges: tuple[str, ...], day: str, found: list[str]) -> None:
    """In Berlin; told in UTC, with their length."""
    told = spans(Hours(sun=ranges), date.fromisoformat(day), 1, offset_in("Europe/Berlin"))
    assert [f"{utc(one.from_ms)[11:]} {(one.until_ms - one.from_ms) // HOUR} h" for one in told] == found


def test_hours_that_touch_at_midnight_are_one() -> None:
    hours = Hours(mon=("20:00-24:00",), tue=("00:00-02:00", "09:00-10:00"))
    told = list(spans(hours, date(2026, 3, 2), 2, offset_in("UTC")))
    assert [(utc(one.from_ms), utc(one.until_ms)) for one in told] == [
        ("2026-03-02 20:00", "2026-03-03 02:00"),
        ("2026-03-03 09:00", "2026-03-03 10:00"),
    ]


TIMES = st.integers(0, 95).map(lambda one: f"{one // 4:02}:{one % 4 * 15:02}")
RANGES = st.lists(st.tuples(TIMES, TIMES).map("-".join), max_size=3).map(tuple)


@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2011, 12, 20), date(2027, 12, 31)),
    week=st.lists(RANGES, min_size=7, max_size=7),
)
def test_hours_come_in_their_order_and_apart(zone: str, day: date, week: list[tuple[str, ...]]) -> None:
    told = list(spans(Hours(*week), day, 9, offset_in(zone)))
    assert all(one.from_ms < one.until_ms for one in told)
    assert all(one.until_ms < other.from_ms for one, other in pairwise(told))


@given(
    zone=st.sampled_from(("UTC", "Asia/Kolkata", "Europe/Berlin", "Australia/Lord_Howe")),
    day=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    week=st.lists(RANGES, min_size=7, max_size=7),
    minute=st.integers(1440, 6 * 1440),
)
def test_what_the_clock_shows_in_the_hours_is_one_of_them(
    zone: str, day: date, week: list[tuple[str, ...]], minute: int
) -> None:
    """On days on which the clock is not changed."""
    offset = offset_in(zone)
    at_ms = moment(day, minute, offset)
    if offset(at_ms - 2 * DAY) != offset(at_ms + DAY):
        return
    today, now = day + timedelta(minute // 1440), f"{minute % 1440 // 60:02}:{minute % 60:02}"
    before = today - timedelta(1)
    wanted = any(
        start <= now and (now < end or end <= start) for start, end in (one.split("-") for one in week[today.weekday()])
    ) or any(end <= start and now < end for start, end in (one.split("-") for one in week[before.weekday()]))
    assert any(one.holds(at_ms) for one in spans(Hours(*week), day, 8, offset)) == wanted


def test_fixed_times_of_a_week_end() -> None:
    """On their days; each day has its own words; what is leapt over is told by the words it has on the wall."""
    wishes = Breaks(at=(At("15:00", "long", ("fri", "mon")), At("02:30"), At("10:00", "b", ("fri",))))
    told = slots(wishes, date(2026, 3, 27), 4, offset_in("Europe/Berlin"))
    assert [(utc(one.at_ms), one.label, one.routine) for one in told] == [
        ("2026-03-27 01:30", "2026-03-27T02:30", None),
        ("2026-03-27 09:00", "2026-03-27T10:00", "b"),
        ("2026-03-27 14:00", "2026-03-27T15:00", "long"),
        ("2026-03-28 01:30", "2026-03-28T02:30", None),
        ("2026-03-29 01:00", "2026-03-29T02:30", None),
        ("2026-03-30 00:30", "2026-03-30T02:30", None),
        ("2026-03-30 13:00", "2026-03-30T15:00", "long"),
    ]


def test_of_two_at_one_moment_the_later_in_the_list() -> None:
    wishes = Breaks(at=(At("15:00", "a"), At("15:00", "b")))
    assert [one.routine for one in slots(wishes, date(2026, 3, 27), 1, offset_in("UTC"))] == ["b"]


@pytest.mark.parametrize(
    ("zone", "at", "found"),
    [
        ("UTC", "2026-03-02T00:00", ("2026-03-02", "00:00")),
        ("America/New_York", "2026-03-02T04:59", ("2026-03-01", "23:59")),
        ("Asia/Kathmandu", "2026-03-02T18:15", ("2026-03-03", "00:00")),
        ("Pacific/Apia", "2011-12-30T09:59", ("2011-12-29", "23:59")),
        ("Pacific/Apia", "2011-12-30T10:00", ("2011-12-31", "00:00")),
        ("Pacific/Kiritimati", "2026-03-02T10:00", ("2026-03-03", "00:00")),
    ],
)
def test_what_the_wall_shows(zone: str, at: str, found: tuple[str, str]) -> None:
    at_ms = int(datetime.fromisoformat(f"{at}+00:00").timestamp() * 1000)
    assert (str(local_day(at_ms, offset_in(zone))), clock(at_ms, offset_in(zone))) == found


def test_every_weekday_has_hours_of_its_own() -> None:
    assert Hours.__struct_fields__ == DAYS


@pytest.mark.parametrize(
    ("now", "starts_h", "then"),
    [
        ("2026-03-02 15:00", 0, "2026-03-03 00:00"),
        ("2026-03-02 02:00", 4, "2026-03-02 04:00"),
        ("2026-03-02 04:00", 4, "2026-03-03 04:00"),
        ("2026-03-28 23:00", 0, "2026-03-29 00:00"),
        ("2026-03-29 01:30", 2, "2026-03-29 03:00"),
    ],
)
def test_when_the_next_day_starts(now: str, starts_h: int, then: str) -> None:
    """A day that starts at four has its tomorrow at four; an hour that the clock leaps over is the leap."""
    berlin = offset_in("Europe/Berlin")
    assert next_start(at(now), starts_h, berlin) == at(then)
