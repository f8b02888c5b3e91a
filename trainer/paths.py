"""Where the person's files live."""

from __future__ import annotations

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
    if data and config:
        return Paths(Path(config).expanduser(), Path(data).expanduser())
    import platformdirs

    return Paths(
        Path(config).expanduser() if config else platformdirs.user_config_path("trainer", appauthor=False),
        Path(data).expanduser() if data else platformdirs.user_data_path("trainer", appauthor=False),
    )
