"""The plot: what is drawn where, what is left open, and that it always fits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from trainer.charts.lines import Line, Role, text_of
from trainer.charts.marks import MOST, marks
from trainer.charts.plot import plot
from trainer.charts.weeks import Series

MONDAY = date(2026, 1, 5)
PAIN = {"y_max": 10, "from_day": "2026-01-05", "to_day": "2026-06-28"}
"""Twenty-five weeks of ratings."""
WEEKS = 25


def day(week: int, weekday: int = 0) -> str:
    return (MONDAY + timedelta(days=7 * week + weekday)).isoformat()


def weekly(*values: float | None) -> dict[str, float | None]:
    return {day(week): value for week, value in enumerate(values) if value is not None}


def one(points: dict[str, float | None], role: Role = "amount", name: str = "held") -> Series:
    return Series(name, role, points)


def texts(lines: list[Line]) -> list[str]:
    return [text_of(line) for line in lines]


def area(lines: list[str], width: int) -> list[str]:
    """What stands between the axes, each row filled with blanks to the plot's right edge."""
    (axis,) = [number for number, line in enumerate(lines) if "└" in line]
    left = lines[axis].index("└") + 1
    rows = [line for line in lines[:axis] if len(line) >= left and line[left - 1] in "│┤"]
    return [row[left:].ljust(width - left) for row in rows]


def column(week: int, weeks: int, columns: int) -> int:
    return week * (columns - 1) // (weeks - 1)


THREE = [
    one(weekly(6, 6, 5, None, 5, 4, 4), "before", "before"),
    one(weekly(4, 5, 3, None, None, 3, 2), "after", "after"),
    one(weekly(5, 4, 4, None, 3, 2, None), "morning", "next morning"),
]


def test_a_plot_of_three_series() -> None:
    """Axes, numbers, dates, a legend in words, a mark for each series, and an open week."""
    drawn = texts(plot(THREE, width=48, height=15, y_max=10, from_day=day(0), to_day=day(6), unit="pain"))
    assert drawn == [
        "pain  ○ before  ● after  ▲ next morning",
        "10 ┤",
        "   │",
        " 8 ┤",
        "   │",
        " 6 ┤○⣀⣀⣀⣀⣀⣀○⡀",
        "   │▲⡀     ●⠈⠉⠑⠒⠤⠤○             ○⡀",
        "   │ ⢈⣉⠶⠶⢎⣉ ⠉⠢⣀                  ⠈⠉⠒⠢⢄⣀",
        " 4 ┤●⠁     ▲⠉⠉⠉⠙⠫⡉▲                    ○⠉⠉⠉⠉⠉⠉⠉○",
        "   │             ⠈●             ▲⠢⠤⣀⡀  ●⠢⠤⣀⣀",
        " 2 ┤                                ⠈⠑⠒▲    ⠉⠑⠒●",
        "   │",
        " 0 ┤",
        "   └┬─────────────┬─────────────┬──────────────┬",
        "5 Jan 2026     19 Jan         2 Feb       16 Feb",
    ]


def test_without_colour_series_differ() -> None:
    """Each series keeps a mark of its own, which the legend names, and its role stands at its marks alone."""
    lines = plot(THREE, width=80, height=24, y_max=10, from_day=day(0), to_day=day(6))
    said = {span.text.strip(): span.role for span in lines[0] if span.text.strip()}
    assert said == {"○ before": "before", "● after": "after", "▲ next morning": "morning"}
    for mark, role, count in (("○", "before", 6), ("●", "after", 5), ("▲", "morning", 5)):
        spans = [span for line in lines[1:] for span in line if mark in span.text]
        assert {span.role for span in spans} == {role}
        assert sum(span.text.count(mark) for span in spans) == count


@pytest.mark.parametrize(("value", "row"), [(0, -1), (10, 0), (5, 5), (2.4, -3), (9.9, 0)])
def test_a_value_stands_at_its_height(value: float, row: int) -> None:
    """0 is the lowest row, 10 the highest, and what is between has its share of the way."""
    rows = area(texts(plot([one(weekly(value))], width=60, height=14, **PAIN)), 60)
    assert len(rows) == 11
    assert "■" in rows[row]


def test_a_single_point_is_seen() -> None:
    """A week alone between two gaps has its mark and no line."""
    rows = area(texts(plot([one(weekly(None, None, 4))], width=60, height=14, **PAIN)), 60)
    assert "".join(rows).strip() == "■"


def test_weeks_that_follow_each_other_are_joined_and_others_are_not() -> None:
    """Between neighbours stand dots; over a week without a value nothing does."""
    rows = area(texts(plot([one(weekly(2, 8, None, 8, 2))], width=76, height=24, **PAIN)), 76)
    columns = len(rows[0])
    filled = {x for row in rows for x, char in enumerate(row) if char != " "}
    at = [column(week, WEEKS, columns) for week in range(5)]
    assert filled == {*range(at[0], at[1] + 1), *range(at[3], at[4] + 1)}


