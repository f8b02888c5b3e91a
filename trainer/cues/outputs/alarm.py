"""For outputs that play one sound a call: each cue is fired at its deadline, from a thread of its own."""

import threading
import time
from collections.abc import Callable

from trainer.cues.pending import Asked, Pending


class Alarm:
    """Calls `fire` with each cue or speech when it is due, one after the other; drops what is late by then."""

    def __init__(self, fire: Callable[[Asked], None], clock_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self._fire = fire
        self._clock_ns = clock_ns
        self._pending = Pending()
        self._changed = threading.Condition()
        threading.Thread(target=self._work, name="cues-alarm", daemon=True).start()

    def add(self, asked: Asked) -> None:
        """Keep a cue or speech until its deadline."""
        with self._changed:
            self._pending.add(asked)
            self._changed.notify()

    def clear(self) -> None:
        """Forget everything that waits."""
        with self._changed:
            self._pending.clear()

    def _work(self) -> None:
        while True:
            for asked in self._await_due():
                self._fire(asked)

    def _await_due(self) -> list[Asked]:
        with self._changed:
            while True:
                now_ns = self._clock_ns()
                next_ns = self._pending.next_ns
                if next_ns is not None and next_ns <= now_ns:
                    return self._pending.due(now_ns + 1, now_ns)
                self._changed.wait(None if next_ns is None else (next_ns - now_ns) / 1e9)
