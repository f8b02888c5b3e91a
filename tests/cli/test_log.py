"""`log`: looking back."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from sessions.facts import draft
from sessions.logbook import Logbook
from sessions.records import ExercisePlanned, Note, PainRated, SessionBegun, SessionEnded, Stamp, WorkDone
from trainer.paths import Paths

HOSTILE = "[L] a [/b] c [/] \x1b]0;t\x07\x1b[2J \u202e \x9b31m"
NOON_MS = 1_772_366_400_000


@pytest.fixture
def logbook(folders: Paths) -> Path:
    """A logbook with a session whose texts are hostile."""
    session = "0190a000-0000-7000-8000-000000000001"
    bodies = (
        SessionBegun("odd", HOSTILE, "x", (ExercisePlanned(0, "odd", HOSTILE, "3 repetitions", 2),), 5),
        PainRated("before", 3),
        WorkDone(1, 0, "odd", HOSTILE, 1, 2, "left", "done", 1, 20_000, 20_000, 5, 5),
        WorkDone(3, 0, "odd", HOSTILE, 2, 2, "left", "cut_short", 1, 20_000, 12_000, 5, 3),
        PainRated("after_exercise", 4, 0, "odd", HOSTILE),
        PainRated("after", 2),
        Note(f"first\n{HOSTILE}"),
        SessionEnded("stopped", "", 50_000, 0),
    )
    with Logbook.open(folders.logbook, random=os.urandom) as one:
        for number, body in enumerate(bodies):
            one.append(draft(session, body, Stamp(NOON_MS + number, 60, "Europe/Berlin"), os.urandom))
    return folders.logbook


def test_no_sessions(cli: Any, folders: Paths) -> None:
    """Without a logbook there are no sessions yet, and none is made."""
    assert cli("log") == (0, "No sessions yet.\n", "")
    assert json.loads(cli("log", "--json")[1]) == []
    assert not folders.data.exists()


def test_latest(cli: Any, logbook: Path) -> None:
    """The list has local date and time, name, length, what was done, and pain before and after."""
    status, out, err = cli("log")
    assert (status, err) == (0, "")
    assert out.startswith("1  2026-03-01 13:00 [L] a [/b] c [/]")
    assert "50 s, 1 of 2 done, 1 cut short, stopped early, pain 3 → 2" in out


def test_one(cli: Any, logbook: Path) -> None:
    """One session shows each work, rating and note."""
    status, out, err = cli("log", "1")
    assert (status, err) == (0, "")
    assert "Before: pain 3 of 10" in out
    joined = " ".join(out.split())
    assert "1 of 2 done; cut short: 3 of 5 repetitions. Pain 4 of 10" in joined
    assert "(set 2 of 2, left side): cut short, 3 of 5" in joined
    assert "  first\n  [L] a" in out


def test_by_id(cli: Any, logbook: Path) -> None:
    """A session can be named by its id."""
    id = json.loads(cli("log", "--json")[1])[0]["id"]
    assert json.loads(cli("log", id, "--json")[1])["row"]["id"] == id
    assert cli("log", id)[0] == 0


@pytest.mark.parametrize("columns", ["80", "40"])
@pytest.mark.parametrize("argv", [["log"], ["log", "1"], ["log", "--json"], ["log", "1", "--json"]])
def test_hostile_text(cli: Any, logbook: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str], columns: str) -> None:
    """Whatever is in the logbook, it steers no terminal and fits its width."""
    monkeypatch.setenv("COLUMNS", columns)
    status, out, err = cli(*argv)
    assert status == 0
    assert not any(char in out + err for char in "\x1b\x07\x9b\u202e")
    assert "--json" in argv or max(map(len, out.splitlines())) <= int(columns)


@pytest.mark.parametrize("id", ["2", "0", "no-such", "\x1b[2J", "9" * 200])
def test_no_such_session(cli: Any, logbook: Path, id: str) -> None:
    """A session that is not there is bad input."""
    status, out, err = cli("log", id)
    assert (status, out) == (2, "")
    assert "no session" in err
    assert "\x1b" not in err


@pytest.mark.parametrize("content", [b"", b"no logbook", b"SQLite format 3\x00" + bytes(100)])
def test_what_is_no_logbook(cli: Any, folders: Paths, content: bytes) -> None:
    """A file that is no logbook is told with its path and left as it is."""
    folders.data.mkdir()
    folders.logbook.write_bytes(content)
    status, out, err = cli("log")
    assert (status, out) == (1, "")
    assert str(folders.logbook) in err
    assert folders.logbook.read_bytes() == content
