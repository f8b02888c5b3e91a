"""A logbook written in form 3 opens and reads the same in every later version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sessions import Logbook, Wanted
from sessions.schema import SCHEMA

STORED = Path(__file__).parent / "data" / "v3.sqlite"


def test_reads_the_same(old: Logbook) -> None:
    """Its sides, its two facts of one id and the hour at which its days start are those that were written."""
    health = old.health()
    assert health.ok
    assert (health.facts, health.sessions, health.schema, health.conflicts) == (9, 1, SCHEMA, ["same-id"])
    assert old.day_starts_h == 4
    (row,) = old.sessions()
    assert (row.day, row.week, row.pain_most) == ("2026-02-28", "2026-W09", 4)
    found = old.session("s1")
    assert found is not None
    assert [(one.side, one.nrs) for one in found.ratings] == [("left", 4), ("right", 1)]
    assert [note.text for note in found.notes] == ["Wärmflasche danach", "here"]
    left, right = old.week_exercise("bridge", "2026-W09", "2026-W09")
    assert (left.side, left.nrs_sum, left.reps, left.steps, left.done) == ("left", 4, 9, 1, 0)
    assert (right.side, right.nrs_sum, right.reps, right.steps, right.done) == ("right", 1, 15, 1, 1)
    assert [one.id for one in old.find(Wanted(words="warmflasche bridge"))] == ["s1"]


def test_can_be_added_to(old: Logbook, pen: Any) -> None:
    """It goes on from where it was."""
    assert old.append(pen.draft(pen.active(), session="s9")).seq == 8
    assert old.health().ok


def test_rebuilds_the_same(old: Logbook) -> None:
    """Its read tables, as stored then, are those that a rebuild gives."""
    before = old.sessions(), old.names(), old.days("2026-01-01", "2026-12-31")
    old.rebuild()
    assert (old.sessions(), old.names(), old.days("2026-01-01", "2026-12-31")) == before
