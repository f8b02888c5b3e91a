"""Bars beside their numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from trainer.charts.bars import Bar, bars
from trainer.charts.lines import Line, text_of

WEEK = [
    Bar("Moderate", 75, "75 of 150 minutes", 150),
    Bar("Strength", 2, "2 of 2 times", 2),
    Bar("Stretching", 0, "0 of 3 times", 3),
]


def texts(lines: list[Line]) -> list[str]:
    return [text_of(line) for line in lines]


def test_a_week_against_what_is_advised() -> None:
    """Name, bar, words; half is half, all is full, nothing is empty."""
    assert texts(bars(WEEK, width=47)) == [
        "Moderate    ████████········  75 of 150 minutes",
        "Strength    ████████████████  2 of 2 times",
        "Stretching  ················  0 of 3 times",
    ]
    assert texts(bars(WEEK, width=47, ascii_only=True)) == [
        "Moderate    ########........  75 of 150 minutes",
        "Strength    ################  2 of 2 times",
        "Stretching  ................  0 of 3 times",
    ]


def test_without_a_whole_the_largest_is_full() -> None:
    """Time by exercise: bars of one scale."""
    drawn = texts(bars([Bar("a", 30, "30 s"), Bar("b", 60, "60 s")], width=17))
    assert drawn == ["a  ████····  30 s", "b  ████████  60 s"]


def test_where_bars_do_not_fit_words_are_left() -> None:
    """Nothing is lost but the bar."""
    assert texts(bars(WEEK, width=30)) == [
        "Moderate: 75 of 150 minutes",
        "Strength: 2 of 2 times",
        "Stretching: 0 of 3 times",
    ]
    assert texts(bars(WEEK[:1], width=12)) == ["Moderate: 75", "of 150", "minutes"]
    assert bars([], width=40) == []


def test_the_role_is_that_of_the_row() -> None:
    """The filled part says what it is; what is left of the bar is dim."""
    (line,) = bars([Bar("left", 1, "1", 2, "left")], width=40)
    assert [(span.role, span.text[:1]) for span in line if span.text.strip(" ")] == [
        ("plain", "l"),
        ("left", "█"),
        ("dim", "·"),
        ("plain", " "),
    ]


def test_names_are_cleaned() -> None:
    """What steers a terminal does not come through."""
    for width in (60, 12):
        whole = "".join(texts(bars([Bar("a\x1b[2J", 1, "\x07b", 2)], width=width)))
        assert not {"\x1b", "\x07"} & set(whole)


def filled(value: float, of: float, *, ascii_only: bool) -> tuple[str, str]:
    """The filled part of a bar of 20 columns, and the part left."""
    (line,) = bars([Bar("n", value, "w", of)], width=26, ascii_only=ascii_only)
    bar = text_of(line)[3:23]
    assert text_of(line)[23:] == "  w"
    left = bar.lstrip("#█▉▊▋▌▍▎▏")
    return bar[: 20 - len(left)], left


@given(st.floats(0, 1e6), st.floats(1, 1e6), st.booleans())
def test_a_bar_is_full_only_when_all_is_done(value: float, of: float, ascii_only: bool) -> None:
    """Full from the whole on and never before; something done is something seen."""
    done, left = filled(value, of, ascii_only=ascii_only)
    assert set(left) <= set("·.")
    assert (done == "#█"[not ascii_only] * 20) == (value >= of)
    assert bool(done) == (value > 0)


texts_ = st.text(max_size=25) | st.text("aé中👩\u200d\ufe0f\x1b ", max_size=12)


@given(
    st.lists(st.builds(Bar, texts_, st.floats(), texts_, st.none() | st.floats()), max_size=5),
    st.integers(-3, 120),
    st.booleans(),
)
def test_it_always_fits(rows: list[Bar], width: int, ascii_only: bool) -> None:
    """Whatever the values and names, no line is wider, and nothing goes wrong."""
    assert all(cell_len(line) <= width for line in texts(bars(rows, width=width, ascii_only=ascii_only)))
