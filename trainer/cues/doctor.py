"""What `trainer doctor` says of sound: what is there, plays and can be said. No sound library is imported here."""

import importlib.util
import shutil
import sys
from typing import Final, NamedTuple

from trainer.cues.player import Player
from trainer.cues.speech import VOICE
from trainer.cues.status import Status

LIBRARIES: Final = ("miniaudio", "simpleaudio")
PROGRAMS: Final = ("pw-play", "paplay", "aplay", "afplay")


class Report(NamedTuple):
    """What was found on this machine."""

    libraries: tuple[str, ...]
    """The sound libraries that are installed, whether or not they play."""
    programs: tuple[str, ...]
    """The system's players that were found, whether or not they play; full paths, or `winsound`."""
    status: Status
    """What the child process says plays; `starting` where it had not said so in time."""
    recordings: int
    """How many recorded phrases came with the program; they can be said where anything plays."""


def probe(timeout_s: float = 3.0) -> Report:
    """Look for ways to play a sound, and wait up to `timeout_s` for what plays. Plays nothing audible."""
    player = Player()
    player.start()
    try:
        libraries = tuple(name for name in LIBRARIES if importlib.util.find_spec(name) is not None)
        programs = tuple(path for name in PROGRAMS if (path := shutil.which(name)))
        if sys.platform == "win32":
            programs = ("winsound",)
        recordings = sum(1 for _ in VOICE.glob("*.wav"))
        return Report(libraries, programs, player.wait_settled(timeout_s), recordings)
    finally:
        player.close()
