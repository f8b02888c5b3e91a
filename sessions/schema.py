"""The form of the file: its tables, its number, and how an older form becomes the present one."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from types import MappingProxyType

APPLICATION_ID = 0x74724C62
"""What marks the file as a logbook in its header: `trLb` in ASCII."""

SCHEMA = 2
"""Number of the present form, in the header's `user_version`. A stored number never changes meaning."""

FACT_TABLES: tuple[str, ...] = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE fact (
        id TEXT PRIMARY KEY NOT NULL,
        device TEXT NOT NULL,
        seq INTEGER NOT NULL CHECK (seq > 0),
        utc_ms INTEGER NOT NULL,
        offset_min INTEGER NOT NULL,
        zone TEXT NOT NULL,
        schema INTEGER NOT NULL,
        session TEXT NOT NULL,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        UNIQUE (device, seq)
    )""",
    "CREATE INDEX fact_of_session ON fact (session, utc_ms, device, seq)",
    """CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
       BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END""",
    """CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact
       BEGIN SELECT RAISE(ABORT, 'a fact is never deleted'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    """CREATE TRIGGER fact_is_never_replaced BEFORE INSERT ON fact
       WHEN EXISTS (SELECT 1 FROM fact WHERE id = NEW.id)
         OR EXISTS (SELECT 1 FROM fact WHERE device = NEW.device AND seq = NEW.seq)
       BEGIN SELECT RAISE(ABORT, 'a fact is never replaced'); END""",
)

# A program of the form before may have the file open while it is brought up to date, and goes on writing columns by
# name: a column that it does not know needs a default.
READ_TABLES: tuple[str, ...] = (
    """CREATE TABLE session (
        id TEXT PRIMARY KEY NOT NULL, routine TEXT NOT NULL, name TEXT NOT NULL,
        began_ms INTEGER NOT NULL, offset_min INTEGER NOT NULL, zone TEXT NOT NULL, day TEXT NOT NULL,
        ended_ms INTEGER, how TEXT, active_ms INTEGER NOT NULL, paused_ms INTEGER NOT NULL,
        steps INTEGER NOT NULL, next_step INTEGER NOT NULL,
        works INTEGER NOT NULL, done INTEGER NOT NULL, cut_short INTEGER NOT NULL, skipped INTEGER NOT NULL,
        pain_before INTEGER, pain_after INTEGER, pain_next_morning INTEGER, withdrawn INTEGER NOT NULL,
        activity TEXT NOT NULL DEFAULT '', intensity TEXT, level INTEGER, levels INTEGER
    ) WITHOUT ROWID""",
    "CREATE INDEX session_by_time ON session (began_ms, id) WHERE withdrawn = 0",
    "CREATE INDEX session_by_routine ON session (routine, began_ms, id) WHERE withdrawn = 0",
    """CREATE INDEX session_really_done ON session (routine, began_ms, id)
       WHERE withdrawn = 0 AND done + cut_short > 0""",
    """CREATE INDEX session_without_end ON session (day, began_ms, id)
       WHERE withdrawn = 0 AND ended_ms IS NULL""",
    """CREATE TABLE work (
        id TEXT PRIMARY KEY NOT NULL, session TEXT NOT NULL, utc_ms INTEGER NOT NULL,
        step INTEGER NOT NULL, "index" INTEGER NOT NULL, exercise TEXT NOT NULL, name TEXT NOT NULL,
        set_no INTEGER NOT NULL, sets INTEGER NOT NULL, side TEXT NOT NULL, outcome TEXT NOT NULL,
        attempt INTEGER NOT NULL, planned_ms INTEGER, actual_ms INTEGER NOT NULL,
        planned_reps INTEGER, actual_reps INTEGER, breaths INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX work_by_exercise ON work (exercise, utc_ms)",
    """CREATE TABLE rating (
        id TEXT PRIMARY KEY NOT NULL, session TEXT NOT NULL, utc_ms INTEGER NOT NULL,
        offset_min INTEGER NOT NULL, "when" TEXT NOT NULL, nrs INTEGER NOT NULL, "index" INTEGER,
        exercise TEXT, name TEXT, side TEXT, corrected INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX rating_by_exercise ON rating (exercise, utc_ms, id) WHERE exercise IS NOT NULL",
    """CREATE TABLE answer (
        id TEXT PRIMARY KEY NOT NULL, session TEXT NOT NULL, utc_ms INTEGER NOT NULL,
        "index" INTEGER NOT NULL, exercise TEXT NOT NULL, name TEXT NOT NULL, side TEXT NOT NULL,
        question TEXT NOT NULL, answer TEXT NOT NULL, text TEXT NOT NULL, corrected INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX answer_by_exercise ON answer (exercise, utc_ms, id)",
    """CREATE TABLE note (
        id TEXT PRIMARY KEY NOT NULL, session TEXT NOT NULL, utc_ms INTEGER NOT NULL,
        text TEXT NOT NULL, corrected INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "CREATE TABLE day (day TEXT PRIMARY KEY NOT NULL, sessions INTEGER, active_ms INTEGER) WITHOUT ROWID",
    """CREATE TABLE week_exercise (
        week TEXT NOT NULL, exercise TEXT NOT NULL, ratings INTEGER, nrs_sum INTEGER, works INTEGER,
        actual_ms INTEGER, reps INTEGER, PRIMARY KEY (week, exercise)
    ) WITHOUT ROWID""",
    """CREATE TABLE week_activity (
        week TEXT NOT NULL, activity TEXT NOT NULL, intensity TEXT NOT NULL, times INTEGER, active_ms INTEGER,
        PRIMARY KEY (week, activity, intensity)
    ) WITHOUT ROWID""",
    """CREATE TABLE total (
        scope TEXT PRIMARY KEY NOT NULL, sessions INTEGER, works INTEGER, ratings INTEGER, active_ms INTEGER
    ) WITHOUT ROWID""",
)

READ_TABLE_NAMES = tuple(found[1] for one in READ_TABLES if (found := re.match(r"CREATE TABLE (\w+)", one)))

MIGRATIONS: Mapping[int, Sequence[str]] = MappingProxyType(
    {
        # Form 2 knows activities, levels and answers: new kinds and fields of facts, and read tables for them.
        1: (),
    }
)
"""For each older form, what its facts and its `meta` need to become those of the next one, statement by statement.

The read tables of every older form are thrown away and made anew from the facts: see `renew_read_tables`. A step names
only those that the present form no longer has.
"""


def create(connection: sqlite3.Connection, device: str) -> None:
    """Make the empty file a logbook of `device`, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in (*FACT_TABLES, *READ_TABLES):
        connection.execute(statement)
    connection.execute("INSERT INTO meta VALUES ('device', ?)", (device,))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    connection.execute("COMMIT")


def version(connection: sqlite3.Connection) -> int:
    """Return the number of the file's form."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def renew_read_tables(connection: sqlite3.Connection) -> None:
    """Make the read tables those of the present form, empty, inside the caller's transaction."""
    for name in READ_TABLE_NAMES:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in READ_TABLES:
        connection.execute(statement)


def migrate(connection: sqlite3.Connection, migrations: Mapping[int, Sequence[str]], target: int) -> bool:
    """Bring facts and `meta` up to `target` inside the caller's transaction; return whether the form was older.

    The read tables are then the caller's to renew and rebuild. All of it is one transaction, so that a file is never
    left between two forms. Raises `KeyError` where a step is missing.
    """
    start = version(connection)
    for number in range(start, target):
        for statement in migrations[number]:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number + 1}")
    return start < target
