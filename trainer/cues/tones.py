"""The sounds of the coach, as pure data.

No two share both rhythm and pitch, so that each is told apart with the eyes shut.

| cue           | when                             | what it sounds like                               |
|---------------|----------------------------------|---------------------------------------------------|
| `get_ready`   | a step is about to begin         | two calm notes, rising                            |
| `count`       | three, two, one                  | one short beep, the same each time                |
| `start`       | go                               | one long beep, higher than the count              |
| `half_way`    | half of the time has passed      | two quick equal notes                             |
| `change_side` | turn to the other side           | three notes: high, low, high                      |
| `repetition`  | a repetition begins, the way out | one short note, middle pitch                      |
| `back`        | the way back of a repetition     | one short note, lower than the way out            |
| `hold`        | a repetition reached its hold    | a tick, then a longer note of the same high pitch |
| `breath_in`   | breathe in                       | three soft notes that melt into each other, rising|
| `breath_out`  | breathe out                      | the same notes, falling                           |
| `next_part`   | another exercise follows         | three quick notes, a rising chord                 |
| `rest`        | a rest begins                    | two slow notes, falling                           |
| `paused`      | the session is paused            | two short low notes                               |
| `resumed`     | the session goes on              | the two low notes, then a higher one              |
| `finished`    | the session is over              | four notes up a chord, the last one long          |
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

Cue = Literal[
    "get_ready",
    "count",
    "start",
    "half_way",
    "change_side",
    "repetition",
    "back",
    "hold",
    "breath_in",
    "breath_out",
    "next_part",
    "rest",
    "paused",
    "resumed",
    "finished",
]
"""The name of a sound."""


class Tone(NamedTuple):
    """One sine tone of a sound. Times count from the beginning of the sound."""

    start_ms: int
    length_ms: int
    """From the first to the last audible moment, both fades included."""
    hz: float
    gain: float
    """Peak amplitude at volume 100, of a full scale of 1."""
    fade_in_ms: int = 8
    """Shorter than 5 ms clicks."""
    fade_out_ms: int = 40
    """Shorter than 10 ms clicks."""


def _breath(*pitches_hz: float) -> tuple[Tone, ...]:
    """Soft notes, each fading in while the one before fades out."""
    return tuple(Tone(170 * i, 300, hz, 0.36, 120, 170) for i, hz in enumerate(pitches_hz))


SOUNDS: Mapping[Cue, tuple[Tone, ...]] = MappingProxyType(
    {
        "get_ready": (Tone(0, 180, 392.0, 0.5), Tone(200, 260, 523.25, 0.5, 8, 120)),
        "count": (Tone(0, 130, 660.0, 0.6),),
        "start": (Tone(0, 450, 880.0, 0.6, 8, 200),),
        "half_way": (Tone(0, 90, 587.33, 0.55), Tone(150, 90, 587.33, 0.55)),
        "change_side": (
            Tone(0, 120, 659.26, 0.55),
            Tone(150, 120, 440.0, 0.55),
            Tone(300, 180, 659.26, 0.55, 8, 80),
        ),
        "repetition": (Tone(0, 100, 523.25, 0.5),),
        "back": (Tone(0, 100, 392.0, 0.5),),
        "hold": (Tone(0, 60, 783.99, 0.45, 8, 20), Tone(110, 240, 783.99, 0.45, 8, 120)),
        "breath_in": _breath(349.23, 440.0, 554.37),
        "breath_out": _breath(554.37, 440.0, 349.23),
        "next_part": (
            Tone(0, 100, 523.25, 0.5),
            Tone(120, 100, 659.26, 0.5),
            Tone(240, 220, 783.99, 0.5, 8, 120),
        ),
        "rest": (Tone(0, 240, 659.26, 0.45, 8, 100), Tone(280, 380, 440.0, 0.5, 8, 200)),
        "paused": (Tone(0, 110, 329.63, 0.6), Tone(170, 110, 329.63, 0.6)),
        "resumed": (
            Tone(0, 110, 329.63, 0.6),
            Tone(170, 110, 329.63, 0.6),
            Tone(340, 200, 493.88, 0.55, 8, 100),
        ),
        "finished": (
            Tone(0, 130, 523.25, 0.5),
            Tone(150, 130, 659.26, 0.5),
            Tone(300, 130, 783.99, 0.5),
            Tone(450, 650, 1046.5, 0.5, 8, 400),
        ),
    }
)
"""Every cue and the tones that it is made of."""


def length_ms(cue: Cue) -> int:
    """How long a cue sounds, in milliseconds."""
    return max(tone.start_ms + tone.length_ms for tone in SOUNDS[cue])
