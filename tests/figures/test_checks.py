"""What is said of a pose file that cannot be used, or that shows what no body does or what its own claims deny."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.posing import FILES, IDS, LIBRARY, figure_of, shipped
from trainer.figures.body import JOINTS, PARTS
from trainer.figures.checks import faults
from trainer.figures.model import MOST_POSES, Limb, Pose
from trainer.figures.movement import Movement
from trainer.figures.reading import described, examined, read
from trainer.library.errors import LibraryError
from trainer.library.shelf import Library

BASE = """\
id = "squat"
alt = "Any."
goal = "bow"
contact = ["right_heel", "left_toe"]

[[pose]]
name = "stand"
anchor = "pelvis"
at = [0, 52.4]
legs = { to = [0, 3.9, 5.5], bend = 0, end = 0 }
arms = { upper = 270, lower = 270 }

[[pose]]
name = "bow"
torso = 60
right_arm = { upper = 300, lower = 320 }

[[claim]]
still = ["pelvis", "right_ankle"]
"""
"""A figure with nothing wrong with it; each test changes one line of it."""
POSE, ARM, CLAIM = "torso = 60", "right_arm = { upper = 300, lower = 320 }", 'still = ["pelvis", "right_ankle"]'
EITHER = "upper and lower, or to or on with bend"
KINDS = "straight, level, above, touches, still, rises"
JOINT, PART = (", ".join(map(repr, sorted(names))) for names in (JOINTS, PARTS))
ALTERNATING = ":3: pose: found 2 poses; allowed: 4, 6 or more, half of them for each side, since the sides take turns"
KEYS, OF_LIMB = (", ".join(kind.__struct_fields__) for kind in (Pose, Limb))
TURN = "allowed: 180 degrees at most; did you mean"
DEGREES = "a number from -720 to 720"
REACH = "allowed: a place within reach"
JOINTS_THERE = "a joint of the trunk, or of a limb that has directions"


def told(path: Path, text: str, *, id_: str = "squat", library: Library = LIBRARY) -> list[str]:
    """What is wrong with a file, as a person reads it."""
    path.write_text(text, "utf-8")
    return [str(problem) for problem in examined(path, library, name="own.toml", stem=id_)[1]]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own.toml"


def test_a_file_with_nothing_wrong_has_no_problem(own):
    """The file that the tests below break."""
    assert told(own, BASE) == []


BROKEN: list[tuple[str, str, list[str]]] = [
    # What no body can do.
    (
        ARM,
        "right_arm = { to = [60, 60, 8], bend = 270 }",
        [f"16:13: pose 2.right_arm: found right_arm 17.0 units short of its place; {REACH}"],
    ),
    (
        ARM,
        "right_leg = { to = [0, 3.9, 40], bend = 0, end = 0 }",
        [
            f"10:8: pose 1.legs: found right_leg 10.6 units short of its place at 8% of the way there; {REACH}",
            "13:3: pose 2: found right_heel 9.0 units above the floor; allowed: within 2, as contact says",
            f"16:13: pose 2.right_leg: found right_leg 11.0 units short of its place; {REACH}",
            "19:20: claim 1.still 2: found right_ankle moving 29.5 units; allowed: 1.5 at most",
        ],
    ),
    (
        "at = [0, 52.4]",
        "at = [0, 49]\nlumbar = 75",
        ["10:10: pose 1.lumbar: found lumbar at 75 degrees; allowed: -40 to 60"],
    ),
    (
        "at = [0, 52.4]",
        "at = [0, 40.4]\n",
        [
            "11:8: pose 1.legs: found right_ankle at 42 degrees; allowed: -85 to 30",
            "11:8: pose 1.legs: found left_ankle at 42 degrees; allowed: -85 to 30",
        ],
    ),
    (
        "at = [0, 52.4]",
        "at = [0, 60.4]\n",
        [
            "6:3: pose 1: found a body 8.0 units above the floor; allowed: one that rests on it",
            "6:3: pose 1: found right_heel 8.0 units above the floor; allowed: within 2, as contact says",
            "6:3: pose 1: found left_toe 8.5 units above the floor; allowed: within 2, as contact says",
            f"11:8: pose 1.legs: found right_leg 8.0 units short of its place; {REACH}",
            f"11:8: pose 1.legs: found left_leg 8.0 units short of its place; {REACH}",
            "14:3: pose 2: found a body 8.0 units above the floor; allowed: one that rests on it",
            "14:3: pose 2: found right_heel 8.0 units above the floor; allowed: within 2, as contact says",
            "14:3: pose 2: found left_toe 8.5 units above the floor; allowed: within 2, as contact says",
        ],
    ),
    (
        POSE,
        "left_leg = { to = [0, 9.9, -5.5], bend = 0, end = 0 }",
        ["13:3: pose 2: found left_toe 6.5 units above the floor; allowed: within 2, as contact says"],
    ),
    (
        POSE,
        'contact = ["right_wrist", "right_toe"]',
        ["13:3: pose 2: found right_wrist 54.3 units above the floor; allowed: within 2, as contact says"],
    ),
    (
        ARM,
        "right_arm = { upper = 300, lower = 100 }",
        [
            "11:8: pose 1.arms: found right_elbow at 175 degrees at 17% of the way there; allowed: -5 to 155",
            "16:13: pose 2.right_arm: found right_elbow at 175 degrees at 83% of the way there; allowed: -5 to 155",
        ],
    ),
    (
        POSE,
        "neck_turn = 90\nneck = -70\nside_bend = 50\ntwist = 70",
        [
            "15:13: pose 2.neck_turn: found neck_turn at 90 degrees; allowed: -80 to 80",
            "16:8: pose 2.neck: found neck at -70 degrees; allowed: -60 to 60",
            "17:13: pose 2.side_bend: found side_bend at 50 degrees; allowed: -40 to 40",
            "18:9: pose 2.twist: found twist at 70 degrees; allowed: -60 to 60",
        ],
    ),
    (
        POSE,
        "left_leg = { upper = 270, lower = 300, end = 0 }",
        [
            "10:8: pose 1.legs: found left_knee at -29 degrees at 8% of the way there; allowed: -5 to 160",
            "13:3: pose 2: found left_toe 3.7 units above the floor; allowed: within 2, as contact says",
            "15:12: pose 2.left_leg: found left_knee at -30 degrees; allowed: -5 to 160",
        ],
    ),
    (
        ARM,
        "right_arm = { upper = 90, lower = 90, end = 300 }",
        [
            "11:8: pose 1.arms: found right_wrist at 177 degrees at 25% of the way there; allowed: -90 to 95",
            "16:13: pose 2.right_arm: found right_wrist at 177 degrees at 75% of the way there; allowed: -90 to 95",
        ],
    ),
    (
        ARM,
        "right_arm = { upper = -30, lower = -20 }",
        [
            f"11:18: pose 1.arms.upper: found a turn of 300 degrees; {TURN} -90?",
            f"11:31: pose 1.arms.lower: found a turn of 290 degrees; {TURN} -90?",
            f"16:23: pose 2.right_arm.upper: found a turn of 300 degrees; {TURN} 330?",
            f"16:36: pose 2.right_arm.lower: found a turn of 290 degrees; {TURN} 340?",
        ],
    ),
    # Claims.
    (
        CLAIM,
        'straight = ["right_shoulder", "right_elbow", "right_wrist"]',
        [
            "19:12: claim 1.straight: found right_shoulder and right_elbow and right_wrist 20.0 degrees off in 'bow'; "
            "allowed: 10 degrees at most"
        ],
    ),
    (
        CLAIM,
        'level = ["pelvis", "chest"]\npose = "bow"',
        ["19:9: claim 1.level: found pelvis and chest 60.0 degrees off in 'bow'; allowed: 10 degrees at most"],
    ),
    (
        CLAIM,
        'above = ["chest", "pelvis"]\nwithin_deg = 20',
        ["19:9: claim 1.above: found chest and pelvis 30.0 degrees off in 'bow'; allowed: 20 degrees at most"],
    ),
    (
        CLAIM,
        'touches = ["right_wrist", "right_hip"]',
        ["19:11: claim 1.touches: found right_wrist and right_hip 28.4 units off in 'bow'; allowed: 1.5 units at most"],
    ),
    (
        CLAIM,
        'still = ["pelvis", "chest", "nose"]\nwithin = 2',
        [
            "19:20: claim 1.still 2: found chest moving 15.5 units; allowed: 2 at most",
            "19:29: claim 1.still 3: found nose moving 20.4 units; allowed: 2 at most",
        ],
    ),
    (
        CLAIM,
        'rises = "right_wrist"\nstart = "bow"\nend = "stand"\nby = 20',
        ["19:9: claim 1.rises: found right_wrist rising -3.8 units; allowed: 20 at least"],
    ),
    # What contradicts itself.
    (
        CLAIM,
        'level = ["pelvis", "chest"]\nabove = ["chest", "pelvis"]',
        [f"18:3: claim 1: found level beside above; allowed: exactly one of {KINDS}"],
    ),
    (CLAIM, "within = 2", [f"18:3: claim 1: found nothing claimed; allowed: exactly one of {KINDS}"]),
    (
        CLAIM,
        'rises = "right_wrist"\nstart = "bow"',
        ["18:3: claim 1: found rises without its poses; allowed: start and end beside rises"],
    ),
    (
        CLAIM,
        'rises = "right_wrist"\nstart = "stand"\nend = "bend"',
        ["21:7: claim 1.end: found 'bend'; allowed: one of 'stand', 'bow'"],
    ),
    (
        CLAIM,
        'level = ["pelvis", "chest"]\npose = "bend"',
        ["20:8: claim 1.pose: found 'bend'; allowed: one of 'stand', 'bow'"],
    ),
    (
        'name = "bow"',
        'name = "stand"',
        [
            "3:8: goal: found 'bow'; allowed: one of 'stand', 'stand'",
            "14:8: pose 2.name: found 'stand' once more; allowed: a name of its own for each pose",
        ],
    ),
    ('goal = "bow"', 'goal = "lift"', ["3:8: goal: found 'lift'; allowed: one of 'stand', 'bow'"]),
    (
        POSE,
        'anchor = "right_wrist"\nat = [0, 50]',
        ["20:10: claim 1.still 1: found pelvis moving 23.0 units; allowed: 1.5 at most"],
    ),
    (
        POSE,
        'anchor = "right_ankle"',
        [f"15:10: pose 2.anchor: found 'right_ankle', which belongs to a limb that is pinned; allowed: {JOINTS_THERE}"],
    ),
    (
        ARM,
        'right_arm = { on = "left_wrist", bend = 0 }\nleft_arm = { on = "left_knee", bend = 0 }',
        [
            "16:20: pose 2.right_arm.on: found 'left_wrist', which belongs to a limb that keeps to a joint itself; "
            f"allowed: {JOINTS_THERE} or is pinned by to"
        ],
    ),
    (
        ARM,
        "right_arm = { upper = 300, to = [1, 2] }",
        [f"16:13: pose 2.right_arm: found directions beside a place; allowed: {EITHER}"],
    ),
    (
        ARM,
        "right_arm = { end = 20 }",
        [f"16:13: pose 2.right_arm: found neither directions nor a place; allowed: {EITHER}"],
    ),
    (
        ARM,
        'right_arm = { to = [1, 2], on = "pelvis" }',
        ["16:13: pose 2.right_arm: found to beside on; allowed: one of both; off says how far from a joint"],
    ),
    (
        ARM,
        "right_arm = { lower = 300 }",
        ["16:13: pose 2.right_arm: found lower without upper; allowed: upper, or upper and lower"],
    ),
    (
        ARM,
        "right_arm = { to = [1, 2], off = [3, 4] }",
        ["16:28: pose 2.right_arm.off: found off without on; allowed: off beside on"],
    ),
    (
        ARM,
        'right_arm = { to = [1, 2], toward = "left_knee" }',
        ["16:28: pose 2.right_arm.toward: found toward without on; allowed: toward beside on"],
    ),
    (
        ARM,
        'right_arm = { on = "chest", toward = "right_hand" }',
        [
            "16:38: pose 2.right_arm.toward: found 'right_hand', which belongs to a limb that keeps to a joint itself; "
            f"allowed: {JOINTS_THERE} or is pinned by to"
        ],
    ),
    (
        ARM,
        "right_arm = { upper = 300, bend = 20 }",
        ["16:28: pose 2.right_arm.bend: found bend beside directions; allowed: bend beside to or on"],
    ),
    (
        ARM,
        "right_leg = { upper = 270, fingers = 1 }",
        ["16:28: pose 2.right_leg.fingers: found fingers of a leg; allowed: fingers of an arm"],
    ),
    (
        'anchor = "pelvis"\nat = [0, 52.4]\n',
        "",
        [
            "6:3: pose 1.anchor: found nothing; allowed: a value in the first pose, since it is fixed somewhere",
            "6:3: pose 1.at: found nothing; allowed: a value in the first pose, since it is fixed somewhere",
        ],
    ),
    (
        "arms = { upper = 270, lower = 270 }",
        "left_arm = { upper = 270 }",
        ["6:3: pose 1.right_arm: found nothing; allowed: a value in the first pose, of its own or by arms"],
    ),
    (
        "legs = { to = [0, 3.9, 5.5], bend = 0, end = 0 }\n",
        "",
        [
            "6:3: pose 1.right_leg: found nothing; allowed: a value in the first pose, of its own or by legs",
            "6:3: pose 1.left_leg: found nothing; allowed: a value in the first pose, of its own or by legs",
        ],
    ),
    (
        "[[claim]]",
        '[[prop]]\nkind = "line"\n\n[[claim]]',
        ["18:3: prop 1: found a line without one way through; allowed: either points or joints"],
    ),
    (
        "[[claim]]",
        '[[prop]]\nkind = "line"\npoints = [[0, 0], [1, 1]]\njoints = ["nose", "chest"]\n\n[[claim]]',
        ["18:3: prop 1: found a line without one way through; allowed: either points or joints"],
    ),
    (
        "[[claim]]",
        '[[prop]]\nkind = "chair"\njoints = ["nose", "chest"]\n\n[[claim]]',
        ["18:3: prop 1: found points or joints of a chair; allowed: them for a line alone"],
    ),
    (
        "[[claim]]",
        '[[prop]]\nkind = "chair"\nposes = ["stand", "sit"]\n\n[[claim]]',
        ["20:19: prop 1.poses 2: found 'sit'; allowed: one of 'stand', 'bow'"],
    ),
    # What the types do not allow.
    (
        "[[claim]]",
        '[[prop]]\nkind = "sofa"\n\n[[claim]]',
        ["19:8: prop 1.kind: found 'sofa'; allowed: 'box', 'chair', 'desk', 'line', 'mat', 'screen', 'wall'"],
    ),
    (
        POSE,
        'anchor = "right_nee"',
        [f"15:10: pose 2.anchor: found 'right_nee'; allowed: {JOINT}; did you mean right_knee?"],
    ),
    (
        POSE,
        'work = ["right_arms"]',
        [f"15:9: pose 2.work 1: found 'right_arms'; allowed: {PART}; did you mean right_arm?"],
    ),
    (POSE, "torso = '60'", ["15:9: pose 2.torso: found '60'; allowed: a number from -720 to 720"]),
    (
        POSE,
        "torso = nan\nneck = inf\nat = [-inf, 4]\nmove_s = 1e400",
        [
            "15:9: pose 2.torso: found nan; allowed: a number from -720 to 720",
            "16:8: pose 2.neck: found inf; allowed: a number from -720 to 720",
            "17:7: pose 2.at 1: found -inf; allowed: a number from -300 to 300",
            "18:10: pose 2.move_s: found inf; allowed: a number from 0 to 30",
        ],
    ),
    (
        POSE,
        "torso = 1e9\nneck = 721\nat = [0, 301]\nhold_s = 31",
        [
            "15:9: pose 2.torso: found 1000000000.0; allowed: a number from -720 to 720",
            "16:8: pose 2.neck: found 721; allowed: a number from -720 to 720",
            "17:10: pose 2.at 2: found 301; allowed: a number from -300 to 300",
            "18:10: pose 2.hold_s: found 31; allowed: a number from 0 to 30",
        ],
    ),
    (POSE, "torsoo = 60", [f"15:1: pose 2.torsoo: found an unknown key; allowed: {KEYS}; did you mean torso?"]),
    (
        ARM,
        "right_arm = { upper = [1, 2, 3] }",
        ["16:23: pose 2.right_arm.upper: found [1, 2, 3]; allowed: a number from -720 to 720 or 2 to 2 entries"],
    ),
    (ARM, "right_arm = { to = [1] }", ["16:20: pose 2.right_arm.to: found [1]; allowed: 2 to 3 entries"]),
    (
        ARM,
        "right_arm = { upper = true }",
        [f"16:23: pose 2.right_arm.upper: found true; allowed: {DEGREES} or a list, each {DEGREES}"],
    ),
    (
        ARM,
        "right_arm = 300",
        [f"16:13: pose 2.right_arm: found 300; allowed: a table with {OF_LIMB}"],
    ),
    ('alt = "Any."', 'alt = ""', ["2:7: alt: found ''; allowed: text of 1 to 300 characters"]),
    # What does not fit its exercise.
    (
        'id = "squat"',
        'id = "sqaut"',
        ["1:6: id: found 'sqaut'; allowed: 'squat', as the file is named; or rename the file"],
    ),
    (
        'goal = "bow"',
        'goal = "bow"\nside = "left"',
        ["4:1: side: found 'left'; allowed: nothing, since squat has no two sides"],
    ),
    ('goal = "bow"', 'goal = "bow"\nside = "both"', ["4:8: side: found 'both'; allowed: 'left', 'right'"]),
]


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN, ids=[repr(new)[:60] for _, new, _ in BROKEN])
def test_a_broken_file_is_answered_exactly(own, old, new, expected):
    """File, line, column, the key's path, what stands there, what may, and what may have been meant."""
    assert BASE.count(old) >= 1
    assert told(own, BASE.replace(old, new, 1)) == [f"own.toml:{problem}" for problem in expected]


