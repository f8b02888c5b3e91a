"""A logbook written in form 2 opens and reads the same in every later version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sessions import Logbook, WeekActivityRow
from sessions.schema import SCHEMA

STORED = Path(__file__).parent / "data" / "v2.sqlite"
WEEK = "2026-W09"


def test_reads_the_same(old: Logbook) -> None:
    """Its level, answers and activities are those that were written, as corrected."""
    health = old.health()
    assert health.ok
    assert (health.facts, health.sessions, health.schema) == (14, 4, SCHEMA)
    run, walk, checks = old.sessions()
    assert (run.activity, run.name, run.intensity, run.active_ms, run.how) == (
        "run",
        "Run",
        "vigorous",
        600_000,
        "finished",
    )
    assert (walk.activity, walk.intensity, walk.active_ms) == ("walk", "light", 1_500_000)
    assert (checks.activity, checks.intensity, checks.level, checks.levels) == ("", None, 2, 5)
    found = old.last_session("checks")
    assert found is not None
    assert found.row == checks
    assert (found.weaker, found.left_out) == ("left", ("Clam: 1 of 3 sets",))
    assert [(one.side, one.answer, one.corrected) for one in found.answers] == [
        ("left", "no", False),
        ("right", "unsure", True),
    ]
    assert old.week_activity(WEEK) == [
        WeekActivityRow(WEEK, "run", "vigorous", 1, 600_000),
        WeekActivityRow(WEEK, "walk", "light", 1, 1_500_000),
    ]
    assert "future-1" in {fact.id for fact in old.facts()}


def test_can_be_added_to(old: Logbook, pen: Any) -> None:
    """It goes on from where it was."""
    assert old.append(pen.draft(pen.active(), session="s9")).seq == 15
    assert old.health().ok


def test_rebuilds_the_same(old: Logbook) -> None:
    """Its read tables, as stored then, are those that a rebuild gives."""
    before = old.sessions(), old.answers("sway-check"), old.week_activity(WEEK)
    old.rebuild()
    assert (old.sessions(), old.answers("sway-check"), old.week_activity(WEEK)) == before
