"""How the world falls on the screen: where one looks from, how much is seen, and how large. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable

from msgspec import Struct

from trainer.figures.shapes import Piece, Round
from trainer.figures.vectors import Vec

Box = tuple[float, float, float, float]
"""Left, lower, right and upper bound, in units on the screen."""

_LEGS = frozenset(f"{side}_{part}" for side in ("right", "left") for part in ("thigh", "shin", "foot"))
FRAMES: dict[str, frozenset[str]] = {
    "legs": _LEGS,
    "lower": _LEGS | {"hips", "waist"},
    "upper": frozenset({"head", "hair", "neck", "chest", "waist", "hips"})
    | {f"{side}_{part}" for side in ("right", "left") for part in ("upper_arm", "forearm", "hand")},
    "hands": frozenset(f"{side}_{part}" for side in ("right", "left") for part in ("forearm", "hand")),
    "head": frozenset({"head", "hair", "neck", "chest"}),
}
"""What a picture that does not show the whole body makes sure to show."""
ON_THE_FLOOR = frozenset({"whole", "lower", "legs"})
"""The frames in which the floor is seen."""


class View(Struct, frozen=True):
    """Where one looks from. The world is turned about the vertical by `yaw` and then looked down on by `pitch`."""

    yaw: float
    pitch: float
    squash: float = 1.0
    """How wide it looks: less than 1 while a figure turns over."""

    def __call__(self, point: Vec) -> Vec:
        """Where a point falls: to the right, up, and towards the viewer."""
        yaw, pitch = math.radians(self.yaw), math.radians(self.pitch)
        x = point[0] * math.cos(yaw) - point[2] * math.sin(yaw)
        z = point[0] * math.sin(yaw) + point[2] * math.cos(yaw)
        cos, sin = math.cos(pitch), math.sin(pitch)
        return x * self.squash, point[1] * cos - z * sin, z * cos + point[1] * sin

    def spread(self, round_: Round, thicker: float = 1.0) -> tuple[float, float, float]:
        """How wide an ellipsoid falls, as xx, xy and yy of its ellipse."""
        xx = xy = yy = 0.0
        for half in round_.half:
            x, y, _ = self(half)
            xx, xy, yy = xx + x * x, xy + x * y, yy + y * y
        return xx * thicker * thicker, xy * thicker * thicker, yy * thicker * thicker


def bounds(view: View, pieces: Iterable[Piece], frame: str) -> Box:
    """What the pieces cover on the screen, as far as the frame asks for them."""
    wanted = FRAMES.get(frame)
    left = lower = math.inf
    right = upper = -math.inf
    for piece in pieces:
        if wanted is not None and piece.name not in wanted:
            continue
        for place, radius in piece.balls:
            x, y, _ = view(place)
            left, right = min(left, x - radius), max(right, x + radius)
            lower, upper = min(lower, y - radius), max(upper, y + radius)
        for one in piece.rounds:
            x, y, _ = view(one.middle)
            xx, _, yy = view.spread(one)
            wide, high = math.sqrt(xx), math.sqrt(yy)
            left, right = min(left, x - wide), max(right, x + wide)
            lower, upper = min(lower, y - high), max(upper, y + high)
    return left, lower, right, upper


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of these."""
    lefts, lowers, rights, uppers = zip(*boxes, strict=True)
    return min(lefts), min(lowers), max(rights), max(uppers)


class Fit(Struct, frozen=True):
    """How the screen's units become dots."""

    scale: float
    """Dots to a unit."""
    x: float
    y: float
    """Where the origin falls; dots count from the upper left corner, down."""
    thicker: float
    """What every thickness is multiplied by: a small figure of true measures is too thin to be read."""

    def dots(self, point: Vec) -> tuple[float, float]:
        """Where a point of the view falls among the dots."""
        return self.x + self.scale * point[0], self.y - self.scale * point[1]


_SMALL, _MIDDLING = 0.28, 0.4
"""Cells to a unit below which limbs are drawn thicker."""
MARGIN = 0.3
"""Cells left free on either side and above."""


def fit(box: Box, width: int, height: int, dots_a_cell: int) -> Fit:
    """Fit a box into so many cells, in the middle and at the bottom. A cell is as many dots wide, and twice as high."""
    left, lower, right, upper = box
    wide, high = width * dots_a_cell, height * dots_a_cell * 2
    margin = MARGIN * dots_a_cell
    scale = max(1e-6, min((wide - 1 - 2 * margin) / (right - left), (high - 1 - margin) / (upper - lower)))
    x = (wide - 1 - scale * (right - left)) / 2 - scale * left
    y = high - 1 + scale * lower
    return Fit(scale, x, y, _thicker(scale / dots_a_cell))


def _thicker(cells: float) -> float:
    return 1.3 if cells < _SMALL else 1.15 if cells < _MIDDLING else 1.0
