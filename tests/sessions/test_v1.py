"""A logbook written in form 1 opens and reads the same in every later version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sessions import Logbook, Note
from sessions.schema import SCHEMA

STORED = Path(__file__).parent / "data" / "v1.sqlite"


def test_reads_the_same(old: Logbook) -> None:
    """Its facts, session, ratings and notes are those that were written."""
    health = old.health()
    assert health.ok
    assert (health.facts, health.sessions, health.schema) == (15, 2, SCHEMA)
    (row,) = old.sessions()
    assert (row.id, row.routine, row.day, row.how) == ("s1", "back-basics", "2026-03-01", "finished")
    assert (row.done, row.cut_short, row.skipped, row.works, row.active_ms) == (1, 1, 1, 3, 60_000)
    assert (row.pain_before, row.pain_after, row.pain_next_morning) == (4, None, 2)
    found = old.session("s1")
    assert found is not None
    assert found.row == row
    assert [planned.dose for planned in found.exercises] == ["2 × 30 s", "20"]
    assert [work.side for work in found.works] == ["left", "right", "alternating"]
    assert [(rating.nrs, rating.corrected) for rating in found.ratings] == [(4, False), (5, True), (2, False)]
    assert [note.text for note in found.notes] == ["Schlecht geschlafen – 膝"]
    assert [eased.to for eased in found.eased] == ["knee-rolls"]
    assert [row.nrs for row in old.practised("bird-dog", 1)] == [5]
    assert "future-1" in {fact.id for fact in old.facts()}


def test_can_be_added_to(old: Logbook, pen: Any) -> None:
    """It goes on from where it was."""
    assert old.append(pen.draft(Note("more"))).seq == 16
    assert old.health().ok


def test_rebuilds_the_same(old: Logbook) -> None:
    """Its read tables, as stored then, are those that a rebuild gives."""
    before = old.sessions(), old.last_done(), old.practised("bird-dog")
    old.rebuild()
    assert (old.sessions(), old.last_done(), old.practised("bird-dog")) == before
