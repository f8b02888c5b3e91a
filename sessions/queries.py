"""What is asked of the tables. Each takes a connection and raises what SQLite raises."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import structs

from sessions.facts import Fact
from sessions.readtables import FACT_COLUMNS, columns, fact_of
from sessions.rows import (
    AnswerRow,
    DayRow,
    NameRow,
    PracticeRow,
    SessionRow,
    WeekActivityRow,
    WeekExerciseRow,
    WeekPainRow,
)

# S608 below: what is put into the SQL is column names of this package; values are always bound.
_SESSION = columns(SessionRow)
_PRACTICE = columns(PracticeRow)
_ANSWER = columns(AnswerRow)
_WEEK_ACTIVITY = columns(WeekActivityRow)
_WITHDRAWN = SessionRow.__struct_fields__.index("withdrawn")
_INSERT_FACT = f"INSERT INTO fact ({FACT_COLUMNS}) VALUES ({', '.join('?' * len(Fact.__struct_fields__))})"
END_OF_TIME_MS = 2**62
_MANY = 500
"""Ids that are asked for at a time."""


def session_row(row: tuple[Any, ...]) -> SessionRow:
    """Return a row of the table of sessions as a value."""
    return SessionRow(*(*row[:_WITHDRAWN], bool(row[_WITHDRAWN]), *row[_WITHDRAWN + 1 :]))


def insert(connection: sqlite3.Connection, *facts: Fact) -> None:
    """Store facts, those that are not there yet; the read tables are the caller's to bring up to date."""
    connection.executemany(_INSERT_FACT, map(structs.astuple, facts))


def facts_called(connection: sqlite3.Connection, id_: str) -> list[Fact]:
    """Return the facts of this id: more than one where they differ."""
    found = connection.execute(f"SELECT {FACT_COLUMNS} FROM fact WHERE id = ?", (id_,))
    return sorted((fact_of(row) for row in found), key=lambda fact: fact.sha256)


def last_rowid(connection: sqlite3.Connection) -> int:
    """Return where the last fact stands that came in, 0 where there is none."""
    return int(connection.execute("SELECT coalesce(max(rowid), 0) FROM fact").fetchone()[0])


def facts_beyond(connection: sqlite3.Connection, rowid: int, limit: int) -> list[tuple[int, Fact]]:
    """Return up to `limit` facts in the order in which they came in, those after `rowid`, each with its own."""
    found = connection.execute(
        f"SELECT rowid, {FACT_COLUMNS} FROM fact WHERE rowid > ? ORDER BY rowid LIMIT ?", (rowid, limit)
    )
    return [(row[0], fact_of(row[1:])) for row in found]


def count_beyond(connection: sqlite3.Connection, rowid: int, device: str) -> tuple[int, int]:
    """Return how many facts came in after a row, and how many of them bear a device."""
    found = connection.execute(
        "SELECT count(*), coalesce(sum(device = ?), 0) FROM fact WHERE rowid > ?", (device, rowid)
    ).fetchone()
    return int(found[0]), int(found[1])


def sessions_beyond(connection: sqlite3.Connection, rowid: int) -> list[str]:
    """Return the sessions of the facts that came in after a row."""
    return [session for (session,) in connection.execute("SELECT DISTINCT session FROM fact WHERE rowid > ?", (rowid,))]


def _called_twice(connection: sqlite3.Connection, beyond: int) -> list[str]:
    """Return the ids of facts beyond a row under which another fact is stored too, whether it says the same or not."""
    if not beyond:
        found = connection.execute("SELECT id FROM fact GROUP BY id HAVING count(*) > 1")
    else:
        found = connection.execute(
            """SELECT DISTINCT one.id FROM fact AS one WHERE one.rowid > ?
               AND EXISTS (SELECT 1 FROM fact WHERE fact.id = one.id AND fact.rowid <> one.rowid)""",
            (beyond,),
        )
    return [id_ for (id_,) in found]


def conflicts(connection: sqlite3.Connection, beyond: int) -> list[str]:
    """Return the ids of facts beyond a row under which another fact is stored that says something else."""
    found = []
    for id_ in _called_twice(connection, beyond):
        stored = facts_called(connection, id_)
        if not all(fact.says_what(stored[0]) for fact in stored):
            found.append(id_)
    return found


