"""What the person prefers, in a TOML file of their own."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, structs

from trainer.breaks.settings import Breaks
from trainer.figures.styles import Wanted
from trainer.library.reader import read


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The preferences, each with what holds until the person says otherwise."""

    theme: Annotated[str, Meta(min_length=1, max_length=80)] = "trainer-dark"
    sound: bool = True
    volume: Annotated[int, Meta(ge=0, le=100)] = 70
    """0 to 100."""
    speech: bool = True
    """Whether a walk's cues are spoken."""
    motion: Literal["full", "reduced"] = "full"
    """Reduced: nothing flashes and nothing slides."""
    figures: Wanted = "auto"
    """How moving figures are drawn; `auto` as the terminal can, `none` not at all."""
    pain_limit: Annotated[int, Meta(ge=1, le=5)] = 5
    """From this rating on an easier form or a stop is offered (5: `lasting`; lower by choice)."""
    weaker_side: Literal["left", "right"] | None = None
    """The side that the person last called the weaker; not in the file where there is none."""
    care_shown: bool = False
    """Whether the notes on care were shown once."""
    day_starts_h: Annotated[int, Meta(ge=0, le=23)] = 0
    """The hour at which a day starts, 0 to 23: what is done before it belongs to the day before."""
    breaks: Breaks = Breaks()
    """When breaks come, and what they offer."""
    sync_folder: Annotated[str, Meta(min_length=1, max_length=1000)] | None = None
    """A folder that other machines share, synced with at start and end; not in the file where there is none."""


def load(path: Path) -> Settings:
    """The settings in the file, or the usual ones where there is no file.

    Raises `LibraryError`, naming file, key, what was found and what is allowed.
    """
    if not os.path.lexists(path):
        return Settings()
    return read(path, Settings)


def save(path: Path, settings: Settings, **changes: Any) -> Settings:
    """Write `changes` into the file, keeping its comments and all else, and return the settings with them.

    The file is replaced whole or not at all. Raises OSError where it cannot be read or written, ValueError where
    what stands in it is no TOML: the person may still want it.
    """
    import tomlkit

    changed = structs.replace(settings, **changes)
    path = Path(os.path.realpath(path))  # a link that the person made stays one
    try:
        document = tomlkit.parse(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        document = tomlkit.document()
    for key, value in changes.items():
        if value is None:
            document.pop(key, None)
        else:
            document[key] = value
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(tomlkit.dumps(document), "utf-8")
        with contextlib.suppress(FileNotFoundError):
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return changed
