from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sessions import Logbook, LogbookError, LogbookUnwritable, Note, schema

NEW_COLUMN = ("DROP TABLE note", "CREATE TABLE note (id, session, utc_ms, text, corrected, more)")
STEPS = {1: NEW_COLUMN, 2: ("INSERT INTO meta VALUES ('migrated', 'yes')",)}


@pytest.fixture
def old(path: Path, pen: Any) -> Path:
    with Logbook.open(path, random=pen.random) as logbook:
        for number in range(3):
            logbook.append(pen.draft(Note(f"note {number}")))
    return path


def update(monkeypatch: pytest.MonkeyPatch, steps: dict[int, tuple[str, ...]], target: int = 3) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", steps)
    monkeypatch.setattr(schema, "SCHEMA", target)


def test_every_form_has_a_step() -> None:
    """There is a step from every older form to the next."""
    assert set(schema.MIGRATIONS) == set(range(1, schema.SCHEMA))


def test_brought_up_to_date(old: Path, pen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older logbook is brought up to date by every step, and its read tables made anew."""
    update(monkeypatch, STEPS)
    with Logbook.open(old, random=pen.random) as logbook:
        connection = logbook._connection
        assert connection is not None
        assert schema.version(connection) == 3
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (3,)
        assert connection.execute("SELECT value FROM meta WHERE key = 'migrated'").fetchone() == ("yes",)
        logbook.append(pen.draft(Note("more")))
        assert logbook.health().ok
    with Logbook.open(old, random=pen.random) as logbook:
        assert len(list(logbook.facts())) == 4


@pytest.mark.parametrize("step", ["SELECT nothing", "INSERT INTO meta VALUES ('device', 'x')"])
def test_step_that_fails(old: Path, pen: Any, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A step that fails leaves the file as it was, byte for byte."""
    before = old.read_bytes()
    with monkeypatch.context() as patched:
        update(patched, {1: NEW_COLUMN, 2: (step,)})
        with pytest.raises(LogbookError):
            Logbook.open(old, random=pen.random)
    assert old.read_bytes() == before
    with Logbook.open(old, random=pen.random) as logbook:
        assert logbook.health().ok


def test_second_process_does_nothing(old: Path) -> None:
    """Who comes second to bring a logbook up to date finds it done."""
    connection = sqlite3.connect(old, isolation_level=None)
    try:
        assert schema.migrate(connection, STEPS, 3)
        assert not schema.migrate(connection, STEPS, 3)
    finally:
        connection.close()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_killed_half_way(old: Path, pen: Any, hand: Callable[..., Any]) -> None:
    """Killed half way, the file is found in its old form with all that was in it."""
    child = hand("die_migrating", old)
    child.communicate()
    assert child.returncode < 0
    with Logbook.open(old, random=pen.random) as logbook:
        connection = logbook._connection
        assert connection is not None
        assert schema.version(connection) == 1
        assert len(list(logbook.facts())) == 3
        assert connection.execute("SELECT * FROM meta").description[-1][0] == "value"
        logbook.append(pen.draft(Note("still writable")))
        assert logbook.health().ok


def test_read_only(old: Path, pen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An older logbook that may only be read cannot be brought up to date, and says what to do."""
    update(monkeypatch, STEPS)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(LogbookUnwritable, match="older form"):
        Logbook.open(old, random=pen.random)
