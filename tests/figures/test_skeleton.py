"""Where the joints of a pose are: worked by hand, then for any pose and any moment between two.

In these tables a length is written as the sum that it is made of: thigh 24.5, shank 24, upper arm 17.5, forearm 14.5,
hand 7, foot 9.5 and heel 3.2 from the ankle, both 2.2 below it, hip 5.5 and shoulder 10 from the middle, the shoulders
2 below the top of a chest that is 14 + 16 above the pelvis, and the head's middle 8.8 above that.
"""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.posing import STANDING, any_stance, body_of, figure_of, taken
from trainer.figures.body import BONES, CHAINS, JOINTS, LIMBS
from trainer.figures.skeleton import Body, Joints, between, solve
from trainer.figures.stance import Free, Pinned, stances
from trainer.figures.vectors import cross, dot, length, minus, mixed, plus

ALL_FOURS = {
    "anchor": "right_knee",
    "at": [0, 3.1, 5.5],
    "torso": 0,
    "legs": {"upper": 270, "lower": 180, "end": 180},
    "arms": {"to": [28, 1.8, 10], "bend": 180, "end": 0},
}
ON_THE_BACK = {
    "anchor": "pelvis",
    "at": [0, 5.2],
    "torso": 180,
    "legs": {"upper": 0, "lower": 0},
    "arms": {"upper": 0, "lower": 0},
}
ON_THE_SIDE = {**ON_THE_BACK, "at": [0, 7.5], "roll": 90, "arms": {"upper": 0, "lower": [0, 90]}}
FROM_THE_FRONT = {**STANDING, "roll": 90}


def near(found: tuple[float, ...], *expected: float) -> bool:
    return all(abs(a - b) < 0.05 for a, b in zip(found, expected, strict=True))


def assert_at(body: Body, expected: dict[str, tuple[float, float, float]]) -> None:
    found = {joint: tuple(round(value, 2) for value in body.joints[joint]) for joint in expected}
    assert all(near(found[joint], *place) for joint, place in expected.items()), found


# --- worked by hand ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pose", "joints"),
    [
        (
            STANDING,
            {
                "pelvis": (0, 52.4, 0),
                "waist": (0, 66.4, 0),
                "chest": (0, 82.4, 0),
                "head": (0, 91.2, 0),
                "nose": (6.6, 91.2, 0),
                "right_shoulder": (0, 80.4, 10),
                "right_elbow": (0, 62.9, 10),
                "right_wrist": (0, 48.4, 10),
                "right_hand": (0, 41.4, 10),
                "left_hand": (0, 41.4, -10),
                "right_hip": (0, 52.4, 5.5),
                "right_knee": (0, 27.9, 5.5),
                "right_ankle": (0, 3.9, 5.5),
                "right_toe": (9.5, 1.7, 5.5),
                "right_heel": (-3.2, 1.7, 5.5),
                "left_toe": (9.5, 1.7, -5.5),
            },
        ),
        (  # who faces the viewer has the right side at the viewer's left
            FROM_THE_FRONT,
            {
                "nose": (0, 91.2, 6.6),
                "right_shoulder": (-10, 80.4, 0),
                "left_shoulder": (10, 80.4, 0),
                "right_hip": (-5.5, 52.4, 0),
                "right_toe": (-5.5, 1.7, 9.5),
                "left_heel": (5.5, 1.7, -3.2),
            },
        ),
        (  # the elbow: from shoulder to wrist 25.8; the foot of the height 14.76 from the shoulder, the height 9.40
            ALL_FOURS,
            {
                "right_hip": (0, 27.6, 5.5),
                "pelvis": (0, 27.6, 0),
                "left_hip": (0, 27.6, -5.5),
                "left_knee": (0, 3.1, -5.5),
                "right_ankle": (-24, 3.1, 5.5),
                "right_toe": (-33.5, 5.3, 5.5),
                "right_heel": (-20.8, 5.3, 5.5),
                "chest": (30, 27.6, 0),
                "head": (38.8, 27.6, 0),
                "nose": (38.8, 21, 0),
                "right_shoulder": (28, 27.6, 10),
                "right_elbow": (18.60, 12.84, 10),
                "right_wrist": (28, 1.8, 10),
                "right_hand": (35, 1.8, 10),
                "left_elbow": (18.60, 12.84, -10),
                "left_wrist": (28, 1.8, -10),
            },
        ),
        (
            ON_THE_BACK,
            {
                "chest": (-30, 5.2, 0),
                "head": (-38.8, 5.2, 0),
                "nose": (-38.8, 11.8, 0),
                "right_shoulder": (-28, 5.2, 10),
                "right_wrist": (4, 5.2, 10),
                "right_knee": (24.5, 5.2, 5.5),
                "right_ankle": (48.5, 5.2, 5.5),
                "right_toe": (50.7, 14.7, 5.5),
                "right_heel": (50.7, 2, 5.5),
                "left_hip": (0, 5.2, -5.5),
            },
        ),
        (  # head to the left and facing the viewer: the right side is below, and forearms come towards the viewer
            ON_THE_SIDE,
            {
                "nose": (-38.8, 7.5, 6.6),
                "right_hip": (0, 2, 0),
                "left_hip": (0, 13, 0),
                "right_shoulder": (-28, -2.5, 0),
                "left_shoulder": (-28, 17.5, 0),
                "right_wrist": (-10.5, -2.5, 14.5),
                "left_wrist": (-10.5, 17.5, 14.5),
                "left_ankle": (48.5, 13, 0),
                "left_toe": (50.7, 13, 9.5),
            },
        ),
    ],
    ids=["standing", "from the front", "all fours", "on the back", "on the side"],
)
def test_joints_are_where_a_hand_works_them_out(pose, joints):
    """Standing, seen from the side and the front; on hands and knees; on the back and on the side."""
    assert_at(solve(taken(pose)[0]), joints)


