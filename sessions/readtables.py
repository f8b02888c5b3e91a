"""The tables that are read: filled in the same transaction as a fact, and rebuilt from the facts.

One session's rows are a function of its facts, and each roll-up is a sum over sessions. So a new
fact means: what its session amounted to before, what it amounts to now, and the difference written.
The order in which facts arrive cannot matter.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeAlias

from msgspec import Struct, structs

from sessions.facts import Fact, proven
from sessions.folding import fold
from sessions.rows import AnswerRow, PracticeRow, SessionRow
from sessions.standing import Read
from sessions.tally import RollupKey, Tally, tally

Values: TypeAlias = tuple[Any, ...]

_IN_ORDER = attrgetter("utc_ms", "device", "seq", "sha256")


def columns(row_type: type[Struct]) -> str:
    """Return a row type's columns, as SQL lists them: its fields, in their order."""
    return ", ".join(f'"{name}"' for name in row_type.__struct_fields__)


FACT_COLUMNS = columns(Fact)

_TABLES: dict[str, tuple[tuple[str, ...], int]] = {
    "session": (SessionRow.__struct_fields__, 1),
    "practice": (PracticeRow.__struct_fields__, 3),
    "answer": (AnswerRow.__struct_fields__, 2),
    "note": (("id", "session", "began_ms", "folded"), 2),
}
"""The columns of each table of rows, and how many of the first are its key."""
_INSERT = {
    table: "INSERT INTO {} ({}) VALUES ({})".format(
        table, ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    )
    for table, (names, _) in _TABLES.items()
}
_ROLLUPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "day_routine": (("day", "routine"), ("sessions", "active_ms")),
    "week_pain": (("week", '"when"'), ("ratings", "nrs_sum")),
    "week_exercise": (
        ("exercise", "week", "side"),
        ("ratings", "nrs_sum", "works", "actual_ms", "reps", "steps", "done"),
    ),
    "week_activity": (("week", "activity", "intensity"), ("times", "active_ms")),
    "name": (("kind", "id", "name"), ("sessions",)),
    "total": (("scope",), ("sessions", "works", "ratings", "active_ms")),
}
_MANY = 500
"""Sessions that are written at a time when many are."""


_TYPES = tuple(int if name in ("seq", "utc_ms", "offset_min", "schema") else str for name in Fact.__struct_fields__)


def fact_of(row: Values) -> Fact:
    """Return a row of facts as a value.

    Where a byte of it went bad a column may be of any type; it is then empty, and the digest tells of it.
    """
    if tuple(map(type, row)) == _TYPES:
        return Fact(*row)
    told: list[Any] = [value if type(value) is kind else kind() for value, kind in zip(row, _TYPES, strict=True)]
    return Fact(*told)


def day_start(connection: sqlite3.Connection) -> int:
    """Return the hour at which this logbook's days start, 0 to 23."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'day_starts_h'").fetchone()
    return int(row[0]) if row is not None and str(row[0]).isdigit() and int(row[0]) < 24 else 0


def facts_of(connection: sqlite3.Connection, session: str) -> list[Fact]:
    """Return the facts of one session, in their order."""
    found = connection.execute(f"SELECT {FACT_COLUMNS} FROM fact WHERE session = ?", (session,))
    return sorted(map(fact_of, found), key=_IN_ORDER)


def read_session(connection: sqlite3.Connection, session: str, *, prove: bool = False) -> list[Read]:
    """Return the facts of one session, each with its body; with `prove`, only those whose digest still holds."""
    facts = facts_of(connection, session)
    return proven(facts) if prove else [(fact, fact.parsed()) for fact in facts]


def apply(connection: sqlite3.Connection, fact: Fact) -> None:
    """Bring the read tables up to date with a fact just stored, inside the caller's transaction."""
    read = read_session(connection, fact.session)
    hour = day_start(connection)
    before = _tallied(fact.session, [pair for pair in read if pair[0].sha256 != fact.sha256], hour)
    _write(connection, before, _tallied(fact.session, read, hour))


_latest: list[tuple[tuple[object, ...], Tally | None]] = []


def _tallied(session: str, read: list[Read], day_starts_h: int) -> Tally | None:
    """As `tally`, which is kept for the latest facts: one fact later the same is asked for again.

    The key is what the facts say, so nothing that another process stores or a transaction takes back can make it wrong.
    """
    key = (day_starts_h, session, *(fact.sha256 for fact, _ in read))
    if _latest and _latest[0][0] == key:
        return _latest[0][1]
    found = tally(session, read, day_starts_h)
    _latest[:] = [(key, found)]
    return found


def rebuild(connection: sqlite3.Connection) -> None:
    """Fill the read tables anew from the facts alone, inside the caller's transaction."""
    for table in (*_TABLES, *_ROLLUPS):
        connection.execute(f"DELETE FROM {table}")
    fill(connection, [session for (session,) in connection.execute("SELECT DISTINCT session FROM fact")], prove=True)


def refresh(connection: sqlite3.Connection, sessions: Iterable[str], beyond: int) -> None:
    """Bring the read tables up to date with facts just stored: those of `sessions` whose rows lie beyond `beyond`."""
    hour = day_start(connection)
    new = []
    for session in sessions:
        if connection.execute("SELECT 1 FROM session WHERE id = ?", (session,)).fetchone() is None:
            new.append(session)
            continue
        added = {
            sha
            for (sha,) in connection.execute(
                "SELECT sha256 FROM fact WHERE session = ? AND rowid > ?", (session, beyond)
            )
        }
        read = read_session(connection, session)
        before = tally(session, [pair for pair in read if pair[0].sha256 not in added], hour)
        _write(connection, before, tally(session, read, hour))
    fill(connection, new)


