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
from typing import Final, NamedTuple

from trainer.cues.mixer import RATE_HZ, frames_of, wav_of
from trainer.cues.outputs import Output, OutputError
from trainer.cues.outputs.alarm import Alarm
from trainer.cues.outputs.folder import Folder
from trainer.cues.pending import Asked, Speech
from trainer.cues.recordings import samples_of

PROGRAMS: Final[Sequence[tuple[str, tuple[str, ...]]]] = (
    ("pw-play", ()),
    ("paplay", ()),
    ("aplay", ("-q",)),
    ("afplay", ()),
)
"""Programs that play a file and end, best first, with what they need to be told."""
TRIAL_S: Final = 3.0
STUCK_NS: Final = 4_000_000_000
"""A process that runs this much longer than its sound hangs."""
GONE_S: Final = 0.05
AT_ONCE: Final = 4
FAILURES: Final = 2


class _Playing(NamedTuple):
    due_ns: int
    """When it has to have ended."""
    process: "subprocess.Popen[bytes]"
    beside: bool
    """Whether something was being said when it began: a device that plays one sound at a time is no failure."""


class ProgramOutput:
    """Plays each cue, and what is said, by a process of its own. Raises OutputError where the program plays nothing."""

    def __init__(self, path: str, options: Sequence[str] = ()) -> None:
        self.detail = path
        self.busy = Event()
        self._command = (path, *options)
        self._running: list[_Playing] = []
        self._saying: subprocess.Popen[bytes] | None = None
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

    def play(self, asked: Asked) -> None:
        """Let a cue or speech sound at its deadline."""
        with contextlib.suppress(OSError):  # written here, since at the deadline there is no time for it
            self._folder.file(asked)
        self._alarm.add(asked)

    def hush(self) -> None:
        """End what sounds and forget what waits."""
        self._alarm.clear()
        with self._lock:
            for playing in self._running:
                playing.process.kill()

    def healthy(self, now_ns: int) -> bool:
        """Whether the program plays: it ended well at one of its last calls, and did not hang."""
        with self._lock:
            for playing in [*self._running]:
                code = playing.process.poll()
                if code is None and now_ns > playing.due_ns:
                    _end(playing.process)
                    self._failures += 1
                elif code is None:
                    continue
                elif code == 0:
                    self._failures = 0
                elif code > 0 and not playing.beside:  # below zero it was killed, which says nothing of the program
                    self._failures += 1
                self._running.remove(playing)
            if not self._running:
                self.busy.clear()
            return self._failures < FAILURES

    def close(self) -> None:
        """End every process and remove the folder."""
        self.hush()
        for playing in self._running:
            _end(playing.process)
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

    def _fire(self, asked: Asked) -> None:
        with self._lock:
            if isinstance(asked, Speech) and self._saying is not None:
                self._saying.kill()
                self._saying = None
            samples = samples_of(asked)
            if not samples or sum(playing.process.poll() is None for playing in self._running) >= AT_ONCE:
                return
            beside = self._saying is not None and self._saying.poll() is None
            due_ns = time.monotonic_ns() + STUCK_NS + len(samples) * 1_000_000_000 // RATE_HZ
            try:
                process = self._spawn(self._folder.file(asked))
            except OSError:
                self._failures += 1
            else:
                self._running.append(_Playing(due_ns, process, beside))
                if isinstance(asked, Speech):
                    self._saying = process
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
