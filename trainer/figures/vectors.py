"""Vectors of three numbers. Pure."""

from __future__ import annotations

import math

Vec = tuple[float, float, float]
"""x to the right, y up, z towards the viewer."""

ORIGIN: Vec = (0.0, 0.0, 0.0)


def plus(a: Vec, b: Vec, times: float = 1.0) -> Vec:
    """`a` and so many times `b`."""
    return (a[0] + b[0] * times, a[1] + b[1] * times, a[2] + b[2] * times)


def minus(a: Vec, b: Vec) -> Vec:
    """The way from `b` to `a`."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scaled(a: Vec, times: float) -> Vec:
    """So many times `a`."""
    return (a[0] * times, a[1] * times, a[2] * times)


def dot(a: Vec, b: Vec) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """The vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vec) -> float:
    """How long it is."""
    return math.sqrt(dot(a, a))


def unit(a: Vec) -> Vec:
    """The same direction, of length one; what has no direction stays nothing."""
    long = length(a)
    return scaled(a, 1 / long) if long > 1e-9 else ORIGIN


def mixed(a: Vec, b: Vec, share: float) -> Vec:
    """The point that lies so far (0 to 1) on the way from `a` to `b`."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def across(a: Vec, axis: Vec) -> Vec:
    """What of `a` stands at a right angle to `axis`, which is of length one."""
    return plus(a, axis, -dot(a, axis))


def turned(a: Vec, axis: Vec, degrees: float) -> Vec:
    """`a` turned about `axis`, which is of length one: counter-clockwise to who looks against it."""
    if not degrees:
        return a
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    side, along = cross(axis, a), dot(axis, a) * (1 - cos)
    return (
        a[0] * cos + side[0] * sin + axis[0] * along,
        a[1] * cos + side[1] * sin + axis[1] * along,
        a[2] * cos + side[2] * sin + axis[2] * along,
    )


def between_deg(a: Vec, b: Vec) -> float:
    """Degrees between two directions, 0 to 180."""
    return math.degrees(math.acos(max(-1.0, min(1.0, dot(unit(a), unit(b))))))


def direction(angle: float, out: float = 0.0) -> Vec:
    """The direction at `angle` degrees in the plane (0 right, 90 up), tilted `out` degrees towards the viewer."""
    flat, tilt = math.radians(angle), math.radians(out)
    return (math.cos(tilt) * math.cos(flat), math.cos(tilt) * math.sin(flat), math.sin(tilt))


def angles(a: Vec) -> tuple[float, float]:
    """The angle in the plane and the tilt towards the viewer of a direction, in degrees."""
    return math.degrees(math.atan2(a[1], a[0])), math.degrees(math.asin(max(-1.0, min(1.0, unit(a)[2]))))
