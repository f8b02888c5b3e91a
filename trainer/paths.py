"""Where the person's files live."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DATA_DIR_VARIABLE = "TRAINER_DATA_DIR"
CONFIG_DIR_VARIABLE = "TRAINER_CONFIG_DIR"


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders and files; none of them need exist."""

    config: Path
    """Settings, and the person's own exercises and routines."""
    data: Path
    """The logbook."""
    known: bool = True
    """False where nothing says where the person's files live; the folders then lead nowhere."""

    @property
    def logbook(self) -> Path:
        """The logbook's file."""
        return self.data / "logbook.sqlite"

    @property
    def settings(self) -> Path:
        """The settings' file."""
        return self.config / "settings.toml"


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
