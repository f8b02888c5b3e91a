"""Recorded phrases as samples. Only the child process reads them, and only once something is to be said."""

import sys
from array import array
from functools import lru_cache
from itertools import pairwise
from typing import Final

from trainer.cues.mixer import RATE_HZ, frames_of, loudness, render
from trainer.cues.pending import Asked, Speech, Waiting
from trainer.cues.speech import RECORDED_HZ, recording_of

GAP_FRAMES: Final = frames_of(350)
"""Silence between two phrases that follow each other."""
LONGEST_S: Final = 20
"""No phrase is as long as this: memory stays bounded, whatever the file holds."""

assert RATE_HZ == 2 * RECORDED_HZ


@lru_cache(maxsize=8)
def recorded(key: str) -> "array[int]":
    """A recording as it was made. Empty where there is none that can be used: the screen shows the words anyway."""
    import wave

    samples = array("h")
    try:
        with wave.open(str(recording_of(key)), "rb") as file:
            if (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (RECORDED_HZ, 2, 1):
                samples.frombytes(file.readframes(min(file.getnframes(), LONGEST_S * RECORDED_HZ)))
    except (OSError, EOFError, ValueError, wave.Error):
        return array("h")
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def fitted(speech: Speech, now_ns: int) -> Speech:
    """The speech without the phrases that have no recording, and without those that would not be over in time."""
    if not speech.keys:
        return speech
    room = None
    if speech.until_ns:
        room = (speech.until_ns - max(speech.deadline_ns, now_ns)) * RATE_HZ // 1_000_000_000
    kept: list[str] = []
    length = 0
    for key in speech.keys:
        if not (frames := 2 * len(recorded(key))):
            continue
        length += frames + (GAP_FRAMES if kept else 0)
        if room is not None and length > room:
            break
        kept.append(key)
    return speech._replace(keys=tuple(kept))


@lru_cache(maxsize=4)
def render_speech(keys: tuple[str, ...], volume: int = 100) -> "array[int]":
    """The samples of phrases one after the other, at a volume from 0 to 100, as the mixer wants them.

    They are shared: read them, never change them.
    """
    said = array("h")
    for key in keys:
        if said:
            said.frombytes(bytes(2 * GAP_FRAMES))
        said.extend(_twice_as_many([round(sample * loudness(volume)) for sample in recorded(key)]))
    return said


def samples_of(asked: Asked) -> "array[int]":
    """The samples of what was asked for. They are shared: read them, never change them."""
    if isinstance(asked, Waiting):
        return render(asked.cue, asked.volume)
    return render_speech(asked.keys, asked.volume)


def _twice_as_many(samples: list[int]) -> "array[int]":
    """Samples at twice the rate: between any two stands their mean."""
    out = array("h", bytes(4 * len(samples)))
    out[::2] = array("h", samples)
    out[1::2] = array("h", [(one + other) // 2 for one, other in pairwise([*samples, 0])])
    return out