@pytest.mark.parametrize(
    ("turn", "joints"),
    [
        # Three bones of 14/3 at 10, 30 and 50 degrees, then straight on at 60.
        ({"lumbar": 60}, {"waist": (6.72, 64.04, 0), "chest": (20.58, 72.04, 0)}),
        ({"lumbar": -60}, {"waist": (-6.72, 64.04, 0), "chest": (-20.58, 72.04, 0)}),
        # Upright to the waist, then three bones of 16/3 at 10, 30 and 50 degrees.
        ({"thoracic": 60}, {"waist": (0, 66.4, 0), "chest": (7.68, 79.70, 0)}),
        # There and back: 5, 15, 25 and 25, 15, 5 degrees.
        ({"lumbar": 30, "thoracic": -30}, {"waist": (3.59, 65.79, 0), "chest": (7.69, 81.08, 0)}),
        # The head: 8.8 at 30 degrees, the nose square to it.
        ({"neck": 30}, {"head": (4.4, 90.02, 0), "nose": (10.12, 86.72, 0), "chest": (0, 82.4, 0)}),
        ({"neck": -30}, {"head": (-4.4, 90.02, 0), "nose": (1.32, 93.32, 0)}),
        ({"neck_turn": 90}, {"head": (0, 91.2, 0), "nose": (0, 91.2, -6.6)}),  # to its own left, away from the viewer
        ({"neck_turn": -90}, {"nose": (0, 91.2, 6.6)}),
        ({"neck_side": 30}, {"head": (0, 90.02, -4.4), "nose": (6.6, 90.02, -4.4)}),
        ({"chin": 3}, {"head": (3, 91.2, 0), "nose": (9.6, 91.2, 0), "chest": (0, 82.4, 0)}),
        ({"chin": -2}, {"head": (-2, 91.2, 0)}),
        (
            {"shoulders": [2, 3]},
            {"right_shoulder": (2, 83.4, 10), "left_shoulder": (2, 83.4, -10), "head": (0, 91.2, 0)},
        ),
        # A quarter of a turn to the left: the right shoulder comes to the front.
        ({"twist": 90}, {"right_shoulder": (10, 80.4, 0), "left_shoulder": (-10, 80.4, 0), "nose": (0, 91.2, -6.6)}),
        ({"twist": -90}, {"right_shoulder": (-10, 80.4, 0), "right_hip": (0, 52.4, 5.5)}),
    ],
    ids=str,
)
def test_the_trunk_turns_and_bends(turn, joints):
    """Upright and seen from the side: the back rounded and arched, the chest turned, head and shoulders moved."""
    assert_at(body_of(**turn), joints)


