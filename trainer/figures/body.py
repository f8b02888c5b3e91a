"""The measures of the body that is drawn. Pure.

Lengths are shares of the body's height after Drillis and Contini, as Winter gives them (Biomechanics and Motor Control
of Human Movement, 2009, figure 4.1), rounded and in places made clearer to see: a foot of 15 would hide what stands
behind it, hands are drawn half closed, and shoulders and hips are a little narrower. Thicknesses are the program's own:
a figure of real limbs is too thin to be read in a few cells.
"""

from __future__ import annotations

LUMBAR, THORACIC = 14.0, 16.0
"""From the pelvis to the waist's upper end, and from there to the top of the chest."""
NECK, HEAD = 5.5, 6.6
"""The neck's length, and the head's radius."""
UPPER_ARM, FOREARM, HAND = 17.5, 14.5, 7.0
THIGH, SHANK = 24.5, 24.0
FOOT, HEEL, SOLE = 9.5, 3.2, 2.2
"""From the ankle along the foot to the toes and back to the heel, and down to where both lie."""
SHOULDER, HIP = 10.0, 5.5
"""From the middle to the joint."""
SHOULDER_DROP = 2.0
"""How far the shoulders lie below the top of the chest."""
BONES_OF_THE_SPINE = 6

RADII: dict[str, float] = {
    "pelvis": 5.2,
    "waist": 4.4,
    "chest": 5.0,
    "neck": 2.3,
    "head": HEAD,
    "nose": 1.0,
    "shoulder": 2.9,
    "elbow": 2.2,
    "wrist": 1.6,
    "hand": 1.3,
    "hip": 4.2,
    "knee": 3.0,
    "ankle": 1.9,
    "heel": 1.7,
    "toe": 1.2,
}
"""Half the thickness at each joint."""

RANGES_DEG: dict[str, tuple[float, float]] = {
    "hip": (-30, 140),
    "knee": (-5, 160),
    "ankle": (-85, 30),
    "shoulder": (0, 185),
    "elbow": (-5, 155),
    "wrist": (-90, 95),
    "lumbar": (-40, 60),
    "thoracic": (-30, 50),
    "side_bend": (-40, 40),
    "twist": (-60, 60),
    "neck": (-60, 60),
    "neck_side": (-45, 45),
    "neck_turn": (-80, 80),
}
"""How far joints go, in degrees from standing upright; flexion, and pulling the foot up, count as more.

After the American Academy of Orthopaedic Surgeons (Joint Motion, 1965): hip 30 back and 120 forward, knee 135, ankle 50
down and 20 up, shoulder 180, elbow 150, wrist 70 back and 80 forward, trunk 35 to each side and 45 in turning, neck 45
each way. What the floor, a hand or the body's weight adds is the program's own margin: an instep flat on the floor, a
knee folded under who sits on the heels, a hip whose knee is drawn to the chest, a hand that the floor bends back.
"""

LIMBS = ("right_arm", "left_arm", "right_leg", "left_leg")
CHAINS: dict[str, tuple[str, str, str, str]] = {
    limb: tuple(f"{limb.partition('_')[0]}_{joint}" for joint in joints)  # type: ignore[misc]  # four of them
    for limb in LIMBS
    for joints in [
        ("shoulder", "elbow", "wrist", "hand") if limb.endswith("arm") else ("hip", "knee", "ankle", "toe"),
    ]
}
"""The joints of each limb, from the trunk on."""
BONES: dict[str, tuple[float, float, float]] = {
    limb: (UPPER_ARM, FOREARM, HAND) if limb.endswith("arm") else (THIGH, SHANK, FOOT) for limb in LIMBS
}
"""The lengths of each limb's bones; a leg's last one is from the ankle along the foot."""

JOINTS = (
    "pelvis",
    "waist",
    "chest",
    "neck",
    "head",
    "nose",
    *(f"{side}_{joint}" for side in ("right", "left") for joint in ("shoulder", "elbow", "wrist", "hand")),
    *(f"{side}_{joint}" for side in ("right", "left") for joint in ("hip", "knee", "ankle", "heel", "toe")),
)
"""Every joint that a pose file may name."""

SEGMENTS: dict[str, tuple[str, ...]] = {"arm": ("upper_arm", "forearm", "hand"), "leg": ("thigh", "shin", "foot")}
TRUNK = ("hips", "waist", "chest")
PARTS: dict[str, tuple[str, ...]] = {
    "trunk": TRUNK,
    "hips": ("hips",),
    "waist": ("waist",),
    "chest": ("chest",),
    "neck": ("neck",),
    "head": ("head",),
    **{limb: tuple(f"{limb.partition('_')[0]}_{s}" for s in SEGMENTS[limb.partition("_")[2]]) for limb in LIMBS},
    **{f"{side}_{s}": (f"{side}_{s}",) for side in ("right", "left") for of in SEGMENTS.values() for s in of},
}
"""The parts of the body that can be set off, each with the pieces that it is drawn of."""


def radius_of(joint: str) -> float:
    """Half the thickness of the body at a joint."""
    return RADII[joint.rpartition("_")[2]]


def swapped(name: str) -> str:
    """The same joint or part on the other side."""
    if name.startswith("right_"):
        return "left_" + name[6:]
    return "right_" + name[5:] if name.startswith("left_") else name