# --- what does not fit its exercise --------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "more", "expected"),
    [
        ("clam", "", ["1:1: side: found nothing; allowed: 'left' or 'right', since clam has two sides"]),
        ("clam", 'side = "left"', []),
        (
            "knee-rolls",
            'side = "right"',
            ["4:1: side: found 'right'; allowed: nothing, since knee-rolls has no two sides", f"7{ALTERNATING}"],
        ),
        ("knee-rolls", "", [f"6{ALTERNATING}"]),
        (
            "sqaut",
            "",
            ["1:6: id: found 'sqaut'; allowed: the id of an exercise (trainer list --exercises); did you mean squat?"],
        ),
    ],
)
def test_a_figure_fits_its_exercise(own, id_, more, expected):
    """One of two sides says which it shows, and there is no figure of no exercise."""
    text = BASE.replace('"squat"', f'"{id_}"')
    if more:
        text = text.replace('goal = "bow"', f'goal = "bow"\n{more}')
    assert told(own, text, id_=id_) == [f"own.toml:{problem}" for problem in expected]


@pytest.mark.parametrize(("poses", "fits"), [(1, False), (2, False), (3, False), (4, True), (5, False), (6, True)])
def test_sides_that_take_turns_have_half_of_the_poses_each(own, poses, fits):
    """Four, six or more."""
    more = "".join(f'[[pose]]\nname = "{number}"\n\n' for number in range(3, poses + 1))
    text = BASE.replace('id = "squat"', 'id = "knee-rolls"').replace("[[claim]]", f"{more}[[claim]]")
    if poses == 1:
        text = text[: text.index('[[pose]]\nname = "bow"')].replace('goal = "bow"\n', "")
    assert any("the sides take turns" in problem for problem in told(own, text, id_="knee-rolls")) != fits