def devices(connection: sqlite3.Connection) -> dict[str, tuple[int, int, int]]:
    """Return, by device, how many facts it has, how many numbers they bear, and the highest of these."""
    found = connection.execute(
        """SELECT device, count(*), count(DISTINCT seq), max(seq) FROM fact
           WHERE typeof(device) = 'text' AND typeof(seq) = 'integer' GROUP BY device"""
    )
    return {device: (facts, numbers, highest) for device, facts, numbers, highest in found}


def next_seq(connection: sqlite3.Connection, device: str) -> int:
    """Return the number of the device's next fact."""
    row = connection.execute(
        "SELECT max(seq) FROM fact WHERE device = ? AND typeof(seq) = 'integer'", (device,)
    ).fetchone()
    return (row[0] or 0) + 1


def sessions(
    connection: sqlite3.Connection, limit: int, before_ms: int | None, routine: str | None, before_id: str
) -> list[SessionRow]:
    """Return the latest sessions, latest first."""
    which, values = ("", []) if routine is None else ("routine = ? AND ", [routine])
    found = connection.execute(
        f"""SELECT {_SESSION} FROM session WHERE {which} withdrawn = 0 AND (began_ms, id) < (?, ?)
            ORDER BY began_ms DESC, id DESC LIMIT ?""",
        (*values, END_OF_TIME_MS if before_ms is None else before_ms, before_id, max(0, limit)),
    )
    return [session_row(row) for row in found]


def withdrawn(connection: sqlite3.Connection, limit: int) -> list[SessionRow]:
    """Return the latest sessions that are withdrawn, latest first."""
    found = connection.execute(
        f"SELECT {_SESSION} FROM session WHERE withdrawn = 1 ORDER BY began_ms DESC, id DESC LIMIT ?", (max(0, limit),)
    )
    return [session_row(row) for row in found]


def last_done(connection: sqlite3.Connection) -> list[SessionRow]:
    """Return, of each routine, the latest session in which something was done."""
    # Hops from routine to routine in the index, whatever the number of sessions.
    found = connection.execute(
        f"""WITH RECURSIVE one (routine) AS (
                SELECT min(routine) FROM session WHERE withdrawn = 0 AND done + cut_short > 0
                UNION ALL
                SELECT (SELECT min(routine) FROM session
                        WHERE withdrawn = 0 AND done + cut_short > 0 AND routine > one.routine)
                FROM one WHERE one.routine IS NOT NULL
            )
            SELECT {_SESSION} FROM session WHERE id IN (
                SELECT (SELECT id FROM session
                        WHERE withdrawn = 0 AND done + cut_short > 0 AND routine = one.routine
                        ORDER BY began_ms DESC, id DESC LIMIT 1) FROM one)""",
    )
    return [session_row(row) for row in found]


def unfinished(connection: sqlite3.Connection, day: str) -> SessionRow | None:
    """Return the latest session of a local day that began and never ended."""
    row = connection.execute(
        f"""SELECT {_SESSION} FROM session
            WHERE withdrawn = 0 AND ended_ms IS NULL AND day = ? AND routine <> ''
            ORDER BY began_ms DESC, id DESC LIMIT 1""",
        (day,),
    ).fetchone()
    return None if row is None else session_row(row)


def last_session(connection: sqlite3.Connection, routine: str) -> str | None:
    """Return the id of the routine's latest session in which something was done."""
    row = connection.execute(
        """SELECT id FROM session WHERE withdrawn = 0 AND done + cut_short > 0 AND routine = ?
           ORDER BY began_ms DESC, id DESC LIMIT 1""",
        (routine,),
    ).fetchone()
    return None if row is None else str(row[0])


def week_activity(connection: sqlite3.Connection, week: str) -> list[WeekActivityRow]:
    """Return what was logged by hand in a week, by activity and intensity."""
    found = connection.execute(
        f"SELECT {_WEEK_ACTIVITY} FROM week_activity WHERE week = ? ORDER BY activity, intensity", (week,)
    )
    return [WeekActivityRow(*row) for row in found]


def answers(connection: sqlite3.Connection, exercise: str, limit: int) -> list[AnswerRow]:
    """Return the latest answers to a self-check, latest first."""
    found = connection.execute(
        f"SELECT {_ANSWER} FROM answer WHERE exercise = ? ORDER BY utc_ms DESC, id DESC LIMIT ?",
        (exercise, max(0, limit)),
    )
    return [AnswerRow(*(*row[:-1], bool(row[-1]))) for row in found]


