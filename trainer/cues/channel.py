"""The way to the child that never makes the sender wait: a line goes at once, or is dropped."""

import contextlib
import os
import sys
import threading
from queue import Full, Queue
from typing import Final, Protocol

QUEUED: Final = 8


class Channel(Protocol):
    """Sends lines, each whole or not at all. May be used from any thread."""

    def send(self, line: bytes) -> bool:
        """Send a line without waiting; False where it was dropped. Never raises OSError."""

    def close(self) -> None:
        """Give the child its end of file. Safe to repeat."""


class PipeChannel:
    """A pipe that does not block. Owns the descriptor that it is given."""

    def __init__(self, fd: int) -> None:
        if sys.platform != "win32":
            os.set_blocking(fd, False)
        self._lock = threading.Lock()
        self._fd: int | None = fd

    def send(self, line: bytes) -> bool:
        """Send a line of at most PIPE_BUF bytes."""
        with self._lock:  # so that a number given up by `close` is never written to
            if self._fd is None:
                return False
            try:
                return os.write(self._fd, line) == len(line)
            except OSError:
                return False

    def close(self) -> None:
        """Close the pipe."""
        with self._lock:
            fd, self._fd = self._fd, None
        if fd is not None:
            os.close(fd)


class QueuedChannel:
    """For Windows, whose pipes always block: a thread waits in the sender's place. Owns its descriptor."""

    def __init__(self, fd: int) -> None:
        self._lines: Queue[bytes] = Queue(QUEUED)
        self._open = True
        threading.Thread(target=self._write, args=(fd,), name="cues-writer", daemon=True).start()

    def send(self, line: bytes) -> bool:
        """Hand a line to the thread."""
        if not self._open:
            return False
        try:
            self._lines.put_nowait(line)
        except Full:
            return False
        return True

    def close(self) -> None:
        """Let the thread close the pipe; a write that hangs ends when the child is killed."""
        self._open = False
        with contextlib.suppress(Full):
            self._lines.put_nowait(b"")

    def _write(self, fd: int) -> None:
        try:
            while self._open or not self._lines.empty():
                line = self._lines.get()
                if line:
                    os.write(fd, line)
        except OSError:
            self._open = False
        finally:
            os.close(fd)


def channel_to(fd: int) -> Channel:
    """The channel that suits this system, on a descriptor that it then owns."""
    return QueuedChannel(fd) if sys.platform == "win32" else PipeChannel(fd)
