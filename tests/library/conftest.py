"""Files of a library, written for one test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

EXERCISE = """\
id = "{id}"
name = "{name}"
kind = "strength"
position = "standing"
purpose = "Any."
{more}
[dose]
{dose}
[cues]
"""
ROUTINE = """\
id = "{id}"
name = "{name}"
purpose = "Any."
[[step]]
exercise = "{exercise}"
{more}
"""


@pytest.fixture
def exercise_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes an exercise into a folder, `plank` into the test's own where nothing else is said."""

    def write(
        id: str = "plank", root: Path = tmp_path, *, dose: str = "hold_s = 20", more: str = "", name: str = "Any"
    ) -> Path:
        return _written(root / "exercises" / f"{id}.toml", EXERCISE.format(id=id, name=name, more=more, dose=dose))

    return write


@pytest.fixture
def routine_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a routine of one exercise into a folder."""

    def write(
        id: str = "day", root: Path = tmp_path, *, exercise: str = "plank", more: str = "", name: str = "Any"
    ) -> Path:
        return _written(
            root / "routines" / f"{id}.toml", ROUTINE.format(id=id, name=name, exercise=exercise, more=more)
        )

    return write


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path
