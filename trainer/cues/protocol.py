"""What the player and its child say to each other: one line of ASCII a message.

To the child: `play NAME DEADLINE_NS VOLUME` and `stop`. From the child, at its start and at every change, one
line of JSON: `{"backend": "miniaudio", "detail": "ALSA"}`; the backend is `none` where nothing plays.
"""

from typing import Final

from trainer.cues.pending import Waiting
from trainer.cues.tones import SOUNDS, Cue

STOP: Final = b"stop\n"
"""Hush what sounds and forget what waits."""
NO_BACKEND: Final = "none"
LONGEST: Final = 256
"""Bytes of a line; below PIPE_BUF everywhere, so that a line is written whole or not at all."""

_CUES: Final[dict[str, Cue]] = {cue: cue for cue in SOUNDS}


def play_line(cue: str, deadline_ns: int, volume: int) -> bytes:
    """The line that asks for a cue. Raises KeyError for a name that is no cue."""
    return f"play {_CUES[cue]} {deadline_ns:d} {volume:d}\n".encode("ascii")


def parse(line: bytes) -> Waiting | None:
    """The cue that a line asks for; None for any line that asks for none."""
    match line.split():
        case [b"play", name, deadline, volume]:
            try:
                cue = _CUES[name.decode("ascii")]
                return Waiting(int(deadline), cue, max(0, min(100, int(volume))))
            except (ValueError, KeyError):
                return None
    return None


class Lines:
    """Bytes as they come, cut into lines. A line longer than `longest` is dropped: memory stays bounded."""

    def __init__(self, longest: int = LONGEST) -> None:
        self._longest = longest
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that are complete now, without their ends."""
        *lines, rest = (self._rest + data).split(b"\n")
        # One byte too many is kept as the mark of a line that is dropped when it ends.
        self._rest = rest[: self._longest + 1]
        return [line for line in lines if len(line) <= self._longest]
