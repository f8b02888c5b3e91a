from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.review import iso_week, local_date
from sessions.rows import DayRow
from sessions.streaks import Streak, streak

TODAY = "2026-03-01"  # a Sunday
TIMES = {"daily": 7, "workdays": 5, "thrice": 3, "twice": 2}


def days(routine: str, *ago: int) -> list[DayRow]:
    """Days on which a routine was done, as so many days before today."""
    last = date.fromisoformat(TODAY)
    return [DayRow((last - timedelta(days=by)).isoformat(), routine, 1, 60_000) for by in sorted(ago)]


def found(rows: list[DayRow], today: str = TODAY) -> Streak:
    return streak(rows, today, TIMES.get)


@pytest.mark.parametrize(
    ("routine", "ago", "expected"),
    [
        ("daily", (), (0, 0)),
        ("daily", (0,), (1, 1)),
        ("daily", (1,), (1, 1)),
        ("daily", (2,), (0, 0)),
        ("daily", (0, 1, 2, 3), (4, 4)),
        ("daily", (0, 1, 3, 4), (2, 2)),
        ("workdays", (2, 3, 4, 5, 6, 9, 10), (9, 7)),
        ("workdays", (4, 5), (0, 0)),
        ("thrice", (0, 5, 10, 16), (11, 3)),
        ("twice", (6, 7, 13, 19), (14, 4)),
        ("twice", (7,), (0, 0)),
        ("unknown", (5, 10), (6, 2)),
        ("", (5, 10), (6, 2)),
    ],
)
def test_days(routine: str, ago: tuple[int, ...], expected: tuple[int, int]) -> None:
    """A streak goes on as long as no gap is longer than the routine's own frequency leaves."""
    assert (found(days(routine, *ago)).days, found(days(routine, *ago)).active) == expected


def test_the_easier_routine_of_a_day_counts() -> None:
    """Where several were done on a day, that with the longest gap decides when it has to go on."""
    assert found(days("daily", 5)).days == 0
    assert found(days("daily", 5) + days("twice", 5)).days == 1


@pytest.mark.parametrize(
    ("routine", "ago", "expected"),
    [
        ("daily", (), 0),
        ("daily", (0,), 0),
        ("daily", (0, 1, 2, 3), 1),
        ("daily", (0, 1, 2, 3, 7, 8, 9, 10), 2),
        ("daily", (7, 8, 9, 10, 14, 15, 16, 17), 2),
        ("daily", (0, 1, 2, 3, 7, 8, 9, 14, 15, 16, 17), 1),
        ("twice", (0, 7, 14, 28), 3),
        ("twice", (8, 15), 2),
        ("twice", (14, 21), 0),
        ("thrice", (0, 1, 7, 14, 15), 1),
    ],
)
def test_weeks(routine: str, ago: tuple[int, ...], expected: int) -> None:
    """A week is kept from half of the times that are asked for; the present one breaks nothing."""
    assert found(days(routine, *ago)).weeks == expected


def test_days_of_a_clock_that_was_wrong() -> None:
    """What lies in the future counts for nothing."""
    assert found(days("daily", -400, -3, 0, 1)) == found(days("daily", 0, 1))


def test_only_what_counts_is_read() -> None:
    """With a streak that ended, years before it are not read."""
    read = 0

    def rows():
        nonlocal read
        for number in range(5_000):
            read += 1
            yield DayRow((date(2026, 3, 1) - timedelta(days=40 * number)).isoformat(), "daily", 1, 1)

    assert streak(rows(), TODAY, TIMES.get).days == 1
    assert read < 5


@given(st.sets(st.integers(0, 400)), st.sampled_from(["daily", "twice"]), st.integers(0, 400))
def test_more_is_never_less(ago: set[int], routine: str, more: int) -> None:
    """Another day never makes a streak shorter, and the numbers fit each other."""
    before, after = found(days(routine, *ago)), found(days(routine, *ago, *({more} - ago)))
    assert (after.days, after.active, after.weeks) >= (before.days, before.active, 0)
    assert after.active >= before.active
    assert after.weeks >= before.weeks
    assert before.active <= before.days <= 8 * max(1, before.active)


@pytest.mark.parametrize(
    ("utc", "offset_min", "hour", "day"),
    [
        ("2026-03-01T00:30", 0, 0, "2026-03-01"),
        ("2026-03-01T00:30", 0, 4, "2026-02-28"),
        ("2026-03-01T03:59", 0, 4, "2026-02-28"),
        ("2026-03-01T04:00", 0, 4, "2026-03-01"),
        ("2026-03-01T23:30", 540, 4, "2026-03-02"),
        ("2026-03-01T05:00", -300, 4, "2026-02-28"),
        # Berlin, 29 March 2026: the clock goes from 2:00 to 3:00. Four o'clock is four o'clock on both sides of it.
        ("2026-03-29T01:59", 120, 4, "2026-03-28"),
        ("2026-03-29T02:00", 120, 4, "2026-03-29"),
        ("2026-10-25T02:59", 60, 4, "2026-10-24"),
        ("2026-10-25T03:00", 60, 4, "2026-10-25"),
    ],
)
def test_a_day_that_starts_later(utc: str, offset_min: int, hour: int, day: str) -> None:
    """A day starts at an hour of the clock on the wall, in each zone and on both sides of a change of that clock."""
    from datetime import UTC, datetime

    utc_ms = int(datetime.fromisoformat(utc).replace(tzinfo=UTC).timestamp()) * 1000
    assert local_date(utc_ms, offset_min, hour) == day
    year, week, _ = date.fromisoformat(day).isocalendar()
    assert iso_week(utc_ms, offset_min, hour) == f"{year}-W{week:02}"