def practised(connection: sqlite3.Connection, exercise: str, limit: int) -> list[PracticeRow]:
    """Return the latest sessions of an exercise, latest first."""
    found = connection.execute(
        f"SELECT {_PRACTICE} FROM practice WHERE exercise = ? ORDER BY began_ms DESC, session DESC LIMIT ?",
        (exercise, max(0, limit)),
    )
    return [PracticeRow(*row) for row in found]


def exercises(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield each exercise that was ever done or rated, hopping from one to the next in the index."""
    found = connection.execute("SELECT min(exercise) FROM practice").fetchone()[0]
    while found is not None:
        yield found
        found = connection.execute("SELECT min(exercise) FROM practice WHERE exercise > ?", (found,)).fetchone()[0]


def practised_between(connection: sqlite3.Connection, since_ms: int, before_ms: int) -> list[PracticeRow]:
    """Return what was done in the sessions that began from one moment on and before another, by exercise."""
    return [
        PracticeRow(*row)
        for exercise in exercises(connection)
        for row in connection.execute(
            f"SELECT {_PRACTICE} FROM practice WHERE exercise = ? AND began_ms >= ? AND began_ms < ?",
            (exercise, since_ms, before_ms),
        )
    ]


def days(connection: sqlite3.Connection, since: str, until: str) -> list[DayRow]:
    """Return what was done from one local day to another, both included, latest first."""
    found = connection.execute(
        """SELECT day, routine, sessions, active_ms FROM day_routine
           WHERE day BETWEEN ? AND ? ORDER BY day DESC, routine DESC""",
        (since, until),
    )
    return [DayRow(*row) for row in found]


def days_before(connection: sqlite3.Connection, day: str, routine: str, limit: int) -> list[DayRow]:
    """Return up to `limit` of what was done before a day and routine, latest first."""
    found = connection.execute(
        """SELECT day, routine, sessions, active_ms FROM day_routine
           WHERE (day, routine) < (?, ?) ORDER BY day DESC, routine DESC LIMIT ?""",
        (day, routine, limit),
    )
    return [DayRow(*row) for row in found]


def first_day(connection: sqlite3.Connection) -> str:
    """Return the first day on which something was done, empty where nothing was."""
    return str(connection.execute("SELECT coalesce(min(day), '') FROM day_routine").fetchone()[0])


def week_pain(connection: sqlite3.Connection, since: str, until: str) -> list[WeekPainRow]:
    """Return the ratings of each kind from one local week to another, both included, in their order."""
    found = connection.execute(
        'SELECT week, "when", ratings, nrs_sum FROM week_pain WHERE week BETWEEN ? AND ? ORDER BY week, "when"',
        (since, until),
    )
    return [WeekPainRow(*row) for row in found]


def week_exercise(connection: sqlite3.Connection, exercise: str, since: str, until: str) -> list[WeekExerciseRow]:
    """Return what was done of an exercise from one local week to another, both included, in their order."""
    found = connection.execute(
        f"""SELECT {columns(WeekExerciseRow)} FROM week_exercise
            WHERE exercise = ? AND week BETWEEN ? AND ? ORDER BY week, side""",
        (exercise, since, until),
    )
    return [WeekExerciseRow(*row) for row in found]


def names(connection: sqlite3.Connection) -> list[NameRow]:
    """Return every name under which something was done."""
    return [NameRow(*row) for row in connection.execute("SELECT kind, id, name, sessions FROM name")]


def total(connection: sqlite3.Connection) -> tuple[int, int, int, int]:
    """Return the sums of all: sessions, works, ratings, and milliseconds spent."""
    row = connection.execute("SELECT sessions, works, ratings, active_ms FROM total WHERE scope = 'all'").fetchone()
    return (0, 0, 0, 0) if row is None else row


def integrity(connection: sqlite3.Connection) -> str:
    """Return `ok`, or what SQLite finds broken in the whole file."""
    return "; ".join(str(row[0]) for row in connection.execute("PRAGMA integrity_check"))


def count_sessions(connection: sqlite3.Connection) -> int:
    """Return how many sessions have facts."""
    return int(connection.execute("SELECT count(*) FROM session").fetchone()[0])


def count_among(connection: sqlite3.Connection, ids: Sequence[str]) -> int:
    """Count those of `ids` that are sessions; facts of a break make none."""
    counted = 0
    for start in range(0, len(ids), _MANY):
        some = ids[start : start + _MANY]
        marks = ", ".join("?" * len(some))
        found = connection.execute(f"SELECT count(*) FROM session WHERE id IN ({marks})", some)
        counted += int(found.fetchone()[0])
    return counted
