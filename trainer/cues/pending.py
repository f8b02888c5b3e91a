"""What waits for its moment: ordered by deadline, bounded, and dropped rather than played late."""

from bisect import insort
from operator import attrgetter
from typing import Final, NamedTuple

from trainer.cues.tones import Cue

LATE_NS: Final = 250_000_000
"""A cue later than this is dropped: after a stall nobody wants to hear what was."""
SPEECH_LATE_NS: Final = 1_000_000_000
"""Words still help when a beep would mislead."""
MOST: Final = 64
"""More than this waiting at once is a fault of the sender, and dropped."""


class Waiting(NamedTuple):
    """A cue and when it is to sound."""

    deadline_ns: int
    """On the machine's monotonic clock."""
    cue: Cue
    volume: int
    """0 to 100."""

    @property
    def late_ns(self) -> int:
        """How much later than its deadline it is still of use."""
        return LATE_NS


class Speech(NamedTuple):
    """Phrases to be said one after the other from a moment on, in the place of what is being said then."""

    deadline_ns: int
    """On the machine's monotonic clock."""
    keys: tuple[str, ...]
    """The keys of their recordings; empty where nothing more is to be said."""
    volume: int
    """0 to 100."""
    until_ns: int = 0
    """No phrase is begun that would not be over by then; 0 where any may take its time."""

    @property
    def late_ns(self) -> int:
        """How much later than its deadline it is still of use."""
        return SPEECH_LATE_NS


Asked = Waiting | Speech
"""What a player may be asked for."""


class Pending:
    """What waits. Not locked: its owner does that."""

    def __init__(self) -> None:
        self._waiting: list[Asked] = []

    @property
    def next_ns(self) -> int | None:
        """The earliest deadline, or None where nothing waits."""
        return self._waiting[0].deadline_ns if self._waiting else None

    def add(self, asked: Asked) -> None:
        """Keep a cue or speech until its deadline; beyond `MOST`, drop it. Speech that waited is forgotten for new."""
        if isinstance(asked, Speech):
            # It came of an earlier moment: half of its first word, or words after a pause, would only confuse.
            self._waiting = [one for one in self._waiting if not isinstance(one, Speech)]
        if len(self._waiting) < MOST:
            insort(self._waiting, asked, key=attrgetter("deadline_ns"))

    def due(self, until_ns: int, now_ns: int) -> list[Asked]:
        """Take out what is due before `until_ns`, earliest first. What is late at `now_ns` is dropped."""
        taken = [asked for asked in self._waiting if asked.deadline_ns < until_ns]
        del self._waiting[: len(taken)]
        return [asked for asked in taken if not is_late(asked, now_ns)]

    def clear(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()


def is_late(asked: Asked, now_ns: int) -> bool:
    """Whether it comes too late to be of any use."""
    return now_ns - asked.deadline_ns > asked.late_ns
