"""The ways to make a sound, with devices and programs that the tests make up."""

import os
import signal
import subprocess
import sys
import threading
import time
import wave

import pytest

from tests.cues.conftest import forget
from trainer.cues import recordings
from trainer.cues.mixer import RATE_HZ, render, wav_of
from trainer.cues.outputs import OutputError, stream, system
from trainer.cues.outputs.alarm import Alarm
from trainer.cues.outputs.folder import PREFIX, Folder
from trainer.cues.outputs.simple import SimpleOutput
from trainer.cues.outputs.stream import SILENT_NS, StreamOutput, open_stream
from trainer.cues.outputs.system import FAILURES, STUCK_NS, ProgramOutput
from trainer.cues.pending import Speech, Waiting
from trainer.cues.recordings import render_speech
from trainer.cues.script import HALF_WAY
from trainer.cues.speech import RECORDED_HZ, key_of

HALF = key_of(HALF_WAY)
posix = pytest.mark.skipif(os.name != "posix", reason="runs shell scripts")


def until(condition, timeout_s=10):
    """Look until it is so; for what another thread does at once, but unseen."""
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end


class Device:
    """A device whose frames the test asks for."""

    def __init__(self, refuses=False):
        self.started, self.stopped = threading.Semaphore(0), threading.Semaphore(0)
        self.refuses = refuses
        self.frames = None

    def start(self, frames):
        if self.refuses:
            self.started.release()
            raise RuntimeError("the server is gone")
        self.frames = frames
        self.started.release()

    def stop(self):
        self.stopped.release()


class Clock:
    now_ns = 5 * 10**9

    def __call__(self):
        return self.now_ns


@pytest.fixture
def clock():
    return Clock()


def test_a_stream_starts_for_a_cue_and_stops_when_idle(monkeypatch):
    """The device runs only while something is to be heard, and is opened once."""
    monkeypatch.setattr(stream, "IDLE_NS", 10_000_000)
    device = Device()
    output = StreamOutput(device, "fake")
    for _ in range(2):
        assert not output.busy.is_set()
        output.play(Waiting(time.monotonic_ns(), "count", 70))
        assert device.started.acquire(timeout=10)
        assert output.busy.is_set()
        heard = b"".join(device.frames.send(882) for _ in range(30))
        assert render("count", 70).tobytes() in heard
        assert device.stopped.acquire(timeout=10)
        until(lambda: not output.busy.is_set())


def test_a_stream_speaks(monkeypatch):
    """What is said goes into the same stream, ready before the device asks for it."""
    monkeypatch.setattr(stream, "IDLE_NS", 10_000_000)
    device = Device()
    output = StreamOutput(device, "fake")
    forget()
    output.play(Speech(time.monotonic_ns(), (HALF,), 70))
    monkeypatch.setattr(recordings, "recorded", None)  # nothing is read from here on
    assert device.started.acquire(timeout=10)
    heard = b"".join(device.frames.send(882) for _ in range(80))
    assert render_speech((HALF,), 70).tobytes() in heard
    assert device.stopped.acquire(timeout=10)


def test_a_stream_that_asks_for_nothing_is_dead(clock):
    """A running device whose callbacks ceased is unhealthy, though it says that it runs; one that asks is healthy."""
    device = Device()
    output = StreamOutput(device, "fake", clock)
    assert output.healthy(clock.now_ns + 10 * SILENT_NS)
    output.play(Waiting(clock.now_ns, "count", 70))
    assert device.started.acquire(timeout=10)
    assert output.healthy(clock.now_ns + SILENT_NS)
    assert not output.healthy(clock.now_ns + SILENT_NS + 1)
    clock.now_ns += 2 * SILENT_NS
    device.frames.send(882)
    assert output.healthy(clock.now_ns)


def test_a_device_that_refuses_to_start_is_dead(clock):
    """An error of the device is no error of the child: another output takes over."""
    device = Device(refuses=True)
    output = StreamOutput(device, "fake", clock)
    output.play(Waiting(clock.now_ns, "count", 70))
    assert device.started.acquire(timeout=10)
    assert output.busy.wait(10)
    until(lambda: not output.healthy(clock.now_ns))


def test_a_null_backend_is_refused(monkeypatch):
    """A backend that plays into nothing is no sound."""
    fake = type(sys)("miniaudio")
    fake.Backend = type("Backend", (), {"PULSEAUDIO": 7, "ALSA": 8})
    fake.SampleFormat = type("SampleFormat", (), {"SIGNED16": 2})
    fake.PlaybackDevice = lambda **_: type("Device", (), {"backend": "Null"})()
    monkeypatch.setitem(sys.modules, "miniaudio", fake)
    with pytest.raises(OutputError):
        open_stream()


def test_a_broken_library_is_refused(monkeypatch):
    """A library that is missing, or fails to load, is told as such."""
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    with pytest.raises(OutputError):
        open_stream()


