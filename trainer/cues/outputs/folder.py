"""A private folder of sounds for players that take files, removed at the end, or by a later run."""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from trainer.cues.mixer import wav_of
from trainer.cues.pending import Asked, Waiting
from trainer.cues.recordings import samples_of

PREFIX: Final = "trainer-cues-"


class Folder:
    """WAV files, each written when first asked for. Only this user can read or enter it. Raises OSError."""

    def __init__(self) -> None:
        if sys.platform != "win32":
            _sweep(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        _made.append(self)

    def file(self, asked: Asked) -> Path:
        """The file of a cue or of speech, at its volume."""
        # The digests of the phrases tell them apart; their words would make a name too long for some systems.
        name = asked.cue if isinstance(asked, Waiting) else "-".join(["said", *(key[-8:] for key in asked.keys)])
        path = self.path / f"{name}-{asked.volume}.wav"
        if not path.exists():
            path.write_bytes(wav_of(samples_of(asked)))
        return path

    def remove(self) -> None:
        """Remove the folder and all in it."""
        shutil.rmtree(self.path, ignore_errors=True)


_made: Final[list[Folder]] = []


def remove_all() -> None:
    """Remove every folder of this process, also of an output that is still being opened."""
    for folder in [*_made]:
        folder.remove()


def _sweep(parent: Path) -> None:
    """Remove the folders of processes that were killed before they could; others' cannot be removed."""
    for folder in parent.glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not folder.is_symlink() and not _alive(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass
    return True
