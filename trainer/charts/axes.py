"""Where the numbers and the dates of a plot's axes stand. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import msgspec

from trainer.charts import dates
from trainer.charts.weeks import LARGEST

_SMALLEST = 1e-3
"""A span of values that is shorter is taken for none."""
_DAYS_UP_TO = 14
"""Weeks that are labelled by day; more are labelled by month."""


class Height(msgspec.Struct, frozen=True):
    """The values that a plot reaches over, and those that get a number, upward."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @classmethod
    def over(cls, asked: tuple[float, float], values: Sequence[float], rows: int) -> Height:
        """At least what is asked for, farther for `values`, in a plot of `rows` rows."""
        low, high = sorted(one if abs(one) <= LARGEST else 0.0 for one in asked)
        least, most = min([low, *values]), max([high, *values])
        if most - least < _SMALLEST:
            most = least + 1
        step = _step(least, most, rows)
        # An end that was asked for stays; one that a value pushes outward becomes a whole step.
        low = low if least >= low else -_whole(-least, step)
        high = high if most <= high else _whole(most, step)
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if 0 < last - first < rows:
            return cls(low, high, tuple(number * step for number in range(first, last + 1)))
        return cls(low, high, (low, high))


def _whole(value: float, step: float) -> float:
    """The least whole number of steps that is not below `value`."""
    number = math.ceil(value / step)
    # The quotient may be off by its last bit, either way.
    return next(number * step for number in (number - 1, number, number + 1) if number * step >= value)


def _step(low: float, high: float, rows: int) -> float:
    """The least of 1, 2, 5, 10, 20 … by which ticks stand two rows apart or more.

    Parts of a point, a second or a repetition are numbers only where there is hardly a whole one.
    """
    least = (high - low) * 2 / max(1, rows - 1)
    least = max(least, 1.0) if high - low >= 2 else least
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * factor for factor in (1, 2, 5, 10, 20) if power * factor >= least * (1 - 1e-9))


def labels(mondays: Sequence[date], at: Sequence[int], margin: int, width: int) -> list[tuple[int, int, str]]:
    """Dates below a plot, as many as fit: the column of the tick, that of the text, and the text.

    Place n begins on `mondays[n]` and is drawn in column `at[n]`, counted from `margin`; nothing reaches over `width`.
    The year stands with the first label, and with the first of each other year.
    """
    for wanted in _wanted(mondays):
        placed = _placed(wanted, at, margin, width)
        if placed is not None:
            return placed
    return []


def _wanted(mondays: Sequence[date]) -> Iterator[list[tuple[int, str]]]:
    """Ways to label the places, the most telling first: each a list of places and texts."""
    if (mondays[-1] - mondays[0]).days < _DAYS_UP_TO * 7:
        for step in (1, 2, 3, 4):
            chosen = list(range(0, len(mondays), step))
            yield list(zip(chosen, _with_years(mondays, chosen, dates.day_and_month), strict=True))
    begins = [n for n, day in enumerate(mondays) if not n or mondays[n - 1].month != day.month]
    for step in (1, 2, 3, 6):
        chosen = [n for n in begins if (mondays[n].month - 1) % step == 0]
        # The month that is under way at the left edge gives way first.
        for some in (chosen, [n for n in chosen if n]):
            if len(some) > 1:
                yield list(zip(some, _with_years(mondays, some, dates.month), strict=True))
    begins = [n for n, day in enumerate(mondays) if n and mondays[n - 1].year != day.year]
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        chosen = [n for n in begins if mondays[n].year % step == 0]
        if len(chosen) > 1:
            yield [(n, str(mondays[n].year)) for n in chosen]
    yield [(0, f"{dates.day_and_month(mondays[0])} {mondays[0].year}")]
    yield [(0, str(mondays[0].year))]


def _with_years(mondays: Sequence[date], places: Sequence[int], name: Callable[[date], str]) -> list[str]:
    """The name of each place's day, followed by its year where the name before had another or none."""
    years = [mondays[n].year for n in places]
    return [
        name(mondays[n]) + (f" {year}" if year != before else "")
        for n, year, before in zip(places, years, [0, *years], strict=False)
    ]


def _placed(
    wanted: Sequence[tuple[int, str]], at: Sequence[int], margin: int, width: int
) -> list[tuple[int, int, str]] | None:
    """Labels below their ticks, or None where two would touch."""
    found: list[tuple[int, int, str]] = []
    free = 0
    for place, text in wanted:
        tick = margin + at[place]
        begin = max(free, min(tick - len(text) // 2, width - len(text)))
        # A label that had to be pushed away from its tick would name another week.
        if not begin <= tick < begin + len(text) <= width:
            return None
        found.append((at[place], begin, text))
        free = begin + len(text) + 2
    return found
