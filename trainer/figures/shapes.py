"""What a body is drawn of: each piece with its thickness, its part of the body and its depth. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from trainer.figures.body import BONES_OF_THE_SPINE, CHAINS, HEAD, LIMBS, RADII, SEGMENTS
from trainer.figures.skeleton import Axes, Body
from trainer.figures.vectors import Vec, across, cross, length, minus, mixed, plus, scaled, unit

Ball = tuple[Vec, float]
"""A place and a radius, in units."""

_CALF, _THIGH = 0.32, 0.35
"""Where shin and thigh are thickest, as a share of their length."""


class Round(Struct, frozen=True):
    """An ellipsoid: its middle and its three half axes."""

    middle: Vec
    half: tuple[Vec, Vec, Vec]


class Piece(Struct, frozen=True):
    """One piece of a part. It has balls, joined one to the next, or ellipsoids."""

    name: str
    """As in `body.PARTS`, or `face`, `hair` and `eye`."""
    family: str
    """The limb, the trunk or the head that it belongs to: within it nothing cuts."""
    depth: Vec
    """What says which piece is nearer."""
    balls: tuple[Ball, ...] = ()
    rounds: tuple[Round, ...] = ()
    free_from: float = 1.0
    """From which share of its length on a gap may part it from what lies behind; 1 is nowhere."""


def pieces(body: Body, *, breath: bool = False) -> Iterator[Piece]:
    """All pieces of a body, with `breath` one whose chest is full; who draws them sorts them by depth."""
    yield from _trunk(body, _FULL if breath else 1.0)
    yield from _head(body)
    for limb in LIMBS:
        yield from _limb(body, limb)


# Half the width from side to side and half the depth from front to back, at each bone of the spine.
_WIDE = (6.9, 6.5, 6.0, 6.2, 7.2, 8.2, 7.4)
_DEEP = (5.0, 4.9, 4.4, 4.4, 5.0, 5.0, 3.6)
_PARTS = ("hips", "hips", "waist", "waist", "chest", "chest", "chest")
_BETWEEN = 4
_BREATHES = 2
"""The bone of the spine from which on breathing shows."""
_FULL = 1.2
"""How much deeper a full chest is drawn: more than it is, so that it can be seen."""


def _trunk(body: Body, full: float) -> Iterator[Piece]:
    joints = body.joints
    rounds: dict[str, list[Round]] = {"hips": [], "waist": [], "chest": []}
    for bone in range(BONES_OF_THE_SPINE):
        for step in range(_BETWEEN + (bone + 1 == BONES_OF_THE_SPINE)):
            share = step / _BETWEEN
            a, b = body.axes[f"spine{bone}"], body.axes[f"spine{bone + 1}"]
            middle = mixed(joints[f"spine{bone}"], joints[f"spine{bone + 1}"], share)
            wide = _WIDE[bone] + (_WIDE[bone + 1] - _WIDE[bone]) * share
            deep = _DEEP[bone] + (_DEEP[bone + 1] - _DEEP[bone]) * share
            if bone >= _BREATHES:
                wide, deep = wide * (1 + (full - 1) / 2), deep * full
            half = (
                scaled(unit(mixed(a.right, b.right, share)), wide),
                scaled(unit(mixed(a.front, b.front, share)), deep),
                scaled(unit(mixed(a.up, b.up, share)), 2.6),
            )
            rounds[_PARTS[bone + round(share)]].append(Round(middle, half))
    pelvis = body.axes["pelvis"]
    low = plus(joints["pelvis"], pelvis.up, -1.0)
    half = (scaled(pelvis.right, 7.0), scaled(pelvis.front, 5.0), scaled(pelvis.up, 3.6))
    rounds["hips"].insert(0, Round(low, half))
    chest = body.axes["chest"]
    girdle = mixed(joints["right_shoulder"], joints["left_shoulder"], 0.5)
    reach = minus(joints["right_shoulder"], girdle)
    half = (scaled(reach, 1.08), scaled(chest.front, 3.6), scaled(chest.up, 2.8))
    rounds["chest"].append(Round(girdle, half))
    for name, own in rounds.items():
        yield Piece(name, "trunk", joints["spine3"], rounds=tuple(own))
    balls = ((joints["neck"], RADII["neck"] + 0.4), (mixed(joints["neck"], joints["head"], 0.6), RADII["neck"]))
    yield Piece("neck", "head", mixed(joints["neck"], joints["spine3"], 0.4), balls=balls)


def _head(body: Body) -> Iterator[Piece]:
    axes, middle = body.axes["head"], body.joints["head"]

    def at(front: float, up: float, right: float = 0.0) -> Vec:
        return plus(plus(plus(middle, axes.front, HEAD * front), axes.up, HEAD * up), axes.right, HEAD * right)

    yield Piece("hair", "head", middle, rounds=(_ball(axes, at(0.0, 0.05), 0.9, 1.0, 1.05),), free_from=0.0)
    # Seen from behind, the hair hides the face.
    face = at(0.5, 0.0)
    yield Piece("head", "head", face, rounds=(_ball(axes, at(0.3, -0.14), 0.8, 0.76, 0.88),))
    yield Piece("head", "head", middle, balls=((at(1.0, 0.1), 0.4), (at(1.1, -0.16), 1.1), (at(0.95, -0.2), 0.9)))
    for side in (0.4, -0.4):
        # As long as the side of the face on which it lies can be seen.
        depth = plus(face, unit(minus(at(0.72, 0.1, side), middle)))
        if body.eyes == "closed":
            lid = tuple((at(0.78, up, side * wide), 0.3) for wide, up in ((1.45, 0.1), (1.0, 0.0), (0.55, 0.1)))
            yield Piece("eye", "head", depth, balls=lid)
        else:
            half = (scaled(axes.front, 0.8), scaled(axes.right, 0.8), scaled(axes.up, 1.2))
            yield Piece("eye", "head", depth, rounds=(Round(at(0.74, 0.1, side), half),))


def _ball(axes: Axes, middle: Vec, wide: float, deep: float, high: float) -> Round:
    return Round(
        middle, (scaled(axes.right, HEAD * wide), scaled(axes.front, HEAD * deep), scaled(axes.up, HEAD * high))
    )


def _limb(body: Body, limb: str) -> Iterator[Piece]:
    joints = body.joints
    side, _, kind = limb.partition("_")
    root, middle, end, tip = (joints[name] for name in CHAINS[limb])
    upper, lower, last = (f"{side}_{segment}" for segment in SEGMENTS[kind])
    if kind == "arm":
        yield _piece(upper, limb, [(root, RADII["shoulder"]), (middle, RADII["elbow"])], free_from=0.3)
        forearm = [(middle, RADII["elbow"]), (mixed(middle, end, 0.3), 2.3), (end, RADII["wrist"])]
        yield _piece(lower, limb, forearm, free_from=0.0)
        yield from _hand(body, limb, last, end, tip)
        return
    thigh = [(root, RADII["hip"]), (mixed(root, middle, _THIGH), 4.2), (middle, RADII["knee"])]
    yield _piece(upper, limb, thigh, free_from=0.4)
    shin = [(middle, RADII["knee"]), (mixed(middle, end, _CALF), 3.1), (end, RADII["ankle"])]
    yield _piece(lower, limb, shin, free_from=0.0)
    heel, toe = joints[f"{side}_heel"], tip
    ball = mixed(heel, toe, 0.66)
    way = unit(minus(toe, heel))
    back = plus(end, way, -0.9)
    foot = [(back, 1.8), (heel, RADII["heel"]), (ball, 1.5), (toe, RADII["toe"])]
    instep = [(end, RADII["ankle"]), (mixed(plus(end, way, 3.0), ball, 0.35), 1.9), (ball, 1.5)]
    yield _piece(last, limb, foot, free_from=0.0)
    yield _piece(last, limb, instep, free_from=0.0)


def _hand(body: Body, limb: str, name: str, wrist: Vec, tip: Vec) -> Iterator[Piece]:
    spread = body.fingers[limb]
    way = minus(tip, wrist)
    along = unit(way)
    forearm = unit(minus(wrist, body.joints[CHAINS[limb][1]]))
    if spread is None:
        yield _piece(name, limb, [(wrist, 1.6), (plus(wrist, way, 0.45), 1.75), (tip, RADII["hand"])], free_from=0.0)
        # A bent wrist shows which way the palm is wide; it turns up little by little, so that nothing leaps.
        bend = cross(forearm, along)
        wide = [plus(plus(wrist, way, 0.6), bend, share * 0.9) for share in (-1, 1)]
        yield _piece(name, limb, [(wide[0], 1.5), (wide[1], 1.5)], free_from=0.0)
        return
    outward = scaled(body.axes["chest"].right, 1.0 if limb == "right_arm" else -1.0)
    aside = _aside(along, length(cross(forearm, along)), outward)
    palm = plus(wrist, way, 0.4 + 0.06 * spread)
    edges = [plus(palm, aside, side) for side in (1.0, -1.0)]
    yield _piece(name, limb, [(edges[0], 2.0), (edges[1], 2.0), (wrist, 1.7), (edges[0], 2.0)], free_from=0.0)
    long = 0.4 + 5.2 * spread
    for finger in (-2, -1, 0, 1):
        start = plus(plus(palm, aside, finger + 0.3), along, 1.2)
        end = plus(
            start, unit(plus(along, aside, (finger + 0.5) * 0.34 * spread)), long * (0.8, 1, 1, 0.95)[finger + 2]
        )
        yield _piece(name, limb, [(start, 1.0), (end, 0.8)], free_from=0.0)
    # The thumb lies on the fist, and stands off from the fan.
    start = plus(plus(wrist, way, 0.2), aside, 1.4)
    end = plus(start, unit(plus(along, aside, 0.1 + 1.3 * spread)), 3.0 + 1.8 * spread)
    yield _piece(name, limb, [(start, 1.1), (end, 0.9)], free_from=0.0)


def _aside(along: Vec, bent: float, outward: Vec) -> Vec:
    """The direction across the hand to the thumb: up, and outward on a hand that hangs, whose palm is to the front.

    The more the wrist is bent, up or down, the more the palm faced the floor, and the thumb points inward.
    """
    up = across((0.0, 1.0, 0.0), along)
    plain = up if length(up) > 0.6 else across(outward, along)
    share = min(1.0, 2 * bent)
    wide = plus(scaled(plain, 1 - share), across(outward, along), -share)
    return unit(wide) if length(wide) > 0.1 else plain


def _piece(name: str, limb: str, balls: list[Ball], *, free_from: float) -> Piece:
    depth = scaled(plus(balls[0][0], balls[-1][0]), 0.5)
    return Piece(name, limb, depth, balls=tuple(balls), free_from=free_from)
