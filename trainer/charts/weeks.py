"""Weeks as places along a plot, and what was measured in each. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import msgspec

from trainer.charts.lines import Role

LARGEST = 1e9
"""A value farther from 0 is no measure of an exercise, and is left out like one that is no number."""


class Series(msgspec.Struct, frozen=True):
    """What is drawn as one thing: pain before, or the left side.

    `points` are values by local day (`2026-03-02`); a day without one is left out or None. Several in a week count as
    their mean.
    """

    name: str
    role: Role
    points: Mapping[str, float | None]


class Weeks(msgspec.Struct, frozen=True):
    """Weeks, Monday to Sunday, in `count` places of `per` weeks each. `first` is the ordinal of the first Monday."""

    first: int
    per: int
    count: int

    @classmethod
    def between(cls, from_day: str, to_day: str, places: int | None = None) -> Weeks:
        """The weeks from one local day to another, both within; several to a place where there are fewer places."""
        low, high = sorted((date.fromisoformat(from_day).toordinal(), date.fromisoformat(to_day).toordinal()))
        first = low - (low - 1) % 7
        weeks = (high - first) // 7 + 1
        per = 1 if places is None else -(-weeks // places)
        return cls(first, per, -(-weeks // per))

    def monday(self, place: int) -> date:
        """The first day of a place."""
        return date.fromordinal(self.first + place * self.per * 7)

    def columns(self, width: int) -> list[int]:
        """Where each place stands in a row of at least `count` columns, the first and the last at its ends."""
        return [n * (width - 1) // (self.count - 1) for n in range(self.count)] if self.count > 1 else [width // 2]

    def means(self, points: Mapping[str, float | None]) -> dict[int, float]:
        """The mean of what was measured, by place, in the order of time. Places without a value are not there."""
        found: dict[int, list[float]] = {}
        for day, value in points.items():
            if value is not None and abs(value) <= LARGEST:
                place = (date.fromisoformat(day).toordinal() - self.first) // (self.per * 7)
                if 0 <= place < self.count:
                    found.setdefault(place, []).append(value)
        return {place: math.fsum(found[place]) / len(found[place]) for place in sorted(found)}
