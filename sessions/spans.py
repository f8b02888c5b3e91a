"""Sessions of a period, one after the other, for what goes through all of them."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager

from msgspec import Struct

from sessions.rows import AnswerRow

_ANSWER = ", ".join(f'answer."{name}"' for name in AnswerRow.__struct_fields__)
_PAGE = 500
"""Sessions that are read at a time."""
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
