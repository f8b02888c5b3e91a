"""Looking back over weeks: pain as a whole, and each exercise by its sides. `lookback_words` says what it shows. Pure.

The first third of a period, "at first", is held against its last, "lately": see `sessions.trends`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal, TypeAlias, get_args

from msgspec import Struct, structs

from sessions.review import monday_of, week_of
from sessions.rows import WeekExerciseRow, WeekPainRow
from sessions.trends import Point, Sides, Trend, by_side, compare, pain, trend, week_before

Measure: TypeAlias = Literal["pain", "reps", "seconds", "whole"]
Role: TypeAlias = Literal["before", "after", "morning", "left", "right", "amount"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
MEASURE_NAMES: Mapping[Measure, str] = {
    "pain": "pain, 0 to 10",
    "reps": "repetitions a set",
    "seconds": "seconds a set",
    "whole": "sets done whole, %",
}
YEAR_WEEKS = 52
CHOICES: Mapping[str, int | None] = {"12 weeks": 12, "26 weeks": 26, "1 year": YEAR_WEEKS, "all": None}
"""Periods to choose from: how many weeks, this one among them. The first is usual (own)."""
_PAIN: tuple[tuple[str, str, str, Role], ...] = (
    ("before", "before", "before", "before"),
    ("after_exercise", "after an exercise", "exercise", "amount"),
    ("after", "after", "after", "after"),
    ("next_morning", "next morning", "morning", "morning"),
)
_SIDES: tuple[tuple[str, str, str, Role], ...] = (
    ("left", "left", "L", "left"),
    ("right", "right", "R", "right"),
    ("alternating", "side to side", "", "amount"),
    ("none", "both sides together", "both", "amount"),
)
"""Key in the logbook, name, the same in short, role in a plot."""
ALL_PAIN = ""
"""The id of what is no exercise: all ratings."""


class Period(Struct, frozen=True):
    """Whole weeks, Monday to Sunday, by their ISO names; both are part of it."""

    since: str
    until: str

    @property
    def weeks(self) -> int:
        """How many, at least 1."""
        first, last = (date.fromisoformat(monday_of(week)) for week in (self.since, self.until))
        return (last - first).days // 7 + 1

    @property
    def days(self) -> tuple[str, str]:
        """The first day and the last."""
        return monday_of(self.since), _sunday(self.until)

    @property
    def first_until(self) -> str:
        """The last day of "at first"."""
        return _sunday(week_before(self.since, 1 - _third(self.weeks)))

    @property
    def lately_from(self) -> str:
        """The first day of "lately"."""
        return monday_of(week_before(self.until, _third(self.weeks) - 1))


def _third(count: int) -> int:
    return max(1, count // 3)


def _sunday(week: str) -> str:
    return (date.fromisoformat(monday_of(week)) + timedelta(days=6)).isoformat()


def period(since: str, today: str, first_day: str) -> Period:
    """The weeks from the local day `since` to this one; none before the week of the `first_day` there is.

    Where that is empty, nothing was ever done.
    """
    until = week_of(today)
    return Period(min(until, max(week_of(since), week_of(first_day or today))), until)


def latest_weeks(count: int | None, today: str, first_day: str) -> Period:
    """This week and those before it, `count` together at most; all where that is None."""
    if count is None:
        return period(first_day or today, today, first_day)
    return period(monday_of(week_before(week_of(today), count - 1)), today, first_day)


class Strand(Struct, frozen=True):
    """One thing that was measured by week: pain on the left side."""

    key: str
    """As the logbook calls it: `before`, `left`."""
    name: str
    short: str
    role: Role
    points: tuple[Point, ...]
    trend: Trend
    """At first against lately."""

    def values(self, factor: float = 1) -> dict[str, float | None]:
        """The mean of each week, by its Monday."""
        return {monday_of(point.week): factor * point.mean for point in self.points}


class Subject(Struct, frozen=True):
    """What is looked at over a period: all pain, or one exercise."""

    id: str
    name: str
    period: Period
    strands: Mapping[Measure, tuple[Strand, ...]]
    """Measures of which there is something, in the order of `MEASURES`."""
    works: int = 0
    """Sets done or cut short, each side for itself."""
    sides: Sides | None = None

    def telling(self, measure: Measure) -> tuple[Strand, ...]:
        """What stands for a measure where there is room for little.

        Of pain, each side alone, where the ratings of one say something, or else both together; of all pain, the three
        times of a session.
        """
        strands = self.strands.get(measure, ())
        if measure != "pain":
            return strands
        if self.id == ALL_PAIN:
            return tuple(one for one in strands if one.key != "after_exercise") or strands
        apart = tuple(one for one in strands if one.key in ("left", "right"))
        if any(one.trend.verdict != "unknown" for one in apart):
            return apart
        return tuple(one for one in strands if one not in apart) or apart

    def shown(self, wanted: Measure) -> Measure:
        """The measure that is wanted, or the first of which there is something."""
        return wanted if wanted in self.strands else next(iter(self.strands), "pain")

    def after(self, measure: Measure) -> Measure:
        """The next measure of which there is something; after the last comes the first."""
        there = list(self.strands)
        return there[(there.index(measure) + 1) % len(there)] if measure in there else self.shown(measure)


def all_pain(rows: Iterable[WeekPainRow], over: Period) -> Subject:
    """All ratings, by when they were given."""
    found = pain(rows)
    strands = tuple(_strand(one, found[one[0]], over) for one in _PAIN if one[0] in found)
    return Subject(ALL_PAIN, "All pain", over, {"pain": strands} if strands else {})


def _strand(named: tuple[str, str, str, Role], points: tuple[Point, ...], over: Period) -> Strand:
    return Strand(*named, points, trend(points, over.since, over.until))


def exercise(id: str, name: str, rows: Iterable[WeekExerciseRow], over: Period) -> Subject | None:
    """One exercise by its sides; None where nothing was done or rated in the period."""
    known = list(rows)
    of = by_side(known)
    strands: dict[Measure, tuple[Strand, ...]] = {}
    for measure, field in zip(MEASURES, ("nrs", "reps", "seconds", "whole"), strict=True):
        some = []
        for one in _SIDES:
            if points := getattr(of[one[0]], field) if one[0] in of else ():
                some.append(_strand(one, points, over))
        if some:
            strands[measure] = tuple(some)
    if not any(key in of for key in ("left", "right")):
        strands = {
            measure: tuple(structs.replace(one, name="", short="") for one in some) for measure, some in strands.items()
        }
    if not strands:
        return None
    works = sum(row.works for row in known)
    return Subject(id, name, over, strands, works, compare(of, over.since, over.until))