@pytest.mark.parametrize(("roll", "x", "z"), [(90, 1, 0), (0, 0, -1), (270, -1, 0), (180, 0, 1)])
def test_a_side_bend_goes_to_the_bodys_own_left(roll, x, z):
    """Bones at 2.5, 7.5, 12.5 (of 14/3) and 17.5, 22.5, 27.5 degrees (of 16/3), whichever way the body looks."""
    body = body_of(roll=roll, side_bend=30)
    assert_at(body, {"chest": (7.93 * x, 52.4 + 28.59, 7.93 * z)})
    assert body.joints["left_shoulder"][1] < body.joints["right_shoulder"][1]


@pytest.mark.parametrize("key", ["lumbar", "thoracic", "side_bend"])
@pytest.mark.parametrize("bend", [-40, -15, 15, 40])
def test_a_bent_spine_is_an_arc_as_long_as_a_straight_one(key, bend):
    """Its bones keep their lengths, and the chord is that of a circle's arc to a hundredth."""
    joints = body_of(**{key: bend}).joints
    bones = [length(minus(joints[f"spine{n + 1}"], joints[f"spine{n}"])) for n in range(6)]
    assert bones == pytest.approx([14 / 3] * 3 + [16 / 3] * 3)
    start, end, long = {
        "lumbar": ("pelvis", "waist", 14),
        "thoracic": ("waist", "chest", 16),
        "side_bend": ("pelvis", "chest", 30),
    }[key]
    half = math.radians(abs(bend)) / 2
    assert length(minus(joints[end], joints[start])) == pytest.approx(long * math.sin(half) / half, rel=0.01)


@pytest.mark.parametrize(
    ("shank", "end", "toe", "heel"),
    [
        # Standing: flat, on the toes, toes pulled up; each is 9.5 and -3.2 along the foot and 2.2 out of the sole.
        (270, 0, (9.5, -2.2), (-3.2, -2.2)),
        (270, -45, (6.72 - 1.56, -6.72 - 1.56), (-2.26 - 1.56, 2.26 - 1.56)),
        (270, 30, (8.23 + 1.1, 4.75 - 1.91), (-2.77 + 1.1, -1.6 - 1.91)),
        # Kneeling, the shin along the floor to the left: pointed, the sole is up; toes tucked under.
        (180, 180, (-9.5, 2.2), (3.2, 2.2)),
        (180, 270, (-2.2, -9.5), (-2.2, 3.2)),
        # On the back, legs to the right: toes up, and pointed, where the sole is below.
        (0, 90, (2.2, 9.5), (2.2, -3.2)),
    ],
)
def test_a_foot_stands_on_its_sole(shank, end, toe, heel):
    """Toes and heel from the ankle on, as the foot points."""
    joints = body_of(legs={"upper": 270, "lower": shank, "end": end}).joints
    for name, (x, y) in (("toe", toe), ("heel", heel)):
        assert near(minus(joints[f"right_{name}"], joints["right_ankle"]), x, y, 0), name


def test_a_foot_of_which_nothing_is_said_stands_square_to_the_shin():
    """Toes to where the belly looks, whichever way the shin goes."""
    for shank in (225, 250, 270, 290):
        joints = body_of(legs={"upper": 270, "lower": shank}).joints
        way, shin = (
            minus(joints["right_toe"], joints["right_heel"]),
            minus(joints["right_ankle"], joints["right_knee"]),
        )
        assert dot(way, shin) == pytest.approx(0, abs=1e-6)
        assert way[0] > 0


