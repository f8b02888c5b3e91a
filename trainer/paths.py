"""Where the person's files live."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

PERSON_VARIABLE = "TRAINER_PERSON"
DATA_DIR_VARIABLE = "TRAINER_DATA_DIR"
CONFIG_DIR_VARIABLE = "TRAINER_CONFIG_DIR"
PEOPLE = "people"
"""The folder of further people, in the data's and in the configuration's."""

_LONGEST = 40
# What Windows takes for a device, whatever follows.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
NAME_RULE = f"up to {_LONGEST} letters and digits, between them - and _"


def person(text: str) -> str | None:
    """A person's name as their folder bears it, in lower case; None where it cannot be one: see `NAME_RULE`."""
    import unicodedata

    name = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.strip()).casefold())
    # Vowel signs and the like belong to letters; many scripts have no word without them.
    word = "".join("-" if char in "-_" else "a" if char.isalnum() else unicodedata.category(char)[0] for char in name)
    fits = 0 < len(name) <= _LONGEST and not set(word) - {"a", "-", "M"} and word[0] == "a" and word[-1] != "-"
    return name if fits and unicodedata.normalize("NFKC", name) not in _DEVICES else None


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders and files; none of them need exist."""

    config: Path
    """Settings, and the person's own exercises and routines."""
    data: Path
    """The logbook, and the folders of further people."""
    known: bool = True
    """False where nothing says where the person's files live; the folders then lead nowhere."""
    person: str = ""
    """Whose logbook and settings are meant: a name as `person` gives it, empty for whom the machine belongs to."""

    @property
    def home(self) -> Path:
        """The folder of this person's logbook."""
        return self._own(self.data)

    @property
    def logbook(self) -> Path:
        """The logbook's file."""
        return self.home / "logbook.sqlite"

    @property
    def backups(self) -> Path:
        """The folder of the logbook's backups."""
        return self.home / "backups"

    @property
    def settings(self) -> Path:
        """The settings' file."""
        return self._own(self.config) / "settings.toml"

    def of(self, person: str) -> Paths:
        """The same folders, for another person."""
        return replace(self, person=person)

    def people(self) -> list[str]:
        """The names of further people, in their order."""
        try:
            # Some systems give a name back in another spelling of the same letters.
            names = {person(name) for name in os.listdir(self.data / PEOPLE)} - {None}
            return sorted(name for name in names if name and (self.data / PEOPLE / name).is_dir())
        except OSError:
            return []

    def _own(self, folder: Path) -> Path:
        return folder / PEOPLE / self.person if self.person else folder


def find(environment: Mapping[str, str], data_dir: str | None = None, config_dir: str | None = None) -> Paths:
    """The person's folders: by option, by environment variable, or where the system keeps such things."""
    data = data_dir or environment.get(DATA_DIR_VARIABLE)
    config = config_dir or environment.get(CONFIG_DIR_VARIABLE)
    import platformdirs

    try:
        paths = Paths(
            Path(config).expanduser() if config else platformdirs.user_config_path("trainer", appauthor=False),
            Path(data).expanduser() if data else platformdirs.user_data_path("trainer", appauthor=False),
        )
    except (RuntimeError, OSError, KeyError):
        return NOWHERE
    # Without a home folder the system's answer begins with a tilde that means nothing.
    return NOWHERE if any(path.parts[:1] == ("~",) for path in (paths.data, paths.config)) else paths


NOWHERE = Paths(Path(os.devnull) / "trainer", Path(os.devnull) / "trainer", known=False)
"""Nothing can be read or made below a device."""
HOMELESS = "no home folder is known, so there is no place for your files"
WAY_OUT = "Set HOME, or name the folders with --data-dir and --config-dir."
