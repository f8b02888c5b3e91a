"""Activities logged by hand, levels of a ladder and answers to self-checks."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from sessions import Correction, Logbook, Note, PainRated, SessionEnded, WeekActivityRow, Withdrawal
from sessions.review import iso_week, local_date, week_of

WEEK = "2026-W09"
Dump = Callable[[sqlite3.Connection], Any]


def rows_of(logbook: Logbook, dump: Dump) -> Any:
    assert logbook._connection is not None
    return dump(logbook._connection)


def test_an_activity_is_a_session(logbook: Logbook, pen: Any) -> None:
    """It stands among the sessions, under its name, at the moment at which it happened, as done."""
    fact = logbook.append(pen.draft(pen.active(20)))
    logbook.append(pen.draft(Note("along the river")))
    (row,) = logbook.sessions()
    assert (row.id, row.routine, row.name, row.activity, row.intensity) == ("s1", "", "Walk", "walk", "moderate")
    assert (row.began_ms, row.ended_ms, row.how, row.active_ms) == (fact.utc_ms, fact.utc_ms, "finished", 1_200_000)
    assert (row.works, row.done, row.day, row.level, row.levels) == (0, 0, "2026-03-01", None, None)
    found = logbook.session("s1")
    assert found is not None
    assert found.row == row
    assert [note.text for note in found.notes] == ["along the river"]


def test_an_activity_is_no_routine(logbook: Logbook, pen: Any) -> None:
    """It is neither what was last done of a routine nor a session that could go on."""
    logbook.append(pen.draft(pen.active()))
    assert logbook.last_done() == {}
    assert logbook.last_session("") is None
    assert logbook.unfinished("2026-03-01") is None
    assert logbook.sessions(routine="walk") == []


def test_activities_add_up(logbook: Logbook, pen: Any, dump: Dump) -> None:
    """Day and total count each as a session with its minutes; the week by activity and intensity."""
    for session, minutes, activity, intensity in (
        ("s1", 20, "walk", "moderate"),
        ("s2", 30, "walk", "moderate"),
        ("s3", 10, "walk", "vigorous"),
        ("s4", 0, "swim", "light"),
    ):
        logbook.append(pen.draft(pen.active(minutes, activity, intensity), session))
    assert logbook.week_activity(WEEK) == [
        WeekActivityRow(WEEK, "swim", "light", 1, 0),
        WeekActivityRow(WEEK, "walk", "moderate", 2, 3_000_000),
        WeekActivityRow(WEEK, "walk", "vigorous", 1, 600_000),
    ]
    assert logbook.week_activity("2026-W10") == []
    found = rows_of(logbook, dump)
    assert found["day_routine"] == [("2026-03-01", "", 4, 3_600_000)]
    assert found["total"] == [("all", 4, 0, 0, 3_600_000)]
    assert found["week_exercise"] == []


def test_activities_and_guided_sessions_add_up(logbook: Logbook, pen: Any, dump: Dump) -> None:
    """A day holds both, and only the activity is in the week's activities."""
    for body in (pen.begun(), pen.work(), SessionEnded("finished", active_ms=60_000)):
        logbook.append(pen.draft(body))
    logbook.append(pen.draft(pen.active(5), "s2"))
    found = rows_of(logbook, dump)
    assert found["day_routine"] == [("2026-03-01", "", 1, 300_000), ("2026-03-01", "desk-break", 1, 60_000)]
    assert found["total"] == [("all", 2, 1, 0, 360_000)]
    assert len(found["week_activity"]) == 1


def test_a_corrected_activity(logbook: Logbook, pen: Any, dump: Dump) -> None:
    """A correction counts everywhere and leaves the moment; withdrawing it brings back what was said first."""
    first = logbook.append(pen.draft(pen.active(20)))
    body = msgspec.to_builtins(pen.active(25, "swim", "vigorous"))
    second = logbook.append(pen.draft(Correction(first.id, "activity_logged", body)))
    (row,) = logbook.sessions()
    assert (row.activity, row.name, row.active_ms, row.began_ms) == ("swim", "Swim", 1_500_000, first.utc_ms)
    assert logbook.week_activity(WEEK) == [WeekActivityRow(WEEK, "swim", "vigorous", 1, 1_500_000)]
    assert rows_of(logbook, dump)["total"] == [("all", 1, 0, 0, 1_500_000)]
    logbook.append(pen.draft(Withdrawal(second.id)))
    assert logbook.week_activity(WEEK) == [WeekActivityRow(WEEK, "walk", "moderate", 1, 1_200_000)]


@pytest.mark.parametrize("whole", [True, False], ids=["the session", "the fact"])
def test_a_withdrawn_activity(logbook: Logbook, pen: Any, dump: Dump, whole: bool) -> None:
    """It is in no list and no sum, whether the session was withdrawn or the one fact of it, and can be brought back."""
    fact = logbook.append(pen.draft(pen.active(20)))
    withdrawal = logbook.append(pen.draft(Withdrawal("s1" if whole else fact.id)))
    assert logbook.sessions() == []
    found = rows_of(logbook, dump)
    assert not any(found[table] for table in ("day_routine", "week_activity", "total"))
    detail = logbook.session("s1")
    assert detail is not None
    assert detail.row.withdrawn
    logbook.append(pen.draft(Withdrawal(withdrawal.id)))
    assert [row.activity for row in logbook.sessions()] == ["walk"]


def test_an_activity_in_a_guided_session(logbook: Logbook, pen: Any) -> None:
    """A session that has a beginning is a guided one, whatever else stands in it."""
    logbook.append(pen.draft(pen.active(20)))
    logbook.append(pen.draft(pen.begun()))
    (row,) = logbook.sessions()
    assert (row.routine, row.activity, row.how) == ("desk-break", "", None)
    assert logbook.week_activity(WEEK) == []