@pytest.mark.parametrize(
    ("pose", "right", "left"),
    [
        (STANDING, (0, 30), (0, -30)),  # seen from the side, the tilt towards the viewer turns round
        (FROM_THE_FRONT, (200, 0), (340, 0)),  # from the front, the angle about the upright
        (FROM_THE_FRONT, (180, 40), (0, 40)),
        ({**STANDING, "roll": 270}, (340, 0), (200, 0)),  # from behind
        (ON_THE_SIDE, (300, 0), (60, 0)),  # lying on the side, the angle about the level
        ({**FROM_THE_FRONT, "torso": 60}, (150, 0), (330, 0)),  # leaning, the angle about the trunk
    ],
)
def test_both_arms_or_legs_are_mirrored_through_the_bodys_middle(pose, right, left):
    """`arms` and `legs` say the right one; the left is its mirror image."""
    for both in ("arms", "legs"):
        limb = {"upper": list(right), "lower": list(right), "end": list(right)}
        found = taken({**pose, both: limb})[0].limbs[f"left_{both[:-1]}"]
        assert isinstance(found, Free)
        for slant in (found.upper, found.lower, found.end):
            assert slant is not None
            assert ((slant[0] - left[0]) % 360, slant[1]) == pytest.approx((0, left[1]))


@given(torso=st.floats(0, 360), roll=st.floats(0, 360), upper=st.integers(0, 359), tilt=st.floats(-80, 80))
def test_mirrored_limbs_are_mirror_images_whichever_way_the_body_lies(torso, roll, upper, tilt):
    """Each left joint is the right one, reflected in the body's own middle plane."""
    both = {"upper": [upper, tilt], "lower": [upper + 40, tilt / 2]}
    body = body_of(torso=torso, roll=roll, arms=both, legs=both)
    middle, axis = body.joints["pelvis"], body.axes["pelvis"].right
    shin = minus(body.joints["right_ankle"], body.joints["right_knee"])
    # A foot at the end of a leg that points straight out to the side has no side of its own.
    feet = ("toe", "heel") if abs(dot(shin, axis)) < 23.9 else ()
    for joint in ("elbow", "wrist", "hand", "knee", "ankle", *feet):
        right, left = body.joints[f"right_{joint}"], body.joints[f"left_{joint}"]
        reflected = plus(right, axis, -2 * dot(minus(right, middle), axis))
        assert length(minus(left, reflected)) < 0.01, joint


# --- pinned limbs --------------------------------------------------------------------------------


def test_a_pinned_hand_is_where_it_is_pinned_and_the_elbow_points_where_bend_says():
    """A right angle at the elbow: 17.5, 14.5 and, between shoulder and wrist, 22.73."""
    far = math.hypot(17.5, 14.5)
    body = body_of(right_arm={"to": [far, 80.4, 10], "bend": 270}, left_arm={"to": [far, 80.4, -10], "bend": 90})
    foot, height = 17.5**2 / far, 17.5 * 14.5 / far
    assert_at(
        body,
        {
            "right_wrist": (far, 80.4, 10),
            "right_elbow": (foot, 80.4 - height, 10),
            "left_wrist": (far, 80.4, -10),
            "left_elbow": (foot, 80.4 + height, -10),
        },
    )
    assert body.short == {}


@pytest.mark.parametrize(
    ("pose", "right", "left"),
    [(STANDING, (12, 60, 8), (12, 60, -8)), (FROM_THE_FRONT, (-12, 60, 20), (12, 60, 20))],
)
def test_pinned_arms_are_mirrored_through_the_origin(pose, right, left):
    """Seen from the side the left hand is as far behind, from the front as far to the other side."""
    assert_at(
        solve(taken({**pose, "arms": {"to": list(right), "bend": 270}})[0]), {"right_wrist": right, "left_wrist": left}
    )


