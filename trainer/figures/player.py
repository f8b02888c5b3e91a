"""The pictures of one exercise in one size, each drawn once. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from trainer.figures.cells import Cell, Picture, Style
from trainer.figures.model import Figure
from trainer.figures.movement import Movement
from trainer.figures.phases import STEPS, TURN_STEPS, Moment
from trainer.figures.sheet import key_poses

MOST_CELLS = 200_000
"""Cells of all pictures that are kept; beyond them the oldest pictures go."""

Change = tuple[int, int, int]
"""A row, and from which column to which (excluded) it differs."""


class Player:
    """Draws moments of a figure, and keeps what it drew."""

    def __init__(self, figure: Figure, *, style: Style = "blocks") -> None:
        self.figure = figure
        self.style: Style = style
        self._sides: dict[bool, Movement] = {}
        self._kept: dict[Hashable, Picture] = {}
        self._cells: dict[Cell, Cell] = {}
        self._rows: dict[tuple[Cell, ...], tuple[Cell, ...]] = {}
        self._count = 0  # cells of what is kept

    def side(self, mirror: bool) -> Movement:
        """The figure on the side that the file shows, or on the other."""
        if mirror not in self._sides:
            self._sides[mirror] = Movement(self.figure, mirror=mirror)
        return self._sides[mirror]

    @property
    def goal(self) -> int:
        """The number of the pose that is held."""
        return self.side(False).goal

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Cells across and down that the figure takes of these, the same on both sides."""
        return self.side(False).size(width, height)

    def picture(self, moment: Moment, width: int, height: int) -> Picture:
        """The picture of a moment; whether it is dim is a matter of colour."""
        return self._keep((self._key(moment), width, height), width * height, lambda: self._draw(moment, width, height))

    def key_poses(self, width: int, height: int, *, mirror: bool) -> Picture:
        """The key poses side by side, for who wants nothing that moves."""
        key = "key poses", mirror, width, height
        return self._keep(key, width * height, lambda: key_poses(self.side(mirror), width, height, self.style))

    def _keep(self, key: Hashable, cells: int, draw: Callable[[], Picture]) -> Picture:
        if key not in self._kept:
            self._count += cells
            while self._kept and self._count > MOST_CELLS:
                oldest = self._kept.pop(next(iter(self._kept)))
                self._count -= sum(map(len, oldest))
                self._rows.clear()  # those of the pictures that are left stay alive by them
            same, same_row = self._cells.setdefault, self._rows.setdefault
            rows = (tuple(same(cell, cell) for cell in row) for row in draw())
            self._kept[key] = tuple(same_row(row, row) for row in rows)
        return self._kept[key]

    def _key(self, moment: Moment) -> Moment:
        step = moment.step if len(self.figure.pose) > 1 else STEPS
        return Moment(moment.pose, step, moment.mirror, moment.arrow, False, moment.breath, moment.turn)

    def _draw(self, moment: Moment, width: int, height: int) -> Picture:
        mirror, squash = moment.mirror, 1.0
        if moment.turn < TURN_STEPS:
            # Half of the turn it is still seen from the side that it turns away from.
            share = moment.turn / TURN_STEPS
            mirror = moment.mirror if share >= 0.5 else not moment.mirror
            squash = max(0.06, abs(1 - 2 * share))
        return self.side(mirror).picture(
            moment.pose,
            moment.step / STEPS,
            width,
            height,
            self.style,
            arrow=moment.arrow,
            squash=squash,
            breath=moment.breath,
        )


def changes(before: Picture, after: Picture) -> Iterator[Change]:
    """What differs between two pictures of one size, row by row."""
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            left, right = 0, len(old)
            while old[left] == new[left]:
                left += 1
            while old[right - 1] == new[right - 1]:
                right -= 1
            yield y, left, right
