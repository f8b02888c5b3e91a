"""What is asked of the tables. Each takes a connection and raises what SQLite raises."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from msgspec import structs

from sessions.facts import Fact, digest
from sessions.readtables import FACT_COLUMNS, columns
from sessions.rows import AnswerRow, RatingRow, SessionRow, WeekActivityRow

# S608 below: what is put into the SQL is column names of this package; values are always bound.
_SESSION = columns(SessionRow)
_RATING = columns(RatingRow)
_ANSWER = columns(AnswerRow)
_WEEK_ACTIVITY = columns(WeekActivityRow)
_WITHDRAWN = SessionRow.__struct_fields__.index("withdrawn")
_INSERT_FACT = f"INSERT INTO fact ({FACT_COLUMNS}) VALUES ({', '.join('?' * len(Fact.__struct_fields__))})"
_END_OF_TIME_MS = 2**62


def _session_row(row: tuple[Any, ...]) -> SessionRow:
    return SessionRow(*(*row[:_WITHDRAWN], bool(row[_WITHDRAWN]), *row[_WITHDRAWN + 1 :]))


def _rating_row(row: tuple[Any, ...]) -> RatingRow:
    return RatingRow(*(*row[:-1], bool(row[-1])))


def insert(connection: sqlite3.Connection, fact: Fact) -> None:
    """Store a fact; the read tables are the caller's to bring up to date."""
    connection.execute(_INSERT_FACT, structs.astuple(fact))


def fact(connection: sqlite3.Connection, id_: str) -> Fact | None:
    """Return the fact of this id."""
    row = connection.execute(f"SELECT {FACT_COLUMNS} FROM fact WHERE id = ?", (id_,)).fetchone()
    return None if row is None else Fact(*row)


def next_seq(connection: sqlite3.Connection, device: str) -> int:
    """Return the number of the device's next fact."""
    row = connection.execute("SELECT max(seq) FROM fact WHERE device = ?", (device,)).fetchone()
    return (row[0] or 0) + 1


def facts_after(connection: sqlite3.Connection, device: str, seq: int, limit: int) -> list[Fact]:
    """Return up to `limit` facts that follow the given one, by device and number."""
    found = connection.execute(
        f"SELECT {FACT_COLUMNS} FROM fact WHERE (device, seq) > (?, ?) ORDER BY device, seq LIMIT ?",
        (device, seq, limit),
    )
    return [Fact(*row) for row in found]


def sessions(
    connection: sqlite3.Connection, limit: int, before_ms: int | None, routine: str | None, before_id: str
) -> list[SessionRow]:
    """Return the latest sessions, latest first."""
    which, values = ("", []) if routine is None else ("routine = ? AND ", [routine])
    found = connection.execute(
        f"""SELECT {_SESSION} FROM session WHERE {which} withdrawn = 0 AND (began_ms, id) < (?, ?)
            ORDER BY began_ms DESC, id DESC LIMIT ?""",
        (*values, _END_OF_TIME_MS if before_ms is None else before_ms, before_id, max(0, limit)),
    )
    return [_session_row(row) for row in found]


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
    return [_session_row(row) for row in found]


def unfinished(connection: sqlite3.Connection, day: str) -> SessionRow | None:
    """Return the latest session of a local day that began and never ended."""
    row = connection.execute(
        f"""SELECT {_SESSION} FROM session
            WHERE withdrawn = 0 AND ended_ms IS NULL AND day = ? AND routine <> ''
            ORDER BY began_ms DESC, id DESC LIMIT 1""",
        (day,),
    ).fetchone()
    return None if row is None else _session_row(row)


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


def last_ratings(connection: sqlite3.Connection, exercise: str, limit: int) -> list[RatingRow]:
    """Return the latest ratings of an exercise, latest first."""
    found = connection.execute(
        f"SELECT {_RATING} FROM rating WHERE exercise = ? ORDER BY utc_ms DESC, id DESC LIMIT ?",
        (exercise, max(0, limit)),
    )
    return [_rating_row(row) for row in found]


def previous_ratings(connection: sqlite3.Connection) -> Iterable[tuple[str, int]]:
    """Return the latest rating given after each exercise."""
    # Hops from exercise to exercise in the index, whatever the number of ratings.
    found = connection.execute(
        """WITH RECURSIVE one (exercise) AS (
               SELECT min(exercise) FROM rating WHERE exercise IS NOT NULL
               UNION ALL
               SELECT (SELECT min(exercise) FROM rating WHERE exercise > one.exercise)
               FROM one WHERE one.exercise IS NOT NULL
           )
           SELECT exercise, (SELECT nrs FROM rating
                             WHERE exercise = one.exercise AND "when" = 'after_exercise'
                             ORDER BY utc_ms DESC, id DESC LIMIT 1) AS nrs
           FROM one WHERE one.exercise IS NOT NULL"""
    )
    return [(exercise, nrs) for exercise, nrs in found if nrs is not None]


def bad_digests(facts: Iterable[Fact]) -> Iterable[str]:
    """Yield the id of each fact whose content does not match its digest."""
    return (fact.id for fact in facts if digest(fact) != fact.sha256)


def integrity(connection: sqlite3.Connection) -> str:
    """Return `ok`, or what SQLite finds broken in the whole file."""
    return "; ".join(str(row[0]) for row in connection.execute("PRAGMA integrity_check"))


def count_sessions(connection: sqlite3.Connection) -> int:
    """Return how many sessions have facts."""
    return int(connection.execute("SELECT count(*) FROM session").fetchone()[0])
