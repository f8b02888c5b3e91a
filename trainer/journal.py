"""Takes down facts, whatever becomes of the disk: what cannot be stored now is kept and tried again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sessions.errors import DamagedLogbook, LogbookError
from sessions.facts import Draft, draft
from sessions.records import Body, Stamp

if TYPE_CHECKING:
    from sessions.logbook import Logbook


class Journal:
    """Writes the facts of sessions into a logbook.

    `logbook` is None where there is none to write to, for the reason in `trouble`. `write` never
    raises for a logbook's fault: `trouble` then says what is wrong, and `pending` holds what waits. Where the file is
    damaged or no logbook any more, so that repairing it helps, `damaged` says so in a sentence; else it is empty.
    """

    def __init__(
        self,
        logbook: Logbook | None,
        *,
        stamp: Callable[[], Stamp],
        random: Callable[[int], bytes],
        trouble: str = "",
        damaged: str = "",
        day_starts_h: int = 0,
        told: Callable[[LogbookError], str] = str,
    ) -> None:
        """`told` puts into words for the person what went wrong."""
        self.logbook = logbook
        self.trouble = trouble
        self.damaged = damaged
        self.asked = False
        """Whether the person was asked about repairing it."""
        if logbook is not None and logbook.read_only:
            self.trouble = logbook.why_read_only
        self.pending: list[Draft] = []
        self._stamp = stamp
        self.random = random
        """Gives so many random bytes."""
        self.day_starts_h = day_starts_h
        self._told = told

    def new_session(self) -> str:
        """An id for a session that begins now."""
        from sessions.ids import RANDOM_BYTES, uuid7

        return uuid7(self._stamp().utc_ms, self.random(RANDOM_BYTES))

    def now(self) -> Stamp:
        """This moment."""
        return self._stamp()

    def today(self) -> str:
        """The local date of the day that this moment belongs to, as `2026-03-01`."""
        from sessions.review import local_date

        stamp = self._stamp()
        return local_date(stamp.utc_ms, stamp.offset_min, self.day_starts_h)

    def write(self, session: str, body: Body) -> bool:
        """Store a fact, and those that wait, durably. Returns whether nothing waits any more."""
        self.pending.append(draft(session, body, self._stamp(), self.random))
        return self.retry()

    def retry(self) -> bool:
        """Try to store what waits. Returns whether nothing waits any more."""
        if not self.pending:
            return True
        if self.logbook is None or self.logbook.read_only:
            return False
        try:
            while self.pending:
                self.logbook.append(self.pending[0])
                del self.pending[0]
        except LogbookError as error:
            self.failed(error)
            return False
        self.trouble = ""
        return True

    def failed(self, error: LogbookError) -> None:
        """Take note of what the logbook could not do."""
        self.trouble = self._told(error)
        self.noticed(error)

    def noticed(self, error: LogbookError) -> None:
        """Take note of an error that is of no further matter, unless it is one that repairing helps."""
        if isinstance(error, DamagedLogbook):
            self.damaged = error.message

    @property
    def to_repair(self) -> bool:
        """Whether the file can be repaired, and the person was not asked about that yet."""
        return bool(self.damaged) and not self.asked

    def let_go(self) -> None:
        """Close the file, so that another can take its place; what comes meanwhile waits."""
        logbook, self.logbook = self.logbook, None
        if logbook is not None:
            with suppress(LogbookError):
                logbook.close()

    def go_on_as(self, fresh: Journal) -> None:
        """Go on with the logbook that `fresh` was made with. Whoever holds this journal does so too, and what waits is
        stored."""
        self.let_go()
        self.logbook, self.trouble, self.damaged = fresh.logbook, fresh.trouble, fresh.damaged
        self.retry()

    def rescue(self, folder: Path) -> Path | None:
        """Write what waits into a file of its own in `folder`, one JSON object a line, for the person alone.

        Returns the file, None where nothing waits or the folder takes no file either.
        """
        if not self.pending:
            return None
        import os

        import msgspec

        path = folder / f"trainer-unsaved-{self.pending[0].id}.jsonl"
        lines = b"".join(msgspec.json.encode(one) + b"\n" for one in self.pending)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError:
            return None
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(lines)
                file.flush()
                os.fsync(descriptor)
        except OSError:
            with suppress(OSError):
                path.unlink()  # a part of it would be taken for the whole
            return None
        return path


class Rehearsal(Journal):
    """Takes down nothing."""

    def __init__(self, *, stamp: Callable[[], Stamp], random: Callable[[int], bytes]) -> None:
        super().__init__(None, stamp=stamp, random=random)

    def write(self, session: str, body: Body) -> bool:  # noqa: ARG002  # the interface
        """Nothing is stored, and nothing waits."""
        return True
