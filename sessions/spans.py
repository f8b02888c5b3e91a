"""Sessions of a period, one after the other, for what goes through all of them."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager

from msgspec import Struct

from sessions.breaks import BREAK_KINDS
from sessions.facts import Fact
from sessions.ids import RANDOM_BYTES, uuid7
from sessions.readtables import FACT_COLUMNS, fact_of, read_session
from sessions.rows import AnswerRow, Moved
from sessions.standing import standing

_ANSWER = ", ".join(f'answer."{name}"' for name in AnswerRow.__struct_fields__)
_PAGE = 500
"""Sessions that are read at a time."""
LAST_MS = (1 << 48) - 1
"""The last moment that an id can name."""
_FIRST_DAY, _LAST_DAY = "0000-01-01", "9999-12-31"


class Span(Struct, frozen=True):
    """How many sessions there are from one local day to another."""

    sessions: int
    since: str
    """The day of the first of them, as `2026-03-01`; empty where there is none."""
    until: str
    """The day of the last."""


class Spans(ABC):
    """What a logbook answers of a period: local days such as `2026-03-01`, both included; an empty one is no bound."""

    @property
    @abstractmethod
    def device(self) -> str:
        """The id under which this logbook stores its facts."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[sqlite3.Connection]: ...

    def session_ids(self, since: str = "", until: str = "") -> Iterator[str]:
        """Yield the sessions from one day to another, withdrawn ones too, in the order of their ids.

        That is their order in time, but for ids that another program gave.
        """
        last = ""
        while True:
            with self._reading() as connection:
                found = _ids(connection, since, until, last, _PAGE)
            yield from found
            if len(found) < _PAGE:
                return
            last = found[-1]

    def span(self, since: str = "", until: str = "", *, withdrawn: bool = False) -> Span:
        """Return how many sessions there are, with the first day and the last; with `withdrawn`, of those too."""
        with self._reading() as connection:
            return _span(connection, since, until, withdrawn=withdrawn)

    def noted_sessions(self, since: str = "", until: str = "") -> list[str]:
        """Return the session of each note, latest first: one that holds two stands here twice."""
        with self._reading() as connection:
            return _noted(connection, since, until)

    def answered(self, since: str = "", until: str = "") -> list[tuple[str, AnswerRow]]:
        """Return the answers to self-checks, latest first, each with the day of its session."""
        with self._reading() as connection:
            return _answers(connection, since, until)

    def moved(self, since_ms: int, until_ms: int) -> list[Moved]:
        """Return when something was done in sessions that began from one moment (UTC, milliseconds) to another.

        In their order; those in which nothing was done are left out.
        """
        with self._reading() as connection:
            return _moved(connection, since_ms, until_ms)

    def break_facts(self, since_ms: int, until_ms: int = LAST_MS) -> list[Fact]:
        """Return what this logbook's own device took down of breaks from one moment (UTC, milliseconds) to another.

        In the order in which it was taken down, which is not that of their times where the clock was set back.
        What was withdrawn is left out.
        """
        with self._reading() as connection:
            return _break_facts(connection, self.device, since_ms, until_ms)


def _span(connection: sqlite3.Connection, since: str, until: str, *, withdrawn: bool) -> Span:
    count, first, last = connection.execute(
        "SELECT count(*), min(day), max(day) FROM session WHERE day BETWEEN ? AND ? AND withdrawn <= ?",
        (since or _FIRST_DAY, until or _LAST_DAY, withdrawn),
    ).fetchone()
    return Span(count, first or "", last or "")


def _ids(connection: sqlite3.Connection, since: str, until: str, after: str, limit: int) -> list[str]:
    found = connection.execute(
        "SELECT id FROM session WHERE id > ? AND day BETWEEN ? AND ? ORDER BY id LIMIT ?",
        (after, since or _FIRST_DAY, until or _LAST_DAY, limit),
    )
    return [id_ for (id_,) in found]


def _noted(connection: sqlite3.Connection, since: str, until: str) -> list[str]:
    found = connection.execute(
        """SELECT note.session FROM note CROSS JOIN session ON session.id = note.session
           WHERE session.day BETWEEN ? AND ? ORDER BY note.began_ms DESC, note.session DESC""",
        (since or _FIRST_DAY, until or _LAST_DAY),
    )
    return [session for (session,) in found]


def _answers(connection: sqlite3.Connection, since: str, until: str) -> list[tuple[str, AnswerRow]]:
    found = connection.execute(
        f"""SELECT session.day, {_ANSWER} FROM answer CROSS JOIN session ON session.id = answer.session
            WHERE session.day BETWEEN ? AND ? ORDER BY answer.utc_ms DESC, answer.id DESC""",
        (since or _FIRST_DAY, until or _LAST_DAY),
    )
    return [(day, AnswerRow(*(*row[:-1], bool(row[-1])))) for day, *row in found]


def _moved(connection: sqlite3.Connection, since_ms: int, until_ms: int) -> list[Moved]:
    found = connection.execute(
        """SELECT id, routine, name, began_ms, ended_ms, active_ms, paused_ms, activity FROM session
           WHERE withdrawn = 0 AND began_ms BETWEEN ? AND ? AND (done + cut_short > 0 OR activity <> '')
           ORDER BY began_ms, id""",
        (since_ms, until_ms),
    )
    moved = []
    for id_, routine, name, began_ms, ended_ms, active_ms, paused_ms, activity in found:
        if activity:  # told of when it is over
            moved.append(Moved(id_, routine, name, max(0, began_ms - active_ms), began_ms))
        else:
            moved.append(Moved(id_, routine, name, began_ms, ended_ms or began_ms + active_ms + paused_ms))
    return moved


def _break_facts(connection: sqlite3.Connection, device: str, since_ms: int, until_ms: int) -> list[Fact]:
    # Ids begin with their moment, so that the index of ids finds a period among all facts.
    rows = connection.execute(
        f"""SELECT {FACT_COLUMNS}, EXISTS (
                SELECT 1 FROM fact AS other WHERE other.session = fact.session AND other.kind = 'withdrawal'
            ) FROM fact WHERE id BETWEEN ? AND ? AND device = ? AND kind IN ({", ".join("?" * len(BREAK_KINDS))})
            ORDER BY seq""",
        (_id_at(since_ms), _id_at(until_ms) + "~", device, *BREAK_KINDS),
    ).fetchall()
    facts = [(fact_of(row[:-1]), row[-1]) for row in rows]
    return [fact for fact, doubtful in facts if not doubtful or _stands(connection, fact)]


def _id_at(utc_ms: int) -> str:
    """Return how the ids of a moment begin: none is less, and with a `~` behind it none is greater."""
    return uuid7(min(max(0, utc_ms), LAST_MS), bytes(RANDOM_BYTES))[:13]


def _stands(connection: sqlite3.Connection, fact: Fact) -> bool:
    _, out = standing(read_session(connection, fact.session))
    return not out & {fact.id, fact.session}
