from __future__ import annotations

import pytest
from msgspec import structs

from sessions.rows import SessionRow
from trainer.coach.morning import asks

ROW = SessionRow(
    "s1", "core", "Core", 0, 0, "", "2026-02-28", "2026-W09", 9, "finished", 9, 0, 9, 9, 2, 2, 0, 0, 3, 2, None, False,
    pain_most=4,
)  # fmt: skip
TODAY = structs.replace(ROW, id="now", day="2026-03-01")
WALK = structs.replace(ROW, id="walk", routine="", activity="walk", done=0, pain_most=None)


@pytest.mark.parametrize(
    ("rows", "minute", "expected"),
    [
        ([ROW], 8 * 60, "s1"),
        ([ROW], 0, "s1"),
        ([ROW], 11 * 60 + 59, "s1"),
        ([ROW], 12 * 60, None),
        ([TODAY, ROW], 480, "s1"),
        ([TODAY], 480, None),
        ([WALK, ROW], 480, "s1"),
        ([structs.replace(ROW, done=0, skipped=2), ROW], 480, "s1"),
        ([structs.replace(ROW, pain_next_morning=1)], 480, None),
        ([structs.replace(ROW, pain_next_morning=1), structs.replace(ROW, id="earlier")], 480, None),
        ([structs.replace(ROW, pain_most=None)], 480, None),
        ([structs.replace(ROW, day="2026-02-27")], 480, None),
        ([], 480, None),
    ],
)
def test_who_is_asked(rows: list[SessionRow], minute: int, expected: str | None) -> None:
    """The last guided session of yesterday, once, in the morning, and only where pain was rated at all."""
    found = asks(rows, "2026-03-01", minute)
    assert (found.id if found else None) == expected
