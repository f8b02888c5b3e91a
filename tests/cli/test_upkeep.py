"""What happens to the logbook by itself at each start and end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from sessions import Logbook, Note, Stamp, draft
from sessions.exchange.syncing import sync
from sessions.safety.backups import backups
from trainer.cli.upkeep import at_the_end
from trainer.paths import Paths
from trainer.settings import Settings

NOW_MS = 1_772_366_400_000
DAY_MS = 86_400_000


@pytest.fixture
def logbook(folders: Paths) -> Any:
    with Logbook.open(folders.logbook, random=os.urandom) as opened:
        yield opened


def note(logbook: Logbook, text: str) -> str:
    return logbook.append(draft("s1", Note(text), Stamp(NOW_MS, 60, ""), os.urandom)).sha256


def test_a_backup_a_day(folders: Paths, logbook: Logbook) -> None:
    """The first end of a day on which something came to be makes a backup, and the others do not."""
    note(logbook, "a")
    for at_ms in (NOW_MS, NOW_MS + 1000):
        at_the_end(folders, Settings(), logbook, at_ms=at_ms)
        assert len(backups(folders.backups)) == 1
    at_the_end(folders, Settings(), logbook, at_ms=NOW_MS + DAY_MS)
    assert len(backups(folders.backups)) == 1, "nothing came to be since"
    note(logbook, "b")
    at_the_end(folders, Settings(), logbook, at_ms=NOW_MS + 2 * DAY_MS)
    first, second = sorted(backups(folders.backups), key=lambda one: one.at_ms)
    found = Logbook.open_existing(second.path)
    assert found is not None
    with found:
        assert len(list(found.facts())) == 2
    assert first.path.stat().st_mode & 0o777 == 0o600
    assert folders.backups.stat().st_mode & 0o777 == 0o700


def test_a_year_of_days_leaves_few(folders: Paths, logbook: Logbook) -> None:
    """Backups are thinned as new ones are proven: two days whole, then one a day, a week, a month."""
    for day in range(0, 120, 2):
        note(logbook, str(day))
        at_the_end(folders, Settings(), logbook, at_ms=NOW_MS + day * DAY_MS)
    assert 8 <= len(backups(folders.backups)) <= 30


def test_a_damaged_logbook_keeps_its_backups(folders: Paths, logbook: Logbook, capsys: Any) -> None:
    """Where a copy does not prove itself, that is said, and no backup goes."""
    note(logbook, "whole")
    at_the_end(folders, Settings(), logbook, at_ms=NOW_MS)
    note(logbook, "x" * 40)
    content = folders.logbook.read_bytes()
    folders.logbook.write_bytes(content.replace(b"x" * 40, b"y" * 40))
    at_the_end(folders, Settings(), logbook, at_ms=NOW_MS + 3 * DAY_MS)
    assert len(backups(folders.backups)) == 1
    assert "No backup was made" in capsys.readouterr().err


def test_synced_at_the_end(tmp_path: Path, folders: Paths, logbook: Logbook, capsys: Any) -> None:
    """With a folder kept, the end syncs; a folder that is not there is told of and ends nothing."""
    shared = tmp_path / "shared"
    shared.mkdir()
    settings = Settings(sync_folder=str(shared))
    here = note(logbook, "here")
    with Logbook.open(tmp_path / "other" / "logbook.sqlite", random=os.urandom) as other:
        there = note(other, "there")
        sync(other, shared, random=os.urandom)
        at_the_end(folders, settings, logbook, at_ms=NOW_MS)
        assert {fact.sha256 for fact in logbook.facts()} == {here, there}
        assert sync(other, shared, random=os.urandom).took == 1
    assert capsys.readouterr().err == ""
    at_the_end(folders, Settings(sync_folder=str(tmp_path / "none")), logbook, at_ms=NOW_MS)
    assert "Not synced: There is no folder" in capsys.readouterr().err
