"""From tones to samples, in virtual time: no clock, no device, the same bytes on every machine.

Samples are 16 bits, signed, in the machine's byte order, one channel, 44,100 a second.
"""

import math
import struct
import sys
from array import array
from collections.abc import Sequence
from functools import lru_cache
from operator import add
from typing import Final, NamedTuple

from trainer.cues.tones import SOUNDS, Cue, Tone

RATE_HZ: Final = 44_100
"""Samples a second."""
FULL_SCALE: Final = 32_767
DUCKED: Final = 0.4
"""What is left of speech while a tone sounds: both are understood, and together stay below full scale."""
DUCK_FRAMES: Final = RATE_HZ // 200
"""Speech becomes quieter and louder within 5 ms, at the ends of the tone."""
HUSH_FRAMES: Final = RATE_HZ // 100
"""What sounds when everything is hushed fades for 10 ms, since a cut clicks."""


def frames_of(length_ms: float) -> int:
    """How many samples a length in milliseconds takes."""
    return round(length_ms * RATE_HZ / 1000)


def loudness(volume: int) -> float:
    """The factor for a volume from 0 to 100; squared, so that equal steps of volume sound about equal."""
    return (max(0, min(100, volume)) / 100) ** 2


def _tone(tone: Tone) -> list[float]:
    frames = frames_of(tone.length_ms)
    step = 2 * math.pi * tone.hz / RATE_HZ
    wave = [tone.gain * math.sin(step * i) for i in range(frames)]
    fade_in, fade_out = frames_of(tone.fade_in_ms), frames_of(tone.fade_out_ms)
    for i in range(min(fade_in, frames)):
        wave[i] *= 0.5 - 0.5 * math.cos(math.pi * i / fade_in)
    for i in range(min(fade_out, frames)):
        wave[-1 - i] *= 0.5 - 0.5 * math.cos(math.pi * i / fade_out)
    return wave


@lru_cache(maxsize=len(SOUNDS))
def _waves(cue: Cue) -> tuple[float, ...]:
    tones = SOUNDS[cue]
    mixed = [0.0] * max(frames_of(tone.start_ms) + frames_of(tone.length_ms) for tone in tones)
    for tone in tones:
        start = frames_of(tone.start_ms)
        for i, sample in enumerate(_tone(tone), start):
            mixed[i] += sample
    return tuple(mixed)


@lru_cache(maxsize=4 * len(SOUNDS))
def render(cue: Cue, volume: int = 100) -> "array[int]":
    """The samples of a cue at a volume from 0 to 100. They are shared: read them, never change them.

    Raises KeyError for a name that is no cue.
    """
    scale = FULL_SCALE * loudness(volume)
    return array("h", [round(max(-1.0, min(1.0, sample)) * scale) for sample in _waves(cue)])


def wav_of(samples: "array[int]") -> bytes:
    """Samples as the content of a WAV file."""
    data = array("h", samples)
    if sys.byteorder == "big":
        data.byteswap()
    body = data.tobytes()
    form = struct.pack("<HHIIHH", 1, 1, RATE_HZ, 2 * RATE_HZ, 2, 16)
    return b"".join(
        (
            b"RIFF" + struct.pack("<I", 36 + len(body)) + b"WAVE",
            b"fmt " + struct.pack("<I", len(form)) + form,
            b"data" + struct.pack("<I", len(body)) + body,
        )
    )


def wav_bytes(cue: Cue, volume: int = 100) -> bytes:
    """A cue at a volume from 0 to 100 as the content of a WAV file. Raises KeyError for no cue."""
    return wav_of(render(cue, volume))


class _Voice(NamedTuple):
    start: int
    samples: "array[int]"
    speech: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.samples)

    def until(self, frame: int) -> "_Voice":
        """The same voice, faded out within 10 ms from `frame` on."""
        if frame >= self.end:
            return self
        kept = max(0, frame - self.start)
        tail = self.samples[kept : kept + HUSH_FRAMES] if kept else array("h")
        return self._replace(samples=self.samples[:kept] + _faded(tail))

    def ducks(self, first: int, speech: "list[int]") -> None:
        """Make speech that begins at the frame `first` quieter where this tone sounds."""
        last = len(self.samples) - 1
        for i in range(max(self.start, first) - self.start, min(self.end, first + len(speech)) - self.start):
            depth = min(i, last - i, DUCK_FRAMES) / DUCK_FRAMES
            at = self.start + i - first
            speech[at] = round(speech[at] * (1 - (1 - DUCKED) * depth))


def _faded(samples: "array[int]") -> "array[int]":
    return array("h", [round(sample * (1 - i / HUSH_FRAMES)) for i, sample in enumerate(samples)])


class Mixer:
    """Adds cues and speech together on one endless line of samples, which is read from its beginning, once."""

    def __init__(self) -> None:
        self._position = 0
        self._voices: list[_Voice] = []

    @property
    def position(self) -> int:
        """The number of the frame that is read next."""
        return self._position

    @property
    def idle(self) -> bool:
        """Whether nothing sounds and nothing is to come."""
        return not self._voices

    def add(self, cue: Cue, at_frame: int, volume: int) -> None:
        """Let a cue begin at a frame; at the next one, where that one is past. Raises KeyError for no cue."""
        self._voices.append(_Voice(max(at_frame, self._position), render(cue, volume)))

    def say(self, samples: "array[int]", at_frame: int) -> None:
        """Let speech begin at a frame, or at the next one, in the place of what is being said; none ends that."""
        start = max(at_frame, self._position)
        voices = [voice.until(start) if voice.speech else voice for voice in self._voices]
        self._voices = [voice for voice in [*voices, _Voice(start, samples, speech=True)] if voice.samples]

    def read(self, frames: int) -> bytes:
        """The next frames. What exceeds full scale is held there."""
        begin, end = self._position, self._position + frames
        heard = [voice for voice in self._voices if voice.start < end]
        mixed = [0] * frames
        for voice in heard:
            first, last = max(begin, voice.start), min(end, voice.end)
            part: Sequence[int] = voice.samples[first - voice.start : last - voice.start]
            if voice.speech:
                part = self._ducked(part, first)
            mixed[first - begin : last - begin] = map(add, mixed[first - begin : last - begin], part)
        if len(heard) > 1:
            mixed = [max(-FULL_SCALE, min(FULL_SCALE, sample)) for sample in mixed]
        self._position = end
        self._voices = [voice for voice in self._voices if voice.end > end]
        return array("h", mixed).tobytes() if heard else bytes(2 * frames)

    def hush(self) -> None:
        """Fade what sounds within 10 ms and forget what is to come."""
        begin = self._position
        tail = array("h")
        tail.frombytes(self.read(HUSH_FRAMES))
        self._position = begin
        faded = _faded(tail)
        self._voices = [_Voice(begin, faded)] if any(faded) else []

    def _ducked(self, speech: Sequence[int], first: int) -> Sequence[int]:
        tones = [voice for voice in self._voices if not voice.speech]
        if not any(tone.start < first + len(speech) and tone.end > first for tone in tones):
            return speech
        ducked = [*speech]
        for tone in tones:
            tone.ducks(first, ducked)
        return ducked
