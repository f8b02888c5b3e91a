"""Things beside the body: chairs, walls, desks, straps. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from trainer.figures.body import swapped
from trainer.figures.model import Prop
from trainer.figures.stance import place
from trainer.figures.vectors import Vec, mixed, plus, scaled

MAT = 11.0
"""Half the depth of the floor that is drawn, in units."""
_SEAT = (21.0, 24.0)
"""Depth and height of a seat that the file does not give."""
_HALF_WIDE = 10.0
_TALL = 106.0
"""How high a wall is drawn: a little more than the body."""


class Solid(Struct, frozen=True):
    """A block between its corners, or a line through them where it is `thick`."""

    corners: tuple[Vec, ...]
    thick: float = 0.0
    tone: str = "prop"


def solids(prop: Prop, joints: Mapping[str, Vec], *, mirrored: bool) -> Iterator[Solid]:
    """What a thing is drawn of; `joints` are those of the body, which is mirrored already where it is to be."""
    if prop.joints is not None:
        toward = prop.toward or prop.joints
        pairs = zip(prop.joints, toward, strict=True)
        ways = [(swapped(a), swapped(b)) if mirrored else (a, b) for a, b in pairs]
        yield Solid(tuple(mixed(joints[a], joints[b], prop.share) for a, b in ways), prop.thick)
        return
    for solid in _solids(prop):
        yield Solid(tuple((-x, y, z) for x, y, z in solid.corners), solid.thick, solid.tone) if mirrored else solid


def _solids(prop: Prop) -> Iterator[Solid]:
    at = place(prop.at)
    size = tuple(prop.size)
    front, right = {
        "right": ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0)),
        "left": ((-1.0, 0.0, 0.0), (0.0, 0.0, -1.0)),
        "viewer": ((0.0, 0.0, 1.0), (-1.0, 0.0, 0.0)),
    }[prop.facing]
    make = _Maker(at, front, right)
    match prop.kind:
        case "line":
            yield Solid(tuple(place(point) for point in prop.points or ()), prop.thick)
        case "chair":
            deep, high = (size[0] or _SEAT[0], size[1] or _SEAT[1]) if len(size) > 1 else _SEAT
            wide = _HALF_WIDE
            yield make.block((-deep, 0.0), (high - 2.4, high), (-wide, wide))
            yield make.block((-deep - 2.2, -deep + 0.4), (high - 2.4, high + 26), (-wide + 1, wide - 1))
            for along in (-deep + 0.6, -1.4):
                for aside in (-wide + 1.2, wide - 1.2):
                    yield make.line((along, 1.1, aside), (along, high - 2, aside), 1.1)
        case "wall":
            deep = size[0] or 3.0
            yield make.block((-deep, 0.0), (0.0, size[1] or _TALL), (-_HALF_WIDE, _HALF_WIDE))
        case "box":
            wide, high = size[0] or 20.0, size[1] or 20.0
            deep = size[2] if len(size) > 2 else 2 * _HALF_WIDE
            yield make.block((0.0, wide), (0.0, high), (-deep / 2, deep / 2))
        case "mat":
            long, deep = size[0] or 110.0, size[1] or 2 * MAT
            block = make.block((-long / 2, long / 2), (-0.4, 0.0), (-deep / 2, deep / 2))
            yield Solid(block.corners, tone="floor")
        case "desk":
            wide, high = size[0] or 40.0, size[1] or 40.0
            yield make.block((0.0, wide), (high - 2.0, high), (-14.0, 14.0))
            for aside in (-12.5, 12.5):
                yield make.line((wide - 2, 1.0, aside), (wide - 2, high - 2, aside), 1.1)
        case "screen":
            wide, high = size[0] or 2.0, size[1] or 18.0
            yield make.line((wide / 2, 0.0, 0.0), (wide / 2, 6.0, 0.0), 1.0)
            yield make.block((0.0, wide), (5.0, 5.0 + high), (-12.0, 12.0))


class _Maker(Struct, frozen=True):
    """Makes blocks and lines where the thing stands, as it is turned: along, up, and aside."""

    at: Vec
    front: Vec
    right: Vec

    def point(self, along: float, up: float, aside: float) -> Vec:
        return plus(plus(plus(self.at, scaled(self.front, along)), scaled(self.right, aside)), (0.0, up, 0.0))

    def block(self, along: Sequence[float], up: Sequence[float], aside: Sequence[float]) -> Solid:
        return Solid(tuple(self.point(a, u, s) for a in along for u in up for s in aside))

    def line(self, start: Vec, end: Vec, thick: float) -> Solid:
        return Solid((self.point(*start), self.point(*end)), thick)
