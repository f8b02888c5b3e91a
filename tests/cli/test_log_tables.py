"""`log` on a terminal, where there is room for tables; and the sessions that were withdrawn."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.past import Past
from trainer.cli import streams
from trainer.paths import Paths

HOSTILE = "[L] a [/b] c [/] \x1b]0;t\x07\x1b[2J \u202e \x9b31m"


@pytest.fixture
def past(folders: Paths) -> Past:
    past = Past(folders)
    past.add("s1", 0, name=HOSTILE, note="stiff")
    past.add("s2", 24, before=None, after=None)
    return past


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets the output be a terminal of so many columns, without colours."""

    def make(columns: int) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setattr(streams, "is_terminal", lambda _: True)

    return make


@pytest.mark.parametrize("columns", [70, 100, 200])
def test_sessions_in_a_table(cli: Any, past: Past, terminal: Any, columns: int) -> None:
    """On a terminal with room the list is a table: number, moment, name, what was done, pain before and after."""
    terminal(columns)
    status, out, err = cli("log")
    assert (status, err) == (0, "")
    assert max(map(len, out.splitlines())) <= columns
    assert [word in out.splitlines()[0] for word in ("When", "Session", "What", "Pain")] == [True] * 4
    assert "[L] a [/b] c [/]" in " ".join(out.split())
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "→" in out


def test_a_narrow_terminal_has_lines(cli: Any, past: Past, terminal: Any) -> None:
    """Where a table would not fit, the list is lines, as it is in a pipe."""
    terminal(69)
    assert "When" not in cli("log")[1]


def test_one_session_in_a_table(cli: Any, past: Past, terminal: Any) -> None:
    """One session has its sets and sides in a table, and all else as lines."""
    terminal(80)
    status, out, err = cli("log", "show", "1")
    assert (status, err) == (0, "")
    assert "What was done" in out
    assert "Each work" not in out
    assert "stiff" in out
    assert "\x1b" not in out


def test_what_was_withdrawn_is_listed(cli: Any, past: Past) -> None:
    """Sessions that count nowhere can be found again, by the ids that bring them back."""
    assert cli("log", "--withdrawn") == (0, "Nothing is withdrawn.\n", "")
    cli("log", "withdraw", "s2")
    status, out, err = cli("log", "--withdrawn")
    assert (status, err) == (0, "")
    assert "s2" in out
    assert [row["id"] for row in json.loads(cli("log", "--withdrawn", "--json")[1])] == ["s2"]
    cli("log", "withdraw", "s2", "--undo")
    assert json.loads(cli("log", "--withdrawn", "--json")[1]) == []


def test_withdrawn_goes_alone(cli: Any, past: Past) -> None:
    """What counts nowhere is not searched."""
    status, out, err = cli("log", "--withdrawn", "--find", "stiff")
    assert (status, out) == (2, "")
    assert "--withdrawn goes alone" in err
