"""A day as a strip: what each stretch of it was, above the hours. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

from trainer.charts.lines import Line, Role, flowed, joined

Kind: TypeAlias = Literal["worked", "moved", "away"]
Stretch: TypeAlias = tuple[float, float, Kind]
"""A part of the day: from when to when, in minutes since its midnight, and what it was."""
_LOOK: dict[Kind, tuple[str, str, Role]] = {
    "moved": ("█", "#", "amount"),
    "worked": ("─", "-", "plain"),
    "away": ("░", ":", "dim"),
}
"""A character for each, told apart by its shape; the second where a terminal knows only ASCII."""
_LEAST_H = 4
_HOUR = 60


def strip(parts: Sequence[Stretch], *, width: int, ascii_only: bool = False) -> list[Line]:
    """Draw a day in at most `width` columns: the strip, the hours below it, and what the signs mean.

    As many hours are shown as there is anything of, four at least. Whoever moved shows, however short it was; of two
    other things in one column the longer one does. What shows nowhere has no
    sign explained. Empty where nothing is known, or below 12 columns.
    """
    if not parts or width < 12:
        return []
    first = int(min(from_min for from_min, _, _ in parts) // _HOUR)
    last = -(-int(max(until_min for _, until_min, _ in parts)) // _HOUR)
    first = min(first, 24 - _LEAST_H)
    last = max(last, first + _LEAST_H)
    hours = last - first
    per_hour = max(1, (width - 5) // hours)
    # Where not even each hour has a column, several share one.
    column_min = _HOUR / per_hour if hours * per_hour <= width else float(_HOUR * -(-hours // width))
    edges = [first * _HOUR + number * column_min for number in range(math.ceil(hours * _HOUR / column_min) + 1)]
    cells = [_cell(parts, from_min, until_min) for from_min, until_min in pairwise(edges)]
    drawn: list[tuple[str, Role]] = [
        (" ", "plain") if kind is None else (_LOOK[kind][ascii_only], _LOOK[kind][2]) for kind in cells
    ]
    legend = [
        joined([(f"{_LOOK[kind][ascii_only]} ", _LOOK[kind][2]), (kind, "plain")]) for kind in _LOOK if kind in cells
    ]
    return [joined(drawn), _hours(first, last, column_min, width), *flowed(legend, width)]


def _cell(parts: Sequence[Stretch], from_min: float, until_min: float) -> Kind | None:
    lengths: dict[Kind, float] = {}
    for begins, ends, kind in parts:
        shared = min(until_min, ends) - max(from_min, begins)
        if shared > 0:
            lengths[kind] = lengths.get(kind, 0) + shared
    if "moved" in lengths:
        return "moved"
    return max(lengths, key=lambda kind: lengths[kind], default=None)


def _hours(first: int, last: int, column_min: float, width: int) -> Line:
    text = ""
    step = math.ceil(4 * column_min / _HOUR)
    for hour in range(first, last + 1, step):
        column = round((hour - first) * _HOUR / column_min)
        name = f"{hour % 24 if hour != 24 else 24}"
        if column + len(name) <= width and column >= len(text):
            text = text.ljust(column) + name
    return joined([(text, "axis")])
