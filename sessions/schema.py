"""The form of the file: its tables, its number, and how an older form becomes the present one."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from types import MappingProxyType

APPLICATION_ID = 0x74724C62
"""What marks the file as a logbook in its header: `trLb` in ASCII."""

SCHEMA = 4
"""Number of the present form, in the header's `user_version`. A stored number never changes meaning."""

META_TABLE = "CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID"

FACT_TABLE: tuple[str, ...] = (
    """CREATE TABLE fact (
        id TEXT NOT NULL,
        device TEXT NOT NULL,
        seq INTEGER NOT NULL CHECK (seq > 0),
        utc_ms INTEGER NOT NULL,
        offset_min INTEGER NOT NULL,
        zone TEXT NOT NULL,
        schema INTEGER NOT NULL,
        session TEXT NOT NULL,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        sha256 TEXT NOT NULL
    )""",
    "CREATE INDEX fact_by_id ON fact (id)",
    "CREATE INDEX fact_by_device ON fact (device, seq)",
    "CREATE INDEX fact_of_session ON fact (session)",
    """CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
       BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END""",
    """CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact
       BEGIN SELECT RAISE(ABORT, 'a fact is never deleted'); END""",
    """CREATE TRIGGER fact_is_stored_once BEFORE INSERT ON fact
       WHEN EXISTS (SELECT 1 FROM fact WHERE id = NEW.id AND sha256 = NEW.sha256)
       BEGIN SELECT RAISE(IGNORE); END""",
)
"""Facts are a set: what makes one the same as another is its content. Two of one id and other content, which a merge
may bring, are both kept, so that neither `id` nor the number of a device is unique. In the order of their rows, which
no command changes, they stand as they came in."""

# Whoever makes a new form: a program of the form before may have the file open while it is brought up to date. It must
# either go on writing what this one reads, or be refused whole: its transaction fails at a table that is gone.
READ_TABLES: tuple[str, ...] = (
    """CREATE TABLE session (
        id TEXT PRIMARY KEY NOT NULL, routine TEXT NOT NULL, name TEXT NOT NULL,
        began_ms INTEGER NOT NULL, offset_min INTEGER NOT NULL, zone TEXT NOT NULL,
        day TEXT NOT NULL, week TEXT NOT NULL,
        ended_ms INTEGER, how TEXT, active_ms INTEGER NOT NULL, paused_ms INTEGER NOT NULL,
        steps INTEGER NOT NULL, next_step INTEGER NOT NULL,
        works INTEGER NOT NULL, done INTEGER NOT NULL, cut_short INTEGER NOT NULL, skipped INTEGER NOT NULL,
        pain_before INTEGER, pain_after INTEGER, pain_next_morning INTEGER, withdrawn INTEGER NOT NULL,
        activity TEXT NOT NULL, intensity TEXT, level INTEGER, levels INTEGER, pain_most INTEGER
    ) WITHOUT ROWID""",
    "CREATE INDEX session_by_time ON session (began_ms, id, pain_most, withdrawn) WHERE withdrawn = 0",
    """CREATE INDEX session_by_pain ON session (pain_most, began_ms, id, withdrawn)
       WHERE withdrawn = 0 AND pain_most > 0""",
    "CREATE INDEX session_withdrawn ON session (began_ms, id) WHERE withdrawn = 1",
    "CREATE INDEX session_by_routine ON session (routine, began_ms, id) WHERE withdrawn = 0",
    """CREATE INDEX session_really_done ON session (routine, began_ms, id)
       WHERE withdrawn = 0 AND done + cut_short > 0""",
    """CREATE INDEX session_without_end ON session (day, began_ms, id)
       WHERE withdrawn = 0 AND ended_ms IS NULL""",
    """CREATE TABLE practice (
        exercise TEXT NOT NULL, began_ms INTEGER NOT NULL, session TEXT NOT NULL, nrs INTEGER,
        PRIMARY KEY (exercise, began_ms, session)
    ) WITHOUT ROWID""",
    # An id may stand in two sessions, where facts say different things under it.
    """CREATE TABLE answer (
        id TEXT NOT NULL, session TEXT NOT NULL, utc_ms INTEGER NOT NULL,
        "index" INTEGER NOT NULL, exercise TEXT NOT NULL, name TEXT NOT NULL, side TEXT NOT NULL,
        question TEXT NOT NULL, answer TEXT NOT NULL, text TEXT NOT NULL, corrected INTEGER NOT NULL,
        PRIMARY KEY (id, session)
    ) WITHOUT ROWID""",
    "CREATE INDEX answer_by_exercise ON answer (exercise, utc_ms, id)",
    """CREATE TABLE note (
        id TEXT NOT NULL, session TEXT NOT NULL, began_ms INTEGER NOT NULL, folded TEXT NOT NULL,
        PRIMARY KEY (id, session)
    ) WITHOUT ROWID""",
    """CREATE TABLE day_routine (
        day TEXT NOT NULL, routine TEXT NOT NULL, sessions INTEGER, active_ms INTEGER, PRIMARY KEY (day, routine)
    ) WITHOUT ROWID""",
    """CREATE TABLE week_pain (
        week TEXT NOT NULL, "when" TEXT NOT NULL, ratings INTEGER, nrs_sum INTEGER, PRIMARY KEY (week, "when")
    ) WITHOUT ROWID""",
    """CREATE TABLE week_exercise (
        exercise TEXT NOT NULL, week TEXT NOT NULL, side TEXT NOT NULL, ratings INTEGER, nrs_sum INTEGER,
        works INTEGER, actual_ms INTEGER, reps INTEGER, steps INTEGER, done INTEGER,
        PRIMARY KEY (exercise, week, side)
    ) WITHOUT ROWID""",
    """CREATE TABLE week_activity (
        week TEXT NOT NULL, activity TEXT NOT NULL, intensity TEXT NOT NULL, times INTEGER, active_ms INTEGER,
        PRIMARY KEY (week, activity, intensity)
    ) WITHOUT ROWID""",
    """CREATE TABLE name (
        kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, sessions INTEGER, PRIMARY KEY (kind, id, name)
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
        # Form 3 keeps both of two facts that bear one id, as a merge may bring them; and weeks by side, days by
        # routine, and what is searched.
        2: (
            "DROP TABLE work",
            "DROP TABLE rating",
            "DROP TABLE day",
            "DROP TRIGGER fact_is_never_changed",
            "DROP TRIGGER fact_is_never_deleted",
            "DROP TRIGGER fact_is_never_replaced",
            "DROP INDEX fact_of_session",
            "ALTER TABLE fact RENAME TO fact_of_form_2",
            *FACT_TABLE,
            "INSERT INTO fact SELECT * FROM fact_of_form_2 ORDER BY rowid",
            "DROP TABLE fact_of_form_2",
        ),
        # Form 4 knows breaks, whose facts make no session: read tables of a form that takes them for one are made anew.
        3: (),
    }
)
"""For each older form, what its facts and its `meta` need to become those of the next one, statement by statement.

The read tables of every older form are thrown away and made anew from the facts: see `renew_read_tables`. A step names
only those that the present form no longer has.
"""


def create(connection: sqlite3.Connection, device: str) -> None:
    """Make the empty file a logbook of `device`, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in (META_TABLE, *FACT_TABLE, *READ_TABLES):
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
