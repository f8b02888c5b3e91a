"""How dots become characters: the nearest block, each style's own characters, and exact sizes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.figures.posing import STANDING, figure_of, movement
from trainer.figures.canvas import TONES
from trainer.figures.cells import DOTS, EMPTY, GROUND, Picture, best, cells
from trainer.figures.dots import Layers
from trainer.figures.movement import LEAST, MOST, Movement

STYLES = ("blocks", "shades", "braille", "half")
CHARACTERS = {
    "blocks": {chr(code) for code in range(0x2580, 0x25A0)} | {" "},
    "shades": {chr(code) for code in range(0x2580, 0x25A0)} | {" "},
    "braille": {chr(code) for code in range(0x2800, 0x2900)} | {" "},
    "half": set("▀▄█ "),
}
every_style = pytest.mark.parametrize("style", STYLES)


def blocks() -> dict[str, int]:
    """The characters to choose from, by the dots of four by eight that Unicode says they cover."""
    found = {" ": 0, "█": 2**32 - 1}
    for eighths, char in enumerate("▁▂▃▄▅▆▇", 1):
        found[char] = of(lambda _, y, eighths=eighths: y >= 8 - eighths)
    for quarters, char in ((1, "▎"), (2, "▌"), (3, "▊")):
        found[char] = of(lambda x, _, quarters=quarters: x < quarters)
    names = {"UPPER LEFT": (0, 0), "UPPER RIGHT": (1, 0), "LOWER LEFT": (0, 1), "LOWER RIGHT": (1, 1)}
    for char in "▖▗▘▙▚▛▜▝▞▟":
        quadrants = {names[part] for part in unicodedata.name(char).removeprefix("QUADRANT ").split(" AND ")}
        found[char] = of(lambda x, y, quadrants=quadrants: (x // 2, y // 4) in quadrants)
    found["▀"], found["▐"] = of(lambda _, y: y < 4), of(lambda x, _: x >= 2)
    return found


def of(covers) -> int:
    return sum(1 << (4 * y + x) for y in range(8) for x in range(4) if covers(x, y))


BLOCKS = blocks()


def test_every_block_stands_for_the_dots_that_its_name_says():
    """What a character covers exactly becomes that character; but for the quadrants' halves, which are one."""
    for char, mask in BLOCKS.items():
        assert best(mask) == (char, False)


@given(st.integers(0, 2**32 - 1))
@example(0xF)
@example(0xFFFFFFF0)
def test_the_best_block_is_as_near_as_any(mask):
    """No other one, nor its reverse, differs in fewer dots."""
    char, turned = best(mask)
    covered = BLOCKS[char] ^ (2**32 - 1 if turned else 0)
    nearest = min((one ^ mask ^ turn).bit_count() for one in BLOCKS.values() for turn in (0, 2**32 - 1))
    assert (covered ^ mask).bit_count() == nearest


@st.composite
def any_layers(draw: st.DrawFn, wide: int) -> Layers:
    """Three cells by two of whatever dots."""
    layers = Layers(3 * wide, 4 * wide)
    rows = st.lists(st.integers(0, 2 ** (3 * wide) - 1), min_size=4 * wide, max_size=4 * wide)
    for tone in draw(st.lists(st.sampled_from(TONES), max_size=5)):
        layers.put(tone, draw(rows))
    return layers


@every_style
@given(data=st.data())
def test_a_style_gives_its_own_characters_and_tones_that_are_there(style, data):
    """Whatever lies in a cell: one column wide, and in no tone but those of its dots."""
    layers = data.draw(any_layers(DOTS[style]))
    picture = cells(layers, style)
    assert [len(row) for row in picture] == [3, 3]
    wide = DOTS[style]
    for y, row in enumerate(picture):
        for x, (char, front, back) in enumerate(row):
            assert char in CHARACTERS[style]
            assert cell_len(char) == 1
            there = {
                tone
                for tone, rows in layers.tones.items()
                if any(line >> (x * wide) & ((1 << wide) - 1) for line in rows[2 * wide * y : 2 * wide * (y + 1)])
            }
            assert {front, back} <= there | {"", GROUND}
            assert front or not back
            assert (char == " ") == (front == "") or style == "braille"


@every_style
def test_nothing_becomes_nothing_and_a_full_cell_is_full(style):
    """An empty cell is a space without a tone; one that one tone fills shows it all over."""
    wide = DOTS[style]
    layers = Layers(2 * wide, 2 * wide)
    layers.put("near", [(1 << wide) - 1] * (2 * wide))
    full = "⣿" if style == "braille" else "█"
    assert cells(layers, style) == (((full, "near", ""), EMPTY),)


