"""Pictures that are drawn once and kept, what changes between two of them, and several beside each other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.posing import STANDING, figure_of, movement, shipped
from trainer.figures import sheet
from trainer.figures.cells import EMPTY, Picture
from trainer.figures.movement import Movement
from trainer.figures.phases import STEPS, TURN_STEPS, Moment, preview, turning
from trainer.figures.player import MOST_CELLS, Player, changes
from trainer.figures.sheet import LABEL, beside, contact_sheet, key_poses, placed, poses_shown, trimmed, written

SIZE = (44, 14)


class Drawn(Player):
    """A player that counts what it draws."""

    def __init__(self, id_: str = "bird-dog") -> None:
        super().__init__(shipped(id_))
        self.draws: list[Moment] = []

    def _draw(self, moment: Moment, width: int, height: int) -> Picture:
        self.draws.append(moment)
        return super()._draw(moment, width, height)


class Blank(Drawn):
    """A player that draws nothing, for who needs many pictures."""

    def _draw(self, moment: Moment, width: int, height: int) -> Picture:
        self.draws.append(moment)
        return ((EMPTY,) * width,) * height


# --- the player ----------------------------------------------------------------------------------


def test_a_picture_is_drawn_once():
    """However often and in whatever order the same moments come, it is the same object."""
    player = Drawn()
    moments = [Moment(1, step) for step in (0, 8, STEPS)] * 3
    pictures = {}
    for moment in moments:
        assert pictures.setdefault(moment, player.picture(moment, *SIZE)) is player.picture(moment, *SIZE)
    assert player.draws == moments[:3]
    assert len(set(pictures.values())) == 3


def test_what_is_dim_is_the_same_picture():
    """A rest draws nothing anew: its colours differ, and nothing else."""
    player = Drawn()
    bright = player.picture(Moment(0), *SIZE)
    assert player.picture(Moment(0, dim=True), *SIZE) is bright
    assert len(player.draws) == 1


@pytest.mark.parametrize(
    "moment",
    [Moment(0, STEPS, arrow=True), Moment(0, breath=True), Moment(0, mirror=True), Moment(1, 10), Moment(0, turn=3)],
)
def test_what_looks_different_is_another_picture(moment):
    """The arrow, a full chest, the other side, a moment on the way, and one of the turn."""
    player = Drawn()
    assert player.picture(moment, *SIZE) != player.picture(Moment(0), *SIZE)


def test_another_size_is_another_picture():
    """Each is drawn in its own size."""
    player = Drawn()
    for width, height in (SIZE, (24, 8), SIZE):
        picture = player.picture(Moment(0), width, height)
        assert (len(picture[0]), len(picture)) == (width, height)
    assert len(player.draws) == 2


def test_one_pose_has_one_picture_whatever_the_step():
    """There is no way from it to itself."""
    player = Player(figure_of(STANDING))
    assert player.picture(Moment(0, 3), *SIZE) is player.picture(Moment(0, STEPS), *SIZE)


@pytest.mark.parametrize(("first", "then"), [((100, 40), (24, 8)), ((24, 8), (100, 40)), ((60, 20), (60, 20))])
def test_no_more_cells_are_kept_than_are_allowed(first, then):
    """The oldest pictures go, also where the size changed in between; the latest stays in any case."""
    player = Blank()
    asked = [(Moment(1, step, turn=turn), *size) for size in (first, then) for step in range(24) for turn in range(5)]
    for moment, width, height in asked:
        player.picture(moment, width, height)
    kept = 0
    for moment, width, height in reversed(asked):
        before = len(player.draws)
        player.picture(moment, width, height)
        if len(player.draws) > before:
            break
        kept += width * height
    assert MOST_CELLS - 4000 <= kept <= MOST_CELLS or kept == sum(width * height for _, width, height in asked)


@pytest.mark.parametrize("turn", range(TURN_STEPS))
def test_half_of_a_turn_is_seen_from_the_side_that_is_left(turn):
    """Then from the other, with the head where the feet were; in the middle it is the narrowest."""
    player = Player(shipped("bird-dog"), style="half")
    before, after = (player.picture(Moment(0, mirror=mirror), *SIZE) for mirror in (False, True))
    shown = player.picture(Moment(0, mirror=True, turn=turn), *SIZE)
    assert head(before) > 5
    assert head(after) < -5
    if abs(turn - TURN_STEPS // 2) > 1:  # at its narrowest there may be no hair to see
        assert (head(shown) > 0) == (turn < TURN_STEPS // 2)
    assert extent(shown) <= extent(before) * abs(1 - 2 * turn / TURN_STEPS) + 6
    if not turn:
        assert shown == before


def head(picture: Picture) -> float:
    """How far to the right of the rest the hair lies."""
    hair, body = (
        [x for row in picture for x, (_, *tones) in enumerate(row) if ("hair" in tones) == wanted and any(tones)]
        for wanted in (True, False)
    )
    return sum(hair) / len(hair) - sum(body) / len(body)


def extent(picture: Picture) -> int:
    columns = [x for row in picture for x, (_, front, _) in enumerate(row) if front not in ("", "floor")]
    return max(columns) - min(columns)


def test_both_sides_of_a_player_take_the_same_room():
    """And its goal is the figure's."""
    player = Player(shipped("bird-dog"))
    assert player.size(60, 20) == player.side(False).size(60, 20) == player.side(True).size(60, 20)
    assert player.goal == 1
    assert player.side(True) is player.side(True)


