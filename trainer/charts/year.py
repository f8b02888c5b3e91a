"""A year as a calendar: a cell a day, shaded by minutes; and the same in sentences. Pure."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import msgspec

from trainer.charts import dates
from trainer.charts.lines import Line, Role, Span, flowed, joined, words
from trainer.charts.numbers import counted

SHADES = (0, 1, 10, 20, 40)
"""Minutes from which each shade begins. Our own: below 10 is a break or two at the desk; with 20 a day, seven days come
near the 150 minutes that are advised for a week; 40 is twice that."""
_ROLES: tuple[Role, ...] = ("shade-0", "shade-1", "shade-2", "shade-3", "shade-4")
_CHARS = ("·░▒▓█", ".-+x#")
"""A character for each shade, told apart by its shape; the second row where a terminal knows only ASCII."""
_MARGIN = 4
"""Columns of the weekdays' names."""


def year(
    minutes_by_day: Mapping[str, int], *, year: int, today: str, width: int, ascii_only: bool = False
) -> list[Line]:
    """Draw a year in at most `width` columns: Monday to Sunday downward, a column a week.

    `minutes_by_day` is whole minutes by local day (`2026-03-02`); 0 is a day without exercise, so less than a minute is
    handed in as 1. Days after `today` are blank while they hold nothing; `today` is pointed at. A year that is too wide
    comes in halves or quarters below each other, without those that are all to come, and in sentences below 18 columns.
    """
    days = _Days(minutes_by_day, year, date.fromisoformat(today).toordinal(), ascii_only)
    end = "." if ascii_only else "…"
    # A week two columns wide makes a day about as wide as it is high.
    for months, pitch in ((12, 2), (12, 1), (6, 1), (3, 1)):
        parts = [(first, first + months - 1) for first in range(1, 13, months)]
        begun = [part for part in parts if days.span(*part)[0] <= days.present or days.done(*part)] or parts[:1]
        if _MARGIN + max(len(days.weeks(*part)) for part in parts) * pitch <= width:
            lines = [line for part in begun for line in days.block(*part, pitch)]
            return [*words(days.told(1, 12), width, "bold", end), *lines, *flowed(days.legend(), width, end=end)]
    sentences = year_told(minutes_by_day, year=year, today=today)
    return [line for text in sentences for line in words(text, width, end=end)]


def year_told(minutes_by_day: Mapping[str, int], *, year: int, today: str) -> list[str]:
    """Tell a year in a sentence, and then each month up to that of `today` in one."""
    present = date.fromisoformat(today)
    days = _Days(minutes_by_day, year, present.toordinal(), ascii_only=True)
    sentences = [f"{days.told(1, 12)}."]
    for month, name in enumerate(dates.MONTHS, 1):
        if (year, month) <= (present.year, present.month) or days.done(month, month):
            sentences.append(f"{days.told(month, month, name)}{days.longest(month)}.")
    return sentences


class _Days(msgspec.Struct, frozen=True):
    """A year's minutes, and how a day looks. `present` is the ordinal of today."""

    minutes: Mapping[str, int]
    year: int
    present: int
    ascii_only: bool

    def span(self, first: int, last: int) -> range:
        """The ordinals of the days from one month through another."""
        end = date(self.year, last, monthrange(self.year, last)[1])
        return range(date(self.year, first, 1).toordinal(), end.toordinal() + 1)

    def weeks(self, first: int, last: int) -> range:
        """The ordinals of the Mondays of the weeks that hold the days from one month through another."""
        days = self.span(first, last)
        return range(days[0] - (days[0] - 1) % 7, days[-1] + 1, 7)

    def of(self, day: int) -> int:
        """Minutes of a day."""
        return self.minutes.get(date.fromordinal(day).isoformat(), 0)

    def done(self, first: int, last: int) -> list[int]:
        """The days with exercise in some months."""
        return [day for day in self.span(first, last) if self.of(day) > 0]

    def told(self, first: int, last: int, name: str = "") -> str:
        """`March: 12 days, 84 minutes`"""
        done = self.done(first, last)
        said = (
            f"{counted(len(done), 'day')}, {counted(sum(map(self.of, done)), 'minute')}" if done else "nothing logged"
        )
        return f"{name or self.year}: {said}"

    def longest(self, month: int) -> str:
        """`, the longest 21 on the 3rd`"""
        done = self.done(month, month)
        if not done:
            return ""
        best = max(done, key=self.of)
        on = f"on the {dates.ordinal(date.fromordinal(best).day)}"
        return f" {on}" if len(done) == 1 else f", the longest {self.of(best)} {on}"

    def cell(self, day: int, pitch: int) -> tuple[str, Role]:
        """A day's character, and its shade."""
        minutes = self.of(day)
        if day > self.present and minutes <= 0:
            return " " * pitch, "plain"
        shade = max(0, bisect_right(SHADES, minutes) - 1)
        char = _CHARS[self.ascii_only][shade]
        return (char * pitch if shade else char.ljust(pitch)), "today" if day == self.present else _ROLES[shade]

    def block(self, first: int, last: int, pitch: int) -> list[Line]:
        """The months from `first` through `last`, their names above."""
        days, mondays = self.span(first, last), self.weeks(first, last)
        begin = mondays[0]
        names = ""
        for month in range(first, last + 1):
            begins = date(self.year, month, 1)
            names = names.ljust(_MARGIN + (begins.toordinal() - begin) // 7 * pitch) + dates.month(begins)
        lines: list[Line] = [(Span(names, "axis"),)]
        here = self.present - begin if self.present in days else None
        for weekday, name in enumerate(dates.WEEKDAYS):
            pointer = ">" if here is not None and here % 7 == weekday else " "
            row = [monday + weekday for monday in mondays]
            cells = [self.cell(day, pitch) if day in days else (" " * pitch, "plain") for day in row]
            lines.append(joined([(name + pointer, "axis"), *cells]))
        if here is not None:
            at = _MARGIN + here // 7 * pitch
            beside = at + len("^ today") <= _MARGIN + len(mondays) * pitch
            lines.append((Span(" " * at + "^ today" if beside else f"{'today ':>{at}}^", "axis"),))
        return lines

    def legend(self) -> list[Line]:
        """Which character stands for how many minutes."""
        dash = "-" if self.ascii_only else "–"
        said = ["none", *(f"{low}{dash}{high - 1}" for low, high in pairwise(SHADES[1:]))]
        said.append(f"{SHADES[-1]} minutes or more")
        shades = zip(_CHARS[self.ascii_only], _ROLES, said, strict=True)
        return [(Span(char, role), Span(f" {text}")) for char, role, text in shades]
