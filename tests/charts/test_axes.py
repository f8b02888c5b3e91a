"""Numbers and dates beside a plot."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.charts.area import Area
from trainer.charts.axes import Height, labels
from trainer.charts.numbers import counted, short
from trainer.charts.weeks import Series, Weeks


@pytest.mark.parametrize(
    ("asked", "values", "rows", "ticks"),
    [
        ((0, 10), [], 2, [0, 10]),
        ((0, 10), [3], 3, [0, 10]),
        ((0, 10), [3], 8, [0, 5, 10]),
        ((0, 10), [3], 12, [0, 2, 4, 6, 8, 10]),
        ((0, 10), [3], 21, list(range(11))),
        ((0, 10), [3], 57, list(range(11))),
        ((10, 0), [3], 8, [0, 5, 10]),
        ((0, 0), [47], 12, [0, 10, 20, 30, 40, 50]),
        ((0, 0), [1200], 9, [0, 500, 1000, 1500]),
        ((0, 45), [12], 6, [0, 20, 40]),
        ((0, 45), [12], 5, [0, 45]),
        ((0, 0), [], 6, [0, 0.5, 1]),
        ((0, 0), [0.4], 6, [0, 0.2, 0.4]),
        ((0, float("nan")), [7], 8, [0, 2, 4, 6, 8]),
        ((0, 10), [-1], 8, [-5, 0, 5, 10]),
    ],
)
def test_numbers_stand_on_whole_steps(
    asked: tuple[float, float], values: list[float], rows: int, ticks: list[float]
) -> None:
    """Steps of 1, 2 or 5 that leave two rows or so each, from what is asked for to the farthest value."""
    assert Height.over(asked, values, rows).ticks == pytest.approx(ticks)


limits = st.floats(-1e9, 1e9) | st.integers(-20, 20)


@given(st.tuples(limits, limits), st.lists(limits, max_size=5), st.integers(2, 60))
@settings(max_examples=100)
def test_every_number_has_a_row_of_its_own(asked: tuple[float, float], values: list[float], rows: int) -> None:
    """Whatever the values: two numbers or more, no two alike or in one row, and nothing is outside."""
    height = Height.over(asked, values, rows)
    ticks = height.ticks
    assert height.low <= min(*asked, *values, height.high)
    assert height.high >= max(*asked, *values, height.low)
    assert len({short(tick) for tick in ticks}) == len(ticks) >= 2
    found = Area(1, rows, height.low, height.high).rows_of([*ticks, *values])
    assert sorted(found[: len(ticks)], reverse=True) == found[: len(ticks)]
    assert len(set(found[: len(ticks)])) == len(ticks)
    assert set(found) <= set(range(rows))


def below(first: str, last: str, width: int, margin: int = 4) -> list[tuple[int, int, str]]:
    """The dates below a plot whose area begins at `margin`."""
    weeks = Weeks.between(first, last, width - margin)
    mondays = [weeks.monday(n) for n in range(weeks.count)]
    return labels(mondays, weeks.columns(width - margin), margin, width)


@pytest.mark.parametrize(
    ("first", "last", "width", "expected"),
    [
        ("2026-03-02", "2026-03-08", 20, "2 Mar 2026"),
        ("2026-03-02", "2026-03-29", 60, "2 Mar 2026, 9 Mar, 16 Mar, 23 Mar"),
        ("2026-03-02", "2026-03-29", 30, "2 Mar 2026, 16 Mar"),
        ("2025-12-15", "2026-01-18", 80, "15 Dec 2025, 22 Dec, 29 Dec, 5 Jan 2026, 12 Jan"),
        ("2026-01-05", "2026-06-28", 80, "Jan 2026, Feb, Mar, Apr, May, Jun"),
        ("2026-01-26", "2026-06-28", 40, "Feb 2026, Mar, Apr, May, Jun"),
        ("2025-10-06", "2026-03-29", 60, "Oct 2025, Nov, Dec, Jan 2026, Feb, Mar"),
        ("2025-07-07", "2026-06-28", 40, "Jul 2025, Oct, Jan 2026, Apr"),
        ("2024-07-08", "2026-06-28", 40, "Jul 2024, Jan 2025, Jul, Jan 2026"),
        ("2016-01-01", "2026-01-01", 80, "2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025"),
        ("2016-01-01", "2026-01-01", 60, "2016, 2018, 2020, 2022, 2024"),
        ("2016-01-01", "2026-01-01", 20, "2020, 2025"),
        ("2026-01-05", "2026-06-28", 8, "2026"),
    ],
)
def test_dates_as_many_as_fit(first: str, last: str, width: int, expected: str) -> None:
    """Days for a few weeks, months for a year or two, years for more; the year stands where it is new."""
    assert ", ".join(text for _, _, text in below(first, last, width)) == expected


@given(st.dates(), st.integers(0, 4000), st.integers(8, 200))
def test_no_date_touches_another_or_leaves_the_line(first: date, length: int, width: int) -> None:
    """Every label stands over its tick, two blanks from the next, within the width; one there is always."""
    last = date.fromordinal(min(first.toordinal() + length, date.max.toordinal()))
    found = below(first.isoformat(), last.isoformat(), width)
    assert found
    free = 0
    for column, begin, text in found:
        assert free <= begin <= 4 + column < begin + len(text) <= width
        free = begin + len(text) + 2


def test_months_are_english_whatever_the_locale() -> None:
    """No month's name comes from the system."""
    import locale

    before = locale.setlocale(locale.LC_TIME)
    try:
        for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "C"):
            try:
                locale.setlocale(locale.LC_TIME, name)
            except locale.Error:
                continue
            assert "Mar" in {text for _, _, text in below("2026-01-05", "2026-06-28", 80)}
    finally:
        locale.setlocale(locale.LC_TIME, before)


