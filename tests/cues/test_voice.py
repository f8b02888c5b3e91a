"""The recordings that ship: each phrase that may be said has its own, there is none too many, and each can be heard."""

import re
import wave
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.cues.protocol import LONGEST_KEY, parse, say_line
from trainer.cues.recordings import fitted
from trainer.cues.script import AFTER_TONE_MS, is_spoken, phrases
from trainer.cues.speech import RECORDED_HZ, VOICE, key_of, recording_of, spoken
from trainer.guide.plan import GET_READY_S
from trainer.library.shelf import Library

EXERCISES, PROBLEMS = Library().exercises()
PHRASES = phrases(EXERCISES)
RECORDINGS = sorted(VOICE.iterdir())
RENDER = "docs/voice.py makes it"


def test_every_line_of_a_walk_is_recorded():
    """Whatever a shipped exercise says while the person walks has a recording of this very text."""
    assert not PROBLEMS
    assert [text for text in PHRASES if spoken(text) is None] == [], RENDER


def test_no_recording_is_left_over():
    """A recording of a text that is no more is gone, and nothing else lies beside them."""
    assert {path.name for path in RECORDINGS} == {recording_of(key_of(text)).name for text in PHRASES}, RENDER


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_a_recording_can_be_heard(path):
    """A recording has the form that the mixer takes, half a second to eight, loud enough and below clipping."""
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (RECORDED_HZ, 2, 1)
        samples = array("h", file.readframes(file.getnframes()))
    assert path.stat().st_size == 44 + 2 * len(samples)
    assert 0.5 <= len(samples) / RECORDED_HZ <= 8
    assert 8_000 < max(map(abs, samples)) < 32_000
    power = (sum(sample * sample for sample in samples) / len(samples)) ** 0.5
    assert 3_000 < power < 12_000
    quiet = RECORDED_HZ // 10
    assert max(map(abs, samples[:quiet])) > 300, "silence at its beginning"
    assert max(map(abs, samples[-quiet:])) > 300, "silence at its end"


@pytest.mark.parametrize("exercise", [one for one in EXERCISES if is_spoken(one)], ids=lambda one: one.id)
def test_what_is_said_while_getting_ready_is_over_in_time(exercise):
    """The lines of the set-up are said to their end before the work begins."""
    keys = [key_of(text) for text in exercise.cues.set_up]
    room_ns = (GET_READY_S[exercise.position] * 1000 - AFTER_TONE_MS) * 1_000_000
    speech = parse(say_line(keys, 1, 1 + room_ns, 70))
    assert list(fitted(speech, 0).keys) == keys


@given(st.text(max_size=300))
def test_a_key_is_a_name(text):
    """Of any text a key is a plain file name, always the same, and can be sent to the child."""
    key = key_of(text)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", key)
    assert len(key) <= LONGEST_KEY
    assert key == key_of(text)
    assert parse(say_line([key], 1, 0, 70)).keys == (key,)


@pytest.mark.parametrize(
    ("one", "other"), [("Half way.", "Half way"), ("Half way.", "half way."), ("Go ↑", "Go ↓"), ("a" * 300, "a" * 299)]
)
def test_texts_that_differ_have_other_recordings(one, other):
    """A text reworded by as little as a full stop is another one: its recording has to be made anew."""
    assert key_of(one) != key_of(other)


def test_spoken_finds_a_recording(tmp_path):
    """A recording is found by its text in any folder, so that others can be kept elsewhere."""
    assert spoken("Go on.", tmp_path) is None
    path = tmp_path / f"{key_of('Go on.')}.wav"
    path.touch()
    assert spoken("Go on.", tmp_path) == path
    assert Path(VOICE).is_dir()
