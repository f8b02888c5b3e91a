"""What a logbook answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from sessions import queries, readtables
from sessions.errors import DamagedLogbook, LogbookError, NewerLogbook, translated
from sessions.facts import Fact, proven
from sessions.opening import IN_PROCESS, Opened
from sessions.records import Withdrawal
from sessions.rows import (
    AnswerRow,
    DayRow,
    Health,
    NameRow,
    PracticeRow,
    SessionDetail,
    SessionRow,
    WeekActivityRow,
    WeekExerciseRow,
    WeekPainRow,
)
from sessions.spans import Spans
from sessions.standing import standing
from sessions.tally import tally

if TYPE_CHECKING:
    from sessions.wanted import Wanted

PAGE = 500
"""Facts that are read at a time."""
_DAYS = 100
"""Rows of days that are read at a time."""


class Answers(Spans):
    """A logbook file, open, as far as it is read."""

    def __init__(self, path: Path, opened: Opened) -> None:
        """Use `Logbook.open` or `Logbook.open_existing` instead."""
        self.path = path
        self._connection: sqlite3.Connection | None = opened.connection
        self._device = opened.device
        self._newer = opened.newer
        self._why_read_only = opened.why_read_only

    def close(self) -> None:
        """Close the file; closing it again does nothing."""
        with IN_PROCESS, translated(self.path):
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @property
    def read_only(self) -> bool:
        """Whether nothing can be stored in this file."""
        return bool(self._why_read_only)

    @property
    def why_read_only(self) -> str:
        """One sentence that says why nothing can be stored; empty where it can."""
        return self._why_read_only

    @property
    def device(self) -> str:
        """The id under which this logbook stores its facts."""
        return self._device

    def facts(self, session: str | None = None) -> Iterator[Fact]:
        """Yield the facts of one session in order of time, or all in the order in which they came in.

        What is appended meanwhile may or may not be among them.
        """
        if session is not None:
            with self._reading() as connection:
                found = readtables.facts_of(connection, session)
            yield from found
            return
        yield from self.facts_since(0)

    def facts_since(self, rowid: int) -> Iterator[Fact]:
        """Yield the facts that came in after the row of one, in that order: see `last_rowid`."""
        while True:
            # No lock is held while the caller works on a page.
            with self._reading() as connection:
                found = queries.facts_beyond(connection, rowid, PAGE)
            yield from (fact for _, fact in found)
            if len(found) < PAGE:
                return
            if found[-1][0] <= rowid:
                raise DamagedLogbook(f"The logbook {self.path} is damaged: its facts stand in no order.")
            rowid = found[-1][0]

    def last_rowid(self) -> int:
        """Return the row of the fact that came in last, 0 where there is none. Each file has rows of its own."""
        with self._reading() as connection:
            return queries.last_rowid(connection)

    def devices(self) -> dict[str, int]:
        """Return by device how many of its facts are here."""
        with self._reading() as connection:
            return {device: found[0] for device, found in queries.devices(connection).items()}

    def sessions(
        self, limit: int = 50, before_ms: int | None = None, routine: str | None = None, before_id: str = ""
    ) -> list[SessionRow]:
        """Return up to `limit` sessions, latest first; withdrawn ones are left out.

        `before_ms` leaves out those that began at that moment (UTC, milliseconds) or later; with the
        `before_id` of the last row of a page, the next page begins where that one ended, also where
        several began at one moment. `routine` leaves out those of other routines.
        """
        with self._reading() as connection:
            return queries.sessions(connection, limit, before_ms, routine, before_id)

    def find(
        self, wanted: Wanted, limit: int = 50, before_ms: int | None = None, before_id: str = ""
    ) -> list[SessionRow]:
        """Return up to `limit` sessions that fit, latest first; pages are as in `sessions`."""
        from sessions.finding import find

        with self._reading() as connection:
            return find(connection, wanted, limit, before_ms, before_id)

    def session(self, id_: str) -> SessionDetail | None:
        """Return one session with all that stands in it, withdrawn or not; None where there is none.

        A fact that no longer matches its digest is left out, and counted as `unproven`.
        """
        with self._reading() as connection:
            return self._detail(connection, id_)

    def _detail(self, connection: sqlite3.Connection, id_: str) -> SessionDetail | None:
        facts = readtables.facts_of(connection, id_)
        read = proven(facts)
        found = tally(id_, read, readtables.day_start(connection))
        if found is None:
            return None
        lost = len(facts) - len(read)
        return structs.replace(found.detail, unproven=lost) if lost else found.detail

    def withdrawn(self, limit: int = 50) -> list[SessionRow]:
        """Return up to `limit` sessions that are withdrawn, latest first."""
        with self._reading() as connection:
            return queries.withdrawn(connection, limit)

    def withdrawals(self, session: str) -> list[str]:
        """Return the ids of the withdrawals of a whole session that stand; withdrawing all of them brings it back."""
        with self._reading() as connection:
            read = readtables.read_session(connection, session, prove=True)
        _, out = standing(read)
        whole = [fact.id for fact, body in read if isinstance(body, Withdrawal) and body.target == session]
        return [id_ for id_ in dict.fromkeys(whole) if id_ not in out]

    def last_done(self) -> dict[str, SessionRow]:
        """Return, by routine, the latest session in which any work was done or cut short."""
        with self._reading() as connection:
            return {row.routine: row for row in queries.last_done(connection)}

    def last_session(self, routine: str) -> SessionDetail | None:
        """Return a routine's latest session in which any work was done or cut short; None where there is none."""
        with self._reading() as connection:
            id_ = queries.last_session(connection, routine)
            return None if id_ is None else self._detail(connection, id_)

    def unfinished(self, local_date: str) -> SessionRow | None:
        """Return the latest session that began on a local day (`2026-03-01`) and has no end.

        Its `next_step` says where it would go on.
        """
        with self._reading() as connection:
            return queries.unfinished(connection, local_date)

    def practised(self, exercise: str, limit: int = 20) -> list[PracticeRow]:
        """Return up to `limit` sessions of an exercise, latest first, each with its last rating as corrected."""
        with self._reading() as connection:
            return queries.practised(connection, exercise, limit)

    def practised_between(self, since_ms: int, before_ms: int) -> list[PracticeRow]:
        """Return what was done in sessions that began from a moment (UTC, milliseconds) on and before another."""
        with self._reading() as connection:
            return queries.practised_between(connection, since_ms, before_ms)

    def exercises(self) -> list[str]:
        """Return the ids of all exercises that were ever done or rated."""
        with self._reading() as connection:
            return list(queries.exercises(connection))

    def days(self, since: str, until: str) -> list[DayRow]:
        """Return what was done by routine from one local day (`2026-03-01`) to another, latest first."""
        with self._reading() as connection:
            return queries.days(connection, since, until)

    def days_back(self, until: str) -> Iterator[DayRow]:
        """Yield what was done by routine up to a local day, latest first, read as far as it is asked for."""
        # No routine's id comes behind this one.
        day, routine = until, "\U0010ffff"
        while True:
            with self._reading() as connection:
                found = queries.days_before(connection, day, routine, _DAYS)
            yield from found
            if len(found) < _DAYS:
                return
            day, routine = found[-1].day, found[-1].routine

    def first_day(self) -> str:
        """Return the first local day on which something was done, empty where nothing was."""
        with self._reading() as connection:
            return queries.first_day(connection)

    def week_pain(self, since: str, until: str) -> list[WeekPainRow]:
        """Return ratings by kind from one local ISO week (`2026-W09`) to another."""
        with self._reading() as connection:
            return queries.week_pain(connection, since, until)

    def week_exercise(self, exercise: str, since: str, until: str) -> list[WeekExerciseRow]:
        """Return what was done of an exercise, by side, from one local ISO week (`2026-W09`) to another."""
        with self._reading() as connection:
            return queries.week_exercise(connection, exercise, since, until)

    def names(self) -> list[NameRow]:
        """Return every name under which a routine, an exercise or an activity was done."""
        with self._reading() as connection:
            return queries.names(connection)

    def count(self) -> tuple[int, int, int, int]:
        """Return the sums of all: sessions, works, ratings, and milliseconds spent."""
        with self._reading() as connection:
            return queries.total(connection)

    def answers(self, exercise: str, limit: int = 20) -> list[AnswerRow]:
        """Return up to `limit` answers to a self-check, latest first: the last of each session and side."""
        with self._reading() as connection:
            return queries.answers(connection, exercise, limit)

    def week_activity(self, week: str) -> list[WeekActivityRow]:
        """Return what was logged by hand in a local ISO week (`2026-W09`), by activity and intensity."""
        with self._reading() as connection:
            return queries.week_activity(connection, week)

    def noted(self, key: str) -> str:
        """Return what this file keeps beside its facts under a name, empty where there is nothing."""
        with self._reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return "" if row is None else str(row[0])

    @property
    def day_starts_h(self) -> int:
        """The hour at which days start here, 0 to 23."""
        with self._reading() as connection:
            return readtables.day_start(connection)

    def health(self) -> Health:
        """Inspect the whole file: SQLite's integrity check, the digest of every fact, and the read tables.

        Damage is told in the answer rather than raised. Takes as long as `rebuild` for a long history.
        """
        from sessions.safety.health import inspect

        return inspect(self, self._reading)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with IN_PROCESS, translated(self.path):
                if self._connection is None:
                    raise LogbookError(f"The logbook {self.path} is closed.")
                yield self._connection
        except LogbookError as error:
            if self._newer and isinstance(error.__cause__, sqlite3.OperationalError):
                raise NewerLogbook(
                    f"A newer version of the program wrote {self.path}; update the program to read it."
                ) from error
            raise
