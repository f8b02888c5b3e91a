"""Cues that wait for their moment: ordered by deadline, bounded, and dropped rather than played late."""

from bisect import insort
from typing import Final, NamedTuple

from trainer.cues.tones import Cue

LATE_NS: Final = 250_000_000
"""A cue later than this is dropped: after a stall nobody wants to hear what was."""
MOST: Final = 64
"""More than this waiting at once is a fault of the sender, and dropped."""


class Waiting(NamedTuple):
    """A cue and when it is to sound. Orders by deadline."""

    deadline_ns: int
    """On the machine's monotonic clock."""
    cue: Cue
    volume: int
    """0 to 100."""


class Pending:
    """The cues that wait. Not locked: its owner does that."""

    def __init__(self) -> None:
        self._waiting: list[Waiting] = []

    @property
    def next_ns(self) -> int | None:
        """The earliest deadline, or None where nothing waits."""
        return self._waiting[0].deadline_ns if self._waiting else None

    def add(self, waiting: Waiting) -> None:
        """Keep a cue until its deadline; beyond `MOST`, drop it."""
        if len(self._waiting) < MOST:
            insort(self._waiting, waiting)

    def due(self, until_ns: int, now_ns: int) -> list[Waiting]:
        """Take out what is due before `until_ns`, earliest first. What is late at `now_ns` is dropped."""
        taken = [waiting for waiting in self._waiting if waiting.deadline_ns < until_ns]
        del self._waiting[: len(taken)]
        return [waiting for waiting in taken if not is_late(waiting.deadline_ns, now_ns)]

    def clear(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()


def is_late(deadline_ns: int, now_ns: int) -> bool:
    """Whether a cue comes too late to be of any use."""
    return now_ns - deadline_ns > LATE_NS
