"""Sound through `winsound`, which every Python on Windows has."""

import importlib
import time
from threading import Event
from typing import Any, Final

from trainer.cues.mixer import wav_bytes
from trainer.cues.outputs import OutputError
from trainer.cues.outputs.alarm import Alarm
from trainer.cues.pending import Waiting

STUCK_NS: Final = 4_000_000_000


class WindowsOutput:
    """Plays one cue at a time; from memory it cannot play beside the caller, so a thread waits for it."""

    detail = "winsound"

    def __init__(self) -> None:
        try:
            self._library: Any = importlib.import_module("winsound")
        except ImportError as error:
            raise OutputError(str(error)) from error
        self.busy = Event()
        self._since_ns: int | None = None
        self._failed = False
        self._alarm = Alarm(self._fire)

    def play(self, waiting: Waiting) -> None:
        """Let a cue sound at its deadline, or after the one that sounds then."""
        self._alarm.add(waiting)

    def hush(self) -> None:
        """Forget what waits; what sounds ends by itself."""
        self._alarm.clear()

    def healthy(self, now_ns: int) -> bool:
        """Whether the last call came back without an error."""
        since_ns = self._since_ns
        return not (self._failed or (since_ns is not None and now_ns - since_ns > STUCK_NS))

    def close(self) -> None:
        """Nothing is left behind."""

    def _fire(self, waiting: Waiting) -> None:
        self._since_ns = time.monotonic_ns()
        self.busy.set()
        try:
            sound = wav_bytes(waiting.cue, waiting.volume)
            self._library.PlaySound(sound, self._library.SND_MEMORY | self._library.SND_NODEFAULT)
        except Exception:
            self._failed = True
            return
        self._since_ns = None
        self.busy.clear()
