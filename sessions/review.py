"""Looking back: what counts as a change, and which day or week a moment belongs to. Pure."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

Change: TypeAlias = Literal["less", "same", "more"]

CHANGE_POINTS = 2
"""Points on the 0 to 10 scale from which a difference counts (Farrar 2001, n = 2,724: about 2)."""
CHANGE_PERCENT = 30
"""Percent of the earlier rating from which a difference counts (Farrar 2001: about 30)."""

_DAY_MS = 86_400_000
_MINUTE_MS = 60_000
_DAYS_TO_1970 = date(1970, 1, 1).toordinal()


def change(before: int, after: int) -> Change:
    """Return whether a pain rating became less or more, or stayed about the same.

    Both are ratings from 0 to 10. A difference counts from `CHANGE_POINTS` or from
    `CHANGE_PERCENT` of the earlier rating. From an earlier 0 no percentage can be taken: there
    only the points count.
    """
    points = abs(after - before)
    counts = points >= CHANGE_POINTS or (before > 0 and points * 100 >= CHANGE_PERCENT * before)
    if not counts:
        return "same"
    return "less" if after < before else "more"


def about_the_same(before: int, after: int) -> bool:
    """Whether the difference between two pain ratings is too small to count: see `change`."""
    return change(before, after) == "same"


def local_date(utc_ms: int, offset_min: int) -> str:
    """Return the local date of a moment, as `2026-03-01`.

    `utc_ms` is milliseconds since 1970, `offset_min` how many minutes the local clock was ahead.
    """
    return _date(utc_ms, offset_min).isoformat()


def iso_week(utc_ms: int, offset_min: int) -> str:
    """Return the local ISO 8601 week of a moment, as `2026-W09`: see `local_date`."""
    year, week, _ = _date(utc_ms, offset_min).isocalendar()
    return f"{year:04}-W{week:02}"


def week_of(local_date: str) -> str:
    """Return the ISO 8601 week of a local date (`2026-03-01`), as `2026-W09`. Raises `ValueError` for no date."""
    year, week, _ = date.fromisoformat(local_date).isocalendar()
    return f"{year:04}-W{week:02}"


def _date(utc_ms: int, offset_min: int) -> date:
    return date.fromordinal(_DAYS_TO_1970 + (utc_ms + offset_min * _MINUTE_MS) // _DAY_MS)
