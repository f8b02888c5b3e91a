from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sessions import (
    Draft,
    Eased,
    Logbook,
    LogbookError,
    Note,
    PainRated,
    SessionEnded,
    SessionResumed,
    Stamp,
    Withdrawal,
)


def test_session_in_full(logbook: Logbook, pen: Any) -> None:
    """A session is told with its plan, works, ratings, notes, easings, times and pain."""
    start = pen.utc_ms
    for body in (
        PainRated("before", 4),
        pen.begun(),
        pen.work(1, side="left"),
        pen.work(3, "cut_short", side="right", actual_ms=12_000),
        pen.rated(5),
        Eased(1, "clam", "knee-rolls", "Knee rolls", "pain above 5"),
        pen.work(5, "skipped", index=1, exercise="clam", actual_ms=0),
        Note("slept badly"),
        PainRated("after", 3),
        SessionEnded("finished", "", 600_000, 30_000),
        PainRated("next_morning", 2),
    ):
        logbook.append(pen.draft(body))
    found = logbook.session("s1")
    assert found is not None
    row = found.row
    assert (row.id, row.routine, row.name, row.day, row.zone) == (
        "s1",
        "desk-break",
        "Desk break",
        "2026-03-01",
        "Europe/Berlin",
    )
    assert (row.began_ms, row.ended_ms, row.how) == (start + 2_000, start + 10_000, "finished")
    assert (row.active_ms, row.paused_ms) == (600_000, 30_000)
    assert (row.works, row.done, row.cut_short, row.skipped) == (6, 1, 1, 1)
    assert (row.pain_before, row.pain_after, row.pain_next_morning) == (4, 3, 2)
    assert (row.steps, row.next_step, row.withdrawn) == (12, 4, False)
    assert [planned.exercise for planned in found.exercises] == ["bird-dog", "clam"]
    assert [(work.step, work.outcome, work.breaths) for work in found.works] == [
        (1, "done", False),
        (3, "cut_short", False),
        (5, "skipped", False),
    ]
    assert [(rating.when, rating.nrs) for rating in found.ratings] == [
        ("before", 4),
        ("after_exercise", 5),
        ("after", 3),
        ("next_morning", 2),
    ]
    assert [note.text for note in found.notes] == ["slept badly"]
    assert [eased.to for eased in found.eased] == ["knee-rolls"]
    assert logbook.sessions() == [row]
    assert logbook.session("s2") is None


def test_repeated_step_counts_once(logbook: Logbook, pen: Any) -> None:
    """A step that was tried again counts once, by its best attempt, and every attempt is kept."""
    logbook.append(pen.draft(pen.begun()))
    for outcome, attempt in (("cut_short", 1), ("done", 2), ("skipped", 3)):
        logbook.append(pen.draft(pen.work(1, outcome, attempt=attempt)))
    found = logbook.session("s1")
    assert found is not None
    assert (found.row.done, found.row.cut_short, found.row.skipped) == (1, 0, 0)
    assert [work.attempt for work in found.works] == [1, 2, 3]


def test_latest_first(logbook: Logbook, pen: Any) -> None:
    """Sessions come latest first, by page, and of one routine where asked."""
    for number in range(6):
        logbook.append(pen.draft(pen.begun(f"r{number % 2}"), session=f"s{number}"))
    assert [row.id for row in logbook.sessions()] == ["s5", "s4", "s3", "s2", "s1", "s0"]
    page = logbook.sessions(limit=2)
    assert [row.id for row in page] == ["s5", "s4"]
    assert [row.id for row in logbook.sessions(limit=2, before_ms=page[-1].began_ms)] == ["s3", "s2"]
    assert [row.id for row in logbook.sessions(routine="r1")] == ["s5", "s3", "s1"]
    assert logbook.sessions(limit=0) == logbook.sessions(limit=-1) == []


