"""Records the phrases that the coach says aloud: `python docs/voice.py [--again]`, for maintainers.

A walk's cues are spoken, from recordings that ship. This makes those that are missing and removes those of texts that
are no more; with `--again` it makes all of them anew. It needs the program espeak-ng, which the coach itself does not.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
import tempfile
import wave
from array import array
from pathlib import Path

from trainer.cues.script import phrases
from trainer.cues.speech import RECORDED_HZ, VOICE, key_of, recording_of
from trainer.library.shelf import Library

SPEAKER = ("espeak-ng", "-v", "en-gb", "-s", "150")
"""British English, 150 words a minute: slower than its own pace, for ears that are also in traffic."""
QUIET = 300
"""What is fainter than this, of 32,767, is silence at the ends."""
MARGIN_FRAMES = RECORDED_HZ // 20
LOUDNESS = 0.2
"""The mean power of a phrase, of a full scale of 1: nearer to that of the tones than speech is by itself."""
PEAK = 0.85


def speak(text: str) -> array[int]:
    """The samples of a text. Raises OSError or CalledProcessError where it cannot be spoken."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "said.wav")  # what espeak-ng writes to its output has a false length
        subprocess.run([*SPEAKER, "-w", file, "--", text], check=True)
        with wave.open(str(file)) as said:
            form = said.getframerate(), said.getsampwidth(), said.getnchannels()
            assert form == (RECORDED_HZ, 2, 1), form
            samples = array("h", said.readframes(said.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def mastered(samples: array[int]) -> array[int]:
    """A phrase without the silence around it, as loud as the others, its few high peaks rounded off."""
    loud = [i for i, sample in enumerate(samples) if abs(sample) > QUIET]
    cut = samples[max(0, loud[0] - MARGIN_FRAMES) : loud[-1] + MARGIN_FRAMES]
    power = math.sqrt(sum(sample * sample for sample in cut) / len(cut))
    # Rounding takes some of the power; what is left comes within a decibel or two of the same for every phrase.
    gain = LOUDNESS / PEAK / power * 1.2
    return array("h", [round(32_767 * PEAK * math.tanh(gain * sample)) for sample in cut])


def save(samples: array[int], path: Path) -> None:
    """Write a recording."""
    if sys.byteorder == "big":
        samples.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RECORDED_HZ)
        file.writeframes(samples.tobytes())


def main(*, again: bool) -> int:
    """Make the recordings what the library says. Returns the exit status."""
    exercises, problems = Library().exercises()
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    wanted = {recording_of(key_of(text)): text for text in phrases(exercises)}
    missing = {path: text for path, text in wanted.items() if again or not path.exists()}
    if missing and shutil.which(SPEAKER[0]) is None:
        print(f"{SPEAKER[0]} is needed and was not found", file=sys.stderr)
        return 1
    VOICE.mkdir(exist_ok=True)
    for path, text in missing.items():
        save(mastered(speak(text)), path)
        print(f"recorded {path.name}: {text}")
    for path in sorted(set(VOICE.iterdir()) - set(wanted)):
        path.unlink()
        print(f"removed {path.name}")
    size_kb = sum(path.stat().st_size for path in wanted) / 1000
    print(f"{len(wanted)} recordings, {size_kb:,.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(again="--again" in sys.argv[1:]))
