"""Fixed phrases, and the recording that belongs to each. Recordings are made ahead of time, by `docs/voice.py`.

A recording is found by a key that depends on its text alone: words to be recognised by, and a digest so that no
other text, however alike, has the same.
"""

import re
from pathlib import Path
from typing import Final

VOICE: Final = Path(__file__).parent / "voice"
"""The recordings that ship: WAV files of 16 bits, one channel, `RECORDED_HZ`."""
RECORDED_HZ: Final = 22_050
WORDS: Final = 30
"""The most characters of a key's words."""


def key_of(text: str) -> str:
    """The key of a text: lower-case letters, digits and hyphens, at most 39 characters."""
    from sessions.digest import sha256_hex  # the child never needs it

    words = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if len(words) > WORDS:
        words = words[:WORDS].rpartition("-")[0] or words[:WORDS]
    return f"{words}-{sha256_hex(text.encode('utf-8', 'replace'))[:8]}".lstrip("-")


def recording_of(key: str, folder: Path = VOICE) -> Path:
    """Where the recording of a key lies, if there is one. The key has been checked: it is a name, never a path."""
    return folder / f"{key}.wav"


def spoken(text: str, folder: Path = VOICE) -> Path | None:
    """The recording of a text, None where it was not recorded."""
    path = recording_of(key_of(text), folder)
    return path if path.is_file() else None
