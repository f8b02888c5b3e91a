"""Breaks in the logbook: facts that are no session, found by their time."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest

from sessions import Body, Logbook, Stamp, Withdrawal, draft
from sessions.breaks import (
    BREAK_KINDS,
    BreakOffered,
    BreakPostponed,
    BreakSettled,
    BreaksPaused,
    ClockChanged,
    Rested,
    WatchBegun,
    WatchEnded,
)
from sessions.records import ActivityLogged, SessionBegun, SessionEnded, WorkDone, kind_of

HOUR = 3_600_000
NINE = 1_772_438_400_000
EACH: list[Body] = [
    WatchBegun(NINE, "GNOME"),
    WatchEnded(NINE),
    BreakOffered(NINE, "desk-break", "2026-03-02T10:00"),
    BreakPostponed(NINE, NINE + 1, 1),
    BreakSettled(NINE, "dropped", NINE, "asleep", count=3),
    Rested(NINE, NINE + 1),
    BreaksPaused(NINE, civil=True),
    ClockChanged(-HOUR),
]


@pytest.fixture
def logbook(tmp_path: Path) -> Any:
    with Logbook.open(tmp_path / "logbook.sqlite", random=_Random()) as made:
        yield made


class _Random:
    def __init__(self) -> None:
        self._drawn = count(1)

    def __call__(self, size: int) -> bytes:
        return next(self._drawn).to_bytes(size, "big")


def put(logbook: Logbook, body: Body, at_ms: int, session: str = "") -> str:
    made = draft(session or f"b-{at_ms}-{kind_of(body)}", body, Stamp(at_ms, 60, "Europe/Berlin"), _random)
    return logbook.append(made).id


_random = _Random()


def test_every_kind_is_tried() -> None:
    assert {kind_of(body) for body in EACH} == set(BREAK_KINDS)


def test_no_session_comes_of_them(logbook: Logbook) -> None:
    """Facts of breaks are stored and proven, and no list, total or day knows of a session."""
    for place, body in enumerate(EACH):
        put(logbook, body, NINE + place)
    assert logbook.sessions() == []
    assert logbook.count() == (0, 0, 0, 0)
    assert logbook.health().ok
    assert [fact.parsed() for fact in logbook.break_facts(NINE)] == EACH
    logbook.rebuild()
    assert (logbook.sessions(), logbook.health().ok) == ([], True)


def test_taken_in_they_are_no_session_either(logbook: Logbook, tmp_path: Path) -> None:
    """A merge brings them along, twice as well as once; they stay those of their own device."""
    for place, body in enumerate(EACH):
        put(logbook, body, NINE + place)
    with Logbook.open(tmp_path / "other.sqlite", random=lambda size: bytes([7]) * size) as other:
        other.take_in(logbook.facts())
        other.take_in(logbook.facts())
        assert other.sessions() == []
        assert other.health().ok
        assert len(list(other.facts())) == len(EACH)
        assert other.break_facts(NINE) == []


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [(0, 9, [0, 1, 2]), (1, 9, [1, 2]), (1, 1, [1]), (2, 9, [2]), (3, 9, []), (0, 0, [0])],
)
def test_found_by_their_time(logbook: Logbook, since: int, until: int, found: list[int]) -> None:
    """Both ends belong to the period."""
    for place in range(3):
        put(logbook, Rested(place, place), NINE + place)
    facts = logbook.break_facts(NINE + since, NINE + until)
    assert [fact.utc_ms - NINE for fact in facts] == found


def test_in_the_order_in_which_they_came(logbook: Logbook) -> None:
    """Where the clock was set back, the later fact bears the earlier time and still comes later."""
    put(logbook, WatchBegun(NINE), NINE)
    put(logbook, ClockChanged(-HOUR), NINE - HOUR)
    assert [fact.kind for fact in logbook.break_facts(0)] == ["watch_begun", "clock_changed"]


def test_withdrawn_and_brought_back(logbook: Logbook) -> None:
    put(logbook, Rested(NINE, NINE), NINE, "rest")
    out = put(logbook, Withdrawal("rest"), NINE + 1, "rest")
    assert (logbook.break_facts(0), logbook.sessions(), logbook.withdrawn()) == ([], [], [])
    put(logbook, Withdrawal(out), NINE + 2, "rest")
    assert len(logbook.break_facts(0)) == 1
    assert logbook.health().ok


def test_what_was_moved(logbook: Logbook) -> None:
    """Sessions in which something was done, from when to when; one of which all was skipped is left out."""
    work = WorkDone(1, 0, "cat", "Cat", 1, 1, "none", "done", 1, 30_000, 30_000, None, None)
    for name, at in (("ended", 0), ("broke", HOUR)):
        put(logbook, SessionBegun("r", name, "x", (), 3), NINE + at, name)
        put(logbook, work, NINE + at + 60_000, name)
    put(logbook, SessionEnded("finished", "", 60_000, 5_000), NINE + 90_000, "ended")
    put(logbook, SessionBegun("r", "skipped", "x", (), 3), NINE + 2 * HOUR, "skipped")
    put(logbook, WorkDone(1, 0, "cat", "Cat", 1, 1, "none", "skipped", 1, 30_000, 0, None, None), NINE, "skipped")
    put(logbook, ActivityLogged("walking", "Walking", 15 * 60_000, "moderate"), NINE + 3 * HOUR, "walk")
    found = logbook.moved(NINE, NINE + 9 * HOUR)
    assert [(one.name, one.from_ms - NINE, one.until_ms - NINE) for one in found] == [
        ("ended", 0, 90_000),
        ("broke", HOUR, HOUR + 30_000),
        ("Walking", 3 * HOUR - 15 * 60_000, 3 * HOUR),
    ]
    assert logbook.moved(NINE + 1, NINE + HOUR) == found[1:2]