def test_a_figure_of_an_own_exercise_that_cannot_be_read_is_looked_at_all_the_same(own, tmp_path):
    """What is wrong with the exercise is told with its own file."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "mine.toml").write_text("id = 5", "utf-8")
    assert told(own, BASE.replace('"squat"', '"mine"'), id_="mine", library=Library(tmp_path)) == []


# --- the room's own door -------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A person's own folder with a pose file of their own."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "squat.toml").write_text(BASE.replace("Any.", "Mine."), "utf-8")
    return tmp_path


def test_an_own_figure_takes_the_place_of_the_shipped_one(home):
    """And is told of instead."""
    assert read(Library(home), "squat") == read(Library(home), "squat")
    assert described(Library(home), "squat") == "Mine."
    assert described(LIBRARY, "squat") == shipped("squat").alt


def test_an_exercise_without_a_figure_has_none(home):
    """No figure, no words, no trouble."""
    assert read(Library(home), "nothing-like-it") is None
    assert described(Library(home), "nothing-like-it") == ""


@pytest.mark.parametrize("text", ["id = ", BASE.replace("torso = 60", "torso = true"), BASE.replace('"bow"', '"x"', 1)])
def test_a_figure_that_cannot_be_drawn_is_refused_where_it_is_asked_for(home, text):
    """By its syntax, by a type or by a contradiction; nothing is told instead."""
    (home / "figures" / "squat.toml").write_text(text, "utf-8")
    with pytest.raises(LibraryError, match=r"squat\.toml:"):
        read(Library(home), "squat")
    assert described(Library(home), "squat") == ""


def test_a_figure_that_nobody_could_do_is_drawn_all_the_same(home):
    """An author sees it while mending it; the check tells what is wrong."""
    path = home / "figures" / "squat.toml"
    path.write_text(BASE.replace("torso = 60", "neck = 90"), "utf-8")
    assert read(Library(home), "squat") is not None
    figure, problems = examined(path, Library(home))
    assert figure is not None
    assert len(problems) == 1


def test_a_file_that_is_no_toml_is_refused(own):
    """With the place of what is wrong."""
    with pytest.raises(LibraryError, match=r"own\.toml:2:"):
        told(own, 'id = "squat"\nalt = Any')


# --- faults of figures as values -----------------------------------------------------------------

STAND: dict[str, Any] = {
    "anchor": "pelvis",
    "at": [0, 52.4],
    "legs": {"upper": 270, "lower": 270},
    "arms": {"upper": 270, "lower": 270},
}


def found(*poses: dict[str, Any], **more: Any) -> set[str]:
    return {f"{fault.found} ({fault.suggestion})" for fault in faults(figure_of(*poses, **more))}


@pytest.mark.parametrize(
    ("key", "to", "turn", "meant"), [("torso", 275, 185, ("-85", "450")), ("roll", 190, 190, ("-170", "360"))]
)
def test_no_body_turns_by_more_than_a_half(key, to, turn, meant):
    """Neither there nor back, and the nearer way is named."""
    assert {f"a turn of {turn} degrees ({one})" for one in meant} <= found(STAND, {key: to})
    assert not any("a turn of" in one for one in found(STAND, {key: 170}))


@pytest.mark.parametrize(("bend", "turned"), [(181, True), (180, False), (-180, False), (-181, True)])
def test_no_elbow_goes_round_by_more_than_a_half(bend, turned):
    """The direction in which a pinned limb bends is a turn too."""
    pin = {"to": [10, 60, 8], "bend": 0}
    assert (
        any("a turn of" in one for one in found({**STAND, "right_arm": pin}, {"right_arm": {**pin, "bend": bend}}))
        == turned
    )


@pytest.mark.parametrize("kind", ["box", "chair", "desk", "wall", "mat"])
def test_a_body_may_rest_on_a_thing_instead_of_the_floor(kind):
    """On a chair, a box or a desk, and on nothing else."""
    floating = {**STAND, "at": [0, 60]}
    assert any("above the floor" in one for one in found(floating, prop=[{"kind": kind}])) == (kind in ("wall", "mat"))


def test_what_goes_wrong_on_the_way_is_told_where_it_is_worst():
    """Two poses may be right and the way between them wrong: a straight leg that sweeps through the floor."""
    forward, back = ({"right_leg": {"upper": angle, "lower": angle}} for angle in (315, 225))
    low = {**STAND, "at": [0, 44], "left_leg": {"upper": 300, "lower": 245, "end": 0}}
    lines = [one for one in found({**low, **forward}, {**low, **back}) if "right_foot" in one]
    # There and back: easing in and out, the foot is lowest a little before the middle and after it.
    assert sorted(lines) == [
        f"right_foot 8.8 units under the floor at {share}% of the way there ()" for share in (42, 58)
    ]


def test_what_is_to_be_still_is_looked_at_on_the_way_too():
    """An arm that hangs in both poses and goes all the way round between them is not still."""
    round_ = ({**STAND, "right_arm": {"upper": -90}}, {"right_arm": {"upper": 270}})
    assert "right_wrist moving 64.0 units ()" in found(*round_, claim=[{"still": ["right_wrist", "left_wrist"]}])


def test_what_both_limbs_do_is_said_once():
    """A fault that comes with the first pose and with the last way back is told with its place in the file."""
    told_of = [fault for fault in faults(figure_of({**STAND, "at": [0, 40]})) if "under" in fault.found]
    assert [(fault.keys, fault.found) for fault in told_of] == [
        (("pose", 0, "legs"), "left_foot 12.4 units under the floor")
    ]


def test_a_figure_has_no_more_poses_than_can_be_told_apart(own):
    """A dozen."""
    more = "".join(f'[[pose]]\nname = "{number}"\n\n' for number in range(3, MOST_POSES + 2))
    assert told(own, BASE.replace("[[claim]]", f"{more}[[claim]]")) == [
        "own.toml:6:3: pose: found a list of 13; allowed: 1 to 12 entries"
    ]


# --- hostile files -------------------------------------------------------------------------------

NUMBER_OR_JOINT = re.compile(r"-?\b\d+(?:\.\d+)?\b|\"(?:right|left)_\w+\"|\"pelvis\"")
HOSTILE = [
    *("inf", "-inf", "nan", "1e308", "-1e308", "5e-324", "0", "-0.0", "99999999999999999999", "300", "-300", "720"),
    *("true", '"x"', '""', "[]", "[1]", "[1, 2]", "[[1, 2], [3, 4]]", "{}", "{ upper = 1 }", "1979-05-27", "1"),
    *('"pelvis"', '"right_wrist"', '"left_ankle"', '"right_knee"', '"spine0"', '"left_hand"'),
]
TEXTS = {path.stem: path.read_text("utf-8") for path in FILES}


@given(data=st.data())
def test_no_file_brings_the_checks_down(tmp_path_factory, data):
    """Whatever stands for a number or a joint: it is told what is wrong, and what can be drawn is drawn."""
    id_ = data.draw(st.sampled_from(IDS))
    text = TEXTS[id_]
    places = list(NUMBER_OR_JOINT.finditer(text))
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=4, unique_by=lambda one: one.start()))
    for one in sorted(chosen, key=lambda match: -match.start()):
        text = text[: one.start()] + data.draw(st.sampled_from(HOSTILE)) + text[one.end() :]
    path = tmp_path_factory.getbasetemp() / f"{id_}.toml"
    path.write_text(text, "utf-8")
    try:
        figure, problems = examined(path, LIBRARY, stem=id_)
    except LibraryError:
        return
    assert figure is not None or problems
    assert all(problem.line for problem in problems)
    if figure is not None:
        of = Movement(figure)
        picture = of.picture(of.goal, 0.5, 24, 8, "half", arrow=True)
        assert {len(row) for row in picture} == {24}
