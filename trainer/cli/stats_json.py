"""What `trainer stats --json` prints, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from sessions.review import week_of
from sessions.streaks import Streak
from sessions.trends import Sides
from trainer.coach.lookback import Measure, Period, Strand, Subject
from trainer.coach.week import MODERATE_MIN, STRENGTH_TIMES, VIGOROUS_MIN, Week
from trainer.past import Past

_KEYS: Mapping[Measure, str] = {
    "pain": "pain",
    "reps": "reps_a_set",
    "seconds": "seconds_a_set",
    "whole": "share_done_whole",
}


def of_weeks(past: Past, over: Period, pain: Subject, exercises: Sequence[Subject]) -> dict[str, Any]:
    """Some weeks."""
    begin, end = over.days
    return {
        "period": {
            "since": begin,
            "until": end,
            "weeks": over.weeks,
            "at_first_until": over.first_until,
            "lately_from": over.lately_from,
        },
        "pain": {one.key: _strand(one, "pain") for one in pain.strands.get("pain", ())},
        "exercises": [_exercise(one) for one in exercises],
        "week": _week(week_of(past.today), past.this_week()),
        "streak": msgspec.to_builtins(past.streak()),
    }


def empty(today: str) -> dict[str, Any]:
    """The same where there is no logbook."""
    return {
        "period": None,
        "pain": {},
        "exercises": [],
        "week": _week(week_of(today), Week(0, 0, 0, 0, 0)),
        "streak": msgspec.to_builtins(Streak(0, 0, 0)),
    }


def of_year(year: int, minutes: Mapping[str, int]) -> dict[str, Any]:
    """A year, with whole minutes by day."""
    by_day = {day: minutes[day] for day in sorted(minutes)}
    return {"year": year, "days": len(by_day), "minutes": sum(by_day.values()), "minutes_by_day": by_day}


def _exercise(one: Subject) -> dict[str, Any]:
    sides: dict[str, dict[str, Any]] = {}
    for measure, strands in one.strands.items():
        for strand in strands:
            sides.setdefault(strand.key, {})[_KEYS[measure]] = _strand(strand, measure)
    return {
        "id": one.id,
        "name": one.name,
        "sets": one.works,
        "sides": sides,
        "right_against_left": None if one.sides is None else _sides(one.sides),
    }


def _strand(one: Strand, measure: Measure) -> dict[str, Any]:
    found = one.trend
    verdict = {"verdict": found.verdict} if measure == "pain" else {}
    return {
        "at_first": _rounded(found.before),
        "lately": _rounded(found.after),
        "at_first_count": found.before_count,
        "lately_count": found.after_count,
        **verdict,
        "weeks": [{"week": point.week, "mean": _rounded(point.mean), "count": point.count} for point in one.points],
    }


def _sides(sides: Sides) -> dict[str, Any]:
    return {"left": _rounded(sides.left.after), "right": _rounded(sides.right.after), "verdict": sides.pain}


def _week(which: str, week: Week) -> dict[str, Any]:
    named = {"moderate_min": MODERATE_MIN, "vigorous_min": VIGOROUS_MIN, "strength_times": STRENGTH_TIMES}
    return {"week": which, **msgspec.to_builtins(week), "named": named}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
