"""Whether something changed over weeks, and how the sides of the body compare. Pure.

Figures: a change of pain counts from 2 points or 30 % (Farrar 2001), of one point at least (`sessions.review.change`).
How weeks are put together is of our own making: the first third of a period against its last, each with at least
`FEWEST` ratings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

from sessions.review import change, monday_of, week_of
from sessions.rows import WeekExerciseRow, WeekPainRow

Verdict: TypeAlias = Literal["less", "same", "more", "unknown"]

FEWEST = 3
"""Ratings, or works, that a mean needs on either side of a comparison, before anything is said of it (own)."""


class Point(Struct, frozen=True):
    """What a week amounts to: a sum and how many it is of."""

    week: str
    """ISO 8601, as `2026-W09`."""
    total: float
    count: int

    @property
    def mean(self) -> float:
        """The mean; `count` is at least 1."""
        return self.total / self.count


class Trend(Struct, frozen=True):
    """The beginning of a period against its end."""

    before: float | None
    """The mean of its first third; None where there is nothing."""
    after: float | None
    """The mean of its last third."""
    before_count: int
    after_count: int
    verdict: Verdict
    """For ratings: `less`, `more`, about the `same`, or `unknown` where there are too few."""


class SideTrends(Struct, frozen=True):
    """One side of an exercise over a period, week by week; weeks with nothing are left out."""

    nrs: tuple[Point, ...]
    """Ratings."""
    reps: tuple[Point, ...]
    """Repetitions a set; empty for what is held."""
    seconds: tuple[Point, ...]
    """Seconds a set."""
    whole: tuple[Point, ...]
    """The share of sets that were done whole, 0 to 1."""


def weeks(since: str, until: str) -> list[str]:
    """Return every ISO week from one to another, both included."""
    monday, last = date.fromisoformat(monday_of(since)), date.fromisoformat(monday_of(until))
    found = []
    while monday <= last:
        found.append(week_of(monday.isoformat()))
        monday += timedelta(weeks=1)
    return found


def week_before(week: str, by: int) -> str:
    """Return the ISO week that lies so many weeks before another; after it where `by` is negative."""
    return week_of((date.fromisoformat(monday_of(week)) - timedelta(weeks=by)).isoformat())


def trend(points: Iterable[Point], since: str, until: str) -> Trend:
    """Compare the first third of the weeks from `since` to `until` with the last third."""
    monday, last_monday = (date.fromisoformat(monday_of(week)) for week in (since, until))
    count = (last_monday - monday).days // 7 + 1
    third = max(1, count // 3)
    # Weeks written so sort by time.
    first_until, last_from = week_before(since, 1 - third), week_before(until, third - 1)
    known = [point for point in points if since <= point.week <= until]
    before, before_count = _mean([point for point in known if point.week <= first_until])
    after, after_count = _mean([point for point in known if point.week >= last_from])
    verdict: Verdict = "unknown"
    if before is not None and after is not None and min(before_count, after_count) >= FEWEST and count > 1:
        verdict = change(before, after)
    return Trend(before, after, before_count, after_count, verdict)


def _mean(points: Sequence[Point]) -> tuple[float | None, int]:
    count = sum(point.count for point in points)
    return (sum(point.total for point in points) / count if count else None), count


def pain(rows: Iterable[WeekPainRow]) -> dict[str, tuple[Point, ...]]:
    """Return the weeks of each kind of rating: `before`, `after_exercise`, `after`, `next_morning`."""
    found: dict[str, list[Point]] = {}
    for row in rows:
        found.setdefault(row.when, []).append(Point(row.week, row.nrs_sum, row.ratings))
    return {when: tuple(points) for when, points in found.items()}


def by_side(rows: Iterable[WeekExerciseRow]) -> dict[str, SideTrends]:
    """Return the weeks of each side of one exercise: `left`, `right`, `alternating`, and `none` for both together."""
    of: dict[str, list[WeekExerciseRow]] = {}
    for row in rows:
        of.setdefault(row.side, []).append(row)
    return {side: _side(found) for side, found in of.items()}


def _side(rows: Iterable[WeekExerciseRow]) -> SideTrends:
    nrs, reps, seconds, whole = list[Point](), list[Point](), list[Point](), list[Point]()
    for row in rows:
        if row.ratings:
            nrs.append(Point(row.week, row.nrs_sum, row.ratings))
        if row.works:
            seconds.append(Point(row.week, row.actual_ms / 1000, row.works))
        if row.works and row.reps:
            reps.append(Point(row.week, row.reps, row.works))
        if row.steps:
            whole.append(Point(row.week, row.done, row.steps))
    return SideTrends(tuple(nrs), tuple(reps), tuple(seconds), tuple(whole))


class Sides(Struct, frozen=True):
    """Left against right, over the last third of a period."""

    left: Trend
    right: Trend
    pain: Verdict
    """Whether the right side hurts `less` than the left, `more`, about the `same`, or too little is known."""


def compare(sides: Mapping[str, SideTrends], since: str, until: str) -> Sides | None:
    """Return how the sides compare by their ratings; None for an exercise that has not both."""
    if "left" not in sides or "right" not in sides:
        return None
    left, right = (trend(sides[side].nrs, since, until) for side in ("left", "right"))
    verdict: Verdict = "unknown"
    if left.after is not None and right.after is not None and min(left.after_count, right.after_count) >= FEWEST:
        verdict = change(left.after, right.after)
    return Sides(left, right, verdict)