@pytest.mark.parametrize(
    ("limb", "on", "off", "place"),
    [
        ("right_arm", "right_hip", [3, 4, 5], (3, 56.4, 10.5)),
        ("left_arm", "chest", [8, -6], (8, 76.4, 0)),
        ("right_arm", "nose", None, (6.6, 91.2, 0)),
        ("left_leg", "right_knee", [0, 2, -4], (0, 29.9, 1.5)),
    ],
)
def test_a_hand_keeps_to_a_joint(limb, on, off, place):
    """`off` counts from the joint; a hand without one lies on it."""
    pin = {"on": on, "bend": 180} | ({"off": off} if off else {})
    assert_at(body_of(**{limb: pin}), {CHAINS[limb][2]: place})


def test_a_hand_holds_a_knee_that_is_pinned_itself():
    """Limbs pinned in the world are there before those that keep to them, and arms to both knees come in pairs."""
    body = body_of(legs={"to": [20, 30, 5.5], "bend": 0}, arms={"on": "right_knee", "off": [0, 3, 1], "bend": 180})
    knee, wrist = body.joints["right_knee"], body.joints["right_wrist"]
    assert near(minus(wrist, knee), 0, 3, 1) or "right_arm" in body.short
    assert near(minus(body.joints["left_wrist"], body.joints["left_knee"]), 0, 3, -1) or "left_arm" in body.short


@pytest.mark.parametrize(("share", "y"), [(0, 52.4), (0.2, 47.5), (0.4, 42.6)])
def test_a_hand_keeps_to_a_place_between_two_joints(share, y):
    """On a thigh: so far from hip to knee, and `off` from there; the other hand on the other thigh."""
    body = body_of(arms={"on": "right_hip", "toward": "right_knee", "share": share, "off": [2, 10, 1], "bend": 180})
    assert_at(body, {"right_wrist": (2, y + 10, 6.5), "left_wrist": (2, y + 10, -6.5)})


@pytest.mark.parametrize(
    ("limb", "to", "short"),
    [
        ("right_arm", [40, 80.4, 10], 8.0),  # an arm is 32 long
        ("right_leg", [0, 0, 5.5], 3.9),  # a leg 48.5
        ("left_arm", [1, 80.4, -10], 2.0),  # a folded arm 3
        ("right_leg", [0, 52.4, 5.5], 0.5),  # a folded leg half a unit, though its own root is no direction
    ],
)
def test_what_is_out_of_reach_is_left_short_and_said_so(limb, to, short):
    """The bones keep their lengths, and `short` says by how much the end misses its place."""
    body = body_of(**{limb: {"to": to, "bend": 0}})
    assert body.short == {limb: pytest.approx(short, abs=0.01)}
    assert length(minus(body.joints[CHAINS[limb][2]], tuple(to))) == pytest.approx(short, abs=0.01)


# --- any pose ------------------------------------------------------------------------------------


def bones(joints: Joints) -> dict[str, float]:
    """The length of each bone."""
    found = {}
    for limb in LIMBS:
        chain = CHAINS[limb]
        for number in range(2):
            found[f"{limb} {number}"] = length(minus(joints[chain[number + 1]], joints[chain[number]]))
    for side in ("right", "left"):
        found[f"{side} hand"] = length(minus(joints[f"{side}_hand"], joints[f"{side}_wrist"]))
        found[f"{side} foot"] = length(minus(joints[f"{side}_toe"], joints[f"{side}_heel"]))
    found["hips"] = length(minus(joints["right_hip"], joints["left_hip"]))
    found["shoulders"] = length(minus(joints["right_shoulder"], joints["left_shoulder"]))
    found |= {f"spine {n}": length(minus(joints[f"spine{n + 1}"], joints[f"spine{n}"])) for n in range(6)}
    return found


LENGTHS = {
    **{f"{limb} {number}": BONES[limb][number] for limb in LIMBS for number in range(2)},
    **{f"{side} hand": 7.0 for side in ("right", "left")},
    **{f"{side} foot": 12.7 for side in ("right", "left")},
    "hips": 11.0,
    "shoulders": 20.0,
    **{f"spine {n}": (14 if n < 3 else 16) / 3 for n in range(6)},
}


