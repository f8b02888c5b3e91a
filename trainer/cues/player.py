"""The player as the guide's process has it: it asks a child process for sounds, and never waits for one."""

import atexit
import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from trainer.cues.protocol import STOP, play_line, say_line
from trainer.cues.status import OFF, Status
from trainer.cues.tones import Cue

if TYPE_CHECKING:
    from trainer.cues.child import Child

RESTARTS: Final = 2
"""A child that dies more often than this would die again."""
RESTART_PAUSE_S: Final = 0.2
CLOSE_S: Final = 0.2
"""How long a child may take to end by itself, and then again to be gone once killed."""


class Player:
    """Plays cues through a child process, started by `start` and ended by `close`.

    No method raises or waits for sound. What cannot be heard in time is dropped. To be used from one thread.
    """

    def __init__(
        self,
        *,
        volume: int = 70,
        speech: bool = True,
        command: Sequence[str] | None = None,
        clock_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._volume = _percent(volume)
        self._muted = False
        self._speech = speech
        self._command = command
        self._clock_ns = clock_ns
        self._status = OFF
        self._child: Child | None = None
        self._closing = threading.Event()
        self._settled = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def volume(self) -> int:
        """Loudness from 0 to 100; what is set beyond is held at the limit."""
        return self._volume

    @volume.setter
    def volume(self, volume: int) -> None:
        self._volume = _percent(volume)

    @property
    def muted(self) -> bool:
        """Whether every cue is dropped. Muting also ends what sounds."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        if muted:
            self.hush()

    @property
    def speech(self) -> bool:
        """Whether phrases are said. Turning it off also ends what is being said."""
        return self._speech

    @speech.setter
    def speech(self, speech: bool) -> None:
        if not speech:
            self.say(())
        self._speech = speech

    @property
    def status(self) -> Status:
        """Whether cues can be heard now. A child that hangs still counts as ready."""
        return self._status

    @property
    def bell_wanted(self) -> bool:
        """Whether the terminal's bell should ring for a cue, since nothing else will and sound is wanted."""
        return self._audible and self._status.state in ("silent", "failed")

    @property
    def _audible(self) -> bool:
        return not self._muted and self._volume > 0

    def start(self) -> None:
        """Start the child, from a thread of its own. Does nothing the second time."""
        if self._thread is None and not self._closing.is_set():
            self._status = Status("starting")
            self._thread = threading.Thread(target=self._supervise, name="cues-player", daemon=True)
            self._thread.start()
            # A forgotten `close` must not leave a stopped or hung child behind.
            atexit.register(self.close)

    def play(self, cue: Cue, at_ns: int | None = None) -> None:
        """Let a cue sound at a moment of `clock_ns`, or now. Dropped where that is impossible.

        Every cue comes a constant delay after its moment: to the sample where the moment lies half a second
        ahead, within some milliseconds where it is now.
        """
        child = self._child
        if child is None or not self._audible:
            return
        with contextlib.suppress(Exception):  # a cue, even a wrong one, never costs the guide anything
            deadline_ns = self._clock_ns() if at_ns is None else at_ns
            child.channel.send(play_line(cue, deadline_ns, self._volume))

    def say(self, texts: Sequence[str], at_ns: int | None = None, until_ns: int | None = None) -> None:
        """Say texts one after the other from a moment of `clock_ns` on, or now, in the place of what is being said.

        Only what was recorded is said, and of that what is over by `until_ns`. No text at all ends what is being
        said. A bell says nothing; nor is anything said where nothing else can be heard.
        """
        child = self._child
        if child is None or not self._audible or not self._speech:
            return
        with contextlib.suppress(Exception):  # words, like a cue, never cost the guide anything
            from trainer.cues.speech import key_of

            deadline_ns = self._clock_ns() if at_ns is None else at_ns
            keys = [key_of(text) for text in texts]
            child.channel.send(say_line(keys, deadline_ns, until_ns or 0, self._volume))

    def hush(self) -> None:
        """End what sounds and forget what was asked for ahead of time."""
        if (child := self._child) is not None:
            with contextlib.suppress(Exception):
                child.channel.send(STOP)

    def wait_settled(self, timeout_s: float) -> Status:
        """Wait until the child has said what plays, or could not be run. The only call that waits."""
        self._settled.wait(timeout_s)
        return self._status

    def close(self) -> None:
        """End the child, within half a second even where it hangs. The player cannot be started again."""
        self._closing.set()
        thread, self._thread = self._thread, None
        if thread is not None:
            atexit.unregister(self.close)
            if (child := self._child) is not None:
                child.channel.close()
            thread.join(CLOSE_S)
            if thread.is_alive() and (child := self._child) is not None:
                child.kill()
                thread.join(CLOSE_S)
        self._status = OFF

    def _supervise(self) -> None:
        try:
            from trainer.cues.child import Child, default_command

            command = self._command or default_command()
            code = 0
            for attempt in range(1 + RESTARTS):
                self._tell(Status("starting"))
                if self._closing.wait(attempt * RESTART_PAUSE_S):
                    return
                code = self._attend(Child(command))
            self._settle(Status("failed", "", f"the child process ended too often, last with {code}"))
        except Exception as error:
            self._settle(Status("failed", "", f"{type(error).__name__}: {error}"))

    def _attend(self, child: "Child") -> int:
        self._child = child
        try:
            if self._closing.is_set():
                child.kill()
            for status in child.statuses():
                self._settle(status)
        finally:
            self._child = None
            child.kill()
            code = child.reap()
        return code

    def _settle(self, status: Status) -> None:
        self._tell(status)
        self._settled.set()

    def _tell(self, status: Status) -> None:
        if not self._closing.is_set():
            self._status = status


class SilentPlayer:
    """A player for those who want no sound: the same interface, and nothing behind it."""

    volume = 0
    muted = True
    speech = False
    status = OFF
    bell_wanted = False

    def start(self) -> None:
        """Nothing."""

    def play(self, cue: Cue, at_ns: int | None = None) -> None:
        """Nothing."""

    def say(self, texts: Sequence[str], at_ns: int | None = None, until_ns: int | None = None) -> None:
        """Nothing."""

    def hush(self) -> None:
        """Nothing."""

    def wait_settled(self, timeout_s: float) -> Status:  # noqa: ARG002 - the interface
        """`off`, at once."""
        return self.status

    def close(self) -> None:
        """Nothing."""


def _percent(volume: int) -> int:
    return max(0, min(100, int(volume)))
