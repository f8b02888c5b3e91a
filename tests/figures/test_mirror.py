"""The other side of a figure: its mirror image, in joints, in names and in dots."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.figures.posing import IDS, LIBRARY, STANDING, any_stance, figure_of, movement, shipped
from trainer.figures.body import JOINTS, PARTS, swapped
from trainer.figures.canvas import draw, named_pieces
from trainer.figures.dots import Layers
from trainer.figures.movement import Movement
from trainer.figures.skeleton import mirrored, solve
from trainer.figures.vectors import cross

SIDED = [id_ for id_ in IDS if shipped(id_).side is not None]


@given(stance=any_stance)
def test_the_mirror_of_a_mirror_is_the_same(stance):
    """Joints, axes, fingers, eyes and what is short come back."""
    body = solve(stance)
    assert mirrored(mirrored(body)) == body
    assert mirrored(body) != body


@given(stance=any_stance)
def test_a_mirrored_body_has_its_sides_exchanged_and_its_own_right_hand(stance):
    """Each joint lies where that of the other side was seen, and the axes are a body's, not those of its image."""
    body = solve(stance)
    other = mirrored(body)
    assert {swapped(joint): (-x, y, z) for joint, (x, y, z) in body.joints.items()} == other.joints
    assert {swapped(limb): by for limb, by in body.short.items()} == other.short
    for axes in other.axes.values():
        assert axes.right == pytest.approx(cross(axes.front, axes.up), abs=1e-9)


def test_sides_are_exchanged_by_name():
    """Right and left change places in the names of joints and parts; what has no side keeps its name."""
    for name in (*PARTS, *JOINTS):
        other = name.replace("right_", "left_") if name.startswith("right_") else name.replace("left_", "right_")
        assert swapped(name) == other
        assert other in PARTS or other in JOINTS


def test_what_works_and_what_lies_over_belong_to_the_other_side():
    """In the mirror the other limbs are set off, and drawn before all else."""
    figure = figure_of(
        {**STANDING, "work": ["left_forearm", "chest"]},
        {"torso": 80},
        work=["right_arm", "left_leg", "waist"],
        over=["right_hand"],
    )
    here, there = (Movement(figure, mirror=mirror) for mirror in (False, True))
    assert here.drawing(0).work == named_pieces(["left_forearm", "chest"])
    assert there.drawing(0).work == named_pieces(["right_forearm", "chest"])
    assert here.drawing(1).work == named_pieces(["right_arm", "left_leg", "waist"])
    assert there.drawing(1).work == named_pieces(["left_arm", "right_leg", "waist"])
    assert (here.drawing(1).over, there.drawing(1).over) == (frozenset({"right_hand"}), frozenset({"left_hand"}))
    assert here.drawing(1).far == {"left_arm", "left_leg"}
    assert there.drawing(1).far == {"right_arm", "right_leg"}


def layers(of: Movement, pose: int, share: float, *, arrow: bool = False) -> Layers:
    """The dots of a moment, in 36 × 14 cells whatever the figure would take."""
    name = of.figure.pose[pose].name
    way = of.arrow if arrow else ()
    return draw(of.body(pose, share), of.drawing(pose), of.box, 36, 14, 2, pose=name, arrow=way)


def flipped(found: Layers) -> dict[str, list[int]]:
    """The dots from right to left."""
    wide = found.width
    return {tone: [int(f"{row:0{wide}b}"[::-1], 2) for row in rows] for tone, rows in found.tones.items()}


def differing(one: dict[str, list[int]], other: dict[str, list[int]]) -> float:
    """Which share of the dots of two pictures has another tone."""
    apart = covered = 0
    for tone in one.keys() | other.keys():
        rows = zip(one.get(tone, [0] * 56), other.get(tone, [0] * 56), strict=True)
        for a, b in rows:
            apart, covered = apart + (a ^ b).bit_count(), covered + (a | b).bit_count()
    return apart / covered


@pytest.mark.parametrize("id_", SIDED)
def test_the_picture_of_the_other_side_is_the_mirror_image(id_):
    """Of each two-sided exercise, for a key pose with its arrow and for a moment on the way; edges may differ."""
    here, there = movement(id_), movement(id_, mirror=True)
    for pose, share, arrow in ((0, 1.0, True), (here.goal, 0.6, False)):
        one, other = (layers(of, pose, share, arrow=arrow) for of in (here, there))
        assert differing(flipped(one), other.tones) < 0.02
    assert differing(one.tones, other.tones) > 0.04, "a picture that looks the same either way round proves nothing"


@pytest.mark.parametrize("id_", SIDED)
def test_both_sides_take_the_same_room(id_):
    """The figure turns over where it is."""
    here, there = movement(id_), movement(id_, mirror=True)
    left, lower, right, upper = here.box
    assert there.box == pytest.approx((-right, lower, -left, upper))
    assert here.size(60, 20) == there.size(60, 20)


def test_figures_of_two_sides_are_there():
    """The tests above look at something."""
    assert {id_ for id_ in IDS if LIBRARY.exercise(id_).sides == "both"} == set(SIDED)
    assert len(SIDED) >= 15