@pytest.mark.parametrize(
    ("limb", "to"), [("right_arm", [0, 54.4, 10]), ("left_leg", [0, 9.9, -5.5]), ("left_leg", [0, 52.4, -5.5])]
)
@pytest.mark.parametrize("bend", [270, 90, [0, 90], 0])
def test_bones_keep_their_lengths_where_a_limb_should_bend_along_itself(limb, to, bend):
    """Straight below shoulder or hip, pinned with an elbow or knee that is to point down or up."""
    assert bones(body_of(**{limb: {"to": to, "bend": bend}}).joints) == pytest.approx(LENGTHS)


@given(before=any_stance, after=any_stance, share=st.floats(0, 1))
def test_bones_keep_their_lengths_at_every_moment(before, after, share):
    """Between any two poses, however limbs are pinned, and wherever they cannot reach."""
    body = between(before, after, share)
    assert bones(body.joints) == pytest.approx(LENGTHS, abs=1e-6)
    assert set(JOINTS) <= body.joints.keys()


@given(stance=any_stance)
def test_the_axes_of_a_body_stand_square_to_each_other(stance):
    """Up, front and right are of length one, and right is where the right hand would be."""
    body = solve(stance)
    for axes in body.axes.values():
        assert [length(one) for one in (axes.up, axes.front, axes.right)] == pytest.approx([1, 1, 1])
        assert axes.right == pytest.approx(cross(axes.front, axes.up), abs=1e-9)
        assert dot(axes.up, axes.front) == pytest.approx(0, abs=1e-9)


@given(stance=any_stance)
def test_the_anchor_stays_and_a_pinned_end_is_at_its_place_or_said_to_be_short(stance):
    """What is pinned in the world misses its place by no more than `short` says."""
    body = solve(stance)
    assert body.joints[stance.anchor] == pytest.approx(stance.at, abs=1e-6)
    for name, limb in stance.limbs.items():
        if isinstance(limb, Pinned):
            goal = limb.to
            if limb.on:
                hold = body.joints[limb.on]
                goal = plus(mixed(hold, body.joints[limb.toward], limb.share) if limb.toward else hold, limb.to)
            missed = length(minus(body.joints[CHAINS[name][2]], goal))
            assert missed == pytest.approx(body.short.get(name, 0.0), abs=0.02)


@given(before=any_stance, after=any_stance)
def test_a_way_begins_and_ends_at_its_key_poses(before, after):
    """Nothing moves before the first step, and the last one is the pose itself."""
    assert between(before, after, 0.0).joints == solve(before).joints
    assert between(before, after, 1.0).joints == solve(after).joints
    assert between(before, after, -3).joints == solve(before).joints
    assert between(before, after, 7).joints == solve(after).joints


MOVES = {
    "free": ({"upper": 300, "lower": 280}, {"upper": 350, "lower": 20}),
    "pinned": ({"to": [20, 60, 8], "bend": 270}, {"to": [22, 70, 12], "bend": 250}),
    "free to pinned": ({"upper": 300, "lower": 350}, {"to": [24, 64, 10], "bend": 240}),
    "pinned to free": ({"to": [24, 64, 10], "bend": 240}, {"upper": 300, "lower": 350}),
    "one joint": ({"on": "pelvis", "off": [10, 5, 8]}, {"on": "pelvis", "off": [14, 9, 8]}),
    "from joint to joint": ({"on": "pelvis", "off": [10, 5, 8]}, {"on": "chest", "off": [20, -4, 8]}),
    "along a thigh": (
        {"on": "right_hip", "toward": "right_knee", "share": 0.2, "off": [4, 8, 3]},
        {"on": "right_hip", "toward": "right_knee", "share": 0.6, "off": [4, 8, 3]},
    ),
    "from joint to place": ({"on": "pelvis", "off": [10, 5, 8]}, {"to": [20, 70, 8]}),
    "hand square, then bent": ({"upper": 300, "lower": 330}, {"upper": 310, "lower": 340, "end": 20}),
    "hand bent, then square": ({"upper": 300, "lower": 330, "end": 10}, {"upper": 310, "lower": 340}),
}
FEET = {
    "free": ({"upper": 270, "lower": 270}, {"upper": 320, "lower": 250}),
    "pinned": ({"to": [0, 8, 5.5], "bend": 0}, {"to": [6, 12, 5.5], "bend": 0}),
    "free to pinned": ({"upper": 270, "lower": 262}, {"to": [6, 12, 5.5], "bend": 0}),
    "pinned to free": ({"to": [6, 12, 5.5], "bend": 0, "end": 10}, {"upper": 290, "lower": 262, "end": -10}),
    "foot square, then pointed": ({"upper": 290, "lower": 250}, {"upper": 290, "lower": 250, "end": 310}),
    "foot pointed, then square": ({"upper": 290, "lower": 250, "end": 310}, {"upper": 290, "lower": 250}),
}


