"""`list`, `show` and `check`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Own = Callable[[str, str], Path]

HOSTILE = "[L] a [/b] c [/] \\u001b]0;t\\u0007\\u001b[2J \\u202e \\u009b31m"
EXERCISE = f"""\
id = "odd"
name = "{HOSTILE}"
kind = "mobility"
position = "standing"
purpose = "{HOSTILE}"
equipment = ["{HOSTILE}"]
[dose]
reps = 3
[cues]
move = ["{HOSTILE}"]
"""
ROUTINE = f"""\
id = "odd-one"
name = "{HOSTILE}"
purpose = "{HOSTILE}"
[[step]]
exercise = "odd"
"""


def _steers(text: str) -> bool:
    return any(char in text for char in "\x1b\x07\x9b\u202e")


def test_list(cli: Any) -> None:
    """`list` names every routine under its group, in the order of use."""
    status, out, err = cli("list")
    assert (status, err) == (0, "")
    headings = [line for line in out.splitlines() if line and line[0] != " "]
    assert headings == ["At the desk", "Before a workout", "Back", "Hips"]
    assert "desk-break" in out
    assert "1 min" in out


@pytest.mark.parametrize("columns", [20, 40, 59, 60, 80, 100])
@pytest.mark.parametrize("argv", [["list"], ["show", "lower-back-list"], ["show", "bird-dog"], ["care"]])
def test_fits_any_width(cli: Any, monkeypatch: pytest.MonkeyPatch, own: Own, argv: list[str], columns: int) -> None:
    """No line is wider than the terminal, whatever it holds."""
    own("exercises/odd.toml", EXERCISE.replace(HOSTILE, "長い名前" * 19))
    own("routines/odd-one.toml", ROUTINE.replace(HOSTILE, "長い名前" * 19))
    monkeypatch.setenv("COLUMNS", str(columns))
    from rich.cells import cell_len

    status, out, _ = cli(*argv)
    assert status == 0
    assert max(map(cell_len, out.splitlines())) <= columns


def test_list_json(cli: Any, own: Own) -> None:
    """`list --json` is valid JSON with what a program needs."""
    own("exercises/odd.toml", EXERCISE)
    own("routines/odd-one.toml", ROUTINE)
    status, out, _ = cli("list", "--json")
    values = json.loads(out)
    assert status == 0
    assert {one["id"]: one["own"] for one in values}["odd-one"] is True
    assert all(one["length_s"] > 0 for one in values)
    assert set(values[0]) == {
        "id", "name", "group", "purpose", "length_s", "positions", "equipment", "sources", "frequency", "own",
    }  # fmt: skip


def test_broken_own_file(cli: Any, own: Own) -> None:
    """A broken file is named with its place, what was found and what is allowed; the others are shown."""
    path = own("routines/bad.toml", 'id = "bad"\nname = "Bad"\npurpose = "x"\nrest_after_s = true\nstep = []\n')
    status, out, err = cli("list")
    assert status == 2
    assert "desk-break" in out
    assert str(path) in err
    assert "found" in err
    assert "allowed" in err
    status, out, _ = cli("list", "--json")
    assert status == 2
    assert json.loads(out)


@pytest.mark.parametrize(
    "argv", [["list"], ["show", "odd"], ["show", "odd-one"], ["list", "--json"], ["show", "odd", "--json"]]
)
def test_hostile_text_is_shown_as_text(cli: Any, own: Own, argv: list[str]) -> None:
    """Markup is text, and nothing in a file steers the terminal."""
    own("exercises/odd.toml", EXERCISE)
    own("routines/odd-one.toml", ROUTINE)
    status, out, err = cli(*argv)
    assert status == 0
    assert "[L] a [/b] c [/]" in out
    assert not _steers(out + err)


def test_show_exercise(cli: Any) -> None:
    """`show` of an exercise has its dose, the source of each figure, its cues, other forms and when to leave it out."""
    status, out, _ = cli("show", "childs-pose")
    assert status == 0
    for text in ("30 s hold", "20–30 s", "From Lower Back Corrective Exercises", "Set up", "Stop if", "Leave it out"):
        assert text in out
    assert "Easier: hip-extension" in cli("show", "bird-dog")[1]


def test_show_routine(cli: Any) -> None:
    """`show` of a routine has every step with the dose that holds in it."""
    status, out, _ = cli("show", "lower-back-list")
    assert status == 0
    assert "1. Bird dog (bird-dog)" in out
    assert "4 repetitions held 5 s each side, 2 sets" in out
    assert "Chosen by this program" in out


def test_every_value_can_be_shown(cli: Any) -> None:
    """Every routine and exercise that is shipped can be shown, as text and as JSON."""
    ids = [one["id"] for one in json.loads(cli("list", "--json")[1])]
    steps = [step["exercise"] for id in ids for step in json.loads(cli("show", id, "--json")[1])["step"]]
    for id in {*ids, *steps}:
        assert cli("show", id)[0] == 0
        assert json.loads(cli("show", id, "--json")[1])["id"] == id


def test_show_broken(cli: Any, own: Own) -> None:
    """A broken file is told as broken, never as missing."""
    path = own("exercises/odd.toml", EXERCISE.replace("reps = 3", "reps = 0"))
    status, out, err = cli("show", "odd")
    assert (status, out) == (2, "")
    assert f"{path}: dose.reps" in err


def test_check(cli: Any, own: Own) -> None:
    """`check` says what each file is, and what is wrong with it."""
    good = own("exercises/odd.toml", EXERCISE)
    routine = own("routines/odd-one.toml", ROUTINE)
    other = own("other.toml", EXERCISE)
    status, out, err = cli("check", str(good), str(routine), str(other))
    assert (status, err) == (0, "")
    assert out.splitlines()[:2] == [f"{good}: ok (exercise)", f"{routine}: ok (routine)"]
    assert "called odd.toml" in out.splitlines()[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = \n", "line 1, column 6"),
        (EXERCISE.replace("reps = 3", "reps = true"), "dose.reps: found true"),
        (EXERCISE.replace("standing", "\\u001b[2J"), "position"),
        (ROUTINE.replace('"odd"', '"nothing"'), "step 1.exercise"),
        ("\x1b = 1", "no valid TOML"),
        ('"\\u001b[2J" = 1', "unknown key"),
    ],
)
def test_check_finds(cli: Any, own: Own, text: str, said: str) -> None:
    """What is wrong is named with its place, and steers no terminal."""
    path = own("bad.toml", text)
    status, out, err = cli("check", str(path))
    assert status == 2
    assert out.startswith(f"{path}: ")
    assert said in out
    assert not _steers(out + err)


def test_check_what_is_no_file(cli: Any, tmp_path: Path) -> None:
    """A folder, a file that is not there and one in another encoding are told."""
    (tmp_path / "latin.toml").write_bytes(b'id = "\xff"')
    (tmp_path / "evil\x1b[2J.toml").write_text("id")
    files = [tmp_path, tmp_path / "none.toml", tmp_path / "latin.toml", tmp_path / "evil\x1b[2J.toml"]
    status, out, _ = cli("check", *map(str, files))
    assert status == 2
    assert len(out.splitlines()) == 4
    assert not _steers(out)