def fill(connection: sqlite3.Connection, sessions: Sequence[str], *, prove: bool = False) -> None:
    """Write the rows of sessions that have none yet, many at a time, as a merge of years needs it.

    With `prove`, facts whose digest does not hold are left out.
    """
    hour = day_start(connection)
    sums: dict[RollupKey, Counter[int]] = {}
    for start in range(0, len(sessions), _MANY):
        rows: dict[str, list[Values]] = {table: [] for table in _TABLES}
        for session in sessions[start : start + _MANY]:
            found = tally(session, read_session(connection, session, prove=prove), hour)
            if found is None:
                continue
            for table, values in _rows(found):
                rows[table].append(values)
            _add_up(sums, found)
        for table, many in rows.items():
            connection.executemany(_INSERT[table], many)
    for (table, key), counter in sums.items():
        _add_to_rollup(connection, table, key, [counter[place] for place in range(len(_ROLLUPS[table][1]))])


def wrong(connection: sqlite3.Connection) -> list[str]:
    """Return the tables that are not what the facts amount to. Takes as long as `rebuild`, and changes nothing."""
    hour = day_start(connection)
    bad: set[str] = set()
    counted: Counter[str] = Counter()
    sums: dict[RollupKey, Counter[int]] = {}
    for (session,) in connection.execute("SELECT DISTINCT session FROM fact").fetchall():
        found = tally(session, read_session(connection, session, prove=True), hour)
        if found is None:
            continue
        for table, values in _rows(found):
            names, keys = _TABLES[table]
            this = " AND ".join(f'"{name}" = ?' for name in names[:keys])
            which = ", ".join(f'"{name}"' for name in names)
            stored = connection.execute(f"SELECT {which} FROM {table} WHERE {this}", values[:keys]).fetchone()
            counted[table] += 1
            if stored != values:
                bad.add(table)
        _add_up(sums, found)
    for table in _TABLES:
        if connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] != counted[table]:
            bad.add(table)
    for table, (keys_of, counts) in _ROLLUPS.items():
        expected = {
            (*key, *(counter[place] for place in range(len(counts))))
            for (name, key), counter in sums.items()
            if name == table
        }
        if set(connection.execute(f"SELECT {', '.join((*keys_of, *counts))} FROM {table}")) != expected:
            bad.add(table)
    return sorted(bad)


def _add_up(sums: dict[RollupKey, Counter[int]], of: Tally) -> None:
    for key, numbers in of.rollups.items():
        counter = sums.setdefault(key, Counter())
        for place, number in enumerate(numbers):
            counter[place] += number


def _rows(of: Tally) -> Iterator[tuple[str, Values]]:
    """Yield the rows of a session by their table. Only the session's own row outlasts its withdrawal."""
    detail = of.detail
    yield "session", structs.astuple(detail.row)
    if detail.row.withdrawn:
        return
    for practice in of.practice:
        yield "practice", structs.astuple(practice)
    for answer in detail.answers:
        yield "answer", structs.astuple(answer)
    for note in detail.notes:
        yield "note", (note.id, note.session, detail.row.began_ms, fold(note.text))


def _write(connection: sqlite3.Connection, before: Tally | None, after: Tally | None) -> None:
    old, new = _by_key(before), _by_key(after)
    for table in _TABLES:
        _write_rows(connection, table, old[table], new[table])
    was, now = (side.rollups if side is not None else {} for side in (before, after))
    _write_rollups(connection, was, now)


def _by_key(side: Tally | None) -> dict[str, dict[Values, Values]]:
    found: dict[str, dict[Values, Values]] = {table: {} for table in _TABLES}
    if side is not None:
        for table, values in _rows(side):
            found[table][values[: _TABLES[table][1]]] = values
    return found


def _write_rows(
    connection: sqlite3.Connection, table: str, old: Mapping[Values, Values], new: Mapping[Values, Values]
) -> None:
    names, keys = _TABLES[table]
    this = " AND ".join(f'"{name}" = ?' for name in names[:keys])
    for key in old.keys() - new.keys():
        connection.execute(f"DELETE FROM {table} WHERE {this}", key)
    for key, row in new.items():
        earlier = old.get(key)
        if earlier is None:
            connection.execute(_INSERT[table], row)
        elif earlier != row:
            # Naming only what changed leaves the pages of the other indexes as they are.
            changed = [place for place, value in enumerate(row) if earlier[place] != value]
            sets = ", ".join(f'"{names[place]}" = ?' for place in changed)
            connection.execute(f"UPDATE {table} SET {sets} WHERE {this}", (*(row[place] for place in changed), *key))


def _write_rollups(
    connection: sqlite3.Connection,
    was: Mapping[RollupKey, tuple[int, ...]],
    now: Mapping[RollupKey, tuple[int, ...]],
) -> None:
    for key in sorted({*was, *now}):
        table, values = key
        none = (0,) * len(_ROLLUPS[table][1])
        difference = [a - b for a, b in zip(now.get(key, none), was.get(key, none), strict=True)]
        if any(difference):
            _add_to_rollup(connection, table, values, difference)


def _add_to_rollup(connection: sqlite3.Connection, table: str, key: Sequence[str], numbers: Sequence[int]) -> None:
    keys, counts = _ROLLUPS[table]
    this = " AND ".join(f"{name} = ?" for name in keys)
    plus = ", ".join(f"{name} = {name} + ?" for name in counts)
    found = connection.execute(f"UPDATE {table} SET {plus} WHERE {this}", (*numbers, *key))
    if not found.rowcount:
        marks = ", ".join("?" * (len(key) + len(numbers)))
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", (*key, *numbers))
    elif min(numbers) < 0:
        empty = " AND ".join(f"{name} = 0" for name in counts)
        connection.execute(f"DELETE FROM {table} WHERE {this} AND {empty}", tuple(key))