@pytest.mark.parametrize(
    ("limb", "first", "then"),
    [(limb, *pair) for limb, moves in (("right_arm", MOVES), ("right_leg", FEET)) for pair in moves.values()],
    ids=[f"{limb} {name}" for limb, moves in (("arm", MOVES), ("leg", FEET)) for name in moves],
)
@pytest.mark.parametrize("anchors", ["one anchor", "another anchor"])
def test_nothing_leaps_on_its_way(limb, first, then, anchors):
    """In a thousandth of the way no joint goes further than a tenth of a unit, at the ends neither."""
    other = {"anchor": "chest", "at": [3, 84, 0]} if anchors == "another anchor" else {"at": [3, 53, 0]}
    before, after = taken({**STANDING, limb: first, "ease": "linear"}, {limb: then, "ease": "linear", **other})
    shares = [0, 1e-3, 0.2, 0.201, 0.5, 0.501, 0.8, 0.801, 0.999, 1]
    bodies = [between(before, after, share).joints for share in shares]
    for one, next_ in zip(bodies[::2], bodies[1::2], strict=True):
        moved = {joint: length(minus(one[joint], next_[joint])) for joint in JOINTS}
        assert max(moved.values()) < 0.25, max(moved, key=lambda joint: moved[joint])


def test_the_way_of_another_anchor_is_the_pelvis_own():
    """Where the fixed joint changes, the pelvis goes straight from where it was to where it will be."""
    before, after = taken(
        {**STANDING, "ease": "linear"}, {"anchor": "right_ankle", "at": [10, 3.9, 5.5], "ease": "linear"}
    )
    assert near(between(before, after, 0.25).joints["pelvis"], 2.5, 52.4, 0)


def test_what_a_pose_leaves_out_stays_as_before():
    """Trunk, limbs, shoulders, eyes and anchor are taken over, and told anew only where they change."""
    first, second, third = taken(
        {**STANDING, "torso": 80, "twist": 10, "shoulders": [1, 2], "eyes": "closed"},
        {"right_arm": {"upper": 0}},
        {"arms": {"upper": 10}, "torso": 90},
    )
    assert second.turns == first.turns
    assert (second.anchor, second.at, second.shoulders, second.eyes) == ("pelvis", (0, 52.4, 0), (1, 2), "closed")
    assert second.limbs["left_arm"] == first.limbs["left_arm"]
    assert second.limbs["right_arm"] == Free((0, 0), (0, 0), None)
    assert third.limbs["left_arm"] == third.limbs["right_arm"]
    assert third.turns["twist"] == 10


@pytest.mark.parametrize(
    ("missing", "pose"),
    [
        (missing, {key: value for key, value in STANDING.items() if key not in (missing, f"{missing[-3:]}s")})
        for missing in ("anchor", "at", "right_arm", "right_leg")
    ],
)
def test_a_first_pose_says_where_it_is_and_how_each_limb_lies(missing, pose):
    """What it leaves out is named."""
    with pytest.raises(KeyError, match=missing):
        stances(figure_of(pose))
