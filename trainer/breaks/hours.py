"""Working hours and times of the clock as moments. Pure: how far the local clock is ahead is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeAlias

from msgspec import Struct

from trainer.breaks.settings import DAYS, Breaks, Hours

MINUTE_MS = 60_000
DAY_MS = 86_400_000
_DAY_MIN = 1440
_1970 = date(1970, 1, 1)

Offset: TypeAlias = Callable[[int], int]
"""Says how many minutes the local clock is ahead of UTC at a moment (milliseconds since 1970)."""


class Span(Struct, frozen=True):
    """From a moment (UTC, milliseconds since 1970) up to another, which no longer belongs to it."""

    from_ms: int
    until_ms: int

    def holds(self, at_ms: int) -> bool:
        """Whether a moment lies in it."""
        return self.from_ms <= at_ms < self.until_ms


def local_day(at_ms: int, offset: Offset) -> date:
    """The date on the wall at a moment."""
    return _1970 + timedelta((at_ms + offset(at_ms) * MINUTE_MS) // DAY_MS)


def moment(day: date, minute: int, offset: Offset) -> int:
    """The moment at which the clock on the wall shows a minute of a day (0 to 1440, or beyond: of the next).

    A time that the clock shows twice is its first; one that it leaps over is the moment of the leap.
    """
    wall_ms = (day - _1970).days * DAY_MS + minute * MINUTE_MS
    # The clock is never more than a day ahead or behind, so that these two know what holds before and after.
    before, after = offset(wall_ms - DAY_MS), offset(wall_ms + DAY_MS)
    early = wall_ms - before * MINUTE_MS
    if offset(early) == before:
        return early
    late = wall_ms - after * MINUTE_MS
    return late if offset(late) == after else _leap(late, early, offset)


def _leap(low: int, high: int, offset: Offset) -> int:
    """The moment between two at which the clock changed, to the minute."""
    low, high = min(low, high), max(low, high)
    first = offset(low)
    while high - low > MINUTE_MS:
        middle = (low + high) // 2 // MINUTE_MS * MINUTE_MS
        if middle <= low:
            break
        low, high = (middle, high) if offset(middle) == first else (low, middle)
    return high


def day_over(at_ms: int, offset: Offset) -> int:
    """Until when the clock on the wall at least goes on in the same day, without being changed."""
    ahead_ms = offset(at_ms) * MINUTE_MS
    midnight_ms = ((at_ms + ahead_ms) // DAY_MS + 1) * DAY_MS - ahead_ms
    return midnight_ms if offset(midnight_ms) * MINUTE_MS == ahead_ms else _leap(at_ms, midnight_ms, offset)


def next_start(at_ms: int, starts_h: int, offset: Offset) -> int:
    """When the next day starts, where days start at an hour of the clock, 0 to 23."""
    today = local_day(at_ms, offset)
    starts = (moment(today + timedelta(number), starts_h * 60, offset) for number in range(3))
    return next(one for one in starts if one > at_ms)


def pause_end(at_ms: int, minutes: int | None, starts_h: int, offset: Offset) -> int:
    """When a pause ends that begins at a moment: after so many minutes; with None, when the next day starts."""
    return next_start(at_ms, starts_h, offset) if minutes is None else at_ms + minutes * MINUTE_MS


def minutes(time: str) -> int:
    """Minutes since midnight of a time such as `15:00`."""
    return int(time[:2]) * 60 + int(time[3:5])


def clock(at_ms: int, offset: Offset) -> str:
    """What the clock on the wall shows at a moment, as `15:00`."""
    minute = (at_ms // MINUTE_MS + offset(at_ms)) % _DAY_MIN
    return f"{minute // 60:02}:{minute % 60:02}"


def spans(hours: Hours, first: date, days: int, offset: Offset) -> Iterator[Span]:
    """The working hours of so many days from one on, in their order, those that touch as one."""
    held: Span | None = None
    for number in range(days):
        for one in _of_day(hours, first + timedelta(number), offset):
            if held is None:
                held = one
            elif one.from_ms <= held.until_ms:
                held = Span(held.from_ms, max(held.until_ms, one.until_ms))
            else:
                yield held
                held = one
    if held is not None:
        yield held


def _of_day(hours: Hours, day: date, offset: Offset) -> list[Span]:
    found = []
    for text in getattr(hours, DAYS[day.weekday()]):
        start, _, end = text.partition("-")
        begin, stop = minutes(start), minutes(end)
        if stop <= begin:
            stop += _DAY_MIN
        one = Span(moment(day, begin, offset), moment(day, stop, offset))
        if one.until_ms > one.from_ms:
            found.append(one)
    return sorted(found, key=lambda one: one.from_ms)


class Slot(Struct, frozen=True):
    """A break at a fixed time of the clock."""

    at_ms: int
    label: str
    """The time on the wall, as `2026-03-01T15:00`."""
    routine: str | None
    """What it offers; None where that is the next in turn."""


def slots(wishes: Breaks, first: date, days: int, offset: Offset) -> list[Slot]:
    """The fixed times of so many days from one on, in their order; of two at one moment the later in the list."""
    found: dict[int, Slot] = {}
    for number in range(days):
        day = first + timedelta(number)
        for at in wishes.at:
            if DAYS[day.weekday()] in at.days:
                at_ms = moment(day, minutes(at.time), offset)
                found[at_ms] = Slot(at_ms, f"{day}T{at.time}", at.routine)
    return [found[at_ms] for at_ms in sorted(found)]
