"""Sessions of a period, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sessions import Logbook, Note, Stamp, Withdrawal, draft, spans
from sessions.spans import Span

DAY_MS = 86_400_000
MARCH_MS = 1_772_352_000_000
"""2026-03-01, 09:00 in Berlin."""


@pytest.fixture
def march(logbook: Logbook, pen: Any) -> Logbook:
    """A session a day from the first to the ninth of March, that of the fifth withdrawn."""
    for number in range(9):
        pen.utc_ms = MARCH_MS + number * DAY_MS
        session = f"s{number + 1}"
        logbook.append_all([pen.draft(body, session) for body in (pen.begun(), pen.work(), Note(f"note {number + 1}"))])
    logbook.append(pen.draft(Withdrawal("s5"), "s5"))
    return logbook


def test_sessions_of_a_period(march: Logbook) -> None:
    """Both days are part of it, withdrawn sessions are, too, and the order is that of time."""
    assert list(march.session_ids("2026-03-04", "2026-03-06")) == ["s4", "s5", "s6"]
    assert list(march.session_ids(since="2026-03-08")) == ["s8", "s9"]
    assert list(march.session_ids(until="2026-03-01")) == ["s1"]
    assert list(march.session_ids("2026-03-10")) == []


def test_no_page_is_lost(march: Logbook, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are read at a time, each comes once."""
    for size in (1, 2, 4, 9, 10):
        monkeypatch.setattr(spans, "_PAGE", size)
        assert list(march.session_ids()) == [f"s{number}" for number in range(1, 10)]


def test_how_much_there_is(march: Logbook) -> None:
    """Withdrawn sessions count where they are asked for."""
    assert march.span() == Span(8, "2026-03-01", "2026-03-09")
    assert march.span("2026-03-05", "2026-03-06") == Span(1, "2026-03-06", "2026-03-06")
    assert march.span("2026-03-05", "2026-03-06", withdrawn=True) == Span(2, "2026-03-05", "2026-03-06")
    assert march.span("2027-01-01") == Span(0, "", "")


def test_days_are_those_of_the_logbook(march: Logbook) -> None:
    """Where days start at another hour, a period begins with them."""
    march.start_days_at(10)
    assert list(march.session_ids("2026-03-01", "2026-03-01")) == ["s2"]


def test_notes_latest_first(march: Logbook, pen: Any) -> None:
    """A session stands once for each of its notes; a withdrawn one is not there."""
    march.append(pen.draft(Note("once more"), "s4"))
    assert march.noted_sessions("2026-03-03", "2026-03-06") == ["s6", "s4", "s4", "s3"]


def test_answers_with_their_days(logbook: Logbook, pen: Any) -> None:
    """Answers to self-checks of a period, the latest first."""

    def answered() -> Iterator[Any]:
        for number in range(3):
            pen.utc_ms = MARCH_MS + number * DAY_MS
            yield pen.draft(pen.begun(), f"s{number}")
            yield pen.draft(pen.answered(f"answer-{number}"), f"s{number}")

    logbook.append_all(answered())
    found = logbook.answered("2026-03-02", "2026-03-09")
    assert [(day, row.answer) for day, row in found] == [("2026-03-03", "answer-2"), ("2026-03-02", "answer-1")]


def test_an_empty_logbook(path: Path, pen: Any) -> None:
    """Nothing is there, and nothing is made up."""
    with Logbook.open(path, random=pen.random) as logbook:
        assert list(logbook.session_ids()) == []
        assert logbook.span() == Span(0, "", "")
        assert (logbook.noted_sessions("", ""), logbook.answered("", "")) == ([], [])
        logbook.append(draft("s1", Note("only a note"), Stamp(MARCH_MS, 60, ""), pen.random))
        assert logbook.span() == Span(1, "2026-03-01", "2026-03-01")
