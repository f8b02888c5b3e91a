"""At which minutes of a week the timer asks whether a break is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from trainer.breaks.hours import DAY_MS, MINUTE_MS, minutes, spans
from trainer.breaks.install.model import NoHours, NoPlan
from trainer.breaks.settings import DAYS, Breaks, Hours

GRID_MIN = 5
"""How far apart it asks within the working hours: a break is told of at most so late (own)."""
DAY_MIN = 24 * 60
WEEK_MIN = 7 * DAY_MIN
_1970, _MONDAY = date(1970, 1, 1), date(1970, 1, 5)


def check(wishes: Breaks) -> None:
    """Raise `NoHours` where an interval has no working hours, `NoPlan` where there is nothing to remind of."""
    if not wishes.every_min and not wishes.at:
        raise NoPlan("the settings name no breaks: every_min is 0, and no time is given under at")
    if (wishes.every_min or wishes.hours is not None) and not inside(wishes.hours):
        raise NoHours("no working hours are set, and without them a timer would remind at night too")
    if not fires(wishes):
        raise NoPlan("none of the times under at is within the working hours, so there is nothing to remind of")


def fires(wishes: Breaks) -> frozenset[int]:
    """The minutes of the week, from Monday 0:00, at which the timer asks.

    Within the hours that is each fifth minute of the clock, and the last minute of each range, so that what falls due
    behind the last fifth one is told of; and each fixed time. Where there are fixed times only, it is these, and each
    fifth minute for as long after one as the break may be put off.
    """
    if not wishes.every_min:
        return frozenset(fixed(wishes) | put_off(wishes))
    within = inside(wishes.hours)
    every = {one for one in within if one % GRID_MIN == 0 or (one + 1) % WEEK_MIN not in within}
    return frozenset(fixed(wishes) | every)


def fixed(wishes: Breaks) -> set[int]:
    """The minutes of the week of the fixed times; where hours are set, of those within them."""
    every = {DAYS.index(day) * DAY_MIN + minutes(at.time) for at in wishes.at for day in at.days}
    return every if wishes.hours is None else every & inside(wishes.hours)


def put_off(wishes: Breaks) -> set[int]:
    """The minutes of the week at which a break at a fixed time may be due that was put off; within the hours."""
    longest = wishes.postpone_min * wishes.postpone_most
    within = None if wishes.hours is None else inside(wishes.hours)
    found: set[int] = set()
    for first in fixed(wishes) if longest else ():
        for one in range(first + 1, first + longest + GRID_MIN):
            if within is not None and one % WEEK_MIN not in within:
                found.add((one - 1) % WEEK_MIN)
                break
            if one % GRID_MIN == 0:
                found.add(one % WEEK_MIN)
    return found


def inside(hours: Hours | None) -> set[int]:
    """The minutes of the week within the hours; a range's end is outside."""
    if hours is None:
        return set()
    begin_ms = (_MONDAY - _1970).days * DAY_MS
    week = spans(hours, _MONDAY, len(DAYS), lambda _: 0)
    found = [((one.from_ms - begin_ms) // MINUTE_MS, (one.until_ms - begin_ms) // MINUTE_MS) for one in week]
    return {minute % WEEK_MIN for first, end in found for minute in range(first, end)}


def by_day(week: Iterable[int]) -> list[list[int]]:
    """The minutes of each day, in order, Monday first."""
    days: list[list[int]] = [[] for _ in DAYS]
    for one in sorted(week):
        days[one // DAY_MIN].append(one % DAY_MIN)
    return days


def runs(numbers: Iterable[int], step: int) -> list[tuple[int, int]]:
    """Numbers as first and last of each run of `step`; where that is more than 1, only its multiples make runs."""
    found: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    for one in sorted(numbers):
        if one % step:
            others.append((one, one))
        elif found and found[-1][1] == one - step:
            found[-1] = (found[-1][0], one)
        else:
            found.append((one, one))
    return sorted(found + others)
