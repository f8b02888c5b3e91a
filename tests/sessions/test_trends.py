from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.rows import WeekExerciseRow, WeekPainRow
from sessions.trends import Point, by_side, compare, pain, trend, week_before, weeks

TWELVE = weeks("2026-W01", "2026-W12")


def points(*means: float | None, count: int = 2) -> list[Point]:
    """A point a week from 2026-W01 on; None is a week without."""
    return [Point(week, mean * count, count) for week, mean in zip(TWELVE, means, strict=False) if mean is not None]


@pytest.mark.parametrize(
    ("means", "expected"),
    [
        ((6, 6, 6, 6, 5, 5, 5, 5, 4, 4, 4, 4), (6.0, 4.0, "less")),
        ((6, 6, 6, 6, 5, 5, 5, 5, 4.5, 4.5, 4.5, 4.5), (6.0, 4.5, "same")),
        ((3, 3, 3, 3, 0, 0, 0, 0, 2, 2, 2, 2), (3.0, 2.0, "less")),
        ((2, 2, 2, 2, 9, 9, 9, 9, 2.5, 2.5, 2.5, 2.5), (2.0, 2.5, "same")),
        ((2, 2, 2, 2, 9, 9, 9, 9, 2.9, 2.9, 2.9, 2.9), (2.0, 2.9, "same")),
        ((2, 2, 2, 2, 9, 9, 9, 9, 3, 3, 3, 3), (2.0, 3.0, "more")),
        ((0.8, 0.8, 0.8, 0.8, 1, 1, 1, 1, 1.2, 1.2, 1.2, 1.2), (0.8, 1.2, "same")),
        ((0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1), (0.0, 1.0, "same")),
        ((0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2), (0.0, 2.0, "more")),
        ((None, None, 6, 6, None, None, None, None, None, 2, 2, None), (6.0, 2.0, "less")),
        ((6, None, None, None, None, None, None, None, 2, 2, 2, 2), (6.0, 2.0, "unknown")),
        ((6, 6, 6, 6, None, None, None, None, None, None, None, None), (6.0, None, "unknown")),
        ((), (None, None, "unknown")),
    ],
)
def test_trend(means: tuple[float | None, ...], expected: tuple[float | None, float | None, str]) -> None:
    """The first third against the last: a change from 2 points or 30 %, and nothing is said of too few ratings."""
    found = trend(points(*means), "2026-W01", "2026-W12")
    assert (found.before, found.after, found.verdict) == expected


def test_one_week_has_no_trend() -> None:
    """A week cannot be held against itself."""
    assert trend(points(6, count=9), "2026-W01", "2026-W01").verdict == "unknown"


def test_ratings_weigh_alike() -> None:
    """A mean is that of the ratings and not of the weeks."""
    found = trend([Point("2026-W01", 9, 1), Point("2026-W02", 9, 9)], "2026-W01", "2026-W12")
    assert (found.before, found.before_count) == (1.8, 10)


def test_weeks() -> None:
    """Weeks are counted over the end of a year, with its week 53 where it has one."""
    assert weeks("2026-W52", "2027-W02") == ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]
    assert weeks("2026-W02", "2026-W01") == []
    assert week_before("2027-W01", 2) == "2026-W52"
    assert week_before("2026-W53", -1) == "2027-W01"


@given(st.dates(date(1971, 1, 1), date(9990, 1, 1)), st.integers(0, 300))
def test_weeks_are_a_week_apart(day: date, by: int) -> None:
    """So many weeks before a week, there are as many up to it."""
    year, number, _ = day.isocalendar()
    last = f"{year:04}-W{number:02}"
    assert len(weeks(week_before(last, by), last)) == by + 1
    begin = (day - timedelta(weeks=by)).isocalendar()
    assert week_before(last, by) == f"{begin.year:04}-W{begin.week:02}"


def row(side: str, week: str = "2026-W01", **fields: int) -> WeekExerciseRow:
    numbers = {"ratings": 0, "nrs_sum": 0, "works": 0, "actual_ms": 0, "reps": 0, "steps": 0, "done": 0} | fields
    return WeekExerciseRow("bridge", week, side, **numbers)  # type: ignore[arg-type]


def test_sides() -> None:
    """Each side has its ratings, repetitions and seconds a set, and the share of sets done whole."""
    found = by_side(
        [
            row("left", works=4, actual_ms=80_000, reps=40, steps=5, done=2),
            row("left", "2026-W02", works=2, actual_ms=60_000, reps=30, steps=2, done=2),
            row("none", ratings=2, nrs_sum=7),
            row("right", works=1, actual_ms=30_000, steps=1, done=1),
        ]
    )
    assert [point.mean for point in found["left"].reps] == [10.0, 15.0]
    assert [point.mean for point in found["left"].seconds] == [20.0, 30.0]
    assert [point.mean for point in found["left"].whole] == [0.4, 1.0]
    assert found["right"].reps == ()
    assert [point.mean for point in found["none"].nrs] == [3.5]
    assert found["none"].seconds == ()


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [((5, 3), (1, 3), "less"), ((3, 3), (3, 3), "same"), ((2, 4), (4, 4), "more"), ((2, 2), (4, 4), "unknown")],
)
def test_left_against_right(left: tuple[int, int], right: tuple[int, int], expected: str) -> None:
    """Sides differ from 2 points or 30 % on, and only where both were rated often enough lately."""
    rows = [
        row(side, "2026-W12", ratings=count, nrs_sum=mean * count)
        for side, (mean, count) in (("left", left), ("right", right))
    ]
    found = compare(by_side(rows), "2026-W01", "2026-W12")
    assert found is not None
    assert found.pain == expected


def test_no_sides() -> None:
    """An exercise of which only one side is known is not compared."""
    assert compare(by_side([row("left", ratings=9, nrs_sum=9)]), "2026-W01", "2026-W12") is None


def test_pain_by_kind() -> None:
    """Weeks of each kind of rating."""
    found = pain([WeekPainRow("2026-W01", "before", 2, 9), WeekPainRow("2026-W02", "before", 1, 4)])
    assert {when: [point.mean for point in weeks_of] for when, weeks_of in found.items()} == {"before": [4.5, 4.0]}