def test_a_day_is_that_of_the_activity_s_own_clock(logbook: Logbook, pen: Any) -> None:
    """Two activities of one moment may stand in two weeks, each by its own clock."""
    pen.utc_ms = 1_772_405_999_000  # Sunday 2026-03-01 22:59:59 UTC
    for session, offset_min in (("s1", 0), ("s2", 60)):
        pen.offset_min = offset_min
        logbook.append(pen.draft(pen.active(), session))
    assert [row.day for row in logbook.sessions()] == ["2026-03-02", "2026-03-01"]
    assert len(logbook.week_activity(WEEK)) == len(logbook.week_activity("2026-W10")) == 1


def test_the_week_of_a_day() -> None:
    """A day's week is that of any moment of it, also where the year's first days belong to the last week."""
    assert week_of("2026-03-01") == "2026-W09"
    assert week_of("2027-01-01") == "2026-W53"
    for ms in range(0, 400 * 86_400_000, 86_400_000):
        assert week_of(local_date(ms, 0)) == iso_week(ms, 0)


def test_a_level_is_told(logbook: Logbook, pen: Any) -> None:
    """The rung, the weaker side and what a short form left out come back with the session."""
    logbook.append(pen.draft(pen.begun(level=3, levels=7, weaker="right", left_out=("Clam",))))
    logbook.append(pen.draft(pen.work()))
    (row,) = logbook.sessions()
    assert (row.level, row.levels) == (3, 7)
    found = logbook.last_session("desk-break")
    assert found is not None
    assert (found.row, found.weaker, found.left_out) == (row, "right", ("Clam",))


def test_the_last_session_of_a_routine(logbook: Logbook, pen: Any) -> None:
    """It is the latest in which something was done and that is not withdrawn."""
    for session, routine, outcome in (
        ("s1", "a", "done"),
        ("s2", "a", "cut_short"),
        ("s3", "a", "skipped"),
        ("s4", "b", "done"),
    ):
        logbook.append(pen.draft(pen.begun(routine), session))
        logbook.append(pen.draft(pen.work(1, outcome), session))

    def last(routine: str) -> str | None:
        found = logbook.last_session(routine)
        return None if found is None else found.row.id

    assert (last("a"), last("b"), last("c")) == ("s2", "s4", None)
    logbook.append(pen.draft(Withdrawal("s2"), "s2"))
    assert last("a") == "s1"


def test_the_last_answer_of_a_side_counts(logbook: Logbook, pen: Any, dump: Dump) -> None:
    """Each check has one answer a side and place; an earlier one gives way and stays a fact."""
    logbook.append(pen.draft(pen.begun()))
    for answer, fields in (
        ("yes", {"side": "left"}),
        ("no", {"side": "right"}),
        ("no", {"side": "left"}),
        ("yes", {"side": "left", "index": 1}),
        ("yes", {"side": "left", "exercise": "sway-check"}),
    ):
        logbook.append(pen.draft(pen.answered(answer, **fields)))
    found = logbook.session("s1")
    assert found is not None
    assert [(one.index, one.exercise, one.side, one.answer) for one in found.answers] == [
        (0, "shoulder-check", "left", "no"),
        (0, "shoulder-check", "right", "no"),
        (1, "shoulder-check", "left", "yes"),
        (0, "sway-check", "left", "yes"),
    ]
    assert (found.answers[0].question, found.answers[0].text) == ("How does this side stand?", "No")
    assert len(rows_of(logbook, dump)["answer"]) == 4
    assert len(list(logbook.facts())) == 6


def test_answers_of_a_check(logbook: Logbook, pen: Any) -> None:
    """They come back by check over all sessions, latest first, as corrected, without what was withdrawn."""
    ids = []
    for number, answer in enumerate(("yes", "no", "unsure")):
        ids.append(logbook.append(pen.draft(pen.answered(answer), f"s{number}")).id)
    assert [one.answer for one in logbook.answers("shoulder-check")] == ["unsure", "no", "yes"]
    assert [one.answer for one in logbook.answers("shoulder-check", limit=1)] == ["unsure"]
    body = msgspec.to_builtins(pen.answered("even"))
    logbook.append(pen.draft(Correction(ids[1], "check_answered", body), "s1"))
    logbook.append(pen.draft(Withdrawal(ids[2]), "s2"))
    assert [(one.answer, one.corrected) for one in logbook.answers("shoulder-check")] == [
        ("even", True),
        ("yes", False),
    ]
    logbook.append(pen.draft(Withdrawal("s0"), "s0"))
    assert [one.session for one in logbook.answers("shoulder-check")] == ["s1"]
    assert logbook.answers("squat") == []


def test_a_withdrawn_answer_leaves_the_one_before(logbook: Logbook, pen: Any) -> None:
    """Where the last answer is withdrawn, the one before it counts again."""
    logbook.append(pen.draft(pen.answered("yes")))
    last = logbook.append(pen.draft(pen.answered("no")))
    logbook.append(pen.draft(Withdrawal(last.id)))
    assert [one.answer for one in logbook.answers("shoulder-check")] == ["yes"]


def test_answers_alone_add_to_no_sum(logbook: Logbook, pen: Any, dump: Dump) -> None:
    """An answer is no work and no rating."""
    logbook.append(pen.draft(pen.begun()))
    logbook.append(pen.draft(pen.answered()))
    logbook.append(pen.draft(PainRated("before", 2)))
    found = rows_of(logbook, dump)
    assert found["day_routine"] == []
    assert found["total"] == [("all", 0, 0, 1, 0)]
