"""Sound through miniaudio: one stream, opened once, running only while something is to be heard."""

import sys
import threading
import time
from collections.abc import Callable, Generator
from typing import Final, Protocol

from trainer.cues.mixer import RATE_HZ
from trainer.cues.outputs import OutputError
from trainer.cues.pending import Asked
from trainer.cues.recordings import samples_of
from trainer.cues.timeline import Timeline

PERIOD_MS: Final = 20
AHEAD_NS: Final = 500_000_000
"""The device is started this long before a deadline, so that its pace is known by then."""
IDLE_NS: Final = 1_500_000_000
"""An open stream costs 0.8 % of a core, a stopped one nothing."""
SILENT_NS: Final = 1_500_000_000
"""A device that asks for nothing, or starts or stops, for longer than this is dead, whatever it says."""

Frames = Generator[bytes, int, None]


class Device(Protocol):
    """What is used of `miniaudio.PlaybackDevice`."""

    def start(self, frames: Frames) -> None:
        """Begin to ask for frames."""

    def stop(self) -> None:
        """Cease to ask."""


class StreamOutput:
    """Mixes cues and speech into a device's stream. A thread starts and stops the device, since both can hang."""

    def __init__(self, device: Device, detail: str, clock_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self.detail = detail
        self.busy = threading.Event()
        self._device = device
        self._clock_ns = clock_ns
        self._timeline = Timeline()
        self._changed = threading.Condition()
        self._beat_ns = clock_ns()
        self._failed = False
        threading.Thread(target=self._work, name="cues-stream", daemon=True).start()

    def play(self, asked: Asked) -> None:
        """Let a cue or speech sound a constant delay after its deadline."""
        samples_of(asked)  # made here, since the device's callback has no time for it
        with self._changed:
            self._timeline.add(asked)
            self._changed.notify()

    def hush(self) -> None:
        """Fade what sounds and forget what waits."""
        with self._changed:
            self._timeline.hush()

    def healthy(self, now_ns: int) -> bool:
        """Whether the device still asks for frames, if it should."""
        silent = self.busy.is_set() and now_ns - self._beat_ns > SILENT_NS
        return not (self._failed or silent)

    def close(self) -> None:
        """Nothing: closing the device can hang, and the end of the process frees it."""

    def _work(self) -> None:
        try:
            while True:
                self._await_cue()
                self._beat_ns = self._clock_ns()
                self.busy.set()
                frames = self._frames()
                next(frames)
                self._device.start(frames)
                self._await_idle()
                self._beat_ns = self._clock_ns()
                self._device.stop()
                self.busy.clear()
        except Exception:  # whatever a sound library raises means the same
            self._failed = True
            self.busy.set()

    def _await_cue(self) -> None:
        with self._changed:
            while True:
                next_ns = self._timeline.next_ns
                early_ns = None if next_ns is None else next_ns - AHEAD_NS - self._clock_ns()
                if early_ns is not None and early_ns <= 0:
                    self._timeline.restarted()
                    return
                self._changed.wait(None if early_ns is None else early_ns / 1e9)

    def _await_idle(self) -> None:
        used_ns = self._clock_ns()
        while self._clock_ns() - used_ns < IDLE_NS:
            time.sleep(0.25)
            with self._changed:
                if not self._timeline.idle:
                    used_ns = self._clock_ns()

    def _frames(self) -> Frames:
        frames = yield b""
        while True:
            now_ns = self._beat_ns = self._clock_ns()
            with self._changed:
                samples = self._timeline.read(frames, now_ns)
            frames = yield samples


def open_stream() -> StreamOutput:
    """Open the machine's default device through miniaudio.

    Raises OutputError where the library is missing, finds no device, or would play into nothing.
    """
    try:
        import miniaudio
    except Exception as error:  # a broken library raises more than ImportError
        raise OutputError(f"{type(error).__name__}: {error}") from error
    # On Linux a longer list would wait for JACK and end at a backend that plays into nothing.
    linux = [miniaudio.Backend.PULSEAUDIO, miniaudio.Backend.ALSA]
    try:
        device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE_HZ,
            buffersize_msec=PERIOD_MS,
            backends=linux if sys.platform.startswith("linux") else None,
            app_name="trainer",
        )
    except Exception as error:
        raise OutputError(" ".join(map(str, error.args))) from error
    if device.backend == "Null":
        raise OutputError("only a backend that plays into nothing")
    return StreamOutput(device, device.backend)
