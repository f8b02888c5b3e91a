"""The logbook: append facts durably, and read what they amount to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from sessions import queries, readtables
from sessions.answers import PAGE, Answers
from sessions.creating import create
from sessions.digest import sha256_hex
from sessions.errors import LogbookBusy, LogbookError, LogbookUnwritable
from sessions.facts import Draft, Fact, digest, store
from sessions.opening import is_there, open_logbook
from sessions.rows import Taken


class Logbook(Answers):
    """One logbook file, open. Any thread may use it; what is asked at once is answered in turn.

    Every method raises `LogbookError` or one of its kinds, and nothing else of SQLite or the system:
    `LogbookBusy` where another process holds the file for more than a second, `DamagedLogbook`
    where it cannot be read, `LogbookUnwritable` where it cannot be written.
    """

    @classmethod
    def open(cls, path: Path, *, random: Callable[[int], bytes], here: str = "") -> Logbook:
        """Open the logbook at `path`, or begin one where there is no file.

        `random(n)` returns n random bytes, as `os.urandom` does; it names a new logbook. `here` says which machine this
        is: a file that was last open on another one, or under another path, is a copy and gets a new device. A file
        that may only be read, or that a newer version wrote, is opened `read_only`. Raises
        `EmptyFile`, `NotALogbook`, `DamagedLogbook` or `LogbookUnreadable` for what is no logbook,
        which is left untouched, and `LogbookUnwritable` where a new one cannot be made.
        """
        if not is_there(path):
            create(path, random)
        found = cls.open_existing(path)
        if found is None:
            raise LogbookUnwritable(f"The logbook {path} vanished as it was made; check the folder.")
        if here and not found.read_only:
            # Where another program is writing just now, the next opening sees to it.
            with suppress(LogbookBusy, LogbookUnwritable):
                found.settle(here, random)
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

    def append(self, draft: Draft) -> Fact:
        """Store a draft and return it as a fact; it is safe on the disk when this returns.

        A draft that is already stored is returned as it was stored, so that one whose storing
        failed can be tried again as often as need be. Raises `InvalidFact` for a draft that does
        not fit its kind, and `LogbookError` where another fact has its id.
        """
        draft.parsed()
        with self._writing() as connection:
            stored = queries.facts_called(connection, draft.id)
            if stored:
                same = next((fact for fact in stored if fact.says_what(draft)), None)
                if same is None:
                    raise LogbookError(f"The logbook {self.path} holds another fact under {draft.id}.")
                return same
            fact = store(draft, self._device, queries.next_seq(connection, self._device))
            queries.insert(connection, fact)
            readtables.apply(connection, fact)
        return fact

    def append_all(self, drafts: Iterable[Draft]) -> Taken:
        """Store many drafts, all or none; those that are stored already are left as they are.

        A draft under whose id something else is stored is stored beside it, as `take_in` does, and told of among the
        conflicts. Raises `InvalidFact` for one that does not fit its kind.
        """
        conflicts: dict[str, None] = {}
        known = 0
        with self._writing() as connection:
            beyond = queries.last_rowid(connection)
            seq = queries.next_seq(connection, self._device)
            touched: dict[str, None] = {}
            facts = 0
            for draft in drafts:
                draft.parsed()
                stored = queries.facts_called(connection, draft.id)
                if any(fact.says_what(draft) for fact in stored):
                    known += 1
                    continue
                if stored:
                    conflicts[draft.id] = None
                queries.insert(connection, store(draft, self._device, seq + facts))
                touched[draft.session] = None
                facts += 1
            readtables.refresh(connection, touched, beyond)
            sessions = queries.count_among(connection, list(touched))
        return Taken(facts, known, 0, list(conflicts), sessions)

    def take_in(self, facts: Iterable[Fact]) -> Taken:
        """Take in facts of other logbooks, all in one transaction: a union of sets, so that no order matters.

        A fact that is here already changes nothing; one that does not match its digest is left out. Where another fact
        stands under the same id and says something else, both are kept.
        """
        seen = unproven = 0
        with self._writing() as connection:
            beyond = queries.last_rowid(connection)
            page: list[Fact] = []
            for fact in facts:
                seen += 1
                if digest(fact) != fact.sha256:
                    unproven += 1
                    continue
                page.append(fact)
                if len(page) == PAGE:
                    queries.insert(connection, *page)
                    page.clear()
            queries.insert(connection, *page)
            new, own = queries.count_beyond(connection, beyond, self._device)
            touched = queries.sessions_beyond(connection, beyond)
            conflicts = queries.conflicts(connection, beyond)
            readtables.refresh(connection, touched, beyond)
            sessions = queries.count_among(connection, touched)
        return Taken(new, seen - new - unproven, unproven, conflicts, sessions, bool(own))

    def renew_device(self, random: Callable[[int], bytes]) -> None:
        """Store facts under a new device from now on: this file is a copy, whose original may go on as the old one."""
        device = random(8).hex()
        with self._writing() as connection:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'device'", (device,))
        self._device = device

    def settle(self, here: str, random: Callable[[int], bytes]) -> None:
        """Take a new device where this file was last open elsewhere: on another machine, or under another path."""
        place = sha256_hex(f"{here}\0{self.path.resolve()}".encode(errors="replace"))
        known = self.noted("place")
        if known == place:
            return
        if known:
            self.renew_device(random)
        self.note_down("place", place)

    def note_down(self, key: str, value: str) -> None:
        """Keep something beside the facts, which belongs to this file alone and is never merged."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def start_days_at(self, hour: int) -> None:
        """Let days and weeks start at another hour, 0 to 23, past ones too: the read tables are made anew."""
        if not 0 <= hour <= 23:
            raise LogbookError(f"A day starts at an hour from 0 to 23, not at {hour}.")
        with self._writing() as connection:
            if readtables.day_start(connection) != hour:
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('day_starts_h', ?)", (str(hour),))
                readtables.rebuild(connection)

    def rebuild(self) -> None:
        """Fill the read tables anew from the facts, in one transaction."""
        with self._writing() as connection:
            readtables.rebuild(connection)

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
