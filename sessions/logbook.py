"""The logbook: append facts durably, and read what they amount to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from sessions import queries, readtables, schema
from sessions.creating import create
from sessions.errors import DamagedLogbook, LogbookError, LogbookUnwritable, NewerLogbook, translated
from sessions.facts import Draft, Fact, store
from sessions.opening import IN_PROCESS, Opened, is_there, open_logbook
from sessions.rows import AnswerRow, Health, RatingRow, SessionDetail, SessionRow, WeekActivityRow
from sessions.tally import tally

_PAGE = 500


class Logbook:
    """One logbook file, open. Any thread may use it; what is asked at once is answered in turn.

    Every method raises `LogbookError` or one of its kinds, and nothing else of SQLite or the system:
    `LogbookBusy` where another process holds the file for more than a second, `DamagedLogbook`
    where it cannot be read, `LogbookUnwritable` where it cannot be written.
    """

    def __init__(self, path: Path, opened: Opened) -> None:
        """Use `open` or `open_existing` instead."""
        self.path = path
        self._connection: sqlite3.Connection | None = opened.connection
        self._device = opened.device
        self._newer = opened.newer
        self._why_read_only = opened.why_read_only

    @classmethod
    def open(cls, path: Path, *, random: Callable[[int], bytes]) -> Logbook:
        """Open the logbook at `path`, or begin one where there is no file.

        `random(n)` returns n random bytes, as `os.urandom` does; it names a new logbook. A file
        that may only be read, or that a newer version wrote, is opened `read_only`. Raises
        `EmptyFile`, `NotALogbook`, `DamagedLogbook` or `LogbookUnreadable` for what is no logbook,
        which is left untouched, and `LogbookUnwritable` where a new one cannot be made.
        """
        if not is_there(path):
            create(path, random)
        found = cls.open_existing(path)
        if found is None:
            raise LogbookUnwritable(f"The logbook {path} vanished as it was made; check the folder.")
        return found

    @classmethod
    def open_existing(cls, path: Path) -> Logbook | None:
        """Open the logbook at `path`; None where there is no file. Creates nothing. See `open`."""
        return cls(path, open_logbook(path)) if is_there(path) else None

    def __enter__(self) -> Logbook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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

    def append(self, draft: Draft) -> Fact:
        """Store a draft and return it as a fact; it is safe on the disk when this returns.

        A draft that is already stored is returned as it was stored, so that one whose storing
        failed can be tried again as often as need be. Raises `InvalidFact` for a draft that does
        not fit its kind, and `LogbookError` where another fact has its id.
        """
        draft.parsed()
        with self._writing() as connection:
            stored = queries.fact(connection, draft.id)
            if stored is not None:
                if not stored.says_what(draft):
                    raise LogbookError(f"The logbook {self.path} holds another fact under {draft.id}.")
                return stored
            fact = store(draft, self._device, queries.next_seq(connection, self._device))
            queries.insert(connection, fact)
            readtables.apply(connection, fact)
        return fact

    def rebuild(self) -> None:
        """Fill the read tables anew from the facts, in one transaction."""
        with self._writing() as connection:
            readtables.rebuild(connection)

    def facts(self, session: str | None = None) -> Iterator[Fact]:
        """Yield the facts of one session in order of time, or all by device and number.

        What is appended meanwhile may or may not be among them.
        """
        if session is not None:
            with self._reading() as connection:
                found = readtables.facts_of(connection, session)
            yield from found
            return
        device, seq = "", 0
        while True:
            # No lock is held while the caller works on a page.
            with self._reading() as connection:
                found = queries.facts_after(connection, device, seq, _PAGE)
            yield from found
            if len(found) < _PAGE:
                return
            device, seq = found[-1].device, found[-1].seq

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

    def session(self, id_: str) -> SessionDetail | None:
        """Return one session with all that stands in it, withdrawn or not; None where there is none."""
        with self._reading() as connection:
            found = tally(id_, readtables.read_session(connection, id_))
        return None if found is None else found.detail

    def last_done(self) -> dict[str, SessionRow]:
        """Return, by routine, the latest session in which any work was done or cut short."""
        with self._reading() as connection:
            return {row.routine: row for row in queries.last_done(connection)}

    def last_session(self, routine: str) -> SessionDetail | None:
        """Return a routine's latest session in which any work was done or cut short; None where there is none."""
        with self._reading() as connection:
            id_ = queries.last_session(connection, routine)
            found = None if id_ is None else tally(id_, readtables.read_session(connection, id_))
        return None if found is None else found.detail

    def unfinished(self, local_date: str) -> SessionRow | None:
        """Return the latest session that began on a local day (`2026-03-01`) and has no end.

        Its `next_step` says where it would go on.
        """
        with self._reading() as connection:
            return queries.unfinished(connection, local_date)

    def last_ratings(self, exercise: str, limit: int = 20) -> list[RatingRow]:
        """Return up to `limit` ratings of an exercise, latest first, as corrected."""
        with self._reading() as connection:
            return queries.last_ratings(connection, exercise, limit)

    def answers(self, exercise: str, limit: int = 20) -> list[AnswerRow]:
        """Return up to `limit` answers to a self-check, latest first: the last of each session and side."""
        with self._reading() as connection:
            return queries.answers(connection, exercise, limit)

    def week_activity(self, week: str) -> list[WeekActivityRow]:
        """Return what was logged by hand in a local ISO week (`2026-W09`), by activity and intensity."""
        with self._reading() as connection:
            return queries.week_activity(connection, week)

    def previous_rating_by_exercise(self) -> dict[str, int]:
        """Return, by exercise, the latest rating (0 to 10) given after it, as corrected."""
        with self._reading() as connection:
            return dict(queries.previous_ratings(connection))

    def health(self) -> Health:
        """Inspect the whole file: SQLite's integrity check, and the digest of every fact.

        Damage is told in the answer rather than raised. Takes seconds for a long history.
        """
        integrity, facts, sessions, number, bad = "ok", 0, 0, 0, list[str]()
        try:
            with self._reading() as connection:
                integrity = queries.integrity(connection)
                number = schema.version(connection)
                sessions = queries.count_sessions(connection)
            for fact in self.facts():
                facts += 1
                bad.extend(queries.bad_digests([fact]))
        except DamagedLogbook as error:
            integrity = error.message if integrity == "ok" else integrity
        with translated(self.path):
            size_bytes = self.path.stat().st_size
        return Health(self.path, facts, sessions, number, integrity, bad, size_bytes)

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

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as connection:
            if self._why_read_only:
                raise LogbookUnwritable(self._why_read_only)
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A full disk ends the transaction by itself.
                if connection.in_transaction:
                    with suppress(sqlite3.Error):
                        connection.execute("ROLLBACK")
                raise
