"""Sound through simpleaudio, where it plays without ending the process."""

import importlib.util
import subprocess
import sys
import time
from array import array
from threading import Event
from typing import Any, Final

from trainer.cues.mixer import RATE_HZ, frames_of
from trainer.cues.outputs import OutputError
from trainer.cues.outputs.alarm import Alarm
from trainer.cues.pending import Asked, Speech
from trainer.cues.recordings import samples_of

TRIAL_S: Final = 3.0
STUCK_NS: Final = 2_000_000_000
TRIAL: Final = f"""
import simpleaudio
simpleaudio.play_buffer(bytes({2 * frames_of(50)}), 1, 2, {RATE_HZ}).wait_done()
"""


class SimpleOutput:
    """Plays each cue, and what is said, by a call of its own."""

    detail = "simpleaudio"

    def __init__(self) -> None:
        if importlib.util.find_spec("simpleaudio") is None:
            raise OutputError("not installed")
        # Its release 1.0.4 ends the process as soon as it plays on newer Pythons: so another process tries.
        try:
            trial = subprocess.run(
                [sys.executable, "-P", "-c", TRIAL],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=TRIAL_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise OutputError(str(error)) from error
        if trial.returncode:
            raise OutputError(f"a trial ended with {trial.returncode}")
        import simpleaudio

        self._library: Any = simpleaudio
        self.busy = Event()
        self._since_ns: int | None = None
        self._failed = False
        self._said: Any = None
        self._alarm = Alarm(self._fire)

    def play(self, asked: Asked) -> None:
        """Let a cue or speech sound at its deadline."""
        samples_of(asked)
        self._alarm.add(asked)

    def hush(self) -> None:
        """End what sounds and forget what waits."""
        self._alarm.clear()
        self._library.stop_all()

    def healthy(self, now_ns: int) -> bool:
        """Whether the last call came back without an error."""
        since_ns = self._since_ns
        return not (self._failed or (since_ns is not None and now_ns - since_ns > STUCK_NS))

    def close(self) -> None:
        """Nothing is left behind."""

    def _fire(self, asked: Asked) -> None:
        samples: array[int] = samples_of(asked)
        self._since_ns = time.monotonic_ns()
        self.busy.set()
        try:
            if isinstance(asked, Speech) and self._said is not None:
                self._said.stop()
                self._said = None
            if samples:
                playing = self._library.play_buffer(samples.tobytes(), 1, 2, RATE_HZ)
                if isinstance(asked, Speech):
                    self._said = playing
        except Exception:
            self._failed = True
            return
        self._since_ns = None
        self.busy.clear()