def test_pages_of_one_moment(logbook: Logbook, pen: Any) -> None:
    """Sessions that began at one moment are not lost between two pages."""
    pen.stamp = lambda: Stamp(1_772_352_000_000, 60, "")
    for number in range(5):
        logbook.append(pen.draft(pen.active(), session=f"s{number}"))
    seen, page = [], logbook.sessions(limit=2)
    while page:
        seen += [row.id for row in page]
        page = logbook.sessions(limit=2, before_ms=page[-1].began_ms, before_id=page[-1].id)
    assert seen == ["s4", "s3", "s2", "s1", "s0"]
    assert logbook.sessions(before_ms=1_772_352_000_000) == []


def test_last_done(logbook: Logbook, pen: Any) -> None:
    """Of each routine, the latest session counts in which something was done or cut short."""
    for session, routine, outcome in (
        ("s1", "a", "done"),
        ("s2", "a", "cut_short"),
        ("s3", "a", "skipped"),
        ("s4", "b", "done"),
        ("s5", "c", "skipped"),
    ):
        logbook.append(pen.draft(pen.begun(routine), session))
        logbook.append(pen.draft(pen.work(1, outcome), session))
    assert logbook.last_done().keys() == {"a", "b"}
    assert {routine: row.id for routine, row in logbook.last_done().items()} == {"a": "s2", "b": "s4"}


def test_unfinished(logbook: Logbook, pen: Any) -> None:
    """A session without an end is found on its own local day, with the step to go on from."""
    assert logbook.unfinished("2026-03-01") is None
    logbook.append(pen.draft(pen.begun(from_step=2)))
    found = logbook.unfinished("2026-03-01")
    assert found is not None
    assert found.next_step == 2
    logbook.append(pen.draft(pen.work(5)))
    logbook.append(pen.draft(pen.work(7, "skipped")))
    logbook.append(pen.draft(SessionResumed(6)))
    found = logbook.unfinished("2026-03-01")
    assert found is not None
    assert (found.id, found.next_step, found.how) == ("s1", 6, None)
    assert found.active_ms == 60_000
    assert logbook.unfinished("2026-02-28") is None
    logbook.append(pen.draft(SessionEnded("stopped")))
    assert logbook.unfinished("2026-03-01") is None


def test_day_is_local(path: Path, new_pen: Any) -> None:
    """The day of a session is that of its own clock, not of UTC."""
    pen = new_pen(utc_ms=1_772_323_200_000 - 3_600_000, offset_min=120)
    with Logbook.open(path, random=pen.random) as logbook:
        logbook.append(pen.draft(pen.begun()))
        assert logbook.sessions()[0].day == "2026-03-01"


def test_ratings_of_an_exercise(logbook: Logbook, pen: Any) -> None:
    """Ratings come back by exercise, latest first, and the last of each counts as the previous one."""
    for number, (exercise, nrs) in enumerate((("bird-dog", 5), ("clam", 2), ("bird-dog", 4), ("bird-dog", 3))):
        logbook.append(pen.draft(pen.rated(nrs, exercise), session=f"s{number}"))
    logbook.append(pen.draft(PainRated("before", 9)))
    assert [(row.session, row.nrs) for row in logbook.practised("bird-dog")] == [("s3", 3), ("s2", 4), ("s0", 5)]
    assert [row.nrs for row in logbook.practised("bird-dog", limit=1)] == [3]
    assert logbook.practised("squat") == []
    assert logbook.exercises() == ["bird-dog", "clam"]


def test_session_without_its_beginning(logbook: Logbook, pen: Any) -> None:
    """A rating whose session's beginning is not here is shown all the same."""
    logbook.append(pen.draft(pen.rated(4)))
    row = logbook.sessions()[0]
    assert (row.id, row.routine, row.began_ms) == ("s1", "", pen.utc_ms)
    assert logbook.unfinished(row.day) is None