# --- what changes --------------------------------------------------------------------------------


def rebuilt(before: Picture, after: Picture) -> Picture:
    rows = [list(row) for row in before]
    for y, left, right in changes(before, after):
        rows[y][left:right] = after[y][left:right]
    return tuple(map(tuple, rows))


any_cell = st.sampled_from([EMPTY, ("█", "near", ""), ("▀", "near", "trunk")])
rows = st.lists(st.tuples(*[any_cell] * 7), min_size=4, max_size=4).map(tuple)


@given(before=rows, after=rows)
def test_changes_make_the_one_picture_of_the_other(before, after):
    """Each row is told of once at most, from the first cell that differs to the last."""
    assert rebuilt(before, after) == after
    told = list(changes(before, after))
    assert len({y for y, _, _ in told}) == len(told)
    for y, left, right in told:
        assert before[y][left] != after[y][left]
        assert before[y][right - 1] != after[y][right - 1]


@pytest.mark.parametrize("id_", ["bird-dog", "squat"])
def test_real_frames_are_rebuilt_from_what_changes(id_):
    """Through the movement, through a turn, and for a breath; no change is told between equal ones."""
    player = Player(shipped(id_), style="half")
    looks = [preview(player.figure, ms)[0] for ms in range(0, 4000, 400)]
    looks += [turning(player.figure, ms, mirror=True)[0] for ms in range(0, 1200, 300)]
    looks += [Moment(1), Moment(1, breath=True)]
    pictures = [player.picture(moment, *SIZE) for moment in looks]
    for before, after in pairwise(pictures):
        assert rebuilt(before, after) == after
        assert bool(list(changes(before, after))) == (before != after)


def test_a_breath_changes_the_trunk_and_no_more():
    """A few rows, a few cells each: that is all that a hold sends."""
    player = Player(shipped("bird-dog"))
    empty, full = (player.picture(Moment(1, breath=breath), *SIZE) for breath in (False, True))
    told = list(changes(empty, full))
    assert 0 < len(told) <= 6
    assert sum(right - left for _, left, right in told) < 60


# --- several pictures ----------------------------------------------------------------------------


def text(picture: Picture) -> list[str]:
    return ["".join(char for char, _, _ in row) for row in picture]


def labels(picture: Picture) -> list[str]:
    """What is written below each picture, from left to right and from the top."""
    words = ["".join(char if front == LABEL else "\n" for char, front, _ in row) for row in picture]
    return ["".join(run).strip() for line in words for run in _runs(line)]


def _runs(line: str) -> list[str]:
    return [run for run in line.replace("\n\n", "\t").split("\t") if run.strip()]


@pytest.mark.parametrize("size", [(24, 8), (25, 9), (49, 14), (60, 20), (81, 13), (100, 40), (140, 50)])
@pytest.mark.parametrize("id_", ["bird-dog", "glute-bridge", "sit-to-stand", "mindful-walk"])
def test_key_poses_fill_exactly_what_they_are_given(id_, size):
    """Whatever the size and the number of poses."""
    picture = key_poses(movement(id_), *size, "half")
    assert len(picture) == size[1]
    assert {len(row) for row in picture} == {size[0]}


