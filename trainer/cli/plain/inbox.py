"""Lines that the person types, read in a thread of their own so that the guidance never waits for them."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Protocol, TextIO

from trainer.cli.errors import Signalled
from trainer.cli.streams import is_terminal

LONGEST = 10_000
"""Characters of a line; what is longer is cut. As long as the longest note."""
ROOM = 100
"""Lines that may wait; a writer that is faster waits too."""
_NUDGE = "\n"
"""No line holds its own end."""
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class Inbox(Protocol):
    """What the person says."""

    interactive: bool
    """Whether a person is at a terminal."""
    ended: bool
    """Whether nothing more can come."""

    def get(self, timeout_s: float) -> str | None:
        """The next line without its end, None where none came in time. Raises `Signalled`."""


class TypedLines:
    """Lines of a stream; a terminal, a pipe, a file or nothing at all."""

    def __init__(self, stream: TextIO | None) -> None:
        self.interactive = is_terminal(stream)
        self.ended = False
        self._queue: SimpleQueue[str | int | None] = SimpleQueue()
        self._room = threading.Semaphore(ROOM)
        try:
            descriptor = stream.fileno() if stream is not None else None
        except (OSError, ValueError):
            descriptor = None
        if stream is None or descriptor is None:
            self.ended = True
        else:
            encoding = stream.encoding or "utf-8"
            # Read from the descriptor: a thread inside the stream's buffer would abort the interpreter at its end.
            threading.Thread(target=self._read, args=(descriptor, encoding), name="typed-lines", daemon=True).start()

    def get(self, timeout_s: float) -> str | None:
        """See `Inbox`."""
        try:
            entry = self._queue.get(timeout=max(0.0, timeout_s))
        except Empty:
            return None
        if isinstance(entry, int):
            raise Signalled(entry)
        if entry is None:
            self.ended = True
            return None
        if entry == _NUDGE:
            return None
        self._room.release()
        return entry

    def nudge(self) -> None:
        """Have `get` return at once, as if its time were over; a handler of signals may do so."""
        self._queue.put(_NUDGE)

    def _read(self, descriptor: int, encoding: str) -> None:
        rest = b""
        while True:
            try:
                data = os.read(descriptor, 4096)
            except OSError:  # the terminal is gone
                data = b""
            if not data:
                break
            *lines, rest = (rest + data).split(b"\n")
            rest = rest[: 4 * LONGEST]
            for line in lines:
                self._put(line, encoding)
        if rest:
            self._put(rest, encoding)
        self._queue.put(None)

    def _put(self, line: bytes, encoding: str) -> None:
        self._room.acquire()
        self._queue.put(line.decode(encoding, "replace").rstrip("\r")[:LONGEST])

    @contextmanager
    def watching_signals(self) -> Iterator[None]:
        """Inside the block a signal to end comes out of `get`, between one fact and the next.

        A second one breaks off at once, whatever is going on.
        """
        before = {}
        came: list[int] = []

        def handle(number: int, _: FrameType | None) -> None:
            came.append(number)
            if len(came) > 1:
                raise Signalled(number)
            self._queue.put(number)  # this queue may be put into from a handler

        for name in _NAMES:
            number = getattr(signal, name, None)
            # Who started the program may have asked for it to outlive a signal (nohup).
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, handle)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