def test_empty(logbook: Logbook) -> None:
    """A new logbook answers every question."""
    assert logbook.sessions() == []
    assert logbook.last_done() == {}
    assert logbook.exercises() == []
    assert logbook.count() == (0, 0, 0, 0)
    health = logbook.health()
    assert (health.facts, health.sessions, health.integrity, health.bad_digests) == (0, 0, "ok", [])
    assert health.size_bytes == logbook.path.stat().st_size


def test_strange_questions(logbook: Logbook, pen: Any) -> None:
    """A question that SQLite cannot hold is refused as a `LogbookError` too."""
    for ask in (
        lambda: logbook.session("\ud800"),
        lambda: logbook.sessions(before_ms=2**70),
        lambda: logbook.append(Draft("\ud800", "s1", Stamp(0, 0, ""), "x", "{}")),
    ):
        with pytest.raises(LogbookError):
            ask()
    logbook.append(pen.draft(Note("still works")))


def test_days_back(logbook: Logbook, pen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Days come latest first, page by page, up to a day; those after it are left out."""
    monkeypatch.setattr("sessions.answers._DAYS", 2)
    assert (list(logbook.days_back("2026-12-31")), logbook.first_day()) == ([], "")
    for number in range(6):
        pen.utc_ms += 86_400_000 // 2
        logbook.append(pen.draft(pen.active(activity="walk"), session=f"s{number}"))
        logbook.append(pen.draft(pen.begun(), session=f"t{number}"))
        logbook.append(pen.draft(pen.work(), session=f"t{number}"))
    everything = logbook.days("0001-01-01", "9999-12-31")
    assert len(everything) > 5
    assert list(logbook.days_back("9999-12-31")) == everything
    last = everything[0].day
    assert list(logbook.days_back(everything[-1].day)) == [row for row in everything if row.day == everything[-1].day]
    assert logbook.first_day() == everything[-1].day < last


def test_no_question_reads_everything(logbook: Logbook, pen: Any) -> None:
    """What is asked at start and in the history is answered from an index, without sorting."""
    connection = logbook._connection
    assert connection is not None
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    logbook.sessions()
    logbook.sessions(before_ms=1, routine="a", limit=5)
    logbook.last_done()
    logbook.unfinished("2026-03-01")
    logbook.practised("clam")
    logbook.last_session("a")
    logbook.answers("clam")
    logbook.week_activity("2026-W09")
    logbook.exercises()
    logbook.practised_between(0, 1)
    logbook.days("2026-01-01", "2026-12-31")
    logbook.week_pain("2026-W01", "2026-W52")
    logbook.week_exercise("clam", "2026-W01", "2026-W52")
    logbook.count()
    logbook.session("s1")
    logbook.append(pen.draft(Note("x")))
    connection.set_trace_callback(None)
    questions = [statement for statement in asked if re.match(r"(SELECT|WITH)\b", statement)]
    assert len(questions) >= 12
    for question in questions:
        for row in connection.execute(f"EXPLAIN QUERY PLAN {question}"):
            plan = row[3]
            assert "TEMP B-TREE" not in plan, (question, plan)
            assert not re.match(r"SCAN (?!one|CONSTANT)(?!.*USING (COVERING )?INDEX)", plan), (question, plan)


def test_withdrawn_session_is_left_out(logbook: Logbook, pen: Any) -> None:
    """A withdrawn session is in no list, and can be looked at and brought back."""
    logbook.append(pen.draft(pen.begun()))
    logbook.append(pen.draft(pen.work()))
    logbook.append(pen.draft(pen.rated(3)))
    withdrawal = logbook.append(pen.draft(Withdrawal("s1")))
    assert logbook.sessions() == []
    assert logbook.last_done() == {}
    assert logbook.practised("bird-dog") == []
    assert logbook.unfinished("2026-03-01") is None
    found = logbook.session("s1")
    assert found is not None
    assert found.row.withdrawn is True
    assert len(found.ratings) == 1
    logbook.append(pen.draft(Withdrawal(withdrawal.id)))
    assert [row.id for row in logbook.sessions()] == ["s1"]
    assert logbook.last_done().keys() == {"desk-break"}
