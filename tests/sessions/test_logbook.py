from __future__ import annotations

import re
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from sessions import (
    Draft,
    Eased,
    InvalidFact,
    Logbook,
    LogbookBusy,
    LogbookError,
    LogbookUnwritable,
    Note,
    PainRated,
    SessionEnded,
    SessionResumed,
    Stamp,
    Withdrawal,
)


def test_append_returns_the_stored_fact(logbook: Logbook, pen: Any) -> None:
    """What is appended comes back with the logbook's device and the next number, and is stored so."""
    draft = pen.draft(pen.rated(4))
    fact = logbook.append(draft)
    assert (fact.id, fact.stamp, fact.session, fact.body) == (draft.id, draft.stamp, "s1", draft.body_json)
    assert (fact.device, fact.seq) == (logbook.device, 1)
    assert list(logbook.facts()) == [fact]


def test_numbers_have_no_gaps(logbook: Logbook, pen: Any) -> None:
    """Facts are numbered from 1 without gaps, across sessions and reopenings."""
    for number in range(5):
        logbook.append(pen.draft(Note(str(number)), session=f"s{number % 2}"))
    logbook.close()
    with Logbook.open(logbook.path, random=pen.random) as again:
        again.append(pen.draft(Note("after")))
        assert [fact.seq for fact in again.facts()] == [1, 2, 3, 4, 5, 6]
        assert {fact.device for fact in again.facts()} == {again.device}


def test_append_twice_stores_once(logbook: Logbook, pen: Any) -> None:
    """Appending a draft again returns what is stored, and takes no number."""
    draft = pen.draft(Note("once"))
    assert logbook.append(draft) == logbook.append(draft)
    assert logbook.append(pen.draft(Note("next"))).seq == 2


@pytest.mark.parametrize("change", ["session", "stamp", "kind", "body_json"])
def test_another_fact_under_the_same_id(logbook: Logbook, pen: Any, change: str) -> None:
    """A draft that says something else under a stored id is refused, and nothing changes."""
    first = pen.draft(Note("first"))
    logbook.append(first)
    other = {"session": "s2", "stamp": pen.stamp(), "kind": "heart_rate", "body_json": '{"text":"other"}'}
    fields = {name: getattr(first, name) for name in Draft.__struct_fields__} | {change: other[change]}
    with pytest.raises(LogbookError, match="another fact"):
        logbook.append(Draft(**fields))
    assert [fact.body for fact in logbook.facts()] == [first.body_json]


def test_draft_that_does_not_fit(logbook: Logbook, pen: Any) -> None:
    """A draft made by hand is checked as well, before anything is stored."""
    with pytest.raises(InvalidFact):
        logbook.append(Draft("f1", "s1", pen.stamp(), "pain_rated", '{"nrs":11,"when":"after"}'))
    assert list(logbook.facts()) == []


def test_unknown_kind_is_kept(logbook: Logbook, pen: Any) -> None:
    """A fact of an unknown kind is stored word for word, and stands in nobody's way."""
    logbook.append(pen.draft(pen.begun()))
    logbook.append(Draft("f9", "s1", pen.stamp(), "heart_rate", '{"bpm":61}'))
    assert [fact.body for fact in logbook.facts("s1")][1] == '{"bpm":61}'
    assert logbook.health().ok
    assert logbook.session("s1") is not None


def test_facts_are_never_changed(logbook: Logbook, pen: Any) -> None:
    """The file itself refuses to change, delete or replace a fact."""
    fact = logbook.append(pen.draft(Note("stays")))
    connection = logbook._connection
    assert connection is not None
    for statement in (
        "UPDATE fact SET body = '{}'",
        "DELETE FROM fact",
        "INSERT OR REPLACE INTO fact SELECT * FROM fact",
        f"REPLACE INTO fact SELECT 'x', device, seq, 0, 0, '', 1, '', '', '', '' FROM fact WHERE id = '{fact.id}'",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            connection.execute(statement)
    assert list(logbook.facts()) == [fact]


def test_all_facts_by_page(logbook: Logbook, pen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """All facts are yielded, however many pages they take, and the file is free in between."""
    monkeypatch.setattr("sessions.logbook._PAGE", 2)
    ids = [logbook.append(pen.draft(Note(str(number)))).id for number in range(4)]
    found = logbook.facts()
    first = next(found)
    ids.append(logbook.append(pen.draft(Note("meanwhile"))).id)
    assert [first.id, *(fact.id for fact in found)] == ids


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
    assert [rating.nrs for rating in logbook.last_ratings("bird-dog")] == [3, 4, 5]
    assert [rating.nrs for rating in logbook.last_ratings("bird-dog", limit=1)] == [3]
    assert logbook.last_ratings("squat") == []
    assert logbook.previous_rating_by_exercise() == {"bird-dog": 3, "clam": 2}


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
    assert logbook.previous_rating_by_exercise() == {}
    health = logbook.health()
    assert (health.facts, health.sessions, health.integrity, health.bad_digests) == (0, 0, "ok", [])
    assert health.size_bytes == logbook.path.stat().st_size


def test_closed(logbook: Logbook, pen: Any) -> None:
    """A closed logbook says so, and may be closed again."""
    logbook.close()
    logbook.close()
    with pytest.raises(LogbookError, match="closed"):
        logbook.sessions()
    with pytest.raises(LogbookError, match="closed"):
        logbook.append(pen.draft(Note("x")))


def test_durability_settings(logbook: Logbook) -> None:
    """The file is written with a rollback journal, and the folder is synced after each commit."""
    connection = logbook._connection
    assert connection is not None
    settings = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "fullfsync", "busy_timeout")
    ]
    assert settings == ["delete", 3, 1, 1_000]


