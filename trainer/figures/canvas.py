"""A body and the things around it as areas of tones. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from trainer.figures.body import CHAINS, LIMBS, PARTS, TRUNK
from trainer.figures.dots import Layers, Rows, Spans
from trainer.figures.model import Frame, Prop
from trainer.figures.props import Solid, solids
from trainer.figures.shapes import Piece, pieces
from trainer.figures.skeleton import Body
from trainer.figures.vectors import Vec
from trainer.figures.view import ON_THE_FLOOR, Box, Fit, View, fit

TONES = ("floor", "prop", "far", "hair", "work_far", "trunk", "near", "work", "eye", "arrow")
"""What an area can stand for, in the order in which one wins over another within a cell."""
_GAP = 0.75
"""Units left free around what lies nearer."""
_LEAST_GAP = 1.1
"""Dots that a gap takes at least, of four to a cell."""
_FAR = 3.0
"""Units that the root of a limb has to lie behind the trunk's middle to count as the far one."""

_FACING = 1.2
"""By how many units the face may turn away before the hair hides it."""


class Drawing(Struct, frozen=True):
    """All that a picture shows but the body."""

    view: View
    frame: Frame = "whole"
    props: tuple[Prop, ...] = ()
    work: frozenset[str] = frozenset()
    """Pieces that are set off."""
    over: frozenset[str] = frozenset()
    """Pieces that are drawn before all others."""
    far: frozenset[str] = frozenset()
    """Limbs behind the trunk: for a whole movement, since a tone that comes and goes would look like something else."""
    mirrored: bool = False


def named_pieces(parts: Iterable[str]) -> frozenset[str]:
    """The pieces of these parts."""
    return frozenset(piece for part in parts for piece in PARTS[part])


def far_limbs(bodies: Sequence[Body], view: View) -> frozenset[str]:
    """The limbs whose root lies clearly behind the trunk's middle in most of these poses."""
    found = []
    for limb in LIMBS:
        root, against = CHAINS[limb][0], "chest" if limb.endswith("arm") else "pelvis"
        behind = sum(view(body.joints[root])[2] < view(body.joints[against])[2] - _FAR for body in bodies)
        if 2 * behind > len(bodies):
            found.append(limb)
    return frozenset(found)


def draw(
    body: Body,
    drawing: Drawing,
    box: Box,
    width: int,
    height: int,
    dots_a_cell: int,
    *,
    pose: str = "",
    arrow: Sequence[Vec] = (),
    squash: float = 1.0,
    breath: bool = False,
    line_only: bool = False,
) -> Layers:
    """The areas of a body in `width` × `height` cells of so many dots across.

    `box` is what has to fit, the same for all moments of a movement; `pose` says which things are there; `arrow` is the
    way that an arrow shows; with `breath` the chest is full; `line_only` draws the floor as a line, where a surface
    could not be told from the body.
    """
    view = View(drawing.view.yaw, drawing.view.pitch, squash)
    fitted = fit(box, width, height, dots_a_cell)
    if squash != 1.0:
        middle = (width * dots_a_cell - 1) / 2
        fitted = Fit(fitted.scale, middle + (fitted.x - middle) * squash, fitted.y, fitted.thicker)
    painter = _Painter(view, fitted, Layers(width * dots_a_cell, height * dots_a_cell * 2), dots_a_cell)
    if drawing.frame in ON_THE_FLOOR and not any(prop.kind == "mat" for prop in drawing.props):
        painter.floor(box, line_only=line_only)
    shown = [prop for prop in drawing.props if prop.poses is None or pose in prop.poses]
    painter.props((one for one in shown if not one.front), body, drawing)
    painter.body(body, drawing, breath=breath)
    painter.props((one for one in shown if one.front), body, drawing)
    if len(arrow) > 1:
        painter.arrow(arrow)
    return painter.layers


