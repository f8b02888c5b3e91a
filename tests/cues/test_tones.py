"""Each sound as data: its pitches, lengths, peaks and fades, measured in its samples."""

import cmath
import math
from itertools import combinations, pairwise
from typing import get_args

import pytest

from trainer.cues.mixer import FULL_SCALE, RATE_HZ, frames_of, render
from trainer.cues.tones import SOUNDS, Cue, Tone, length_ms

CUES = get_args(Cue)
EVERY_TONE = [pytest.param(cue, tone, id=f"{cue}-{i}") for cue in CUES for i, tone in enumerate(SOUNDS[cue])]


def strength(samples, hz):
    """How much of a frequency is in the samples (one bin of a Fourier transform, at any frequency)."""
    turn = -2j * math.pi * hz / RATE_HZ
    return abs(sum(sample * cmath.exp(turn * i) for i, sample in enumerate(samples)))


def alone(tone: Tone, cue):
    """The samples of a tone where no other tone of its cue sounds."""
    begin, end = tone.start_ms, tone.start_ms + tone.length_ms
    for other in SOUNDS[cue]:
        if other.start_ms > tone.start_ms:
            end = min(end, other.start_ms)
        elif other.start_ms < tone.start_ms:
            begin = max(begin, other.start_ms + other.length_ms)
    return render(cue)[frames_of(begin) : frames_of(end)]


def test_every_cue_has_a_sound():
    """Every name of the `Cue` type has a sound, and no other name has one."""
    assert set(SOUNDS) == set(CUES)


@pytest.mark.parametrize(("cue", "tone"), EVERY_TONE)
def test_pitch(cue, tone):
    """Each tone has its frequency: a neighbour 2 Hz off is weaker."""
    samples = alone(tone, cue)
    if len(samples) < frames_of(30):
        pytest.skip("melts into its neighbours; measured as part of the melody")
    at = strength(samples, tone.hz)
    assert at > strength(samples, tone.hz - 2)
    assert at > strength(samples, tone.hz + 2)


@pytest.mark.parametrize(("cue", "ascends"), [("breath_in", True), ("breath_out", False)])
def test_breath_melody(cue, ascends):
    """Breathing in is heard rising, breathing out falling."""
    hz = [tone.hz for tone in SOUNDS[cue]]
    third = len(render(cue)) // 3
    heard = [max(hz, key=lambda one: strength(render(cue)[i * third : (i + 1) * third], one)) for i in range(3)]
    assert heard == sorted(hz, reverse=not ascends)


@pytest.mark.parametrize("cue", CUES)
def test_length(cue):
    """A cue lasts as long as it says, to the sample, and sounds to the end."""
    samples = render(cue)
    assert abs(len(samples) - frames_of(length_ms(cue))) <= 1
    assert any(abs(sample) > 5 for sample in samples[-frames_of(10) :])


@pytest.mark.parametrize("cue", CUES)
def test_short(cue):
    """A cue is over before the next second is counted, but for the end of the session."""
    assert length_ms(cue) <= (1100 if cue == "finished" else 700)


@pytest.mark.parametrize("cue", CUES)
def test_peak(cue):
    """No sound is faint, and none comes near clipping, at full volume."""
    assert 0.3 <= max(map(abs, render(cue))) / FULL_SCALE <= 0.8


@pytest.mark.parametrize("cue", CUES)
def test_fades(cue):
    """Every tone fades in for 5 ms or more and out for 10 ms or more, so that none clicks."""
    for tone in SOUNDS[cue]:
        assert tone.fade_in_ms >= 5
        assert tone.fade_out_ms >= 10
        assert tone.fade_in_ms + tone.fade_out_ms <= tone.length_ms


@pytest.mark.parametrize("cue", CUES)
def test_no_click(cue):
    """No two neighbouring samples differ by more than the steepest slope of the tones, from silence to silence."""
    samples = [0, *render(cue), 0]
    steepest = sum(2 * math.pi * tone.hz / RATE_HZ * tone.gain for tone in SOUNDS[cue]) * FULL_SCALE
    loudest = max(2 * math.pi * tone.hz / RATE_HZ * tone.gain for tone in SOUNDS[cue]) * FULL_SCALE
    bound = steepest if cue.startswith("breath") else loudest
    assert max(abs(b - a) for a, b in pairwise(samples)) <= bound * 1.05 + 2
    assert abs(samples[1]) < 40
    assert abs(samples[-2]) < 40


@pytest.mark.parametrize(("one", "other"), combinations(CUES, 2))
def test_all_differ(one, other):
    """Two cues differ in rhythm, or in pitch by three semitones or more, or in the order of their pitches."""

    def heard(cue):
        return [(tone.start_ms, tone.hz) for tone in SOUNDS[cue]]

    a, b = heard(one), heard(other)
    if len(a) != len(b):
        return
    apart = max(abs(12 * math.log2(y[1] / x[1])) for x, y in zip(a, b, strict=True))
    rhythm = max(abs(y[0] - x[0]) for x, y in zip(a, b, strict=True))
    assert apart >= 3 or rhythm >= 40
