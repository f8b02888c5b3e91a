"""A figure that moves: its key poses, what lies between them, and how large it is. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from trainer.figures.body import HEAD, radius_of, swapped
from trainer.figures.canvas import Drawing, draw, far_limbs, named_pieces
from trainer.figures.cells import DOTS, Picture, Style, cells
from trainer.figures.model import Figure
from trainer.figures.props import MAT, solids
from trainer.figures.shapes import pieces
from trainer.figures.skeleton import Body, between, mirrored
from trainer.figures.stance import Stance, place, stances
from trainer.figures.vectors import Vec, length, minus, plus, scaled, unit
from trainer.figures.view import MARGIN, ON_THE_FLOOR, Box, View, around, bounds

LEAST, MOST = (24, 8), (100, 40)
"""The smallest and the largest picture, in cells across and down."""
_AIR = 2.0
"""Units left free around what moves."""
_ARROW_STEPS = 10
_ARROW_LEAST = 9.0
"""Units from the beginning of an arrow to its end: a shorter one is all head."""
_ARROW_HEAD = 4.0
"""Units that its head takes about its end, in a picture of the usual size."""
_ARROW_FROM = 0.2
"""From which share of the way on an arrow shows it."""


class Movement:
    """One figure on one of its sides. `mirror` shows the side that the file does not."""

    def __init__(self, figure: Figure, *, mirror: bool = False, yaw: float | None = None) -> None:
        from msgspec import structs

        camera = figure.camera if yaw is None else structs.replace(figure.camera, yaw=yaw)
        self.figure, self.mirror, self.camera = figure, mirror, camera
        self.stances: list[Stance] = stances(figure)

    @property
    def goal(self) -> int:
        """The number of the pose that is held and to which a repetition leads, from 0."""
        names = [pose.name for pose in self.figure.pose]
        if self.figure.goal in names:
            return names.index(self.figure.goal)
        return min(1, len(names) - 1)

    def body(self, pose: int, share: float = 1.0) -> Body:
        """The body so far (0 to 1) on its way to a pose from the one before it."""
        body = between(self.stances[pose - 1], self.stances[pose], share)
        return mirrored(body) if self.mirror else body

    def moments(self) -> Iterator[tuple[int, float]]:
        """The key poses and the middles between them."""
        for pose in range(len(self.stances)):
            yield pose, 1.0
            if len(self.stances) > 1:
                yield pose, 0.5

    @cached_property
    def _view(self) -> View:
        return View(-self.camera.yaw if self.mirror else self.camera.yaw, self.camera.pitch)

    @cached_property
    def box(self) -> Box:
        """What has to fit into a picture, the same for every moment."""
        frame = self.camera.frame
        boxes = [bounds(self._view, pieces(self.body(*moment)), frame) for moment in self.moments()]
        for number, (x, y, _) in enumerate(map(self._view, self.arrow), 1):
            free = _ARROW_HEAD if number == len(self.arrow) else 1.0
            boxes.append((x - free, y - free, x + free, y + free))
        if frame == "whole":
            body = self.body(0)
            for prop in self.figure.prop:
                for solid in solids(prop, body.joints, mirrored=self.mirror):
                    points = [self._view(corner) for corner in solid.corners]
                    xs, ys = [point[0] for point in points], [point[1] for point in points]
                    thick = solid.thick
                    boxes.append((min(xs) - thick, min(ys) - thick, max(xs) + thick, max(ys) + thick))
        if frame in ON_THE_FLOOR:
            boxes.append((boxes[0][0], self._view((0.0, 0.0, MAT))[1] - 0.5, boxes[0][2], 0.0))
        left, lower, right, upper = around(boxes)
        return left - _AIR, lower, right + _AIR, upper + _AIR

    def scale(self, width: int, height: int) -> float:
        """Cells across to a unit, at the largest that so many cells allow."""
        left, lower, right, upper = self.box
        return min((width - 2 * MARGIN) / (right - left), (2 * height - MARGIN) / (upper - lower))

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Cells across and down that the figure takes of these at its largest."""
        width, height = min(width, MOST[0]), min(height, MOST[1])
        left, lower, right, upper = self.box
        wide, high = right - left, upper - lower
        unit = self.scale(width, height)
        across, down = round(wide * unit + 2 * MARGIN + 0.5), round((high * unit + MARGIN) / 2 + 0.5)
        return max(LEAST[0], min(width, across)), max(LEAST[1], min(height, down))

    @cached_property
    def arrow(self) -> list[Vec]:
        """The way that an arrow shows from the first pose to the goal, beside what moves."""
        return self._arrow(0, self.goal)

    def _arrow(self, start: int, goal: int) -> list[Vec]:
        if self.figure.arrow_points is not None:
            points = [place(point) for point in self.figure.arrow_points]
            return [(-x, y, z) for x, y, z in points] if self.mirror else points
        if start == goal or self.figure.arrow == "none":
            return []
        bodies = [self.body(pose, 1.0) for pose in range(len(self.stances))]
        joint = self.figure.arrow or _most_moved(bodies[start], bodies[goal])
        if self.mirror and self.figure.arrow:
            joint = swapped(joint)
        way: list[Vec] = []
        for pose in range(start + 1, goal + 1):
            for step in range(_ARROW_STEPS + 1):
                begins = _ARROW_FROM if pose == start + 1 else 0.0
                body = self.body(pose, begins + (1 - begins) * step / _ARROW_STEPS)
                way.append(plus(body.joints[joint], self._beside(body, joint)))
        return _at_least(way, _ARROW_LEAST)

    def _beside(self, body: Body, joint: str) -> Vec:
        """How far from a joint its arrow is drawn."""
        if self.figure.arrow_off is not None:
            x, y, z = place(self.figure.arrow_off)
            return (-x if self.mirror else x, y, z)
        far = 3.5 + (HEAD if joint in ("head", "nose") else radius_of(joint))
        if joint in ("pelvis", "waist"):
            return (0.0, far, 0.0)
        outward = minus(body.joints[joint], body.joints["waist"])
        return scaled(unit((outward[0], outward[1], 0.0)), far)

    @cached_property
    def _far(self) -> frozenset[str]:
        return far_limbs([self.body(pose) for pose in range(len(self.stances))], self._view)

    def drawing(self, pose: int) -> Drawing:
        """What is drawn around and set off in a pose."""
        named = self.figure.pose[pose].work
        work = self.figure.work if named is None else named
        over = self.figure.over
        if self.mirror:
            work, over = [swapped(part) for part in work], [swapped(part) for part in over]
        return Drawing(
            self._view,
            self.camera.frame,
            tuple(self.figure.prop),
            named_pieces(work),
            named_pieces(over),
            self._far,
            self.mirror,
        )

    def picture(
        self,
        pose: int,
        share: float,
        width: int,
        height: int,
        style: Style = "blocks",
        *,
        arrow: bool = False,
        squash: float = 1.0,
        breath: bool = False,
    ) -> Picture:
        """The picture of a moment in `width` × `height` cells; with `breath` the chest is full."""
        layers = draw(
            self.body(pose, share),
            self.drawing(pose),
            self.box,
            width,
            height,
            DOTS[style],
            pose=self.figure.pose[pose].name,
            arrow=self.arrow if arrow else (),
            squash=squash,
            breath=breath,
            line_only=style in ("shades", "braille"),
        )
        return cells(layers, style)


_TRACKED = (
    *("pelvis", "waist", "head", "right_hand", "left_hand", "right_elbow", "left_elbow"),
    *("right_knee", "left_knee", "right_toe", "left_toe"),
)


def _at_least(way: list[Vec], long: float) -> list[Vec]:
    """A way that is so long from end to end; a shorter one begins earlier, on a straight line."""
    far = length(minus(way[-1], way[0]))
    if far >= long or sum(length(minus(b, a)) for a, b in pairwise(way)) >= long:
        return way
    along = unit(minus(way[-1], way[0])) if far > 1e-6 else (0.0, 1.0, 0.0)
    return [plus(way[-1], along, -long), way[-1]]


def _most_moved(a: Body, b: Body) -> str:
    return max(_TRACKED, key=lambda joint: length(minus(a.joints[joint], b.joints[joint])))
