"""What a machine with sound really plays, recorded in real time from the sound system's last step."""

import ctypes.util
import importlib.util
import shutil
import sys
import time
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from trainer.cues.mixer import RATE_HZ
from trainer.cues.player import Player
from trainer.cues.recordings import render_speech
from trainer.cues.script import AFTER_TONE_MS, HALF_WAY
from trainer.cues.speech import key_of

ALSA = Path("/usr/share/alsa/alsa.conf")
PACER = Path(__file__).with_name("pacer.py")
CONFIGURATION = """
<{alsa}>
pcm.!default {{ type plug slave {{ pcm {{ type file slave.pcm {{ type null }}
  file "| {python} -E -s -S {pacer} {recording} {signal}" format raw }} rate 44100 channels 1 format S16_LE }} }}
"""

if not sys.platform.startswith("linux"):
    pytest.skip("records through ALSA, which only Linux has", allow_module_level=True)
if not ALSA.exists() or ctypes.util.find_library("asound") is None:
    pytest.skip("needs Debian's libasound2 and libasound2-data", allow_module_level=True)


@pytest.fixture
def recording(tmp_path, monkeypatch, signal_pipe, silent_machine):
    """Makes ALSA's default device a file, written at the pace of a sound card."""
    path = tmp_path / "out.raw"
    configuration = tmp_path / "asound.conf"
    configuration.write_text(
        CONFIGURATION.format(alsa=ALSA, python=sys.executable, pacer=PACER, recording=path, signal=signal_pipe.path)
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(configuration))
    return path


@pytest.fixture
def player():
    player = Player(volume=100)
    yield player
    player.close()


def heard(path):
    data = path.read_bytes()
    return array("h", data[: len(data) // 2 * 2])


def sounds(samples, quiet_frames=RATE_HZ // 10):
    """The first and last frame of each sound that silence surrounds."""
    found = []
    for i, sample in enumerate(samples):
        if abs(sample) > 300:
            if found and i - found[-1][1] < quiet_frames:
                found[-1][1] = i
            else:
                found.append([i, i])
    return found


def pitch_hz(samples):
    """The frequency of a single tone, from where it crosses zero."""
    crossings = [i + a / (a - b) for i, (a, b) in enumerate(pairwise(samples)) if a < 0 <= b]
    return (len(crossings) - 1) / (crossings[-1] - crossings[0]) * RATE_HZ


@pytest.mark.skipif(importlib.util.find_spec("miniaudio") is None, reason="miniaudio is not installed")
def test_three_two_one_go(player, recording, signal_pipe):
    """Three, two, one, go is heard in pitch within 2 Hz and in time within 30 ms."""
    player.start()
    assert player.wait_settled(20)[:2] == ("ready", "miniaudio")
    signal_pipe.wait()
    first_ns = time.monotonic_ns() + 600_000_000
    for i, cue in enumerate(("count", "count", "count", "start")):
        player.play(cue, at_ns=first_ns + i * 10**9)
    signal_pipe.wait(420)
    found = sounds(heard(recording))
    pitches = [pitch_hz(heard(recording)[first:last]) for first, last in found]
    assert pitches == pytest.approx([660, 660, 660, 880], abs=2)
    intervals_ms = [1000 * (b[0] - a[0]) / RATE_HZ for a, b in pairwise(found)]
    assert intervals_ms == pytest.approx([1000] * 3, abs=30)


@pytest.mark.skipif(importlib.util.find_spec("miniaudio") is None, reason="miniaudio is not installed")
def test_a_phrase_is_said(player, recording, signal_pipe):
    """A phrase is heard as it was recorded, half a second after its tone; muting ends the next one."""
    said = render_speech((key_of(HALF_WAY),))
    player.start()
    assert player.wait_settled(20)[:2] == ("ready", "miniaudio")
    signal_pipe.wait()
    first_ns = time.monotonic_ns() + 600_000_000
    player.play("half_way", at_ns=first_ns)
    player.say([HALF_WAY], at_ns=first_ns + AFTER_TONE_MS * 1_000_000)
    told = 0
    while (begun := heard(recording).tobytes().find(said.tobytes())) < 0:
        told += len(signal_pipe.wait())
        assert told < 400
    ((tone, _), *_) = sounds(heard(recording))
    assert 1000 * (begun / 2 - tone) / RATE_HZ == pytest.approx(AFTER_TONE_MS, abs=30)
    second = len(heard(recording))
    player.say([HALF_WAY])
    while len(heard(recording)) < second + RATE_HZ // 3:
        signal_pipe.wait()
    player.muted = True
    ended = len(heard(recording))
    player.say([HALF_WAY])
    signal_pipe.wait(100)
    after = heard(recording)[second:]
    assert any(after[: ended - second])
    assert not any(after[ended - second + RATE_HZ // 2 :])
    assert said.tobytes() not in after.tobytes()


@pytest.mark.skipif(shutil.which("aplay") is None, reason="aplay is not installed (Debian's alsa-utils)")
def test_a_program_of_the_system_is_heard(player, recording, signal_pipe, tmp_path, monkeypatch):
    """Where no library plays, a program of the system does, at the right pitch, and says what is to be said."""
    (tmp_path / "miniaudio.py").write_text("raise ImportError('broken')")
    (tmp_path / "simpleaudio.py").write_text("raise ImportError('broken')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(Path(shutil.which("aplay")).parent))
    player.start()
    status = player.wait_settled(20)
    assert status.state == "ready"
    assert status.backend != "miniaudio"
    before = recording.stat().st_size
    player.play("start")
    long_enough = 2 * RATE_HZ * 4 // 10
    signal_pipe.until(lambda: recording.stat().st_size - before >= long_enough, lambda: player.play("start"))
    ((first, last),) = sounds(heard(recording))
    assert pitch_hz(heard(recording)[first:last]) == pytest.approx(880, abs=2)
    player.say([HALF_WAY])
    said = render_speech((key_of(HALF_WAY),)).tobytes()
    signal_pipe.until(lambda: said in heard(recording).tobytes(), lambda: player.say([HALF_WAY]))
