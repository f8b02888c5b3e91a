"""What comes along when the guide's process imports this room."""

import subprocess
import sys

import pytest

FORBIDDEN = {"miniaudio", "simpleaudio", "winsound", "textual", "rich", "trainer.cues.outputs"}


def modules_after(code):
    code += "\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    return set(done.stdout.split())


def test_the_player_comes_alone():
    """The player brings no sound library, no screen library, and nothing heavy."""
    found = modules_after("import trainer.cues.player, trainer.cues.tones")
    assert not found & (FORBIDDEN | {"subprocess", "json", "asyncio", "inspect", "wave"})


@pytest.mark.parametrize(
    "code",
    [
        "from trainer.cues.doctor import probe; probe(10)",
        "from trainer.cues.player import Player; p = Player(); p.start(); p.wait_settled(10); p.play('count')",
        "from trainer.cues.player import Player; p = Player(); p.start(); p.wait_settled(10); p.say(['Half way.'])",
    ],
)
def test_playing_brings_no_sound_library(silent_machine, code):
    """Nor does playing, speaking, or looking for what plays: only the child imports them, and reads recordings."""
    assert not modules_after(code) & (FORBIDDEN | {"wave", "trainer.cues.mixer", "trainer.cues.recordings"})


def test_the_child_reads_recordings_only_when_it_speaks():
    """What plays tones alone loads nothing that reads a WAV file, nor what makes digests."""
    assert not modules_after("import trainer.cues.server, trainer.cues.outputs.stream") & {"wave", "hashlib"}


def test_doctor_tells_what_is_there(silent_machine):
    """The doctor names what was found and what plays, and why nothing does."""
    from trainer.cues.doctor import probe

    report = probe(20)
    assert report.status.state == "silent"
    assert "miniaudio" in report.status.detail
    for path in report.programs:
        assert path.rpartition("/")[2] in report.status.detail
