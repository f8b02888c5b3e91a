from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.review import about_the_same, change, counting, iso_week, last_nrs, local_date


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (5, 5, "same"),
        (5, 4, "same"),
        (5, 6, "same"),
        (5, 3, "less"),
        (5, 7, "more"),
        (4, 3, "same"),
        (3, 2, "less"),
        (3, 4, "more"),
        (2, 3, "more"),
        (1, 0, "less"),
        (0, 0, "same"),
        (0, 1, "same"),
        (0, 2, "more"),
        (10, 8, "less"),
        (10, 9, "same"),
    ],
)
def test_change(before: int, after: int, expected: str) -> None:
    """A difference counts from 2 points or 30 % of the earlier rating; from 0, only points count."""
    assert change(before, after) == expected
    assert about_the_same(before, after) == (expected == "same")


@pytest.mark.parametrize(
    ("given", "expected", "nrs"),
    [
        ([], [], None),
        ([(None, 3), (None, 2)], [2], 2),
        ([("left", 5), ("right", 1)], [5, 1], 5),
        ([("left", 5), ("right", 1), ("left", 0)], [0, 1], 1),
        ([("left", 5), (None, 3)], [3], 3),
        ([(None, 7), ("right", 1)], [1], 1),
        ([("left", 5), (None, 3), ("right", 4)], [4], 4),
    ],
)
def test_which_ratings_count(given: list[tuple[str | None, int]], expected: list[int], nrs: int | None) -> None:
    """The last of each side; both together takes the place of either, and either that of both."""
    assert counting(given) == expected
    assert last_nrs(given) == nrs


@given(st.integers(0, 4_102_444_800_000), st.integers(-1440 + 1, 1440 - 1))
def test_local_day_and_week(utc_ms: int, offset_min: int) -> None:
    """The local date and ISO week are those that the calendar gives, before 1970 too."""
    zone = timezone(timedelta(minutes=offset_min))
    local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=utc_ms)).astimezone(zone)
    assert local_date(utc_ms, offset_min) == local.date().isoformat()
    assert iso_week(utc_ms, offset_min) == local.strftime("%G-W%V")


def test_date_turns_with_the_offset() -> None:
    """The same moment is another day elsewhere."""
    assert local_date(0, 0) == "1970-01-01"
    assert local_date(0, -1) == "1969-12-31"
