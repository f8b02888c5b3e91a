"""Deadlines to frames: what a stream of samples has to play, and at which sample. Pure; time is handed in."""

from collections import deque
from typing import Final

from trainer.cues.mixer import RATE_HZ, Mixer, frames_of
from trainer.cues.pending import Asked, Pending, Waiting
from trainer.cues.recordings import samples_of

LEAD_NS: Final = 20_000_000
"""Added to each deadline, so that a cue for this very moment still meets a frame that is not yet written.
As long as the device's period: less would let a cue's delay depend on where in the period it came."""
STALL_NS: Final = 40_000_000
PACE_READS: Final = 32
PRIMING_FRAMES: Final = frames_of(200)


class Timeline:
    """Plays each cue at a constant delay after its deadline, however unevenly the device asks for frames.

    A device asks late, never early; so the earliest of its recent requests tell its pace.
    """

    def __init__(self) -> None:
        self._mixer = Mixer()
        self._pending = Pending()
        self._origins_ns: deque[int] = deque(maxlen=PACE_READS)
        self._asked_ns: int | None = None
        self._primed = 0
        self.restarted()

    @property
    def next_ns(self) -> int | None:
        """The earliest deadline that waits."""
        return self._pending.next_ns

    @property
    def idle(self) -> bool:
        """Whether nothing sounds and nothing waits."""
        return self._mixer.idle and self._pending.next_ns is None

    def add(self, asked: Asked) -> None:
        """Keep a cue or speech until its deadline."""
        self._pending.add(asked)

    def hush(self) -> None:
        """Fade what sounds and forget what waits."""
        self._pending.clear()
        self._mixer.hush()

    def restarted(self) -> None:
        """Say that the device begins anew: at first it fills its buffers, which tells nothing of its pace."""
        self._origins_ns.clear()
        self._asked_ns = None
        self._primed = 0

    def read(self, frames: int, now_ns: int) -> bytes:
        """The next frames, which the device asked for at `now_ns`."""
        origin_ns = now_ns - _ns(self._mixer.position)
        if self._priming(frames, now_ns):
            # A cue put into the first buffers would sound sooner than all others by their length.
            self._primed += frames
            return self._mixer.read(frames)
        if self._origins_ns and origin_ns - min(self._origins_ns) > STALL_NS:
            self._origins_ns.clear()
        self._origins_ns.append(origin_ns)
        zero_ns = min(self._origins_ns) - LEAD_NS
        until_ns = zero_ns + _ns(self._mixer.position + frames)
        for asked in self._pending.due(until_ns, now_ns):
            at_frame = (asked.deadline_ns - zero_ns) * RATE_HZ // 1_000_000_000
            if isinstance(asked, Waiting):
                self._mixer.add(asked.cue, at_frame, asked.volume)
            else:
                self._mixer.say(samples_of(asked), at_frame)
        return self._mixer.read(frames)

    def _priming(self, frames: int, now_ns: int) -> bool:
        if self._origins_ns:
            return False
        asked_ns, self._asked_ns = self._asked_ns, now_ns
        hurried = asked_ns is None or now_ns - asked_ns < _ns(frames) // 2
        return hurried and self._primed < PRIMING_FRAMES


def _ns(frames: int) -> int:
    return frames * 1_000_000_000 // RATE_HZ
