"""The figures that ship: one for each exercise, with nothing wrong, and as they were when somebody last looked."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest

from tests.figures.masks import FOLDER, Mask, differing, drawn, stored
from tests.figures.mutate import caught, mutations
from tests.figures.posing import FILES, IDS, LIBRARY, every_figure, figure_of, movement, shipped
from trainer.figures.movement import LEAST, MOST, Movement
from trainer.figures.reading import examined
from trainer.figures.vectors import length, minus
from trainer.library.model import Exercise

MOST_OF_ALT, MOST_OF_SAY = 300, 40
A_SIDE = re.compile(r"\b(left|right)\b", re.IGNORECASE)
LOOK = "a figure looks different: look at it, then run `python tests/figures/store_masks.py` to keep it"


def test_each_exercise_has_a_figure_and_nothing_else_has():
    """By name, and by the exercise that the file names."""
    assert sorted(IDS) == LIBRARY.ids(Exercise) == LIBRARY.figures()
    assert {shipped(id_).id for id_ in IDS} == set(IDS)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_a_shipped_figure_has_no_fault(path):
    """Types, contradictions, its exercise; and at key poses and eleven moments between two: reach, floor, claims."""
    figure, problems = examined(path, LIBRARY, stem=path.stem)
    assert [str(problem) for problem in problems] == []
    assert figure is not None


@every_figure
def test_a_figure_is_told_of_in_few_words_that_fit_both_sides(id_):
    """What is said instead of it and beside it is short and names no side; something is set off and claimed."""
    figure = shipped(id_)
    assert 40 < len(figure.alt) <= MOST_OF_ALT
    says = [pose.say for pose in figure.pose if pose.say is not None]
    assert says
    assert all(len(say) <= MOST_OF_SAY for say in says)
    for text in (figure.alt, *says, *(pose.name for pose in figure.pose)):
        assert not A_SIDE.search(text)
        assert "!" not in text
    assert figure.work or all(pose.work for pose in figure.pose)
    assert len(figure.claim) >= 3
    assert (figure.side is not None) == (LIBRARY.exercise(id_).sides == "both")


@every_figure
def test_what_works_can_be_seen(id_):
    """In the accent's tone, somewhere in a key pose or on the way, on both sides."""
    for mirror in (False, True):
        of = movement(id_, mirror=mirror)
        picture = of.picture(of.goal, 1.0, *of.size(40, 14), "half")
        assert any(tone.startswith("work") for row in picture for _, *tones in row for tone in tones)


@every_figure
def test_a_figure_fits_any_room(id_):
    """From the smallest to the largest picture, and never more than the room."""
    of = movement(id_)
    for width, height in (LEAST, (30, 12), (40, 14), (60, 20), (80, 24), MOST, (200, 60)):
        across, down = of.size(width, height)
        assert LEAST[0] <= across <= min(width, MOST[0])
        assert LEAST[1] <= down <= min(height, MOST[1])


UPRIGHT = [
    id_
    for id_ in IDS
    if LIBRARY.exercise(id_).position in ("standing", "walking")
    and shipped(id_).camera.frame == "whole"
    and id_ != "single-leg-deadlift"  # trunk and leg come to lie level
]


@pytest.mark.parametrize("id_", UPRIGHT)
def test_who_stands_is_drawn_narrow(id_):
    """Higher than wide: a cell is twice as high as it is wide."""
    across, down = movement(id_).size(100, 30)
    assert across < 1.5 * down


@every_figure
def test_a_movement_flows(id_):
    """No joint leaps: in a hundredth of the way it goes a small part of the body's height."""
    of = movement(id_)
    for pose in range(len(of.stances)):
        for start in (0.0, 0.49, 0.99):
            before, after = (of.body(pose, share).joints for share in (start, start + 0.01))
            assert max(length(minus(before[joint], after[joint])) for joint in before) < 2.5


# --- as they were --------------------------------------------------------------------------------


@every_figure
def test_a_figure_looks_as_it_did(id_):
    """Its key poses and two moments on the way, against pictures that were looked at."""
    before, now = stored(id_), drawn(movement(id_))
    assert list(before) == list(now), LOOK
    found = {name: off for name in now if (off := differing(before[name], now[name]))}
    assert not found, f"{LOOK}\n{found}\n{beside(before, now, found)}"


def test_no_picture_of_a_figure_that_is_gone_is_kept():
    """Each stored file belongs to a figure."""
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(IDS), LOOK


def beside(before: dict[str, Mask], now: dict[str, Mask], names: dict[str, str]) -> str:
    """What differs, the stored picture at the left."""
    lines = []
    for name in names:
        wide = max(map(len, before[name]), default=0) + 4
        rows = zip(before[name], now[name], strict=False)
        lines += [f"== {name}", *(f"{old:{wide}}| {new}" for old, new in rows)]
    return "\n".join(lines)


NARROW = {"anchor": "pelvis", "at": [0, 52.4], "legs": {"upper": 270}, "arms": {"upper": 270}}


@pytest.mark.parametrize(
    ("change", "noticed"),
    [
        ({"right_arm": {"upper": 251}}, False),
        ({"torso": 90.5}, False),
        ({"right_arm": {"upper": 270}}, True),
        ({"torso": 80}, True),
        ({"left_leg": {"upper": 290, "lower": 250}}, True),
        ({"work": ["left_arm"]}, True),
    ],
)
def test_the_pictures_see_a_change_that_one_would_see(change, noticed):
    """A degree is within the tolerance; twenty of them, or another limb that works, are not."""
    more = {"work": ["right_arm"], "camera": {"yaw": 0}}
    before = drawn(Movement(figure_of({**NARROW, "arms": {"upper": 250}}, **more)))
    now = drawn(Movement(figure_of({**NARROW, "arms": {"upper": 250}, **change}, **more)))
    assert any(differing(before[name], now[name]) for name in now) == noticed


def test_pictures_are_stored_as_they_are_drawn():
    """What was written is read back; each is no larger than one can look at."""
    for path in FOLDER.glob("*.txt"):
        assert path.stat().st_size < 12_000
    of = drawn(movement("bird-dog"))
    assert all(len(line) <= 40 for mask in of.values() for line in mask)
    assert all(set("".join(mask)) <= set("Wwntfhep ") for mask in of.values())


# --- wrong numbers -------------------------------------------------------------------------------

CHOSEN = 140


def test_most_wrong_numbers_are_noticed():
    """Of a fixed choice of numbers, each changed by 20 degrees or 8 units: by the checks or by the stored pictures.

    `python tests/figures/mutate.py` tries all of them, and says how many the checks notice alone.
    """
    every = [mutation for path in FILES for mutation in mutations(path)]
    some = random.Random(6).sample(every, CHOSEN)
    noticed = sum(bool(caught(mutation)) for mutation in some)
    assert noticed >= 0.7 * CHOSEN


def test_mutations_change_one_number_each():
    """There and back, in poses, the camera and things, and in nothing that only says how long or how exact."""
    found = list(mutations(FILES[IDS.index("bird-dog")]))
    assert len(found) > 30
    assert len(set(found)) == len(found)
    assert all(one.keys == other.keys and one.by == -other.by for one, other in list(pairwise(found))[::2])
    assert not {key for one in found for key in one.keys} & {"move_s", "hold_s", "within", "within_deg", "claim"}
    assert {part for one in found for part in one.keys if isinstance(part, str)} >= {"pose", "camera", "yaw", "torso"}