@given(st.lists(st.none() | st.floats(0, 10), min_size=WEEKS, max_size=WEEKS), st.integers(30, 120), st.integers(6, 40))
@settings(max_examples=60)
def test_a_gap_stays_a_gap(values: list[float | None], width: int, height: int) -> None:
    """A week without a value has nothing in its column, and each with one has its mark there."""
    rows = area(texts(plot([one(weekly(*values))], width=width, height=height, **PAIN)), width)
    if all(value is None for value in values):
        assert not {"■"} & set("".join(rows))
        return
    for week, value in enumerate(values):
        char = [row[column(week, WEEKS, len(rows[0]))] for row in rows]
        assert char.count("■") == (value is not None)
        assert value is not None or not "".join(char).strip()


def test_days_of_one_week_are_their_mean() -> None:
    """Several values of a week are one mark, half way between."""
    whole = [one({day(3, 0): 2, day(3, 6): 8})]
    assert plot(whole, width=60, height=20, **PAIN) == plot([one({day(3): 5})], width=60, height=20, **PAIN)


def test_points_may_come_in_any_order() -> None:
    """Weeks are joined as they follow each other, not as they were handed in."""
    points = weekly(2, 8, 5, None, 3, 9)
    turned = dict(reversed(points.items()))
    assert plot([one(turned)], width=60, height=20, **PAIN) == plot([one(points)], width=60, height=20, **PAIN)


def test_more_weeks_than_columns_are_put_together_and_it_is_said() -> None:
    """Four years in 40 columns: a mark is the mean of several weeks, and a year without a value is open."""
    points = {day(week): float(week % 3) for week in range(208) if not 52 <= week < 104}
    drawn = texts(plot([one(points)], width=40, height=12, y_max=10, from_day=day(0), to_day=day(207)))
    assert drawn[0].endswith("means of 6 weeks")
    rows = area(drawn, 40)
    marked = [any(row[x] == "■" for row in rows) for x in range(len(rows[0]))]
    (gap,) = [run for run in "".join(".#"[one] for one in marked).split("#") if len(run) > 1]
    assert len(gap) == 8


def test_equal_values_are_not_hidden() -> None:
    """Where two series have the same value a third mark stands, and the legend says what it is."""
    two = [one(weekly(3, 3), "left", "left"), one(weekly(3, 7), "right", "right")]
    lines = plot(two, width=60, height=16, **PAIN)
    assert text_of(lines[0]) == "◂ left  ▸ right  * several"
    assert "".join(texts(lines[1:])).count("*") == 1
    apart = plot([one(weekly(3), "left", "left"), one(weekly(7), "right", "right")], width=60, height=16, **PAIN)
    assert "*" not in "".join(texts(apart))


def test_the_axis_reaches_farther_where_a_value_does() -> None:
    """Seconds begin at 0 and end at a whole step above the longest; no value is cut off."""
    drawn = texts(plot([one(weekly(20, 47))], width=60, height=14, **PAIN | {"y_max": 0}))
    assert [line.split("┤")[0].strip() for line in drawn if "┤" in line] == ["50", "40", "30", "20", "10", "0"]
    below = texts(plot([one(weekly(-3, 12))], width=60, height=14, **PAIN))
    assert [line.split("┤")[0].strip() for line in below if "┤" in line] == ["15", "10", "5", "0", "-5"]
    assert "".join(below[1:]).count("■") == 2


@pytest.mark.parametrize(
    "series",
    [
        [],
        [one({})],
        [one({day(3): None, day(4): float("nan"), day(5): float("inf"), day(6): -1e300})],
        [one({"2020-01-01": 4, "2031-01-01": 4})],
    ],
)
def test_nothing_to_draw_is_said(series: list[Series]) -> None:
    """Without a value in these weeks the axes stand and a sentence says so; what is no measure counts as none."""
    drawn = texts(plot(series, width=60, height=14, **PAIN))
    assert "nothing in these weeks" in "\n".join(drawn)
    assert drawn[-1].split() == ["Jan", "2026", "Feb", "Mar", "Apr", "May", "Jun"]


@pytest.mark.parametrize(("width", "height"), [(20, 6), (40, 12), (80, 20), (80, 24), (200, 60)])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_it_is_a_plot_from_20_by_6(width: int, height: int, ascii_only: bool) -> None:
    """From 20 by 6 up to 200 by 60 there are axes, both ends of the scale, a date and every name."""
    drawn = texts(plot(THREE, width=width, height=height, unit="pain", ascii_only=ascii_only, **PAIN))
    whole = "\n".join(drawn)
    assert len(drawn) == height
    assert {"10", "0"} <= {line[:2].strip() for line in drawn}
    assert "2026" in drawn[-1]
    for series in THREE:
        assert series.name in whole
    assert whole.isascii() == ascii_only


