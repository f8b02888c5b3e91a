"""One loop a machine and logbook: who counts holds a lock, and leaves a sign of when it was last there."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.breaks.due import SEEN as SEEN

if TYPE_CHECKING:
    from filelock import FileLock

LOCK = "breaks.lock"
_DIGITS = 10
"""A process's number has fewer on every system."""


class Place:
    """Where loops of one logbook notice each other. Nothing here raises for what the disk does."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the logbook's."""
        self._folder = folder
        self._seen = folder / SEEN
        self._lock: FileLock | None = None

    def take(self) -> bool:
        """Become the one who counts. Returns whether that is so; where no file can be made it is."""
        if self._lock is not None:
            return True
        lock = self._new()
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock.acquire()
        except TimeoutError:
            return False
        except OSError:
            return True
        self._lock = lock
        return True

    def sign(self) -> None:
        """Leave the sign that somebody counts just now; only for who holds the place."""
        with suppress(OSError):
            self._seen.write_text(f"{os.getpid()}\n", "ascii")

    def touch(self) -> None:
        """Renew the sign."""
        with suppress(OSError):
            os.utime(self._seen)

    def seen_ms(self) -> int | None:
        """When the sign was last renewed (milliseconds since 1970, UTC), None where there is none."""
        try:
            return self._seen.stat().st_mtime_ns // 1_000_000
        except OSError:
            return None

    def holder(self) -> int | None:
        """The process that counts, None where none does; 0 where it cannot be told which."""
        if self._lock is not None:
            return os.getpid()
        if not (self._folder / LOCK).exists():
            return None
        lock = self._new()
        try:
            lock.acquire()
        except TimeoutError:
            return self._signed()
        except OSError:
            return None
        lock.release()
        return None

    def wake(self) -> bool:
        """Have the one who counts look at the logbook at once, where the system has a signal for that."""
        holder = self.holder()
        number = getattr(signal, "SIGUSR1", None)
        if not holder or number is None or holder == os.getpid():
            return False
        try:
            os.kill(holder, number)
        except OSError:
            return False
        return True

    def release(self) -> None:
        """Count no longer."""
        if self._lock is not None:
            with suppress(OSError):
                self._seen.unlink(missing_ok=True)
            self._lock.release()
            self._lock = None

    def _new(self) -> FileLock:
        from filelock import FileLock

        return FileLock(self._folder / LOCK, timeout=0)

    def _signed(self) -> int:
        try:
            text = self._seen.read_text("ascii").strip()
        except (OSError, ValueError):
            return 0
        # A signal to no process, or to minus one, would reach many.
        return int(text) if text.isdigit() and len(text) < _DIGITS else 0