def test_an_alarm_fires_in_order_and_drops_what_is_late(clock):
    """Each cue is fired when due, earliest first; late ones are not."""
    fired, told = [], threading.Semaphore(0)

    def fire(waiting):
        fired.append(waiting.cue)
        told.release()

    alarm = Alarm(fire, clock)
    alarm.add(Waiting(clock.now_ns - 10**9, "start", 70))
    alarm.add(Waiting(clock.now_ns + 10**15, "finished", 70))
    alarm.add(Waiting(clock.now_ns, "count", 70))
    assert told.acquire(timeout=10)
    clock.now_ns += 10**15
    alarm.add(Waiting(clock.now_ns, "rest", 70))
    assert told.acquire(timeout=10)
    assert told.acquire(timeout=10)
    assert fired == ["count", "finished", "rest"]


@pytest.fixture
def program(tmp_path):
    """Makes programs out of shell commands."""

    def make(script):
        path = tmp_path / "player"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return str(path)

    return make


@posix
def test_a_program_plays_a_file(program, signal_pipe, tmp_path, monkeypatch):
    """Each cue is played from a WAV file, in a folder that nobody else can enter and that is gone afterwards."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    output = ProgramOutput(program(f'head -c 4 "$2" > {signal_pipe.path}'), ["-q"])
    assert signal_pipe.wait(4) == b"RIFF"
    output.play(Waiting(time.monotonic_ns(), "count", 70))
    assert signal_pipe.wait(4) == b"RIFF"
    (folder,) = tmp_path.glob(f"{PREFIX}*")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "count-70.wav").exists()
    output.play(Speech(time.monotonic_ns(), (HALF,), 70))
    assert signal_pipe.wait(4) == b"RIFF"
    with wave.open(str(folder / f"said-{HALF[-8:]}-70.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE_HZ)
        assert file.readframes(file.getnframes()) == render_speech((HALF,), 70).tobytes()
    output.close()
    assert not folder.exists()


@posix
def test_a_program_that_fails_is_refused(program, tmp_path, monkeypatch):
    """A program that plays nothing when tried is passed over, and leaves no folder."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(OutputError, match="4"):
        ProgramOutput(program("exit 4"))
    assert not [*tmp_path.glob(f"{PREFIX}*")]


@posix
def test_a_program_that_hangs_is_refused(program, monkeypatch):
    """A program that does not end when tried is ended, and passed over."""
    monkeypatch.setattr(system, "TRIAL_S", 0.05)
    with pytest.raises(OutputError, match="did not end"):
        ProgramOutput(program("exec tail -f /dev/null"))


@posix
def test_a_program_says_one_thing_at_a_time(program, tmp_path):
    """New speech ends the program that says the old, and so does no speech; a cue plays beside."""
    begun = tmp_path / "begun"
    output = ProgramOutput(program(f"test -e {begun} || exit 0; exec tail -f /dev/null"))
    begun.touch()
    processes = []
    for asked in (Speech(0, (HALF,), 70), Waiting(0, "count", 70), Speech(0, (HALF,), 71)):
        output.play(asked._replace(deadline_ns=time.monotonic_ns()))
        until(lambda: len(output._running) > len(processes))
        processes.append(output._running[-1].process)
    first, cue, second = processes
    assert first.wait(10) == -signal.SIGKILL
    output.play(Speech(time.monotonic_ns(), (), 70))
    assert second.wait(10) == -signal.SIGKILL
    assert cue.poll() is None
    assert output.healthy(time.monotonic_ns())
    output.close()


@posix
def test_a_device_for_one_sound_at_a_time_is_not_dead(program, signal_pipe, tmp_path):
    """Cues that cannot be played while something is being said are no reason to give the program up."""
    speaks = tmp_path / "speaks"
    output = ProgramOutput(
        program(
            f"case $1 in */said-*) printf . > {signal_pipe.path}; exec tail -f /dev/null;; esac\n"
            f"test -e {speaks} && printf . > {signal_pipe.path} && exit 1; exit 0"
        )
    )
    speaks.touch()
    output.play(Speech(time.monotonic_ns(), (HALF,), 70))
    signal_pipe.wait()
    for _ in range(2 * FAILURES):
        output.play(Waiting(time.monotonic_ns(), "count", 70))
        signal_pipe.wait()
        until(lambda: output.healthy(time.monotonic_ns()) and len(output._running) == 1)
    output.close()


@posix
def test_speech_may_last_as_long_as_it_is(program, signal_pipe, voice):
    """A program that speaks for seconds does not hang; one that goes on long after it does."""
    key = voice.record("long", 6 * RECORDED_HZ)
    output = ProgramOutput(
        program(f"case $1 in */said-*) printf . > {signal_pipe.path}; exec tail -f /dev/null;; esac")
    )
    output.play(Speech(time.monotonic_ns(), (key,), 70))
    signal_pipe.wait()
    until(lambda: output._running)
    assert output.healthy(time.monotonic_ns() + STUCK_NS + 5 * 10**9)
    assert output._failures == 0
    output.healthy(time.monotonic_ns() + STUCK_NS + 7 * 10**9)
    assert output._failures == 1
    output.close()