@pytest.mark.parametrize(
    ("style", "upper", "lower", "cell"),
    [
        ("half", "near", "", ("▀", "near", "")),
        ("half", "", "near", ("▄", "near", "")),
        ("half", "near", "trunk", ("▀", "near", "trunk")),
        ("half", "work", "work", ("█", "work", "")),
        ("half", "", "", EMPTY),
        ("blocks", "near", "", ("▀", "near", "")),
        ("blocks", "", "near", ("▄", "near", "")),
        ("blocks", "near", "trunk", ("▀", "near", "trunk")),
        ("blocks", "trunk", "near", ("▄", "near", "trunk")),
        ("braille", "near", "", ("⠛", "near", "")),
        ("braille", "", "near", ("⣤", "near", "")),
        ("braille", "near", "trunk", ("⣿", "near", "")),
        ("shades", "near", "", ("▀", "near", "")),
        ("shades", "near", "far", ("▀", "near", "")),
        ("shades", "far", "far", ("▒", "far", "")),
        ("shades", "work_far", "work_far", ("▒", "work_far", "")),
        ("shades", "prop", "prop", ("░", "prop", "")),
        ("shades", "hair", "hair", ("▓", "hair", "")),
        ("shades", "", "floor", ("▁", "floor", "")),
    ],
)
def test_a_cell_of_two_halves(style, upper, lower, cell):
    """What is told of two tones in one cell, in each style."""
    wide = DOTS[style]
    layers = Layers(wide, 2 * wide)
    half = [(1 << wide) - 1] * wide
    for tone, rows in ((upper, half + [0] * wide), (lower, [0] * wide + half)):
        if tone:
            layers.put(tone, rows)
    assert cells(layers, style) == ((cell,),)


def test_two_thin_tones_do_not_fill_an_empty_cell():
    """What shows nothing counts too: a cell with little in it stays mostly empty, in the tone of the most."""
    layers = Layers(4, 8)
    layers.put("far", [0] * 6 + [0xF, 0])
    layers.put("near", [0] * 7 + [0xF])
    assert cells(layers, "blocks") == ((("▂", "near", ""),),)


def test_a_gap_between_a_tone_on_both_sides_is_seen():
    """Where a tone fills a cell but for its left edge, the edge is the ground's."""
    layers = Layers(4, 8)
    layers.put("near", [0xE] * 8)
    assert cells(layers, "blocks") == ((("▎", GROUND, "near"),),)


def test_near_and_far_are_kept_apart_without_colour():
    """The leg behind is shaded, the leg before is solid, and no shade stands for what is near."""
    pose = {**STANDING, "right_leg": {"upper": 240, "lower": 270}, "left_leg": {"upper": 300, "lower": 270}}
    of = Movement(figure_of(pose, work=["left_leg"]))
    picture = of.picture(0, 1.0, *of.size(60, 30), "shades")
    shaded = {front for row in picture for char, front, _ in row if char == "▒"}
    solid = {front for row in picture for char, front, _ in row if char == "█"}
    assert "work_far" in shaded
    assert {"near", "trunk"} <= solid
    assert not shaded & {"near", "trunk", "work"}


SIZES = [(24, 8), (25, 9), (39, 13), (40, 14), (61, 21), (83, 37), (100, 40), (100, 8), (24, 40)]


@every_style
@pytest.mark.parametrize("size", SIZES)
def test_a_picture_has_the_size_that_was_asked_for(style, size):
    """Also an odd one, and one that is much too wide or too high for the figure."""
    picture = movement("bird-dog").picture(0, 1.0, *size, style, arrow=True)
    assert (len(picture[0]), len(picture)) == size
    assert len({len(row) for row in picture}) == 1
    assert shown(picture)


def shown(picture: Picture) -> int:
    return sum(front not in ("", "floor") for row in picture for _, front, _ in row)


@pytest.mark.parametrize("id_", ["bird-dog", "squat", "chin-tuck"])
@given(width=st.integers(24, 140), height=st.integers(8, 60))
def test_a_figure_takes_what_it_needs_of_the_room(id_, width, height):
    """Never more than there is, never less than the least nor more than the most, and no more room makes it smaller."""
    across, down = movement(id_).size(width, height)
    assert LEAST[0] <= across <= min(width, MOST[0])
    assert LEAST[1] <= down <= min(height, MOST[1])
    more = movement(id_).size(width + 1, height + 1)
    assert more[0] >= across
    assert more[1] >= down


def test_a_standing_figure_is_narrow_and_a_lying_one_flat():
    """Room that is left over beside or above a figure is not taken."""
    standing = Movement(figure_of(STANDING)).size(100, 40)
    lying = {**STANDING, "at": [0, 5.2], "torso": 180, "legs": {"upper": 0}, "arms": {"upper": 0}}
    flat = Movement(figure_of(lying)).size(100, 40)
    assert standing[0] < 0.9 * standing[1]
    assert flat[0] > 4 * flat[1]
