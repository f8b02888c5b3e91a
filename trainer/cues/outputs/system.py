"""Sound through a program of the system: one process a cue, or Windows' own player."""

import contextlib
import shutil
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Lock
from typing import Final

from trainer.cues.mixer import frames_of, wav_of
from trainer.cues.outputs import Output, OutputError
from trainer.cues.outputs.alarm import Alarm
from trainer.cues.outputs.folder import Folder
from trainer.cues.pending import Waiting

PROGRAMS: Final[Sequence[tuple[str, tuple[str, ...]]]] = (
    ("pw-play", ()),
    ("paplay", ()),
    ("aplay", ("-q",)),
    ("afplay", ()),
)
"""Programs that play a file and end, best first, with what they need to be told."""
TRIAL_S: Final = 3.0
STUCK_NS: Final = 4_000_000_000
"""No cue is as long as this: a process that still runs then hangs."""
GONE_S: Final = 0.05
AT_ONCE: Final = 4
FAILURES: Final = 2


class ProgramOutput:
    """Plays each cue by a process of its own. Raises OutputError where the program plays nothing."""

    def __init__(self, path: str, options: Sequence[str] = ()) -> None:
        self.detail = path
        self.busy = Event()
        self._command = (path, *options)
        self._running: list[tuple[int, subprocess.Popen[bytes]]] = []
        self._lock = Lock()
        self._failures = 0
        try:
            self._folder = Folder()
        except OSError as error:
            raise OutputError(str(error)) from error
        try:
            self._try()
        except (OSError, OutputError) as error:
            self._folder.remove()
            raise OutputError(str(error)) from error
        self._alarm = Alarm(self._fire)

    def play(self, waiting: Waiting) -> None:
        """Let a cue sound at its deadline."""
        with contextlib.suppress(OSError):  # written here, since at the deadline there is no time for it
            self._folder.file(waiting.cue, waiting.volume)
        self._alarm.add(waiting)

    def hush(self) -> None:
        """End what sounds and forget what waits."""
        self._alarm.clear()
        with self._lock:
            for _, process in self._running:
                process.kill()

    def healthy(self, now_ns: int) -> bool:
        """Whether the program plays: it ended well at one of its last calls, and did not hang."""
        with self._lock:
            for since_ns, process in [*self._running]:
                code = process.poll()
                if code is None and now_ns - since_ns > STUCK_NS:
                    _end(process)
                    self._failures += 1
                elif code is None:
                    continue
                elif code >= 0:  # below zero it was killed, which says nothing of the program
                    self._failures = self._failures + 1 if code else 0
                self._running.remove((since_ns, process))
            if not self._running:
                self.busy.clear()
            return self._failures < FAILURES

    def close(self) -> None:
        """End every process and remove the folder."""
        self.hush()
        for _, process in self._running:
            _end(process)
        self._folder.remove()

    def _try(self) -> None:
        silence = self._folder.path / "silence.wav"
        silence.write_bytes(wav_of(array("h", bytes(2 * frames_of(50)))))
        process = self._spawn(silence)
        try:
            code = process.wait(TRIAL_S)
        except subprocess.TimeoutExpired:
            _end(process)
            raise OutputError(f"did not end within {TRIAL_S:g} s") from None
        if code:
            raise OutputError(f"a trial ended with {code}")

    def _spawn(self, file: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*self._command, str(file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _fire(self, waiting: Waiting) -> None:
        with self._lock:
            if sum(process.poll() is None for _, process in self._running) >= AT_ONCE:
                return
            try:
                process = self._spawn(self._folder.file(waiting.cue, waiting.volume))
            except OSError:
                self._failures += 1
            else:
                self._running.append((time.monotonic_ns(), process))
            self.busy.set()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(GONE_S)


def players() -> Sequence[tuple[str, Callable[[], Output]]]:
    """The system's players that are there, best first."""
    if sys.platform == "win32":
        from trainer.cues.outputs.windows import WindowsOutput

        return [("winsound", WindowsOutput)]

    def opener(path: str, options: Sequence[str]) -> Callable[[], Output]:
        return lambda: ProgramOutput(path, options)

    return [(name, opener(path, options)) for name, options in PROGRAMS if (path := shutil.which(name))]