@posix
def test_a_program_that_ceases_to_play_is_dead(program, signal_pipe, tmp_path):
    """After some failures in a row another output takes over."""
    broken = tmp_path / "broken"
    output = ProgramOutput(program(f"test -e {broken} && printf . > {signal_pipe.path} && exit 1; true"))
    broken.touch()
    for _ in range(FAILURES):
        assert output.healthy(time.monotonic_ns())
        output.play(Waiting(time.monotonic_ns(), "count", 70))
        signal_pipe.wait()
        until(lambda: not (output.busy.is_set() and output.healthy(time.monotonic_ns())))
    assert not output.healthy(time.monotonic_ns())
    output.close()


@posix
def test_a_program_that_hangs_later_is_dead(program, signal_pipe, tmp_path):
    """Programs that hang are ended, are no more than a few, and count as failures."""
    broken = tmp_path / "broken"
    output = ProgramOutput(
        program(f"test -e {broken} || exit 0; printf . > {signal_pipe.path}; exec tail -f /dev/null")
    )
    broken.touch()
    for _ in range(20):
        output.play(Waiting(time.monotonic_ns(), "count", 70))
    signal_pipe.wait(system.AT_ONCE)
    assert output.healthy(time.monotonic_ns())
    assert not output.healthy(time.monotonic_ns() + 2 * STUCK_NS)
    assert not signal_pipe.told()
    output.close()


@posix
def test_folders_of_killed_processes_are_removed(tmp_path, monkeypatch):
    """A later run removes what a killed one left, and nothing of one that lives."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    left, kept = tmp_path / f"{PREFIX}{gone.pid}-x", tmp_path / f"{PREFIX}{os.getpid()}-x"
    left.mkdir()
    kept.mkdir()
    (left / "count-70.wav").touch()
    folder = Folder()
    assert not left.exists()
    assert kept.exists()
    folder.remove()


@pytest.mark.parametrize("code", ["import os; os.kill(os.getpid(), 11)", "raise ImportError", "1"])
def test_simpleaudio_is_tried_elsewhere_first(tmp_path, monkeypatch, code):
    """A library that ends its process when it plays never comes into the child."""
    (tmp_path / "simpleaudio.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(OutputError, match="trial"):
        SimpleOutput()
    assert "simpleaudio" not in sys.modules


def test_simpleaudio_where_it_plays(tmp_path, monkeypatch):
    """Where a trial succeeds, each cue is one call, and an error ends its service."""
    (tmp_path / "simpleaudio.py").write_text(
        """
import threading
played, told = [], threading.Semaphore(0)
class Sound:
    def wait_done(self): pass
    def stop(self): played.append("stop"); told.release()
def play_buffer(data, channels, width, rate):
    played.append((data, channels, width, rate)); told.release()
    if channels == 1 and len(played) > 3: raise RuntimeError("no device")
    return Sound()
def stop_all(): pass
"""
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    output = SimpleOutput()
    library = sys.modules.pop("simpleaudio")
    output.play(Waiting(time.monotonic_ns(), "count", 70))
    assert library.told.acquire(timeout=10)
    assert library.played == [(render("count", 70).tobytes(), 1, 2, 44_100)]
    for keys in ((HALF,), ()):
        output.play(Speech(time.monotonic_ns(), keys, 70))
        assert library.told.acquire(timeout=10)
    assert library.played[1:] == [(render_speech((HALF,), 70).tobytes(), 1, 2, 44_100), "stop"]
    assert output.healthy(time.monotonic_ns())
    output.play(Waiting(time.monotonic_ns(), "count", 70))
    assert library.told.acquire(timeout=10)
    until(lambda: not output.healthy(time.monotonic_ns()))
    output.hush()
    output.close()


def test_winsound_plays_from_memory(monkeypatch):
    """On Windows each cue is given to the system's player as a WAV file in memory."""
    from trainer.cues.outputs.windows import WindowsOutput

    played, told = [], threading.Semaphore(0)

    def play_sound(sound, flags):
        played.append((sound[:4] if isinstance(sound, bytes) else sound, flags))
        told.release()

    fake = type(sys)("winsound")
    fake.PlaySound, fake.SND_MEMORY, fake.SND_NODEFAULT = play_sound, 4, 2
    fake.SND_FILENAME, fake.SND_ASYNC = 0x20000, 1
    monkeypatch.setitem(sys.modules, "winsound", fake)
    output = WindowsOutput()
    output.play(Waiting(time.monotonic_ns(), "count", 70))
    assert told.acquire(timeout=10)
    assert played == [(b"RIFF", 6)]
    assert output.healthy(time.monotonic_ns())
    output.hush()
    assert len(played) == 1
    output.play(Speech(time.monotonic_ns(), (HALF,), 70))
    assert told.acquire(timeout=10)
    (path, flags), file = played[1], output._folder.path / f"said-{HALF[-8:]}-70.wav"
    assert (path, flags) == (str(file), 0x20003)
    assert file.read_bytes() == wav_of(render_speech((HALF,), 70))
    output.play(Speech(time.monotonic_ns(), (), 70))
    assert told.acquire(timeout=10)
    output.hush()
    assert played[2:] == [(None, 0)] * 2
    output.close()
    assert played[4:] == [(None, 0)]
    assert not file.parent.exists()
