"""Sound through `winsound`, which every Python on Windows has."""

import contextlib
import importlib
import time
from threading import Event
from typing import Any, Final

from trainer.cues.mixer import wav_bytes
from trainer.cues.outputs import OutputError
from trainer.cues.outputs.alarm import Alarm
from trainer.cues.outputs.folder import Folder
from trainer.cues.pending import Asked, Speech

STUCK_NS: Final = 4_000_000_000


class WindowsOutput:
    """Plays one sound at a time.

    From memory it cannot play beside the caller, so a thread waits for each cue; speech, which takes seconds, is
    played from a file. The cue that comes next ends it: what to do now matters more than the rest of a sentence.
    """

    detail = "winsound"

    def __init__(self) -> None:
        try:
            self._library: Any = importlib.import_module("winsound")
        except ImportError as error:
            raise OutputError(str(error)) from error
        self.busy = Event()
        self._since_ns: int | None = None
        self._failed = False
        self._folder: Folder | None = None
        self._alarm = Alarm(self._fire)

    def play(self, asked: Asked) -> None:
        """Let a cue or speech sound at its deadline, or after the cue that sounds then."""
        self._alarm.add(asked)

    def hush(self) -> None:
        """Forget what waits, and end what is being said; a cue that sounds ends by itself."""
        self._alarm.clear()
        if self._folder is not None:
            with contextlib.suppress(RuntimeError):
                self._library.PlaySound(None, 0)

    def healthy(self, now_ns: int) -> bool:
        """Whether the last call came back without an error."""
        since_ns = self._since_ns
        return not (self._failed or (since_ns is not None and now_ns - since_ns > STUCK_NS))

    def close(self) -> None:
        """End what is being said, so that its file can be removed."""
        self.hush()
        if self._folder is not None:
            self._folder.remove()

    def _fire(self, asked: Asked) -> None:
        self._since_ns = time.monotonic_ns()
        self.busy.set()
        try:
            if isinstance(asked, Speech):
                self._say(asked)
            else:
                sound = wav_bytes(asked.cue, asked.volume)
                self._library.PlaySound(sound, self._library.SND_MEMORY | self._library.SND_NODEFAULT)
        except Exception:
            self._failed = True
            return
        self._since_ns = None
        self.busy.clear()

    def _say(self, speech: Speech) -> None:
        if not speech.keys:
            self._library.PlaySound(None, 0)
            return
        try:
            if self._folder is None:
                self._folder = Folder()
            file = self._folder.file(speech)
        except OSError:
            return  # the tones, which need no file, go on
        flags = self._library.SND_FILENAME | self._library.SND_ASYNC | self._library.SND_NODEFAULT
        self._library.PlaySound(str(file), flags)
