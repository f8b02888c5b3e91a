"""What stands between the axes of a plot: plotille draws each series alone, here they come together. Pure.

plotille is loaded with the first plot, and only its `Canvas` is used: an object of its own for each drawing, without
colours. Its `Figure` draws axes too, but numbers every row to eight decimals and dates every ten columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from trainer.charts.lines import Role
from trainer.charts.marks import SEVERAL

if TYPE_CHECKING:
    from plotille import Canvas

Cell: TypeAlias = tuple[str, Role]

_BLANK = 0x2800
"""The braille character without a dot; those with dots follow, a bit for each."""
_UPPER, _LOWER = 0b00011011, 0b11100100
"""The bits of a braille character's upper and lower half."""


class Area(msgspec.Struct, frozen=True):
    """A field of `columns` by `rows` cells. The middle of its lowest dots is `low`, of its highest `high`."""

    columns: int
    rows: int
    low: float
    high: float

    def _canvas(self, columns: int) -> Canvas:
        from plotille import Canvas

        dots = self.rows * 4
        # plotille's upper limit is the first value outside.
        top = self.low + (self.high - self.low) * dots / (dots - 1)
        return Canvas(columns, self.rows, xmin=0, xmax=columns, ymin=self.low, ymax=top)

    def rows_of(self, values: Sequence[float]) -> list[int]:
        """The row of each value, counted from above."""
        canvas = self._canvas(1)
        return [self.rows - 1 - canvas.dots_between(0, self.low, 0, value)[1] // 4 for value in values]

    def layer(self, values: Mapping[int, float], at: Sequence[int], mark: str) -> list[str]:
        """One series drawn alone: `mark` for each value, by place, and dots from one place to the next.

        Place n is column `at[n]`. Nothing is drawn towards a place without a value.
        """
        canvas = self._canvas(self.columns)
        for one, two in pairwise(values):
            if two == one + 1:
                canvas.line(at[one] + 0.5, values[one], at[two] + 0.5, values[two])
        for place, value in values.items():
            canvas.point(at[place] + 0.5, value, marker=mark)
        return str(canvas.plot(linesep="\n")).split("\n")

    def merged(self, layers: Sequence[tuple[list[str], Role]], *, ascii_only: bool) -> list[list[Cell]]:
        """All series over each other: `SEVERAL` where more than one has a mark, and all dots where lines cross."""
        return [
            [
                _merged([(layer[row][column], role) for layer, role in layers], ascii_only)
                for column in range(self.columns)
            ]
            for row in range(self.rows)
        ]


def _merged(cells: Sequence[Cell], ascii_only: bool) -> Cell:
    marks = [cell for cell in cells if not _BLANK <= ord(cell[0]) < _BLANK + 256]
    if marks:
        return marks[0] if len(marks) == 1 else (SEVERAL, "several")
    dots = 0
    role: Role = "plain"
    for char, of in reversed(cells):
        if ord(char) != _BLANK:
            dots, role = dots | ord(char) - _BLANK, of
    if not dots:
        return " ", "plain"
    if not ascii_only:
        return chr(_BLANK + dots), role
    if dots & _UPPER and dots & _LOWER:
        return ":", role
    return "'" if dots & _UPPER else ".", role
