"""What is wrong with a figure that a type cannot say: what no body can do, and what its own claims deny. Pure.

Each key pose and the moments between two of them are looked at, since a movement can go wrong on its way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from trainer.figures.body import LIMBS, RANGES_DEG, radius_of
from trainer.figures.claims import BETWEEN, denied
from trainer.figures.contradictions import contradictions
from trainer.figures.model import Figure, Limb, Pose
from trainer.figures.shapes import pieces
from trainer.figures.skeleton import Body, between
from trainer.figures.stance import Free, Pinned, Slant, Stance, stances
from trainer.figures.vectors import between_deg, cross, dot, length, minus
from trainer.library.contradictions import Fault

_SUNK, _AFLOAT, _OFF_FLOOR, _SHORT = 1.0, 1.5, 2.0, 0.5
"""Units by which a body may be under the floor or above it, a contact off it, and a limb short of its place."""
_MARGIN_DEG = 1.0


def faults(figure: Figure) -> Iterator[Fault]:
    """All that is wrong with a figure whose types are right."""
    found = list(contradictions(figure))
    yield from found
    if found:
        return
    poses = stances(figure)
    told: dict[Fault, None] = {}  # what both of two legs do is said once
    for number, pose in enumerate(figure.pose):
        told.update(dict.fromkeys((*_turns(figure, poses, number), *_moments(figure, poses, number, pose))))
    yield from told
    for number, claim in enumerate(figure.claim):
        yield from denied(figure, poses, number, claim)


# --- what no body can do -------------------------------------------------------------------------


def _turns(figure: Figure, poses: Sequence[Stance], number: int) -> Iterator[Fault]:
    """Where a bone would go the long way round."""
    if len(poses) < 2:
        return
    before, after = poses[number - 1], poses[number]
    for limb in LIMBS:
        a, b = before.limbs[limb], after.limbs[limb]
        pairs: list[tuple[str, Slant | None, Slant | None]] = [("end", a.end, b.end)]
        if isinstance(a, Free) and isinstance(b, Free):
            pairs += [("upper", a.upper, b.upper), ("lower", a.lower, b.lower)]
        elif isinstance(a, Pinned) and isinstance(b, Pinned):
            pairs.append(("bend", a.bend, b.bend))
        for key, x, y in pairs:
            if x is not None and y is not None and abs(x[0] - y[0]) > 180:
                keys = _keys_of(figure, number, limb, key)
                yield Fault(keys, f"a turn of {abs(x[0] - y[0]):.0f} degrees", "180 degrees at most", _nearer(x, y))
    for key in ("torso", "roll"):
        x0, y0 = before.turns[key], after.turns[key]
        if abs(x0 - y0) > 180:
            yield Fault(
                ("pose", number, key),
                f"a turn of {abs(x0 - y0):.0f} degrees",
                "180 degrees at most",
                _nearer((x0, 0.0), (y0, 0.0)),
            )


def _nearer(a: Slant, b: Slant) -> str:
    return f"{b[0] + (360 if b[0] < a[0] else -360):g}"


def _keys_of(figure: Figure, number: int, limb: str, key: str = "") -> tuple[str | int, ...]:
    """The way to what a pose says of a limb: in its own table, in that of both, or in a pose before."""
    for pose in range(number, -1, -1):
        for name in (limb, f"{limb.rpartition('_')[2]}s"):
            value: Limb | None = getattr(figure.pose[pose], name)
            if value is not None:
                own = ("pose", pose, name)
                return (*own, key) if key and getattr(value, key, None) is not None else own
    return ("pose", number)


def _moments(figure: Figure, poses: Sequence[Stance], number: int, pose: Pose) -> Iterator[Fault]:
    """Each thing is told once on the way to a pose, where it is worst."""
    worst: dict[str, tuple[float, Fault]] = {}
    moments = [step / (BETWEEN + 1) for step in range(1, BETWEEN + 1)] if len(poses) > 1 else []
    for share in (1.0, *moments):
        body = between(poses[number - 1], poses[number], share)
        for what, off, fault in _at(figure, poses[number], number, pose, body, share):
            if what not in worst or off > worst[what][0] + 0.05:
                worst[what] = off, fault
    for _, fault in worst.values():
        yield fault


def _at(
    figure: Figure, stance: Stance, number: int, pose: Pose, body: Body, share: float
) -> Iterator[tuple[str, float, Fault]]:
    keys: tuple[str | int, ...] = ("pose", number)
    on_the_way = "" if share == 1 else f" at {share:.0%} of the way there"
    low, what = lowest(body)
    if low < -_SUNK:
        fault = Fault(_cause(figure, number, what), f"{what} {-low:.1f} units under the floor{on_the_way}", "none")
        yield f"under {what}", -low, fault
    for limb, short in body.short.items():
        if short > _SHORT:
            found = f"{limb} {short:.1f} units short of its place{on_the_way}"
            yield f"short {limb}", short, Fault(_keys_of(figure, number, limb), found, "a place within reach")
    for name, value, (least, most) in angles_of(body, stance):
        off = max(least - _MARGIN_DEG - value, value - most - _MARGIN_DEG)
        if off > 0:
            found = f"{name} at {value:.0f} degrees{on_the_way}"
            yield f"range {name}", off, Fault(_cause(figure, number, name), found, f"{least:g} to {most:g}")
    if share < 1:
        return
    carried = any(prop.kind in ("box", "chair", "desk") for prop in figure.prop)
    if low > _AFLOAT and not carried:
        yield "afloat", low, Fault(keys, f"a body {low:.1f} units above the floor", "one that rests on it")
    contact = figure.contact if pose.contact is None else pose.contact
    for joint in contact:
        off = body.joints[joint][1] - radius_of(joint)
        if abs(off) > _OFF_FLOOR:
            way = "above" if off > 0 else "under"
            found = f"{joint} {abs(off):.1f} units {way} the floor"
            yield f"contact {joint}", abs(off), Fault(keys, found, f"within {_OFF_FLOOR:g}, as contact says")


def _cause(figure: Figure, number: int, name: str) -> tuple[str | int, ...]:
    """The key that a part of the body goes by."""
    side, _, rest = name.partition("_")
    if side in ("right", "left"):
        arm = rest in ("upper_arm", "forearm", "hand", "shoulder", "elbow", "wrist")
        return _keys_of(figure, number, f"{side}_{'arm' if arm else 'leg'}")
    for pose in range(number, -1, -1):
        if getattr(figure.pose[pose], name, None) is not None:
            return ("pose", pose, name)
    return ("pose", number)


def lowest(body: Body) -> tuple[float, str]:
    """How high the lowest point of a body lies above the floor, and of which piece it is."""
    found = (math.inf, "")
    for piece in pieces(body):
        for place, radius in piece.balls:
            found = min(found, (place[1] - radius, piece.name))
        for one in piece.rounds:
            high = math.sqrt(sum(half[1] ** 2 for half in one.half))
            found = min(found, (one.middle[1] - high, piece.name))
    return found


def angles_of(body: Body, stance: Stance) -> Iterator[tuple[str, float, tuple[float, float]]]:
    """Each joint's angle in degrees as in `RANGES_DEG`, with its range."""
    joints = body.joints
    for side in ("right", "left"):
        thigh = minus(joints[f"{side}_knee"], joints[f"{side}_hip"])
        shin = minus(joints[f"{side}_ankle"], joints[f"{side}_knee"])
        pelvis = body.axes["pelvis"]
        forward, down = dot(thigh, pelvis.front), -dot(thigh, pelvis.up)
        if math.hypot(forward, down) > 8:  # a thigh out to the side bends neither way
            flexed = math.degrees(math.atan2(forward, down))
            yield f"{side}_hip", flexed, RANGES_DEG["hip"]
        bent = between_deg(thigh, shin)
        axis = cross(thigh, shin)
        if bent > 1 and dot(axis, pelvis.right) > 0.8 * length(axis):
            bent = -bent  # the shin swings to the front
        yield f"{side}_knee", bent, RANGES_DEG["knee"]
        foot = minus(joints[f"{side}_toe"], joints[f"{side}_heel"])
        pulled = 90 - between_deg(foot, minus(joints[f"{side}_knee"], joints[f"{side}_ankle"]))
        yield f"{side}_ankle", pulled, RANGES_DEG["ankle"]
        arm = minus(joints[f"{side}_elbow"], joints[f"{side}_shoulder"])
        forearm = minus(joints[f"{side}_wrist"], joints[f"{side}_elbow"])
        raised = between_deg(arm, tuple(-value for value in body.axes["chest"].up))  # type: ignore[arg-type]
        yield f"{side}_shoulder", raised, RANGES_DEG["shoulder"]
        yield f"{side}_elbow", between_deg(arm, forearm), RANGES_DEG["elbow"]
        hand = minus(joints[f"{side}_hand"], joints[f"{side}_wrist"])
        yield f"{side}_wrist", between_deg(forearm, hand), RANGES_DEG["wrist"]
    for key in ("lumbar", "thoracic", "side_bend", "twist", "neck", "neck_side", "neck_turn"):
        yield key, stance.turns[key], RANGES_DEG[key]
