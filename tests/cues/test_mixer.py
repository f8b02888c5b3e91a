"""The mixer in virtual time, sample for sample."""

import io
import wave
from array import array
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.cues.mixer import FULL_SCALE, HUSH_FRAMES, RATE_HZ, Mixer, render, wav_bytes
from trainer.cues.tones import Cue

CUES = st.sampled_from(get_args(Cue))
ADDED = st.lists(st.tuples(CUES, st.integers(0, 20_000), st.integers(0, 100)), max_size=6)


def samples(data):
    return array("h", data)


@given(ADDED, st.lists(st.integers(0, 3000), max_size=30))
def test_any_chunks_give_the_same_samples(added, chunks):
    """However it is read, a mix is the same."""
    whole, parts = Mixer(), Mixer()
    for mixer in (whole, parts):
        for cue, at_frame, volume in added:
            mixer.add(cue, at_frame, volume)
    assert b"".join(map(parts.read, chunks)) == whole.read(sum(chunks))


def test_a_cue_sounds_at_its_frame():
    """A cue begins at its frame, whole, with silence before and after."""
    mixer = Mixer()
    mixer.add("count", 1000, 70)
    beep = list(render("count", 70))
    heard = list(samples(mixer.read(20_000)))
    assert heard == [0] * 1000 + beep + [0] * (20_000 - 1000 - len(beep))
    assert mixer.idle


def test_a_cue_for_the_past_begins_at_once():
    """A cue whose frame has been read begins at the next frame."""
    mixer = Mixer()
    mixer.read(500)
    mixer.add("count", 100, 100)
    assert samples(mixer.read(200)) == render("count")[:200]


def test_overlaps_add_and_saturate():
    """Cues add up, and hold at full scale instead of wrapping around."""
    mixer = Mixer()
    for _ in range(3):
        mixer.add("start", 0, 100)
    expected = [max(-FULL_SCALE, min(FULL_SCALE, 3 * sample)) for sample in render("start")]
    assert FULL_SCALE in expected
    assert list(samples(mixer.read(len(expected)))) == expected


def test_hush_fades():
    """What sounds is gone within 10 ms, without a step, and nothing comes after."""
    mixer = Mixer()
    mixer.add("start", 0, 100)
    mixer.add("count", 30_000, 100)
    before = samples(mixer.read(5000))
    mixer.hush()
    after = samples(mixer.read(40_000))
    assert not any(after[HUSH_FRAMES:])
    assert max(map(abs, after)) <= max(map(abs, before))
    assert max(abs(b - a) for a, b in pairwise(after)) < 3000
    assert mixer.idle


def test_hush_of_silence():
    """Hushing silence leaves silence."""
    mixer = Mixer()
    mixer.hush()
    assert mixer.idle


def test_volume():
    """Volume 0 is silence, half the volume is a quarter of the amplitude, and nothing is louder than 100."""
    assert not any(render("start", 0))
    full, half = max(render("start", 100)), max(render("start", 50))
    assert half == pytest.approx(full / 4, abs=1)
    assert render("start", 500) == render("start", 100)


def test_rendered_once():
    """A cue is rendered once for a volume, since a device's callback has no time for it."""
    assert render("start", 31) is render("start", 31)


def test_no_such_cue():
    """An unknown name is an error here, not a silence."""
    with pytest.raises(KeyError):
        Mixer().add("fanfare", 0, 70)


def test_wav():
    """A WAV file holds the samples of the cue, in the form that every player reads."""
    with wave.open(io.BytesIO(wav_bytes("start", 70))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE_HZ)
        assert samples(file.readframes(file.getnframes())) == render("start", 70)