class _Painter:
    def __init__(self, view: View, fitted: Fit, layers: Layers, dots_a_cell: int) -> None:
        self.view, self.fit, self.layers, self.fine = view, fitted, layers, dots_a_cell / 4

    def _spans(self) -> Spans:
        return Spans(self.layers.width, self.layers.height)

    def _dots(self, point: Vec) -> tuple[float, float]:
        return self.fit.dots(self.view(point))

    def _radius(self, units: float) -> float:
        return max(1.6 * self.fine, units * self.fit.scale * self.fit.thicker)

    def floor(self, box: Box, *, line_only: bool) -> None:
        """The floor: as deep as a mat where one looks down on it."""
        from trainer.figures.props import MAT

        spans = self._spans()
        nearest, farthest = (self._dots((0.0, 0.0, z))[1] for z in (MAT, -MAT))
        bottom = min(self.layers.height - 1, max(nearest, round(self.fit.y - self.fit.scale * box[1])))
        top = bottom if line_only else min(farthest, bottom - 2 * self.fine)
        for y in range(max(0, round(top)), round(bottom) + 1):
            spans.span(y, 0, self.layers.width)
        self.layers.put("floor", spans.rows)

    def props(self, props: Iterable[Prop], body: Body, drawing: Drawing) -> None:
        """Things, one over the other as they come."""
        for prop in props:
            for solid in solids(prop, body.joints, mirrored=drawing.mirrored):
                self.layers.put(solid.tone, self._solid(solid))

    def _solid(self, solid: Solid) -> Rows:
        spans = self._spans()
        if solid.thick:
            radius = max(1.4 * self.fine, solid.thick * self.fit.scale)
            spans.limb([(*self._dots(corner), radius) for corner in solid.corners])
        else:
            spans.polygon(_hull([self._dots(corner) for corner in solid.corners]))
        return spans.rows

    def body(self, body: Body, drawing: Drawing, *, breath: bool) -> None:
        """All pieces, the farthest first, each with a gap around it where it crosses another."""
        found = list(pieces(body, breath=breath))
        covered: dict[str, Rows] = {}
        ordered = sorted(found, key=lambda one: self._depth(one, drawing))
        for piece in ordered:
            rows = self._rows(piece)
            own = covered.setdefault(piece.family, [0] * self.layers.height)
            if piece.free_from < 1:
                around = self._rows(piece, gap=max(_LEAST_GAP * self.fine, _GAP * self.fit.scale))
                # What belongs to the same limb stays whole: nothing may come off at a joint.
                self.layers.cut([row & ~mine for row, mine in zip(around, own, strict=True)])
            self.layers.put(self._tone(piece, drawing), rows)
            for y, row in enumerate(rows):
                own[y] |= row

    def _depth(self, piece: Piece, drawing: Drawing) -> float:
        """The farther it lies, the less."""
        depth = self.view(piece.depth)[2]
        if piece.name == "hair":
            depth -= _FACING  # in profile the face is before the hair
        over = "head" if piece.family == "head" else piece.name
        return depth + 1000 if over in drawing.over else depth

    def _tone(self, piece: Piece, drawing: Drawing) -> str:
        if piece.name in ("hair", "eye"):
            return piece.name
        far = piece.family in drawing.far
        if piece.name in drawing.work:
            return "work_far" if far else "work"
        if piece.name in TRUNK:
            return "trunk"
        return "far" if far else "near"

    def _rows(self, piece: Piece, gap: float = 0.0) -> Rows:
        spans = self._spans()
        if piece.balls:
            discs = [(*self._dots(place), self._radius(radius) + gap) for place, radius in piece.balls]
            if gap and piece.free_from:
                (x0, y0, r0), (x1, y1, r1) = discs[0], discs[1]
                share = piece.free_from if len(discs) == 2 else min(0.95, piece.free_from * 1.5)
                discs[0] = (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, r0 + (r1 - r0) * share)
            spans.limb(discs)
        thicker = self.fit.thicker if piece.family == "trunk" or piece.name == "eye" else 1.0
        for one in piece.rounds:
            x, y = self._dots(one.middle)
            xx, xy, yy = (value * self.fit.scale**2 for value in self.view.spread(one, thicker))
            if gap:
                xx, yy = (math.sqrt(xx) + gap) ** 2, (math.sqrt(yy) + gap) ** 2
            spans.ellipse(x, y, xx, -xy, yy)  # the view's y goes up, that of the dots down
        return spans.rows

    def arrow(self, way: Sequence[Vec]) -> None:
        """A line along a way, with a head at its end."""
        points = [self._dots(point) for point in way]
        head = 9.0 * self.fine
        (ax, ay), (bx, by) = points[-2], points[-1]
        angle = math.atan2(by - ay, bx - ax)
        spans, around = self._spans(), self._spans()
        tip = [(bx + head * math.cos(angle + turn), by + head * math.sin(angle + turn)) for turn in (0.0, 2.4, -2.4)]
        for one, more in ((spans, 0.0), (around, 1.6 * self.fine)):
            one.limb([(x, y, 1.9 * self.fine + more) for x, y in points])
            grown = 1 + more / head * 2
            one.polygon([(bx + (x - bx) * grown, by + (y - by) * grown) for x, y in tip])
        self.layers.cut(around.rows)
        self.layers.put("arrow", spans.rows)


def _hull(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The outline around points, in order."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(ones: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        line: list[tuple[float, float]] = []
        for x, y in ones:
            while len(line) > 1:
                (ax, ay), (bx, by) = line[-2], line[-1]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                line.pop()
            line.append((x, y))
        return line[:-1]

    return half(ordered) + half(reversed(ordered))
