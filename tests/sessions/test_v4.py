"""A logbook written in form 4 opens and reads the same in every later version."""

from __future__ import annotations

from pathlib import Path

from sessions import Logbook
from sessions.breaks import BREAK_KINDS
from sessions.schema import SCHEMA

STORED = Path(__file__).parent / "data" / "v4.sqlite"
NINE_MS = 1_772_438_400_000


def test_reads_the_same(old: Logbook) -> None:
    """Its one session is the guided one; each kind of fact that tells of breaks is there."""
    health = old.health()
    assert health.ok
    assert (health.facts, health.sessions, health.schema) == (11, 1, SCHEMA)
    (row,) = old.sessions()
    assert (row.name, row.day, row.active_ms) == ("Desk break", "2026-03-02", 60_000)
    told = old.break_facts(NINE_MS - 3_600_000)
    assert [fact.kind for fact in told] == [
        "watch_begun",
        "break_offered",
        "break_postponed",
        "break_settled",
        "rested",
        "breaks_paused",
        "clock_changed",
        "watch_ended",
    ]
    assert {fact.kind for fact in told} == set(BREAK_KINDS)
    assert all(fact.parsed() is not None for fact in told)
    (moved,) = old.moved(NINE_MS, NINE_MS + 86_400_000)
    assert (moved.from_ms - NINE_MS, moved.until_ms - NINE_MS) == (65 * 60_000, 66 * 60_000)


def test_rebuilds_the_same(old: Logbook) -> None:
    """Its read tables, as stored then, are those that a rebuild gives."""
    before = old.sessions(), old.names(), old.days("2026-01-01", "2026-12-31")
    old.rebuild()
    assert (old.sessions(), old.names(), old.days("2026-01-01", "2026-12-31")) == before
