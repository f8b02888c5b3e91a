"""`trainer due` at once: where it looks, what it says, and when the whole program is asked instead."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import NOON_MS
from trainer import paths
from trainer.breaks import due
from trainer.cli.promptly import _folders, quickly

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere trainer.paths is asked itself")
ROOT = Path(__file__).parents[2]
ENVIRONMENTS = {
    "home alone": {"HOME": "/h/me"},
    "home with a slash": {"HOME": "/h/me/"},
    "home at the root": {"HOME": "/"},
    "home relative": {"HOME": "me"},
    "home empty": {"HOME": ""},
    "home missing": {},
    "XDG": {"HOME": "/h/me", "XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "/c"},
    "XDG with slashes": {"HOME": "/h/me", "XDG_DATA_HOME": "/d/", "XDG_CONFIG_HOME": "/c//"},
    "XDG of data alone": {"HOME": "/h/me", "XDG_DATA_HOME": "/d"},
    "XDG empty": {"HOME": "/h/me", "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""},
    "XDG blank": {"HOME": "/h/me", "XDG_DATA_HOME": "  ", "XDG_CONFIG_HOME": "\t"},
    "XDG with blanks": {"HOME": "/h/me", "XDG_DATA_HOME": " /d ", "XDG_CONFIG_HOME": "/c "},
    "XDG relative": {"HOME": "/h/me", "XDG_DATA_HOME": "d", "XDG_CONFIG_HOME": "./c"},
    "XDG with a tilde": {"HOME": "/h/me", "XDG_DATA_HOME": "~/d", "XDG_CONFIG_HOME": "~/c"},
    "XDG without home": {"XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "/c"},
    "own": {"HOME": "/h/me", "TRAINER_DATA_DIR": "/d", "TRAINER_CONFIG_DIR": "/c"},
    "own with slashes": {"HOME": "/h/me", "TRAINER_DATA_DIR": "/d/", "TRAINER_CONFIG_DIR": "/c/"},
    "own relative": {"HOME": "/h/me", "TRAINER_DATA_DIR": "d", "TRAINER_CONFIG_DIR": "../c"},
    "own with a tilde": {"HOME": "/h/me", "TRAINER_DATA_DIR": "~/d", "TRAINER_CONFIG_DIR": "~"},
    "own of nobody": {"HOME": "/h/me", "TRAINER_DATA_DIR": "~no-such-user-here/d", "TRAINER_CONFIG_DIR": "/c"},
    "own empty": {"HOME": "/h/me", "TRAINER_DATA_DIR": "", "TRAINER_CONFIG_DIR": ""},
    "own of data alone": {"HOME": "/h/me", "TRAINER_DATA_DIR": "/d"},
    "own before XDG": {"HOME": "/h", "XDG_DATA_HOME": "/x", "TRAINER_DATA_DIR": "/d", "XDG_CONFIG_HOME": "/y"},
    "own without home": {"TRAINER_DATA_DIR": "/d", "TRAINER_CONFIG_DIR": "/c"},
}


@linux
@pytest.mark.parametrize("environ", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_it_looks_where_the_program_does(monkeypatch, environ):
    """Whatever the variables say, the folders are those that `trainer.paths` finds."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TRAINER_DATA_DIR", "TRAINER_CONFIG_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    found = paths.find(environ)
    folders = _folders(environ)
    if not found.known:
        assert folders is None
    else:
        assert folders is not None
        assert tuple(map(Path, folders)) == (found.config, found.data)


@pytest.fixture
def kept(folders, monkeypatch):
    """A file that says that a break is due, in folders of one's own."""
    folders.data.mkdir()
    environ = {"TRAINER_DATA_DIR": str(folders.data), "TRAINER_CONFIG_DIR": str(folders.config)}

    def keep(kind="due", name="Desk break"):
        marks = due.mark(str(folders.settings), str(folders.logbook), environ)
        due.write(str(folders.data), marks, [(0, kind, NOON_MS, 0, "desk-break", name, "13:00")], 1 << 52)
        return environ

    return keep


@pytest.mark.parametrize(("kind", "status", "line"), [("due", 10, "Break due: Desk break\n"), ("off", 0, "Next break")])
def test_the_answer_and_its_status(kept, capsys, kind, status, line):
    """10 where a break is due, and 0 where none is."""
    environ = kept(kind)
    assert quickly(["due"], environ) == status
    assert capsys.readouterr().out.startswith(line)
    assert quickly(["due", "--json"], environ) == status
    assert capsys.readouterr().out.startswith('{"due": ' + ("true" if status else "false"))


@pytest.mark.parametrize(
    "arguments",
    [[], ["due", "--help"], ["due", "x"], ["due", "--data-dir", "/x"], ["--json", "due"], ["due", "--json", "--json"]],
)
def test_anything_else_is_the_whole_programs(kept, capsys, arguments):
    """It says nothing, so that options and slips are seen to as everywhere."""
    assert quickly(arguments, kept()) is None
    assert capsys.readouterr().out == ""


def test_another_person_is_the_whole_programs(kept):
    """Whose logbook is meant takes more than a look."""
    assert quickly(["due"], {**kept(), "TRAINER_PERSON": "anna"}) is None
    assert quickly(["due"], {**kept(), "TRAINER_PERSON": ""}) == 10


def test_after_a_change_it_says_nothing(kept, folders):
    """The settings were written since."""
    environ = kept()
    folders.settings.parent.mkdir(exist_ok=True)
    folders.settings.write_text("volume = 3\n")
    assert quickly(["due"], environ) is None


def program(environ, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "trainer", *arguments],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", **environ}, capture_output=True, timeout=60,
    )  # fmt: skip


def test_an_output_that_takes_no_such_letters_gets_others(kept):
    """A name beyond what the terminal knows is no fault of the program."""
    done = program({**kept(name="Désk ☕"), "PYTHONIOENCODING": "ascii"}, "due")
    assert b"Traceback" not in done.stderr
    assert b"fault" not in done.stderr
    assert done.returncode in (0, 10)


def test_it_loads_next_to_nothing(kept):
    """Neither the parser of options nor anything that reads a logbook or settings."""
    code = "import sys; from trainer.__main__ import main; main(['due']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"PATH": "/usr/bin:/bin", **kept()}, capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    line, modules = done.stdout.splitlines()
    assert line == "Break due: Desk break"
    heavy = {"argparse", "msgspec", "sqlite3", "json", "re", "platformdirs", "pathlib", "sessions", "trainer.text"}
    assert not heavy & (set(modules.split()) - set(_usual()))


def _usual():
    done = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return done.stdout.split()
