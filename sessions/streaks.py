"""How long somebody has kept at it, in days and in weeks. Pure.

A routine that is to be done so many times a week asks for the rest days between, and these break nothing: with `k`
times a week, `7 - k` days without may follow each other. A week is kept from half of these times on (own).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from msgspec import Struct

from sessions.review import week_of
from sessions.rows import DayRow
from sessions.trends import week_before

USUAL_TIMES = 3
"""Times a week of what names no frequency, such as a walk logged by hand (own)."""

Asked = Callable[[str], int | None]
"""How many times a week a routine is to be done, 1 to 7, by its id; None where it does not say."""


class Streak(Struct, frozen=True):
    """Days without a longer gap than the routines ask for, up to today."""

    days: int
    """From the first day to the last on which something was done, rest days among them; 0 where it is over."""
    active: int
    """Days among them on which something was done."""
    weeks: int
    """Weeks in a row that were kept; this week counts once it is, and breaks nothing before its end."""


def streak(days: Iterable[DayRow], today: str, asked: Asked) -> Streak:
    """Return the streak that holds on the local day `today`. Of `days`, latest first, only what counts is read."""
    last, first, active, weeks = None, None, 0, 0
    counting_weeks = counting_days = True
    week = week_of(today)
    for this, rows in groupby(_by_day(days, today), key=lambda pair: week_of(pair[0])):
        done = list(rows)
        if counting_weeks:
            # A week in which nothing was done breaks it, and one that was not kept; but for the present one.
            if this < week_before(week, 1) or (this != week_of(today) and not _kept(done, asked)):
                counting_weeks = False
            else:
                weeks += _kept(done, asked)
                week = this
        for day, routines in done:
            here = date.fromisoformat(day)
            next_one = first or date.fromisoformat(today)
            if counting_days and (next_one - here).days <= _longest_gap(routines, asked):
                last, first, active = last or here, here, active + 1
            else:
                counting_days = False
        if not counting_days and not counting_weeks:
            break
    length = 0 if last is None or first is None else (last - first).days + 1
    return Streak(length, active, weeks)


def _by_day(days: Iterable[DayRow], today: str) -> Iterable[tuple[str, list[str]]]:
    for day, rows in groupby(days, key=lambda row: row.day):
        if day <= today:  # a clock that was wrong for a while
            yield day, [row.routine for row in rows]


def _times(routine: str, asked: Asked) -> int:
    return (asked(routine) if routine else None) or USUAL_TIMES


def _longest_gap(routines: Iterable[str], asked: Asked) -> int:
    return max(8 - _times(routine, asked) for routine in routines)


def _kept(days: list[tuple[str, list[str]]], asked: Asked) -> bool:
    least = min(_times(routine, asked) for _, routines in days for routine in routines)
    return 2 * len(days) >= least