def test_full_disk(logbook: Logbook, pen: Any) -> None:
    """A full disk refuses a fact with a clear error; with room again the same draft is stored as it was."""
    connection = logbook._connection
    assert connection is not None
    logbook.append(pen.draft(pen.begun()))
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 4}")
    stored = 1
    refused = pen.draft(Note("x" * 3_000))
    with pytest.raises(LogbookUnwritable, match="disk is full") as caught:
        for _ in range(100):
            logbook.append(refused)
            stored += 1
            refused = pen.draft(Note("x" * 3_000))
    assert str(logbook.path) in caught.value.message
    assert len(list(logbook.facts())) == stored
    with pytest.raises(LogbookUnwritable):
        logbook.append(refused)
    connection.execute("PRAGMA max_page_count = 1000000")
    later = logbook.append(pen.draft(Note("later")))
    fact = logbook.append(refused)
    assert (fact.id, fact.stamp) == (refused.id, refused.stamp)
    assert (later.seq, fact.seq) == (stored + 1, stored + 2)
    assert logbook.health().ok


def test_busy(logbook: Logbook, pen: Any) -> None:
    """While another holds the file, appending says so; afterwards the same draft is stored."""
    assert logbook._connection is not None
    logbook._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(logbook.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    draft = pen.draft(Note("patience"))
    with pytest.raises(LogbookBusy):
        logbook.append(draft)
    with pytest.raises(LogbookBusy):
        logbook.sessions()
    other.execute("ROLLBACK")
    other.close()
    assert logbook.append(draft).seq == 1


def test_reader_in_the_way_of_a_commit(logbook: Logbook, pen: Any) -> None:
    """A commit that a reader holds up is undone whole, and may be tried again."""
    logbook.append(pen.draft(Note("first")))
    assert logbook._connection is not None
    logbook._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(logbook.path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM fact").fetchone()
    draft = pen.draft(Note("second"))
    with pytest.raises(LogbookBusy):
        logbook.append(draft)
    other.execute("COMMIT")
    other.close()
    assert logbook.append(draft).seq == 2
    assert logbook.health().ok


def test_threads(logbook: Logbook, pen: Any) -> None:
    """Several threads may append to one logbook and open it anew at the same time."""
    drafts = [pen.draft(Note(str(number))) for number in range(40)]

    def work(mine: list[Draft]) -> None:
        for draft in mine:
            logbook.append(draft)
            with Logbook.open(logbook.path, random=bytes) as another:
                another.sessions()

    threads = [threading.Thread(target=work, args=(drafts[start::4],)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {fact.id for fact in logbook.facts()} == {draft.id for draft in drafts}
    assert [fact.seq for fact in logbook.facts()] == list(range(1, 41))


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
    logbook.last_ratings("clam")
    logbook.previous_rating_by_exercise()
    logbook.session("s1")
    logbook.append(pen.draft(Note("x")))
    connection.set_trace_callback(None)
    questions = [statement for statement in asked if re.match(r"(SELECT|WITH)\b", statement)]
    assert len(questions) >= 9
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
    assert logbook.last_ratings("bird-dog") == []
    assert logbook.unfinished("2026-03-01") is None
    found = logbook.session("s1")
    assert found is not None
    assert found.row.withdrawn is True
    assert len(found.ratings) == 1
    logbook.append(pen.draft(Withdrawal(withdrawal.id)))
    assert [row.id for row in logbook.sessions()] == ["s1"]
    assert logbook.last_done().keys() == {"desk-break"}
