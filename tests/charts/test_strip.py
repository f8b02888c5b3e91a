"""A day as a strip: what stands where, the hours below, and what the signs mean."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.charts.lines import text_of
from trainer.charts.strip import strip


def drawn(parts, width=29, **more):
    return [text_of(line) for line in strip(parts, width=width, **more)]


@pytest.mark.parametrize(
    ("parts", "width", "shown"),
    [
        ([], 80, []),
        ([(540, 600, "worked")], 11, []),
        ([(540, 780, "worked")], 29, ["─" * 24, "9     10    11    12    13", "─ worked"]),
        ([(540, 600, "worked"), (720, 780, "away")], 29, ["──────            ░░░░░░", "9     10    11    12    13",
                                                          "─ worked  ░ away"]),
        # A minute of moving shows; of two other things the longer one does.
        ([(540, 600, "worked"), (575, 576, "moved"), (600, 660, "worked"), (600, 604, "away")], 29,
         ["───█────────", "9     10    11    12    13", "█ moved  ─ worked"]),
        # Early and late: four hours at least, and none beyond the day.
        ([(0, 1, "moved")], 29, ["█", "0     1     2     3     4", "█ moved"]),
        ([(1439, 1440, "moved")], 29, [" " * 23 + "█", "20    21    22    23    24", "█ moved"]),
        ([(0, 1440, "away")], 29, ["░" * 24, "0   4   8   12  16  20  24", "░ away"]),
        # Where the hours are more than the columns, several share one.
        ([(0, 1440, "worked"), (1439, 1440, "moved")], 12, ["─" * 11 + "█", "0   8   16", "█ moved", "─ worked"]),
    ],
)  # fmt: skip
def test_what_is_drawn(parts, width, shown):
    """The strip, the hours, and the legend of what there is."""
    assert drawn(parts, width) == shown


def test_ascii_alone():
    """Where a terminal knows no more, other signs tell the same apart."""
    parts = [(540, 600, "worked"), (600, 660, "moved"), (660, 780, "away")]
    assert drawn(parts, ascii_only=True) == [
        "------######::::::::::::", "9     10    11    12    13", "# moved  - worked  : away",
    ]  # fmt: skip


@st.composite
def days(draw):
    edges = sorted(draw(st.lists(st.integers(0, 1440), min_size=2, max_size=24, unique=True)))
    return [
        (from_min, until_min, draw(st.sampled_from(["worked", "moved", "away"])))
        for from_min, until_min in pairwise(edges)
        if draw(st.booleans())
    ]


@given(days(), st.integers(0, 300), st.booleans())
def test_any_day_at_any_width(parts, width, ascii_only):
    """No line is wider than the room, whoever moved is seen, and nothing is drawn where nothing was."""
    lines = drawn(parts, width, ascii_only=ascii_only)
    assert all(len(line) <= width for line in lines)
    if not parts or width < 12:
        assert lines == []
        return
    signs = dict(zip(("moved", "worked", "away"), "#-:" if ascii_only else "█─░", strict=True))
    kinds = {kind for _, _, kind in parts}
    assert (signs["moved"] in lines[0]) == ("moved" in kinds)
    assert {sign for sign in lines[0] if sign != " "} <= {signs[kind] for kind in kinds}
    for kind, sign in signs.items():
        assert any(f"{sign} {kind}" in line for line in lines[2:]) == (sign in lines[0])
