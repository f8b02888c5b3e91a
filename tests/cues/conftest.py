"""What the tests of this room share."""

import json
import os
import select
import sys
import wave
from array import array

import pytest

from trainer.cues import recordings
from trainer.cues.speech import RECORDED_HZ, recording_of


class Signal:
    """A named pipe on which other programs tell the test that something has happened, a byte each time."""

    def __init__(self, path):
        self.path = path
        os.mkfifo(path)
        self._fd = os.open(path, os.O_RDWR | os.O_NONBLOCK)

    def wait(self, times=1, timeout_s=10.0):
        """Wait until it has been told so often; returns what was told."""
        told = b""
        while len(told) < times:
            if not select.select([self._fd], [], [], timeout_s)[0]:
                raise TimeoutError(f"told {len(told)} of {times} times")
            told += os.read(self._fd, times - len(told))
        return told

    def until(self, holds, again, tries=10):
        """Wait until a condition holds. A cue that comes late is dropped, as on a busy machine: it is given `again`."""
        while not holds():
            if select.select([self._fd], [], [], 1.0)[0]:
                os.read(self._fd, 1)
            else:
                tries -= 1
                assert tries, "nothing more is told, and it still does not hold"
                again()

    def told(self):
        """Whether something is told and not yet waited for."""
        return bool(select.select([self._fd], [], [], 0)[0])

    def close(self):
        os.close(self._fd)


@pytest.fixture
def signal_pipe(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes on this system")
    signal = Signal(tmp_path / "signal")
    yield signal
    signal.close()


@pytest.fixture
def silent_machine(monkeypatch):
    """No sound server and no sound card, whatever this machine has."""
    monkeypatch.setenv("PULSE_SERVER", "/nonexistent/pulse")
    monkeypatch.setenv("PIPEWIRE_REMOTE", "/nonexistent/pipewire")
    monkeypatch.setenv("ALSA_CONFIG_PATH", os.devnull)


@pytest.fixture
def fake_child():
    """Makes commands for a child that reports its process id as its detail, then runs `then`."""

    def command(then):
        report = json.dumps({"backend": "fake", "detail": "PID"})
        code = f"import os, sys; print({report!r}.replace('PID', str(os.getpid())), flush=True)\n{then}"
        return [sys.executable, "-c", code]

    return command


@pytest.fixture
def ended():
    """Waits until a process is gone; False where it is still there after `timeout_s`."""
    if not hasattr(os, "pidfd_open"):
        pytest.skip("no process descriptors on this system")

    def wait(pid, timeout_s=10.0):
        try:
            fd = os.pidfd_open(pid)
        except ProcessLookupError:
            return True
        try:
            return bool(select.select([fd], [], [], timeout_s)[0])
        finally:
            os.close(fd)

    return wait


class Voice:
    """A folder of recordings that a test makes up."""

    def __init__(self, folder):
        self.folder = folder

    def record(self, key, samples, *, rate_hz=RECORDED_HZ, channels=1):
        """Makes a recording of samples; a number is that many of one value."""
        if isinstance(samples, int):
            samples = [8000] * samples
        with wave.open(str(self.folder / f"{key}.wav"), "wb") as file:
            file.setparams((channels, 2, rate_hz, 0, "NONE", ""))
            file.writeframes(array("h", samples).tobytes())
        return key


@pytest.fixture
def voice(tmp_path, monkeypatch):
    """Has the child look for recordings in a folder of the test's own."""
    folder = tmp_path / "voice"
    folder.mkdir()
    monkeypatch.setattr(recordings, "recording_of", lambda key: recording_of(key, folder))
    forget()
    yield Voice(folder)
    forget()


def forget():
    recordings.recorded.cache_clear()
    recordings.render_speech.cache_clear()
