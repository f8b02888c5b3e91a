"""Sessions that fit what is asked for, page by page, the latest first."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any, TypeAlias

from msgspec import Struct

from sessions import queries
from sessions.folding import fold
from sessions.rows import NameRow, SessionRow
from sessions.wanted import Wanted

_SESSION = ", ".join(f'session."{name}"' for name in SessionRow.__struct_fields__)
_DAYS_TO_1970 = date(1970, 1, 1).toordinal()
_RARE = 5_000
"""Up to so many hits are gathered first; where there are more, sessions are gone through until a page is full."""

Condition: TypeAlias = tuple[str, list[Any]]
"""A piece of SQL and the values bound in it."""


class _Pain(Struct, frozen=True):
    """Sessions in which pain was rated so high."""

    least: int
    sessions: int
    """How many there are, or one more than are gathered."""

    @property
    def condition(self) -> Condition:
        """What holds for a session that is a hit."""
        # The plus keeps SQLite from the index by pain, which would have to be sorted: these are many.
        return "+session.pain_most >= ?", [self.least]

    @property
    def source(self) -> Condition:
        """A query for the moments and ids of all hits."""
        return "SELECT began_ms, id FROM session WHERE withdrawn = 0 AND pain_most > 0 AND pain_most >= ?", [self.least]


class _Hits(Struct, frozen=True):
    """Where one word, or one exercise asked for, is found."""

    routines: list[str]
    activities: list[str]
    exercises: list[str]
    note: str
    """What a note has to hold, folded; empty where notes do not count."""
    sessions: int
    """At most so many sessions of the names; notes are few beside them."""

    @property
    def condition(self) -> Condition:
        """What holds for a session that is a hit."""
        parts: list[str] = []
        values: list[Any] = []
        for column, ids in (("routine", self.routines), ("activity", self.activities)):
            if ids:
                parts.append(f"session.{column} IN ({_marks(ids)})")
                values += ids
        if self.exercises:
            parts.append(
                f"""EXISTS (SELECT 1 FROM practice WHERE exercise IN ({_marks(self.exercises)})
                    AND practice.began_ms = session.began_ms AND practice.session = session.id)"""
            )
            values += self.exercises
        if self.note:
            parts.append("session.id IN (SELECT note.session FROM note WHERE instr(note.folded, ?))")
            values.append(self.note)
        return f"({' OR '.join(parts) or '0'})", values

    @property
    def source(self) -> Condition:
        """A query for the moments and ids of all hits."""
        parts: list[str] = []
        values: list[Any] = []
        if self.routines:
            parts.append(
                f"SELECT began_ms, id FROM session WHERE withdrawn = 0 AND routine IN ({_marks(self.routines)})"
            )
            values += self.routines
        if self.activities:
            # Activities have no routine; among those an index finds them.
            parts.append(
                f"""SELECT began_ms, id FROM session
                    WHERE withdrawn = 0 AND routine = '' AND activity IN ({_marks(self.activities)})"""
            )
            values += self.activities
        if self.exercises:
            parts.append(f"SELECT began_ms, session FROM practice WHERE exercise IN ({_marks(self.exercises)})")
            values += self.exercises
        if self.note:
            parts.append("SELECT began_ms, session FROM note WHERE instr(folded, ?)")
            values.append(self.note)
        return " UNION ".join(parts) or "SELECT 0, '' WHERE 0", values


def find(
    connection: sqlite3.Connection, wanted: Wanted, limit: int, before_ms: int | None, before_id: str
) -> list[SessionRow]:
    """Return up to `limit` sessions that fit, latest first, those before the one named; withdrawn ones are left out."""
    hits = _hits(connection, wanted)
    conditions: list[Condition] = [_plain(wanted)]
    rarest = min(hits, key=lambda one: one.sessions, default=None)
    source: Condition = ("", [])
    among = "session"
    if rarest is not None and rarest.sessions <= _RARE:
        sql, values = rarest.source
        source = f"WITH hit (began_ms, id) AS ({sql}) ", values
        # What was gathered comes first: a CROSS JOIN keeps its order.
        among = "hit CROSS JOIN session"
        conditions.append(("hit.id = session.id", []))
        hits.remove(rarest)
    conditions += [one.condition for one in hits]
    where = " AND ".join(sql for sql, _ in conditions)
    found = connection.execute(
        f"""{source[0]}SELECT {_SESSION} FROM {among} WHERE session.withdrawn = 0
            AND (session.began_ms, session.id) < (?, ?) AND {where}
            ORDER BY session.began_ms DESC, session.id DESC LIMIT ?""",
        (
            *source[1],
            queries.END_OF_TIME_MS if before_ms is None else before_ms,
            before_id,
            *(value for _, values in conditions for value in values),
            max(0, limit),
        ),
    )
    return [queries.session_row(row) for row in found]


def _plain(wanted: Wanted) -> Condition:
    parts: list[str] = ["1"]
    values: list[Any] = []
    for sql, value in (
        ("session.routine = ?", wanted.routine),
        ("session.day >= ?", wanted.since),
        ("session.day <= ?", wanted.until),
        # From 0 on it was rated at all; higher ones are found by an index of their own.
        ("session.pain_most >= ?", 0 if wanted.pain_from == 0 else None),
        # A local day lies within two days of the same day in UTC, and moments are what the index goes by.
        ("session.began_ms >= ?", _day_ms(wanted.since, -2)),
        ("session.began_ms < ?", _day_ms(wanted.until, 3)),
    ):
        if value not in ("", None):
            parts.append(sql)
            values.append(value)
    return " AND ".join(parts), values


def _day_ms(day: str, more: int) -> int | None:
    return None if not day else (date.fromisoformat(day).toordinal() + more - _DAYS_TO_1970) * 86_400_000


def _hits(connection: sqlite3.Connection, wanted: Wanted) -> list[_Hits | _Pain]:
    words = fold(wanted.words).split()
    found: list[_Hits | _Pain] = []
    if wanted.pain_from:
        source, values = _Pain(wanted.pain_from, 0).source
        counted = connection.execute(f"SELECT count(*) FROM ({source} LIMIT ?)", (*values, _RARE + 1))
        found.append(_Pain(wanted.pain_from, int(counted.fetchone()[0])))
    if not words and not wanted.exercise:
        return found
    names = queries.names(connection)
    found += [_of_word(word, names) for word in words]
    if wanted.exercise:
        count = sum(row.sessions for row in names if (row.kind, row.id) == ("exercise", wanted.exercise))
        found.append(_Hits([], [], [wanted.exercise], "", count))
    return found


def _of_word(word: str, names: list[NameRow]) -> _Hits:
    ids: dict[str, dict[str, None]] = {"routine": {}, "activity": {}, "exercise": {}}
    count = 0
    for row in names:
        if word in fold(row.name) or word in fold(row.id):
            ids[row.kind][row.id] = None
            count += row.sessions
    return _Hits(list(ids["routine"]), list(ids["activity"]), list(ids["exercise"]), word, count)


def _marks(values: list[str]) -> str:
    return ", ".join("?" * len(values))
