"""Areas of dots, the layers that they lie in, and a body drawn with them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.posing import IDS, STANDING, every_figure, figure_of, movement
from trainer.figures.canvas import draw
from trainer.figures.dots import Layers, Rows, Spans
from trainer.figures.model import Figure
from trainer.figures.movement import Movement
from trainer.figures.props import solids
from trainer.figures.shapes import pieces
from trainer.figures.skeleton import mirrored
from trainer.figures.view import ON_THE_FLOOR, View, around, bounds, fit

WIDTH, HEIGHT = 23, 17
middles = st.floats(-6, 28)
coordinates = st.tuples(middles, middles)


def dots(rows: Rows) -> set[tuple[int, int]]:
    """The covered dots, each as its column and its row."""
    return {(x, y) for y, row in enumerate(rows) for x in range(row.bit_length()) if row >> x & 1}


def area(rows: Rows) -> str:
    return "\n".join("".join("#" if row >> x & 1 else "." for x in range(7)) for row in rows)


def assert_covers(spans: Spans, distance) -> None:
    """Whether those dots are covered whose `distance` is 0 or less, but for what lies on the edge itself."""
    found = dots(spans.rows)
    for y in range(spans.height):
        for x in range(spans.width):
            off = distance(x, y)
            if abs(off) > 1e-6:
                assert ((x, y) in found) == (off < 0), (x, y, off)


# --- dots ----------------------------------------------------------------------------------------


def test_areas_are_the_dots_whose_middles_they_cover():
    """A disc, a lying ellipse, one that rises to the right, a triangle, and a limb that grows thinner."""
    shapes = [
        lambda spans: spans.disc(3, 2, 2),
        lambda spans: spans.ellipse(3, 2, 9, 0, 1),
        lambda spans: spans.ellipse(3, 2, 5, -3.5, 3.9),
        lambda spans: spans.polygon([(-0.2, -0.5), (6.4, -0.5), (-0.2, 4.2)]),
        lambda spans: spans.limb([(1, 2, 1.5), (6, 2, 0.5)]),
    ]
    drawn = []
    for shape in shapes:
        spans = Spans(7, 5)
        shape(spans)
        drawn.append(area(spans.rows))
    assert drawn == [
        "...#...\n..###..\n.#####.\n..###..\n...#...",
        ".......\n...#...\n#######\n...#...\n.......",
        ".......\n...###.\n..###..\n.###...\n.......",
        "######.\n#####..\n###....\n##.....\n#......",
        ".......\n####...\n#######\n####...\n.......",
    ]


@given(coordinates, st.floats(0.1, 20))
def test_a_disc_is_what_lies_within_its_radius(middle, radius):
    """Also where it lies outside of the picture in part or altogether."""
    spans = Spans(WIDTH, HEIGHT)
    spans.disc(*middle, radius)
    assert_covers(spans, lambda x, y: math.dist((x, y), middle) - radius)


@given(coordinates, st.floats(1, 12), st.floats(1, 12), st.floats(0, math.pi))
def test_an_ellipse_leans_as_its_axes_do(middle, long, short, angle):
    """Worked from the two half axes: its matrix is the sum of their products."""
    ux, uy = long * math.cos(angle), long * math.sin(angle)
    vx, vy = -short * math.sin(angle), short * math.cos(angle)
    spans = Spans(WIDTH, HEIGHT)
    spans.ellipse(*middle, ux * ux + vx * vx, ux * uy + vx * vy, uy * uy + vy * vy)

    def off(x: float, y: float) -> float:
        dx, dy = x - middle[0], y - middle[1]
        return math.hypot((dx * ux + dy * uy) / long**2, (dx * vx + dy * vy) / short**2) - 1

    assert_covers(spans, off)


@given(st.lists(st.tuples(middles, middles, st.floats(0.2, 6)), min_size=1, max_size=4))
def test_a_limb_covers_its_discs_and_the_way_between_them(discs):
    """Every disc on the straight way from one to the next lies in it, and nothing lies out of reach of them."""
    spans = Spans(WIDTH, HEIGHT)
    spans.limb(discs)
    found = dots(spans.rows)
    ways = list(zip(discs, discs[1:] or discs, strict=False))
    between = [
        tuple(a + (b - a) * step / 12 for a, b in zip(one, other, strict=True))
        for one, other in ways
        for step in range(13)
    ]
    for y in range(HEIGHT):
        for x in range(WIDTH):
            off = min(math.dist((x, y), disc[:2]) - disc[2] for disc in between)
            if off < -1e-6:
                assert (x, y) in found
            elif off > 2.1:  # half of the widest step between two of these discs, and a little
                assert (x, y) not in found


@given(st.integers(-40, 40), st.floats(-50, 50), st.floats(-50, 50))
def test_no_span_leaves_the_picture(y, left, right):
    """However far it reaches, no dot has a column that is not there."""
    spans = Spans(WIDTH, HEIGHT)
    spans.span(y % HEIGHT, left, right)
    assert all(0 <= row < 1 << WIDTH for row in spans.rows)


def test_what_is_put_covers_and_what_is_cut_is_gone():
    """Of each dot one tone is left; a cut spares what it is to spare."""
    layers = Layers(4, 1)
    layers.put("trunk", [0b1111])
    layers.put("near", [0b0011])
    assert layers.tones == {"trunk": [0b1100], "near": [0b0011]}
    layers.put("near", [0b0100])
    assert layers.tones == {"trunk": [0b1000], "near": [0b0111]}
    layers.cut([0b0110], spared=["trunk"])
    assert layers.tones == {"trunk": [0b1000], "near": [0b0001]}
    layers.cut([0b1001], keep="near")
    assert layers.tones == {"trunk": [0], "near": [0b0001]}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 255)), max_size=8))
def test_no_dot_has_two_tones(drawn):
    """Whatever lies over what: the last one put has its dots."""
    layers = Layers(8, 1)
    expected: dict[int, str] = {}
    for tone, row in drawn:
        layers.put(tone, [row])
        expected |= {x: tone for x in range(8) if row >> x & 1}
    assert {x: tone for tone, (row,) in layers.tones.items() for x in range(8) if row >> x & 1} == expected


# --- a body --------------------------------------------------------------------------------------


def layers_of(
    figure: Figure, *, pose: int = 0, size: tuple[int, int] = (40, 14), fine: int = 4, **more: object
) -> Layers:
    of = Movement(figure)
    return draw(of.body(pose), of.drawing(pose), of.box, *size, fine, pose=figure.pose[pose].name, **more)


def of_tones(layers: Layers, *tones: str) -> set[tuple[int, int]]:
    return set().union(*(dots(layers.tones[tone]) for tone in tones if tone in layers.tones))


def in_pieces(covered: set[tuple[int, int]]) -> int:
    """In how many pieces an area lies; corners touch."""
    left, count = set(covered), 0
    while left:
        count += 1
        edge = [left.pop()]
        while edge:
            x, y = edge.pop()
            near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & left
            left -= near
            edge += near
    return count


BODY = ("near", "far", "work", "work_far", "trunk", "hair", "eye")


@pytest.mark.parametrize("torso", [45, 60, 120, 135])
def test_a_slanted_trunk_is_drawn_the_right_way_round(torso):
    """It leans to where it points: its upper half lies to the right of the lower one where the torso does."""
    trunk = of_tones(layers_of(figure_of({**STANDING, "torso": torso, "arms": {"upper": 180}})), "trunk")
    middle = sum(y for _, y in trunk) / len(trunk)
    upper, lower = ([x for x, y in trunk if (y < middle) == above] for above in (True, False))
    leaning = sum(upper) / len(upper) - sum(lower) / len(lower)
    assert leaning > 4 if torso < 90 else leaning < -4


@pytest.mark.parametrize("torso", [30, 45, 135, 150])
def test_a_slanted_trunk_is_as_thick_as_an_upright_one(torso):
    """Its ellipsoids lie across it: turned the other way they would make a thin line of it."""
    covered = []
    for angle in (90, torso):
        pose = {**STANDING, "torso": angle, "arms": {"upper": angle - 90}, "work": ["waist"]}
        of = Movement(figure_of(pose, camera={"yaw": 0, "pitch": 0}))
        layers = draw(of.body(0), of.drawing(0), of.box, 100, 40, 4)
        covered.append(len(of_tones(layers, "work")) / fit(of.box, 100, 40, 4).scale ** 2)
    assert covered[1] == pytest.approx(covered[0], rel=0.12)


@pytest.mark.parametrize(
    "arm", [{"upper": 270, "lower": 20}, {"upper": 300, "lower": 200}, {"upper": 250, "lower": 80}]
)
@pytest.mark.parametrize("size", [(24, 8), (40, 14), (100, 40)])
def test_no_gap_parts_a_limb_at_its_own_joint(arm, size):
    """An arm that crosses the trunk is set off from it by a gap, and in one piece from the shoulder to the hand."""
    pose = {**STANDING, "right_arm": arm, "left_arm": {"upper": 180}, "legs": {"upper": 270}}
    layers = layers_of(figure_of(pose, work=["right_arm"], arrow="none"), size=size)
    assert in_pieces(of_tones(layers, "work")) == 1


@pytest.mark.parametrize("size", [(24, 8), (44, 14), (100, 40)])
def test_a_gap_sets_off_what_crosses_the_trunk(size):
    """Round a forearm before the trunk there is a line of nothing, and the trunk goes on behind it."""
    pose = {**STANDING, "right_arm": {"upper": 250, "lower": 330}, "left_arm": {"upper": 180}}
    layers = layers_of(figure_of(pose, work=["right_forearm"], camera={"yaw": 0}), size=size)
    forearm, trunk = of_tones(layers, "work"), of_tones(layers, "trunk")

    def around(far: int) -> set[tuple[int, int]]:
        steps = range(-far, far + 1)
        return {(x + dx, y + dy) for x, y in forearm for dx in steps for dy in steps if abs(dx) + abs(dy) <= far}

    assert not around(1) & trunk
    assert around(6) & trunk


def test_a_limb_is_far_or_near_for_a_whole_movement():
    """A leg that passes the other keeps its tone, since one that comes and goes would look like something else."""
    pose = {**STANDING, "right_leg": {"upper": 290, "lower": 270}, "left_leg": {"upper": 250, "lower": 270}}
    figure = figure_of(pose, {"roll": 30}, {"roll": -10}, {"roll": 60}, work=["left_leg"])
    of = Movement(figure)
    assert {of.drawing(number).far for number in range(4)} == {frozenset({"left_arm", "left_leg"})}
    for number in range(4):
        assert "work_far" in layers_of(figure, pose=number).tones


def test_what_is_named_in_over_lies_before_all_else():
    """A far hand behind the trunk is seen where the file wants it to be."""
    pose = {**STANDING, "left_arm": {"upper": 250, "lower": 330}}
    behind, before = (
        of_tones(layers_of(figure_of(pose, work=["left_arm"], **more)), "work_far")
        for more in ({}, {"over": ["left_arm"]})
    )
    assert len(before) > 1.2 * len(behind)


@pytest.mark.parametrize("frame", ["whole", "lower", "legs", "upper", "hands", "head"])
def test_the_floor_is_drawn_where_the_feet_can_be_seen(frame):
    """A picture of the upper body has none; one with a mat has that instead."""
    figure = figure_of(STANDING, camera={"frame": frame})
    assert ("floor" in layers_of(figure).tones) == (frame in ON_THE_FLOOR)


@pytest.mark.parametrize("line_only", [True, False])
def test_the_floor_is_a_line_where_it_could_not_be_told_from_the_body(line_only):
    """Else it is as deep as a mat, and reaches across the picture."""
    layers = layers_of(figure_of(STANDING, camera={"pitch": 20}), line_only=line_only)
    rows = {y for _, y in of_tones(layers, "floor")}
    assert (len(rows) == 1) == line_only
    assert max(rows) == layers.height - 1 or line_only


@pytest.mark.parametrize("eyes", ["open", "closed"])
def test_a_face_has_an_eye_on_the_side_to_which_it_looks(eyes):
    """None is seen from behind."""
    for roll, there in ((0, True), (90, True), (270, False)):
        layers = layers_of(figure_of({**STANDING, "roll": roll, "eyes": eyes}, camera={"frame": "head", "yaw": 0}))
        assert bool(of_tones(layers, "eye")) == there, roll


def test_a_full_chest_can_be_seen():
    """With the breath the trunk covers more, and nothing else moves."""
    figure = figure_of({**STANDING, "arms": {"upper": 180}}, camera={"yaw": 0})
    empty, full = (of_tones(layers_of(figure, breath=breath), "trunk") for breath in (False, True))
    assert len(full) > 1.08 * len(empty)


@pytest.mark.parametrize("squash", [1.0, 0.5, 0.06])
def test_a_figure_that_turns_over_is_narrow_and_stays_where_it_is(squash):
    """It keeps its height, and what is in the middle stays in the middle."""
    figure = figure_of(STANDING, camera={"yaw": 0})
    whole, narrow = (of_tones(layers_of(figure, squash=share), *BODY) for share in (1.0, squash))
    (left, right), (thin_left, thin_right) = (
        (min(x for x, _ in one), max(x for x, _ in one)) for one in (whole, narrow)
    )
    assert thin_right - thin_left <= (right - left) * squash + 12  # joints stay round
    assert abs(thin_left + thin_right - left - right) <= 0.4 * (right - left)
    assert {y for _, y in whole} >= {y for _, y in narrow}
    assert max(y for _, y in whole) - max(y for _, y in narrow) <= 2


def test_an_arrow_has_a_head_and_room_around_it():
    """It is drawn over the body, with nothing close by."""
    figure = figure_of(STANDING, {"right_arm": {"upper": 330}}, arrow="right_hand", arrow_off=[-14, 0])
    of = Movement(figure)
    layers = draw(of.body(0), of.drawing(0), of.box, 40, 14, 4, arrow=of.arrow)
    arrow = of_tones(layers, "arrow")
    body = of_tones(layers, *BODY)
    assert in_pieces(arrow) == 1
    assert not {(x + dx, y + dy) for x, y in arrow for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & body
    assert not of_tones(layers_of(figure), "arrow")


def test_a_thing_of_some_poses_is_there_in_these_alone():
    """And one in front covers the body, where another is covered by it."""
    box = {"kind": "box", "at": [-10, 20], "size": [20, 30, 2]}
    poses = ({**STANDING, "name": "one"}, {"name": "two"})
    figure = figure_of(*poses, prop=[{**box, "poses": ["two"]}])
    assert not of_tones(layers_of(figure, pose=0), "prop")
    behind = of_tones(layers_of(figure, pose=1), "prop")
    front = of_tones(layers_of(figure_of(*poses, prop=[{**box, "front": True}])), "prop")
    assert behind < front


@pytest.mark.parametrize(
    ("thing", "x", "y", "z"),
    [
        # A seat 21 deep and 24 high, a back 26 higher and 2.2 behind it.
        ({"kind": "chair"}, (-23.2, 0), (1.1, 50), (-10, 10)),
        ({"kind": "chair", "facing": "left"}, (0, 23.2), (1.1, 50), (-10, 10)),
        ({"kind": "chair", "facing": "viewer"}, (-10, 10), (1.1, 50), (-23.2, 0)),
        ({"kind": "chair", "size": [15, 20], "at": [4, 2, 1]}, (-13.2, 4), (3.1, 48), (-9, 11)),
        ({"kind": "wall"}, (-3, 0), (0, 106), (-10, 10)),
        ({"kind": "box", "at": [5, 1]}, (5, 25), (1, 21), (-10, 10)),
        ({"kind": "box", "size": [8, 30, 4], "facing": "left"}, (-8, 0), (0, 30), (-2, 2)),
        ({"kind": "desk"}, (0, 40), (1, 40), (-14, 14)),
        ({"kind": "screen"}, (0, 2), (0, 23), (-12, 12)),
        ({"kind": "mat"}, (-55, 55), (-0.4, 0), (-11, 11)),
        ({"kind": "line", "points": [[0, 1], [2, 3, 4]]}, (0, 2), (1, 3), (0, 4)),
        ({"kind": "line", "joints": ["right_hip", "nose"]}, (0, 6.6), (52.4, 91.2), (0, 5.5)),
    ],
    ids=str,
)
def test_a_thing_stands_where_it_is_put(thing, x, y, z):
    """In its own size or in the usual one, as it is turned; in the mirror on the other side."""
    (prop,) = figure_of(STANDING, prop=[thing]).prop
    of = Movement(figure_of(STANDING))
    for mirror in (False, True):
        body = mirrored(of.body(0)) if mirror else of.body(0)
        corners = [corner for solid in solids(prop, body.joints, mirrored=mirror) for corner in solid.corners]
        found = [(min(values), max(values)) for values in zip(*corners, strict=True)]
        left, right = (-x[1], -x[0]) if mirror else x
        assert found == [pytest.approx(span) for span in ((left, right), y, z)]


# --- what ships ----------------------------------------------------------------------------------


@every_figure
def test_nothing_of_a_body_falls_out_of_its_picture(id_):
    """At no moment of the movement, though the box is measured at key poses and middles alone."""
    of = movement(id_)
    frame = of.camera.frame
    view = View(of.camera.yaw, of.camera.pitch)
    left, lower, right, upper = of.box
    lower -= 0.1  # less than the half of any dot
    count = len(of.stances)
    moments = [(pose, share) for pose in range(count) for share in ((0.12, 0.25, 0.4, 0.75) if count > 1 else (1.0,))]
    covered = around(bounds(view, pieces(of.body(*moment)), frame) for moment in moments)
    assert left <= covered[0]
    assert covered[2] <= right
    assert covered[3] <= upper
    if frame in ON_THE_FLOOR:
        assert lower <= covered[1]
    for prop in of.figure.prop if frame == "whole" else ():
        for solid in solids(prop, of.body(0).joints, mirrored=False):
            for x, y, _ in map(view, solid.corners):
                assert left <= x <= right
                assert lower <= y <= upper


@pytest.mark.parametrize("id_", [id_ for id_ in IDS if movement(id_).camera.frame in ON_THE_FLOOR])
def test_the_floor_lies_below_all_that_touches_it(id_):
    """No dot of a body is lower than the lowest of the floor, at the goal and on the way to it."""
    of = movement(id_)
    size = of.size(40, 14)
    for share in (1.0, 0.5):
        layers = draw(of.body(of.goal, share), of.drawing(of.goal), of.box, *size, 2, pose=of.figure.pose[of.goal].name)
        floor = max(y for y, row in enumerate(layers.tones["floor"]) if row)
        body = max(y for tone in BODY for y, row in enumerate(layers.tones.get(tone, [])) if row)
        assert body <= floor
