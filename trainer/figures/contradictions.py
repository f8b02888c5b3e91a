"""What contradicts itself in a figure whose types are right: names of nothing, keys that exclude each other. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainer.figures.body import LIMBS
from trainer.figures.claims import CLAIMS
from trainer.figures.model import Claim, Figure, Limb, Pose
from trainer.figures.skeleton import solve
from trainer.figures.stance import Pinned, stances
from trainer.library.contradictions import Fault


def contradictions(figure: Figure) -> Iterator[Fault]:
    """All of it. Where there is none, the skeleton can take each pose."""
    found = list(_in_the_file(figure))
    yield from found
    if not found:
        yield from _placeless(figure)


def _placeless(figure: Figure) -> Iterator[Fault]:
    """What is to stay at a joint that has no place yet when it is asked for."""
    for number, stance in enumerate(stances(figure)):
        try:
            solve(stance)
        except KeyError as error:
            joint = error.args[0]
            allowed = "a joint of the trunk, or of a limb that has directions"
            if joint == stance.anchor:
                yield Fault(("pose", number, "anchor"), f"{joint!r}, which belongs to a limb that is pinned", allowed)
                continue
            kept = {name: limb for name, limb in stance.limbs.items() if isinstance(limb, Pinned)}
            limb = next(name for name in LIMBS if name in kept and joint in kept[name].held)
            named = limb if getattr(figure.pose[number], limb) is not None else f"{limb.rpartition('_')[2]}s"
            key = "on" if kept[limb].on == joint else "toward"
            found = f"{joint!r}, which belongs to a limb that keeps to a joint itself"
            yield Fault(("pose", number, named, key), found, f"{allowed} or is pinned by to")


def _in_the_file(figure: Figure) -> Iterator[Fault]:
    names = [pose.name for pose in figure.pose]
    for number, pose in enumerate(figure.pose):
        if pose.name in names[:number]:
            yield Fault(("pose", number, "name"), f"{pose.name!r} once more", "a name of its own for each pose")
        yield from _limbs(number, pose)
    first = figure.pose[0]
    for key in ("anchor", "at"):
        if getattr(first, key) is None:
            yield Fault(("pose", 0, key), "nothing", "a value in the first pose, since it is fixed somewhere")
    for limb in LIMBS:
        both = f"{limb.rpartition('_')[2]}s"
        if getattr(first, limb) is None and getattr(first, both) is None:
            yield Fault(("pose", 0, limb), "nothing", f"a value in the first pose, of its own or by {both}")
    if figure.goal is not None and figure.goal not in names:
        yield Fault(("goal",), repr(figure.goal), f"one of {', '.join(map(repr, names))}")
    for number, prop in enumerate(figure.prop):
        if prop.kind == "line" and (prop.points is None) == (prop.joints is None):
            yield Fault(("prop", number), "a line without one way through", "either points or joints")
        elif prop.kind != "line" and (prop.points is not None or prop.joints is not None):
            yield Fault(("prop", number), f"points or joints of a {prop.kind}", "them for a line alone")
        for entry, name in enumerate(prop.poses or ()):
            if name not in names:
                keys = ("prop", number, "poses", entry)
                yield Fault(keys, repr(name), f"one of {', '.join(map(repr, names))}")
        if prop.toward is not None and len(prop.toward) != len(prop.joints or ()):
            found = f"{len(prop.toward)} joints beside {len(prop.joints or ())}"
            yield Fault(("prop", number, "toward"), found, "as many as joints")
    for number, claim in enumerate(figure.claim):
        yield from _whole(number, claim, names)


def _limbs(number: int, pose: Pose) -> Iterator[Fault]:
    for key in ("arms", "legs", *LIMBS):
        limb: Limb | None = getattr(pose, key)
        if limb is None:
            continue
        keys = ("pose", number, key)
        free = limb.upper is not None or limb.lower is not None
        if free and (limb.to is not None or limb.on is not None):
            yield Fault(keys, "directions beside a place", "upper and lower, or to or on with bend")
        elif not free and limb.to is None and limb.on is None:
            yield Fault(keys, "neither directions nor a place", "upper and lower, or to or on with bend")
        elif limb.to is not None and limb.on is not None:
            yield Fault(keys, "to beside on", "one of both; off says how far from a joint")
        elif free and limb.upper is None:
            yield Fault(keys, "lower without upper", "upper, or upper and lower")
        elif limb.on is None and (limb.off is not None or limb.toward is not None):
            key = "off" if limb.off is not None else "toward"
            yield Fault((*keys, key), f"{key} without on", f"{key} beside on", at_key=True)
        elif limb.bend is not None and free:
            yield Fault((*keys, "bend"), "bend beside directions", "bend beside to or on", at_key=True)
        if limb.fingers is not None and "leg" in key:
            yield Fault((*keys, "fingers"), "fingers of a leg", "fingers of an arm", at_key=True)


def _whole(number: int, claim: Claim, names: Sequence[str]) -> Iterator[Fault]:
    kinds = [kind for kind in CLAIMS if getattr(claim, kind) is not None]
    if len(kinds) != 1:
        found = " beside ".join(kinds) or "nothing claimed"
        yield Fault(("claim", number), found, f"exactly one of {', '.join(CLAIMS)}")
    for key in ("pose", "start", "end"):
        name = getattr(claim, key)
        if name is not None and name not in names:
            yield Fault(("claim", number, key), repr(name), f"one of {', '.join(map(repr, names))}")
    if claim.rises is not None and (claim.start is None or claim.end is None):
        yield Fault(("claim", number), "rises without its poses", "start and end beside rises")