def test_weeks_begin_on_monday_and_hold_both_ends() -> None:
    """From a Sunday to the Monday after it are two weeks."""
    weeks = Weeks.between("2026-03-08", "2026-03-09")
    assert (weeks.monday(0), weeks.monday(1), weeks.count) == (date(2026, 3, 2), date(2026, 3, 9), 2)


@given(st.dates(), st.integers(0, 20_000), st.integers(1, 200))
def test_places_never_outnumber_columns(first: date, length: int, columns: int) -> None:
    """As many weeks to a place as it takes, no more; each day has a place, and each place a column of its own."""
    last = date.fromordinal(min(first.toordinal() + length, date.max.toordinal()))
    weeks = Weeks.between(first.isoformat(), last.isoformat(), columns)
    assert weeks.count <= columns
    single = Weeks.between(first.isoformat(), last.isoformat())
    assert weeks.per == 1 or -(-single.count // (weeks.per - 1)) > columns
    assert list(weeks.means({first.isoformat(): 1.0})) == [0]
    assert list(weeks.means({last.isoformat(): 1.0})) == [weeks.count - 1]
    at = weeks.columns(columns)
    assert len(set(at)) == weeks.count
    assert 0 <= at[0] <= at[-1] < columns


def test_what_lies_outside_counts_for_nothing() -> None:
    """Days before and after, and values that are none, are not in the means."""
    weeks = Weeks.between("2026-03-02", "2026-03-15")
    day = date(2026, 3, 2)
    points = {(day + timedelta(days=n)).isoformat(): float(n) for n in range(-3, 20)}
    assert weeks.means(points) == {0: 3.0, 1: 10.0}
    assert weeks.means({"2026-03-02": None, "2026-03-03": float("nan"), "2026-03-04": 1e10}) == {}


@pytest.mark.parametrize(
    ("value", "text"),
    [(6.0, "6"), (6.5, "6.5"), (-0.0, "0"), (1e9, "1000000000"), (0.30000000000000004, "0.3"), (10, "10")],
)
def test_a_number_is_short(value: float, text: str) -> None:
    """No zeros after the point, and no zero with a sign."""
    assert short(value) == text


def test_one_is_not_many() -> None:
    """`1 day`, `0 days`, `2 days`."""
    assert [counted(number, "day") for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_a_series_is_a_value() -> None:
    """It can be compared, and not changed."""
    assert Series("a", "left", {"2026-03-02": 1}) == Series("a", "left", {"2026-03-02": 1})
    with pytest.raises(AttributeError):
        Series("a", "left", {}).name = "b"  # type: ignore[misc]
