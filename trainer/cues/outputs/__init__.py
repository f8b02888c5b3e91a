"""The ways to make a sound, tried in order. Only the child process imports them."""

from collections.abc import Callable, Sequence
from threading import Event
from typing import NamedTuple, Protocol

from trainer.cues.pending import Asked


class OutputError(Exception):
    """This way to make a sound does not work on this machine now; the message says why."""


class Output(Protocol):
    """One way to make a sound. No call waits for the device."""

    detail: str
    """What stands behind it, for a person who asks: `ALSA`, `/usr/bin/paplay`."""
    busy: Event
    """Set while a device is at work, so that something can go wrong."""

    def play(self, asked: Asked) -> None:
        """Let a cue or speech sound at its deadline; speech takes the place of what is being said."""

    def hush(self) -> None:
        """End what sounds and forget what waits."""

    def healthy(self, now_ns: int) -> bool:
        """Whether what should have happened by now has happened."""

    def close(self) -> None:
        """Leave nothing behind. Called just before the process ends; must not wait for a device."""


class Opener(NamedTuple):
    """An output that can be tried. `open` raises OutputError, and may take seconds or for ever."""

    name: str
    open: Callable[[], Output]


def openers() -> Sequence[Opener]:
    """The outputs that this system might have, best first."""
    from trainer.cues.outputs.simple import SimpleOutput
    from trainer.cues.outputs.stream import open_stream
    from trainer.cues.outputs.system import players

    found = [Opener("miniaudio", open_stream), Opener("simpleaudio", SimpleOutput)]
    return [*found, *(Opener(name, opener) for name, opener in players())]
