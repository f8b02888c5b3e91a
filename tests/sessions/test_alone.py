"""The logbook stands alone: no screen, no coach, and the facts without a database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import sessions


def loaded_by(statement: str) -> set[str]:
    """Return the names of all modules that a statement loads in a fresh Python."""
    environment = os.environ | {"PYTHONPATH": str(Path(sessions.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{statement}\nprint(*sys.modules)"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_knows_nothing_of_the_rooms_above() -> None:
    """Everything that the logbook exports loads neither the coach nor a screen."""
    names = loaded_by("import sessions\nfor name in sessions._HOME: getattr(sessions, name)")
    assert not names & {"trainer", "textual", "rich", "hashlib", "asyncio", "importlib.metadata"}


@pytest.mark.parametrize("statement", ["import sessions", "from sessions import WorkDone", "import sessions.review"])
def test_facts_without_a_database(statement: str) -> None:
    """The facts and the review are had without SQLite, threads, the clock's or random modules."""
    names = loaded_by(statement)
    assert not names & {"sqlite3", "_sqlite3", "threading", "random", "secrets", "sessions.logbook"}


def test_exports() -> None:
    """Every name that the package offers is there, and an unknown one is an ordinary mistake."""
    for name in sessions._HOME:
        assert getattr(sessions, name) is not None
        assert name in dir(sessions)
    with pytest.raises(AttributeError, match="nothing"):
        _ = sessions.nothing


def test_no_clock_no_chance() -> None:
    """No file of the package asks for the time, chance or the surroundings by itself."""
    for file in Path(sessions.__file__).parent.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        for word in ("urandom", "time.time", ".now(", ".today(", "environ", "import random", "import time", "getenv"):
            assert word not in text.replace("as `os.urandom` does", ""), (file.name, word)
