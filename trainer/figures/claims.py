"""Whether the poses keep what a figure claims: what the exercise teaches, in numbers. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainer.figures.body import radius_of
from trainer.figures.model import Claim, Figure
from trainer.figures.skeleton import Joints, between, solve
from trainer.figures.stance import Stance
from trainer.figures.vectors import between_deg, length, minus
from trainer.library.contradictions import Fault

BETWEEN = 11
"""How many moments between two key poses are looked at."""
CLAIMS = ("straight", "level", "above", "touches", "still", "rises")


def denied(figure: Figure, poses: Sequence[Stance], number: int, claim: Claim) -> Iterator[Fault]:
    """Where the poses deny a claim."""
    bodies = {pose.name: solve(stance) for pose, stance in zip(figure.pose, poses, strict=True)}
    if claim.rises is not None:
        low, high = bodies[claim.start or ""].joints[claim.rises], bodies[claim.end or ""].joints[claim.rises]
        if high[1] - low[1] < claim.by:
            found = f"{claim.rises} rising {high[1] - low[1]:.1f} units"
            yield Fault(("claim", number, "rises"), found, f"{claim.by:g} at least")
        return
    if claim.still is not None:
        yield from _still(poses, number, claim)
        return
    kind = next(kind for kind in CLAIMS if getattr(claim, kind) is not None)
    for name, body in bodies.items():
        if claim.pose in (None, name):
            off = _off(claim, body.joints)
            most, unit_name = (claim.within, "units") if kind == "touches" else (claim.within_deg, "degrees")
            if off > most:
                found = f"{' and '.join(getattr(claim, kind))} {off:.1f} {unit_name} off in {name!r}"
                yield Fault(("claim", number, kind), found, f"{most:g} {unit_name} at most")


def _off(claim: Claim, joints: Joints) -> float:
    """How far a claim about one pose is off, in degrees; in units for `touches`."""
    if claim.straight is not None:
        a, b, c = (joints[joint] for joint in claim.straight)
        return between_deg(minus(b, a), minus(c, b))
    if claim.level is not None:
        a, b = (joints[joint] for joint in claim.level)
        return abs(90 - between_deg(minus(b, a), (0.0, 1.0, 0.0)))
    if claim.above is not None:
        a, b = (joints[joint] for joint in claim.above)
        way = minus(a, b)
        return between_deg((way[0], way[1], 0.0), (0.0, 1.0, 0.0))
    assert claim.touches is not None
    one, other = claim.touches
    return max(0.0, length(minus(joints[one], joints[other])) - radius_of(one) - radius_of(other))


def _still(poses: Sequence[Stance], number: int, claim: Claim) -> Iterator[Fault]:
    first = solve(poses[0])
    for index, joint in enumerate(claim.still or ()):
        off = max(
            length(
                minus(between(poses[pose - 1], poses[pose], step / (BETWEEN + 1)).joints[joint], first.joints[joint])
            )
            for pose in range(len(poses))
            for step in range(1, BETWEEN + 2)
        )
        if off > claim.within:
            found = f"{joint} moving {off:.1f} units"
            yield Fault(("claim", number, "still", index), found, f"{claim.within:g} at most")
