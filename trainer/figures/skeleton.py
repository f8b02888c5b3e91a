"""Where each joint of a pose is, and of each moment between two poses. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping

from msgspec import Struct, structs

from trainer.figures.body import (
    BONES,
    BONES_OF_THE_SPINE,
    CHAINS,
    HEAD,
    HEEL,
    HIP,
    LIMBS,
    LUMBAR,
    NECK,
    SHOULDER,
    SHOULDER_DROP,
    SOLE,
    THORACIC,
    swapped,
)
from trainer.figures.stance import EASES, TURNS, Free, Pinned, Slant, Stance, up_and_front
from trainer.figures.vectors import (
    ORIGIN,
    Vec,
    across,
    angles,
    cross,
    direction,
    dot,
    length,
    minus,
    mixed,
    plus,
    scaled,
    turned,
    unit,
)

Joints = dict[str, Vec]


class Axes(Struct, frozen=True):
    """Which way a part of the body stands: up, to the front, to its own right; each of length one."""

    up: Vec
    front: Vec
    right: Vec


class Body(Struct, frozen=True):
    """A pose that is taken."""

    joints: Joints
    """Where each joint is; `spine0` to `spine6` are the bones of the spine from the pelvis up."""
    axes: dict[str, Axes]
    """Those of the `pelvis`, of each bone of the spine, of the `chest` and of the `head`."""
    fingers: dict[str, float | None]
    """Of each arm: how far the fingers are spread, None for a plain hand."""
    eyes: str
    short: dict[str, float]
    """By how many units a pinned limb does not come to its place."""


def solve(stance: Stance) -> Body:
    """The body in a pose. Bones keep their lengths: what cannot be reached is left short of, and said so."""
    joints, axes = _trunk(stance)
    body = Body(joints, axes, {name: stance.limbs[name].fingers for name in LIMBS if name.endswith("arm")}, "open", {})
    body = structs.replace(body, eyes=stance.eyes)
    for name in LIMBS:
        if isinstance(limb := stance.limbs[name], Free):
            _put_free(body, name, limb)
    if stance.anchor not in joints:  # it belongs to a limb that is pinned itself
        raise KeyError(stance.anchor)
    off = minus(stance.at, joints[stance.anchor])
    for name, joint in joints.items():
        joints[name] = plus(joint, off)
    pinned = [(name, limb) for name in LIMBS if isinstance(limb := stance.limbs[name], Pinned)]
    for name, limb in sorted(pinned, key=lambda one: bool(one[1].on)):  # a hand comes to a knee that is there
        _put_pinned(body, name, limb)
    return body


def _trunk(stance: Stance) -> tuple[Joints, dict[str, Axes]]:
    turn = stance.turns
    up, front = up_and_front(turn["torso"], turn["roll"])
    right = cross(front, up)
    pelvis = Axes(up, front, right)
    place = ORIGIN
    joints: Joints = {"pelvis": place, "spine0": place}
    joints["right_hip"], joints["left_hip"] = plus(place, right, HIP), plus(place, right, -HIP)
    axes = {"pelvis": pelvis, "spine0": pelvis}
    each = BONES_OF_THE_SPINE // 2
    for bone in range(BONES_OF_THE_SPINE):
        part, long = ("lumbar", LUMBAR) if bone < each else ("thoracic", THORACIC)
        for half in (0, 1):  # half of the bend before the bone and half behind it, so that the back is one curve
            bend = -turn[part] / each / 2
            up, front = turned(up, right, bend), turned(front, right, bend)
            up = turned(up, front, -turn["side_bend"] / BONES_OF_THE_SPINE / 2)
            right = cross(front, up)
            front = turned(front, up, turn["twist"] / BONES_OF_THE_SPINE / 2)
            right = cross(front, up)
            if not half:
                place = plus(place, up, long / each)
        joints[f"spine{bone + 1}"] = place
        axes[f"spine{bone + 1}"] = Axes(up, front, right)
        if bone + 1 == each:
            joints["waist"] = place
    joints["chest"] = joints["neck"] = place
    axes["chest"] = Axes(up, front, right)
    forward, raised = stance.shoulders
    middle = plus(plus(place, up, raised - SHOULDER_DROP), front, forward)
    joints["right_shoulder"], joints["left_shoulder"] = plus(middle, right, SHOULDER), plus(middle, right, -SHOULDER)
    _put_head(joints, axes, turn)
    return joints, axes


def _put_head(joints: Joints, axes: dict[str, Axes], turn: Mapping[str, float]) -> None:
    chest = axes["chest"]
    up, front = turned(chest.up, chest.right, -turn["neck"]), turned(chest.front, chest.right, -turn["neck"])
    up = turned(up, front, -turn["neck_side"])
    neck = plus(joints["neck"], chest.front, turn["chin"])
    front = turned(unit(across(front, up)), up, turn["neck_turn"])
    axes["head"] = Axes(up, front, cross(front, up))
    joints["head"] = plus(neck, up, NECK + HEAD * 0.5)
    joints["nose"] = plus(joints["head"], front, HEAD)


def _put_free(body: Body, name: str, limb: Free) -> None:
    upper, lower, _ = BONES[name]
    root, middle, end, _ = CHAINS[name]
    joints = body.joints
    joints[middle] = plus(joints[root], direction(*limb.upper), upper)
    joints[end] = plus(joints[middle], direction(*limb.lower), lower)
    _put_end(body, name, limb.end)


def _put_pinned(body: Body, name: str, limb: Pinned) -> None:
    upper, lower, _ = BONES[name]
    root, middle, end, _ = CHAINS[name]
    joints = body.joints
    goal = limb.to
    if limb.on:
        hold = mixed(joints[limb.on], joints[limb.toward], limb.share) if limb.toward else joints[limb.on]
        goal = plus(hold, limb.to)
    way = minus(goal, joints[root])
    far = length(way)
    reach = max(abs(upper - lower) + 1e-3, min(upper + lower - 1e-3, far))
    if abs(far - reach) > 1e-2:
        body.short[name] = abs(far - reach)
    pelvis = body.axes["pelvis"]
    along = unit(way) if far > 1e-9 else scaled(pelvis.up, -1)
    joints[end] = plus(joints[root], along, reach)
    foot = (upper * upper - lower * lower + reach * reach) / (2 * reach)
    # A limb cannot bend along itself: to the front then, or up.
    poles = (across(pole, along) for pole in (direction(*limb.bend), pelvis.front, pelvis.up))
    pole = unit(next(pole for pole in poles if length(pole) > 1e-6))
    height = math.sqrt(max(0.0, upper * upper - foot * foot))
    joints[middle] = plus(plus(joints[root], along, foot), pole, height)
    _put_end(body, name, limb.end)


def _put_end(body: Body, name: str, end: Slant | None) -> None:
    joints = body.joints
    _, middle, last, tip = CHAINS[name]
    shank = unit(minus(joints[last], joints[middle]))
    if end is not None:
        way = direction(*end)
    elif name.endswith("arm"):
        way = shank
    else:  # square to the shin, toes to where the belly looks
        pelvis = body.axes["pelvis"]
        way = across(pelvis.front, shank)
        way = unit(way) if length(way) > 0.5 else pelvis.up
    joints[tip] = plus(joints[last], way, BONES[name][2])
    if name.endswith("leg"):
        sole = scaled(_sole(way, shank, body.axes["pelvis"].right), SOLE)
        joints[tip] = plus(joints[tip], sole)
        joints[name.replace("_leg", "_heel")] = plus(plus(joints[last], way, -HEEL), sole)


def _sole(way: Vec, shank: Vec, right: Vec) -> Vec:
    """The direction out of the sole of a foot that points along `way`."""
    down = across(shank, way)
    side = cross(way, right)
    if length(side) < 0.5:
        return unit(down)
    side = unit(side)
    return scaled(side, -1) if length(down) > 0.5 and dot(side, down) < 0 else side


# --- between poses -------------------------------------------------------------------------------


def between(before: Stance, after: Stance, share: float) -> Body:
    """The body so far (0 to 1) on its way from one pose to the next."""
    share = EASES[after.ease](max(0.0, min(1.0, share)))
    if share <= 0:
        return solve(before)
    if share >= 1:
        return solve(after)
    ends: list[Body] = []

    def solved() -> list[Body]:
        if not ends:
            ends.extend((solve(before), solve(after)))
        return ends

    limbs: dict[str, Free | Pinned] = {}
    for name in LIMBS:
        a, b = before.limbs[name], after.limbs[name]
        fingers = None if a.fingers is None or b.fingers is None else _mix(a.fingers, b.fingers, share)
        if isinstance(a, Free) and isinstance(b, Free):
            end = _end(a, b, share, name, solved)
            limbs[name] = Free(_slants(a.upper, b.upper, share), _slants(a.lower, b.lower, share), end, fingers)
        elif isinstance(a, Pinned) and isinstance(b, Pinned):
            end, bend = _end(a, b, share, name, solved), _slants(a.bend, b.bend, share)
            if a.held == b.held:
                limbs[name] = Pinned(mixed(a.to, b.to, share), bend, end, a.on, fingers, a.toward, a.share)
            else:  # from one hold to another
                last = CHAINS[name][2]
                from_, to = (body.joints[last] for body in solved())
                limbs[name] = Pinned(mixed(from_, to, share), bend, end, "", fingers)
        else:
            slants = [_mixed_bone(solved(), name, bone, share) for bone in range(3)]
            limbs[name] = Free(slants[0], slants[1], slants[2], fingers)
    anchor, at = before.anchor, mixed(before.at, after.at, share)
    if before.anchor != after.anchor:
        from_, to = (body.joints["pelvis"] for body in solved())
        anchor, at = "pelvis", mixed(from_, to, share)
    forward, raised = (_mix(a, b, share) for a, b in zip(before.shoulders, after.shoulders, strict=True))
    turns = {key: _mix(before.turns[key], after.turns[key], share) for key in TURNS}
    eyes = before.eyes if share < 0.5 else after.eyes
    return solve(Stance(anchor, at, turns, (forward, raised), limbs, eyes))


def _mix(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def _slants(a: Slant, b: Slant, share: float) -> Slant:
    return _mix(a[0], b[0], share), _mix(a[1], b[1], share)


def _end(a: Free | Pinned, b: Free | Pinned, share: float, name: str, solved: object) -> Slant | None:
    if a.end is None and b.end is None:
        return None
    if a.end is not None and b.end is not None:
        return _slants(a.end, b.end, share)
    return _mixed_bone(solved(), name, 2, share)  # type: ignore[operator]


def _mixed_bone(bodies: list[Body], name: str, bone: int, share: float) -> Slant:
    chain = CHAINS[name]
    ways = []
    for body in bodies:
        # A foot goes from heel to toes: both lie below the ankle.
        start = name.replace("_leg", "_heel") if bone == 2 and name.endswith("leg") else chain[bone]
        ways.append(unit(minus(body.joints[chain[bone + 1]], body.joints[start])))
    return angles(unit(mixed(ways[0], ways[1], share)))


# --- the other side ------------------------------------------------------------------------------


def mirrored(body: Body) -> Body:
    """The mirror image: left becomes right, as seen by who looks on."""

    def flip(a: Vec) -> Vec:
        return (-a[0], a[1], a[2])

    def axes(of: Axes) -> Axes:
        return Axes(flip(of.up), flip(of.front), scaled(flip(of.right), -1))

    return Body(
        {swapped(name): flip(joint) for name, joint in body.joints.items()},
        {name: axes(one) for name, one in body.axes.items()},
        {swapped(name): value for name, value in body.fingers.items()},
        body.eyes,
        {swapped(name): value for name, value in body.short.items()},
    )