@pytest.mark.parametrize(
    ("series", "width", "height", "expected"),
    [
        (THREE, 19, 3, ["before 6, then 4", "after 4, then 2", "next morning 5,"]),
        (
            THREE[:1],
            80,
            4,
            ["before: 6 in the week of 5 Jan 2026, 4 in the week of 16 Feb 2026; 6 weeks, from", "4 to 6."],
        ),
        (THREE, 6, 2, ["before", "6,"]),
        ([one(weekly(3), name="unbroken")], 5, 2, ["unbr…", "3"]),
        (THREE, 80, 0, []),
        (THREE, 0, 24, []),
        (THREE, -5, -5, []),
    ],
)
def test_where_there_is_no_room_it_is_told_in_words(
    series: list[Series], width: int, height: int, expected: list[str]
) -> None:
    """Too narrow or too low for axes: sentences, shorter where they would not fit either."""
    assert texts(plot(series, width=width, height=height, **PAIN)) == expected


def test_nothing_at_all_is_told_in_words_too() -> None:
    """No series and no room: the days that were asked for."""
    assert texts(plot([], width=40, height=2, **PAIN)) == ["Nothing from 5 Jan 2026 to 28 Jun 2026."]
    assert texts(plot([one({})], width=40, height=2, **PAIN)) == ["held: nothing in these weeks."]
    assert texts(plot([one(weekly(3))], width=40, height=2, **PAIN)) == ["held: 3 in the week of 5 Jan 2026."]


def test_days_may_come_in_either_order() -> None:
    """From and to are the two ends, whichever comes first."""
    turned = PAIN | {"from_day": PAIN["to_day"], "to_day": PAIN["from_day"]}
    assert plot(THREE, width=60, height=16, **turned) == plot(THREE, width=60, height=16, **PAIN)


def test_names_are_cleaned() -> None:
    """What a name holds steers no terminal, in the legend and in words."""
    series = [one(weekly(3, 4), name="\x1b[31mred\u202e\n")]
    for height in (16, 3):
        whole = "\n".join(texts(plot(series, width=60, height=height, unit="\x07s", **PAIN)))
        assert "\ufffd[31mred\ufffd" in whole
        assert not {"\x1b", "\u202e", "\x07"} & set(whole)


@given(st.lists(st.sampled_from(["before", "after", "left", "right", "amount", "plain", "bold"]), max_size=70))
def test_no_two_marks_are_alike(roles: list[Role]) -> None:
    """Whatever the series are, each has a mark of one column that no other has, and none is the shared one."""
    for ascii_only in (False, True):
        found = marks(roles, ascii_only=ascii_only)
        assert len(set(found)) == len(found) == min(MOST, len(roles))
        assert all(cell_len(mark) == 1 and mark != "*" and mark.strip() for mark in found)
        assert not ascii_only or "".join(found).isascii()


names = st.text(max_size=30) | st.text("aé中👩\u200d\ufe0f\x1b\n ", max_size=12)
values = st.none() | st.floats(-5, 15) | st.floats() | st.integers(0, 10)
days = st.dates(date(2025, 11, 1), date(2026, 8, 1)).map(date.isoformat)
roles = st.sampled_from(["before", "after", "morning", "left", "right", "amount"])
serieses = st.lists(st.builds(Series, names, roles, st.dictionaries(days, values, max_size=40)), max_size=4)
anywhen = st.dates().map(date.isoformat) | days


@given(
    serieses,
    st.integers(-3, 210),
    st.integers(-3, 64),
    anywhen,
    anywhen,
    st.floats(),
    st.floats(),
    names,
    st.booleans(),
)
@example([one({})], 20, 6, "0001-01-01", "9999-12-31", 1e308, -1e308, "", False)
@example([one({day(0): 1e9, day(1): -1e9})], 20, 6, day(0), day(3), 0.0, 0.0, "", True)
@settings(max_examples=60)
def test_it_always_fits(series, width, height, first, last, top, bottom, unit, ascii_only) -> None:
    """Whatever is asked for, no line is wider, there are no more lines, and nothing goes wrong."""
    asked = {"width": width, "height": height, "from_day": first, "to_day": last, "y_max": top, "y_min": bottom}
    lines = plot(series, **asked, unit=unit, ascii_only=ascii_only)
    assert len(lines) <= max(0, height)
    assert all(cell_len(text) <= width for text in texts(lines))
    assert lines == plot(series, **asked, unit=unit, ascii_only=ascii_only)


@given(
    st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=3, unique=True),
    st.integers(20, 200),
    st.integers(7, 60),
    st.dictionaries(days, st.floats(0, 10), max_size=30),
)
@settings(max_examples=60)
def test_the_legend_names_every_series(names: list[str], width: int, height: int, points: dict[str, float]) -> None:
    """From 20 columns and 7 lines on, each name stands behind its mark."""
    series = [one(points, "plain", name) for name in names]
    shapes = marks(["plain"] * len(names), ascii_only=False)
    above = "\n".join(texts(plot(series, width=width, height=height, **PAIN))).split("10 ┤")[0]
    for mark, name in zip(shapes, names, strict=True):
        assert f"{mark} {name}" in above
