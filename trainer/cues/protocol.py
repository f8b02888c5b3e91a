"""What the player and its child say to each other: one line of ASCII a message.

To the child: `play NAME DEADLINE_NS VOLUME`, `say DEADLINE_NS UNTIL_NS VOLUME KEY ...`, and `stop`. From the child, at
its start and at every change, one line of JSON: `{"backend": "miniaudio", "detail": "ALSA"}`; the backend is `none`
where nothing plays.
"""

from collections.abc import Iterable
from typing import Final

from trainer.cues.pending import Asked, Speech, Waiting
from trainer.cues.tones import SOUNDS, Cue

STOP: Final = b"stop\n"
"""Hush what sounds and forget what waits."""
NO_BACKEND: Final = "none"
LONGEST: Final = 256
"""Bytes of a line; below PIPE_BUF everywhere, so that a line is written whole or not at all."""

LONGEST_KEY: Final = 40
_OF_A_KEY: Final = b"abcdefghijklmnopqrstuvwxyz0123456789-"
_CUES: Final[dict[str, Cue]] = {cue: cue for cue in SOUNDS}


def play_line(cue: str, deadline_ns: int, volume: int) -> bytes:
    """The line that asks for a cue. Raises KeyError for a name that is no cue."""
    return f"play {_CUES[cue]} {deadline_ns:d} {volume:d}\n".encode("ascii")


def say_line(keys: Iterable[str], deadline_ns: int, until_ns: int, volume: int) -> bytes:
    """The line that asks for phrases by the keys of their recordings: as many as a line holds, from the first.

    Without any, it ends what is being said. Raises ValueError for what is no key.
    """
    line = f"say {deadline_ns:d} {until_ns:d} {volume:d}".encode("ascii")
    for key in map(str.encode, keys):
        if not _is_key(key):
            raise ValueError(key)
        if len(line) + 1 + len(key) >= LONGEST:
            break
        line += b" " + key
    return line + b"\n"


def _is_key(key: bytes) -> bool:
    return 0 < len(key) <= LONGEST_KEY and not key.translate(None, _OF_A_KEY)


def parse(line: bytes) -> Asked | None:
    """What a line asks for; None for any line that asks for nothing."""
    match line.split():
        case [b"play", name, deadline, volume]:
            try:
                cue = _CUES[name.decode("ascii")]
                return Waiting(int(deadline), cue, max(0, min(100, int(volume))))
            except (ValueError, KeyError):
                return None
        case [b"say", deadline, until, volume, *keys] if all(map(_is_key, keys)):
            try:
                said = tuple(key.decode("ascii") for key in keys)
                return Speech(int(deadline), said, max(0, min(100, int(volume))), int(until))
            except ValueError:
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
