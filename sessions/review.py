"""Looking back: what counts as a change, and which day or week a moment belongs to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, TypeAlias, TypeVar

Change: TypeAlias = Literal["less", "same", "more"]

CHANGE_POINTS = 2
"""Points on the 0 to 10 scale from which a difference counts (Farrar 2001, n = 2,724: about 2)."""
CHANGE_LEAST = 1
"""Points that a difference needs, however large a part of the earlier rating it is (own): between whole ratings that is
no rule at all, but means near 0 differ by 30 % from week to week."""
CHANGE_PERCENT = 30
"""Percent of the earlier rating from which a difference counts (Farrar 2001: about 30)."""

_DAY_MS = 86_400_000
_HOUR_MS = 3_600_000
_MINUTE_MS = 60_000
_DAYS_TO_1970 = date(1970, 1, 1).toordinal()

_Rated = TypeVar("_Rated")


def change(before: float, after: float) -> Change:
    """Return whether a pain rating became less or more, or stayed about the same.

    Both are ratings from 0 to 10, or means of such. A difference counts from `CHANGE_POINTS`, or from
    `CHANGE_PERCENT` of the earlier rating if it is at least `CHANGE_LEAST`. From an earlier 0 no percentage
    can be taken: there only the points count.
    """
    points = abs(after - before)
    part = before > 0 and points >= CHANGE_LEAST and points * 100 >= CHANGE_PERCENT * before
    counts = points >= CHANGE_POINTS or part
    if not counts:
        return "same"
    return "less" if after < before else "more"


def about_the_same(before: float, after: float) -> bool:
    """Whether the difference between two pain ratings is too small to count: see `change`."""
    return change(before, after) == "same"


def last_nrs(ratings: Iterable[tuple[str | None, int]]) -> int | None:
    """Return what several ratings of one exercise come to: the last one, or the higher one of the last of each side.

    `ratings` are sides (None for both together) with 0 to 10, in their order; None where there are none.
    """
    return max(counting(ratings), default=None)


def counting(ratings: Iterable[tuple[str | None, _Rated]]) -> list[_Rated]:
    """Return which of several ratings of one exercise count: the last one, or the last of each side.

    `ratings` are sides, as in `last_nrs`, each with whatever stands for its rating.
    """
    last: dict[str | None, _Rated] = {}
    for side, rated in ratings:
        # Both together takes the place of either, and either that of both.
        last = {None: rated} if side is None else {**{one: known for one, known in last.items() if one}, side: rated}
    return list(last.values())


def local_date(utc_ms: int, offset_min: int, day_starts_h: int = 0) -> str:
    """Return the local date of a moment, as `2026-03-01`.

    `utc_ms` is milliseconds since 1970, `offset_min` how many minutes the local clock was ahead, `day_starts_h` the
    hour of that clock, 0 to 23, before which a moment still belongs to the day before.
    """
    return date.fromordinal(
        _DAYS_TO_1970 + (utc_ms + offset_min * _MINUTE_MS - day_starts_h * _HOUR_MS) // _DAY_MS
    ).isoformat()


def iso_week(utc_ms: int, offset_min: int, day_starts_h: int = 0) -> str:
    """Return the local ISO 8601 week of a moment, as `2026-W09`: see `local_date`."""
    return week_of(local_date(utc_ms, offset_min, day_starts_h))


def week_of(local_date: str) -> str:
    """Return the ISO 8601 week of a local date (`2026-03-01`), as `2026-W09`. Raises `ValueError` for no date."""
    year, week, _ = date.fromisoformat(local_date).isocalendar()
    return f"{year:04}-W{week:02}"


def clock_time(utc_ms: int, offset_min: int) -> str:
    """Return what the local clock showed at a moment, as `2026-03-01 07:05`; see `local_date`."""
    minutes = (utc_ms // _MINUTE_MS + offset_min) % 1440
    return f"{local_date(utc_ms, offset_min)} {minutes // 60:02}:{minutes % 60:02}"


def monday_of(week: str) -> str:
    """Return the local date of the Monday of an ISO 8601 week (`2026-W09`). Raises `ValueError` for no week."""
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1).isoformat()