@pytest.mark.parametrize(
    ("id_", "width", "expected"),
    [
        ("bird-dog", 60, ["1 →", "2"]),
        ("glute-bridge", 100, ["1 →", "2 →", "3"]),
        ("sit-to-stand", 120, ["1 →", "2 →", "3 →", "4"]),
        ("bird-dog", 24, []),
    ],
)
def test_key_poses_are_numbered_with_arrows_from_one_to_the_next(id_, width, expected):
    """A single one needs no number."""
    found = [one.replace("\n", " ") for one in labels(key_poses(movement(id_), width, 14, "half"))]
    assert found == expected


@pytest.mark.parametrize("width", range(24, 200, 16))
@pytest.mark.parametrize("id_", ["bird-dog", "sit-to-stand", "mindful-walk"])
def test_the_goal_is_always_among_the_key_poses(id_, width):
    """And the first one, where there is room for two; each once, in order."""
    of = movement(id_)
    shown = poses_shown(of, width)
    assert of.goal in shown
    assert len(shown) == 1 or 0 in shown
    assert shown == sorted(set(shown))
    assert len(shown) <= len(of.figure.pose)


def test_key_poses_show_the_arrow_in_the_first_and_nowhere_else():
    """What leads from it; without one where none is wanted."""
    of = movement("bird-dog")
    columns = {x for row in key_poses(of, 80, 14) for x, (_, front, back) in enumerate(row) if "arrow" in (front, back)}
    assert columns
    assert max(columns) < 40
    assert not any("arrow" in cell for row in key_poses(of, 80, 14, arrow=False) for cell in row)


def test_a_player_keeps_its_key_poses():
    """Of each side and size; the sides differ."""
    player = Player(shipped("bird-dog"), style="half")
    assert player.key_poses(60, 14, mirror=False) is player.key_poses(60, 14, mirror=False)
    assert player.key_poses(60, 14, mirror=False) != player.key_poses(60, 14, mirror=True)


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        (0, ["all fours", "reach"]),
        (1, ["all fours", "50% to reach", "reach", "50% to all fours"]),
        (3, ["all fours", *("25% to reach", "50% to reach", "75% to reach"), "reach"]),
    ],
)
def test_a_contact_sheet_says_what_each_picture_is(between, expected):
    """The key poses and so many moments on each way, back to the first too; all of one size."""
    found = contact_sheet(movement("bird-dog"), 60, 20, between, "half")
    assert [name for name, _ in found][: len(expected)] == expected
    assert len(found) == 2 * (between + 1)
    assert {(len(picture[0]), len(picture)) for _, picture in found} == {movement("bird-dog").size(60, 20)}
    assert any("arrow" in cell for row in found[0][1] for cell in row)


def test_a_contact_sheet_of_one_pose_is_one_picture():
    """There is no way to show."""
    assert [name for name, _ in contact_sheet(Movement(figure_of(STANDING)), 60, 20, 5, "half")] == ["1"]


CELL = ("█", "near", "")


def test_a_picture_is_placed_in_the_middle_and_at_the_bottom():
    """What is left over on an odd width is on the right; empty rows above can be taken away again."""
    picture = placed(((CELL,), (CELL,)), 4, 3)
    assert text(picture) == ["    ", " █  ", " █  "]
    assert text(trimmed(picture)) == [" █  ", " █  "]
    assert text(trimmed(((EMPTY,),))) == [" "]


def test_pictures_stand_beside_each_other_with_room_between():
    """Filled up to the width, and cut at it."""
    one = ((CELL,),)
    assert text(beside([one, one, one], 9)) == ["█  █  █  "]
    assert text(beside([one, one, one], 5)) == ["█  █ "]


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30), st.integers(1, 20))
def test_what_is_written_has_the_width_that_there_is(line, width):
    """In the middle, cut where it is longer, in the tone of labels."""
    row = written(line, width)
    assert len(row) == width
    assert "".join(char for char, _, _ in row).strip() == line[:width].strip()
    assert {front for _, front, _ in row} <= {LABEL, ""}


def test_what_takes_not_one_cell_shifts_nothing():
    """A pose's name in wide characters is told by dots: the line keeps its cells."""
    row = sheet.written("深 a\u0301b", 9)
    assert len(row) == 9
    assert "".join(cell[0] for cell in row).strip() == "· a·b"
