"""Poses as the skeleton takes them: every value there, none left out. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable

from msgspec import Struct

from trainer.figures.body import LIMBS, swapped
from trainer.figures.model import Angle, Figure, Limb, Point, Pose
from trainer.figures.vectors import ORIGIN, Vec, angles, cross, direction, dot, plus

Slant = tuple[float, float]
"""Degrees in the plane, and of tilt towards the viewer."""

TURNS = ("torso", "roll", "lumbar", "thoracic", "side_bend", "twist", "neck", "neck_side", "neck_turn", "chin")
"""What of a pose is one number; but for `chin`, all of them degrees."""
EASES: dict[str, Callable[[float], float]] = {
    "linear": lambda share: share,
    "in-out": lambda share: share * share * (3 - 2 * share),
    "in": lambda share: share * share,
    "out": lambda share: 1 - (1 - share) ** 2,
    "breath": lambda share: 0.5 - 0.5 * math.cos(math.pi * share),
}


class Free(Struct, frozen=True):
    """A limb by the directions of its bones."""

    upper: Slant
    lower: Slant
    end: Slant | None
    fingers: float | None = None


class Pinned(Struct, frozen=True):
    """A limb whose wrist or ankle has a place; `bend` is where elbow or knee point."""

    to: Vec
    bend: Slant
    end: Slant | None
    on: str = ""
    """The joint that `to` counts from; empty where it is a place in the world."""
    fingers: float | None = None
    toward: str = ""
    """The joint on the way to which that place lies; empty where it is `on` itself."""
    share: float = 0.0
    """How far it lies on that way."""

    @property
    def held(self) -> tuple[str, str, float]:
        """What it keeps to."""
        return self.on, self.toward, self.share


class Stance(Struct, frozen=True):
    """One whole pose."""

    anchor: str
    at: Vec
    turns: dict[str, float]
    shoulders: tuple[float, float]
    limbs: dict[str, Free | Pinned]
    eyes: str = "open"
    ease: str = "in-out"


_MOSTLY = math.sqrt(0.5)
"""From which share of a direction on it counts as that direction."""


def up_and_front(torso: float, roll: float) -> tuple[Vec, Vec]:
    """The direction up the trunk at the pelvis, and that in which the belly looks."""
    up = direction(torso)
    front = (up[1], -up[0], 0.0)
    sin, cos = math.sin(math.radians(roll)), math.cos(math.radians(roll))
    return up, (front[0] * cos, front[1] * cos, sin)


def slant(angle: Angle) -> Slant:
    """An angle of a file with its tilt."""
    return (angle[0], angle[1]) if isinstance(angle, tuple) else (angle, 0.0)


def place(point: Point) -> Vec:
    """A point of a file with its z."""
    return (float(point[0]), float(point[1]), float(point[2]) if len(point) > 2 else 0.0)


def stances(figure: Figure) -> list[Stance]:
    """The poses of a figure, each with what it takes over from the one before.

    Raises KeyError for what the first of them leaves out and needs: `anchor`, `at`, or a limb's name.
    """
    found: list[Stance] = []
    for pose in figure.pose:
        found.append(_stance(pose, found[-1] if found else None))
    return found


def _stance(pose: Pose, before: Stance | None) -> Stance:
    turns = dict(before.turns) if before else dict.fromkeys(TURNS, 0.0) | {"torso": 90.0}
    turns |= {key: float(value) for key in TURNS if (value := getattr(pose, key)) is not None}
    limbs = {}
    for name in LIMBS:
        own: Limb | None = getattr(pose, name)
        both: Limb | None = getattr(pose, f"{name.rpartition('_')[2]}s")
        if own is not None:
            limbs[name] = _limb(own)
        elif both is not None:
            limbs[name] = _limb(both) if name.startswith("right") else _reflected(_limb(both), turns)
        elif before is None:
            raise KeyError(name)
        else:
            limbs[name] = before.limbs[name]
    if before is None and (missing := next((key for key in ("anchor", "at") if getattr(pose, key) is None), None)):
        raise KeyError(missing)
    return Stance(
        pose.anchor or before.anchor,  # type: ignore[union-attr]  # the first pose has one
        place(pose.at) if pose.at is not None else before.at,  # type: ignore[union-attr]
        turns,
        pose.shoulders or (before.shoulders if before else (0.0, 0.0)),
        limbs,
        pose.eyes or (before.eyes if before else "open"),
        pose.ease,
    )


def _limb(limb: Limb) -> Free | Pinned:
    end = None if limb.end is None else slant(limb.end)
    if limb.to is None and limb.on is None:
        upper = slant(0.0 if limb.upper is None else limb.upper)
        return Free(upper, upper if limb.lower is None else slant(limb.lower), end, limb.fingers)
    bend = slant(90.0 if limb.bend is None else limb.bend)
    if limb.on is None:
        return Pinned(place(limb.to or (0.0, 0.0)), bend, end, "", limb.fingers)
    off = place(limb.off) if limb.off is not None else ORIGIN
    if limb.toward is None:
        return Pinned(off, bend, end, limb.on, limb.fingers)
    return Pinned(off, bend, end, limb.on, limb.fingers, limb.toward, limb.share)


def _reflected(limb: Free | Pinned, turns: dict[str, float]) -> Free | Pinned:
    """The left limb that mirrors a right one through the body's own middle, which goes through the origin."""
    up, front = up_and_front(turns["torso"], turns["roll"])
    axis = cross(front, up)
    mirror = _mirror_angle(axis)

    def end(value: Slant | None) -> Slant | None:
        return None if value is None else mirror(value)

    if isinstance(limb, Free):
        return Free(mirror(limb.upper), mirror(limb.lower), end(limb.end), limb.fingers)
    along = 2 * sum(a * b for a, b in zip(limb.to, axis, strict=True))
    to, bend, tip = plus(limb.to, axis, -along), mirror(limb.bend), end(limb.end)
    return Pinned(to, bend, tip, swapped(limb.on), limb.fingers, swapped(limb.toward), limb.share)


def _mirror_angle(axis: Vec) -> Callable[[Slant], Slant]:
    from_the_side = abs(axis[2]) > _MOSTLY
    flat = math.degrees(math.atan2(axis[1], axis[0]))

    def mirror(value: Slant) -> Slant:
        # Seen from the side or from the front, as most bodies are, that is all; any other one is a little off it.
        near = (value[0], -value[1]) if from_the_side else (2 * flat + 180 - value[0], value[1])
        if not 1e-9 < abs(axis[2]) < 1 - 1e-9:
            return near
        one = direction(*value)
        angle, tilt = angles(plus(one, axis, -2 * dot(one, axis)))
        return angle + 360 * round((near[0] - angle) / 360), tilt

    return mirror
