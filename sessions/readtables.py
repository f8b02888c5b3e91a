"""The tables that are read: filled in the same transaction as a fact, and rebuilt from the facts.

One session's rows are a function of its facts, and each roll-up is a sum over sessions. So a new
fact means: what its session amounted to before, what it amounts to now, and the difference written.
The order in which facts arrive cannot matter.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct, structs

from sessions.facts import Fact
from sessions.rows import AnswerRow, NoteRow, RatingRow, SessionRow, WorkRow
from sessions.standing import Read
from sessions.tally import RollupKey, Tally, tally

Row: TypeAlias = SessionRow | WorkRow | RatingRow | AnswerRow | NoteRow


def columns(row_type: type[Struct]) -> str:
    """Return a row type's columns, as SQL lists them: its fields, in their order."""
    return ", ".join(f'"{name}"' for name in row_type.__struct_fields__)


FACT_COLUMNS = columns(Fact)

_ROW_TYPES: dict[str, type[Row]] = {
    "session": SessionRow,
    "work": WorkRow,
    "rating": RatingRow,
    "answer": AnswerRow,
    "note": NoteRow,
}
_INSERT = {
    table: f"INSERT INTO {table} ({columns(row)}) VALUES ({', '.join('?' * len(row.__struct_fields__))})"
    for table, row in _ROW_TYPES.items()
}
_ROLLUPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "day": (("day",), ("sessions", "active_ms")),
    "week_exercise": (("week", "exercise"), ("ratings", "nrs_sum", "works", "actual_ms", "reps")),
    "week_activity": (("week", "activity", "intensity"), ("times", "active_ms")),
    "total": (("scope",), ("sessions", "works", "ratings", "active_ms")),
}


def facts_of(connection: sqlite3.Connection, session: str) -> list[Fact]:
    """Return the facts of one session, in their order."""
    found = connection.execute(
        f"SELECT {FACT_COLUMNS} FROM fact WHERE session = ? ORDER BY utc_ms, device, seq",
        (session,),
    )
    return [Fact(*row) for row in found]


def read_session(connection: sqlite3.Connection, session: str) -> list[Read]:
    """Return the facts of one session, each with its body."""
    return [(fact, fact.parsed()) for fact in facts_of(connection, session)]


def apply(connection: sqlite3.Connection, fact: Fact) -> None:
    """Bring the read tables up to date with a fact just stored, inside the caller's transaction."""
    read = read_session(connection, fact.session)
    before = _tallied(fact.session, [pair for pair in read if pair[0].id != fact.id])
    _write(connection, before, _tallied(fact.session, read))


_latest: list[tuple[tuple[str, ...], Tally | None]] = []


def _tallied(session: str, read: list[Read]) -> Tally | None:
    """As `tally`, which is kept for the latest facts: one fact later the same is asked for again.

    The key is what the facts say, so nothing that another process stores or a transaction takes back can make it wrong.
    """
    key = (session, *(fact.sha256 for fact, _ in read))
    if _latest and _latest[0][0] == key:
        return _latest[0][1]
    found = tally(session, read)
    _latest[:] = [(key, found)]
    return found


def rebuild(connection: sqlite3.Connection) -> None:
    """Fill the read tables anew from the facts alone, inside the caller's transaction."""
    for table in (*_ROW_TYPES, *_ROLLUPS):
        connection.execute(f"DELETE FROM {table}")
    for (session,) in connection.execute("SELECT DISTINCT session FROM fact").fetchall():
        _write(connection, None, tally(session, read_session(connection, session)))


def _write(connection: sqlite3.Connection, before: Tally | None, after: Tally | None) -> None:
    old, new = _tables(before), _tables(after)
    for table in _ROW_TYPES:
        _write_rows(connection, table, old[table], new[table])
    was, now = (side.rollups if side is not None else {} for side in (before, after))
    _write_rollups(connection, was, now)


def _tables(side: Tally | None) -> dict[str, dict[str, Row]]:
    """Return the rows of each table by id. Only the session's own row outlasts its withdrawal."""
    if side is None:
        return {table: {} for table in _ROW_TYPES}
    detail = side.detail
    shown = not detail.row.withdrawn

    def by_id(rows: Iterable[Row]) -> dict[str, Row]:
        return {row.id: row for row in rows} if shown else {}

    return {
        "session": {detail.row.id: detail.row},
        "work": by_id(detail.works),
        "rating": by_id(detail.ratings),
        "answer": by_id(detail.answers),
        "note": by_id(detail.notes),
    }


def _write_rows(connection: sqlite3.Connection, table: str, old: Mapping[str, Row], new: Mapping[str, Row]) -> None:
    for id_ in old.keys() - new.keys():
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (id_,))
    for id_, row in new.items():
        earlier = old.get(id_)
        if earlier is None:
            connection.execute(_INSERT[table], structs.astuple(row))
        elif earlier != row:
            was, now = structs.asdict(earlier), structs.asdict(row)
            # Naming only what changed leaves the pages of the other indexes as they are.
            changed = {name: value for name, value in now.items() if was[name] != value}
            names = ", ".join(f'"{name}" = ?' for name in changed)
            connection.execute(f"UPDATE {table} SET {names} WHERE id = ?", (*changed.values(), id_))


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
