"""`breaks install` and `uninstall`, as a person does it, with commands that stand in for the system's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.breaks.install.machine import SESSIONLESS, Machine, tree
from trainer.cli import asking
from trainer.cli.breaks import installing, timer
from trainer.paths import Paths, find
from trainer.settings import load

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the commands that stand in are shell scripts")

OFFICE = '[breaks.hours]\nmon = ["09:00-12:30", "13:30-17:30"]\n'
SYSTEMS = ["linux", "darwin", "win32"]
UNITS = {"linux": ".config/systemd/user", "darwin": "Library/LaunchAgents", "win32": "AppData/Local/trainer-breaks"}


PROGRAM = timer.program
"""What it is outside the tests."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, on Linux, in which the usual folders are meant, and a program that runs anywhere."""
    made = tmp_path / "home"
    made.mkdir()
    monkeypatch.setenv("HOME", str(made))
    for name in ("TRAINER_DATA_DIR", "TRAINER_CONFIG_DIR", "TRAINER_PERSON", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for kind in ("CONFIG", "DATA", "STATE", "CACHE", "RUNTIME"):
        monkeypatch.delenv(f"XDG_{kind}_HOME", raising=False)
    monkeypatch.setattr(timer, "system", lambda: "linux")
    monkeypatch.setattr(timer, "program", lambda: ("/usr/bin/env",))
    monkeypatch.setattr(installing, "program", lambda: ("/usr/bin/env", "true"))
    return made


@pytest.fixture
def machine(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path / "machine", home / UNITS["linux"], monkeypatch)


@pytest.fixture
def paths() -> Paths:
    """The person's folders, with working hours in the settings."""
    found = find({})
    found.settings.parent.mkdir(parents=True)
    found.settings.write_text(OFFICE)
    return found


def answered(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr(asking, "can_ask", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: answer)


def units(home: Path, system: str = "linux") -> list[str]:
    return tree(home / UNITS[system])


@pytest.mark.parametrize("system", SYSTEMS)
def test_there_and_back(
    system: str, cli: Any, machine: Machine, home: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It shows what it writes and runs, does it, knows it again, and takes all of it away."""
    monkeypatch.setattr(timer, "system", lambda: system)
    status, out, err = cli("breaks", "install", "--yes")
    assert (status, err) == (0, "")
    assert "It would write " in out
    assert "It would run:\n  " in out
    assert "The timer is on: trainer-breaks" in out
    assert units(home, system)
    assert timer.timer(paths, load(paths.settings).breaks)[0] is True
    assert all(line in out for line in machine.calls() if "/Query" not in line)  # which only looks

    status, out, err = cli("breaks", "install")
    assert (status, err) == (0, "")
    assert out.startswith("The timer is on, and is what the settings say")

    status, out, err = cli("breaks", "uninstall", "--yes")
    assert (status, err) == (0, "")
    assert out.splitlines()[-1].startswith("The timer is off and gone: trainer-breaks")
    assert len(out.partition("Removed:\n")[2].splitlines()) == (4 if system == "linux" else 2)
    assert units(home, system) == []
    assert not machine.on.exists()
    assert cli("breaks", "uninstall") == (
        0,
        "There is no timer of these breaks here, so there is nothing to take away.\n",
        "",
    )


def test_print(cli: Any, machine: Machine, home: Path, paths: Paths) -> None:
    """It shows each line that it would write, and writes and runs nothing."""
    before = tree(home)
    status, out, err = cli("breaks", "install", "--print")
    assert (status, err) == (0, "")
    assert f"It would write {home}/.config/systemd/user/trainer-breaks.timer:\n" in out
    assert "  OnCalendar=Mon *-*-* 09..11,14..16:00/5:00\n" in out
    assert "  ExecStart=/usr/bin/env breaks remind\n" in out
    assert out.endswith(
        "It would run:\n  systemctl --user daemon-reload\n"
        "  systemctl --user enable trainer-breaks.timer\n  systemctl --user restart trainer-breaks.timer\n"
    )
    assert tree(home) == before
    assert machine.calls() == []


@pytest.mark.parametrize("answer", ["", "n", "no", "what"])
def test_not_agreed(
    answer: str, cli: Any, machine: Machine, home: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever does not say yes has nothing written, and nothing removed."""
    answered(monkeypatch, answer)
    status, out, _ = cli("breaks", "install")
    assert (status, out.splitlines()[-1]) == (1, "Nothing was written.")
    assert units(home) == []
    cli("breaks", "install", "--yes")
    before = tree(home)
    status, out, _ = cli("breaks", "uninstall")
    assert (status, out.splitlines()[-1]) == (1, "Nothing was removed.")
    assert tree(home) == before


def test_agreed(cli: Any, machine: Machine, home: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever says yes has it done."""
    answered(monkeypatch, "Y")
    assert cli("breaks", "install")[0] == 0
    assert units(home)
    assert cli("breaks", "uninstall")[0] == 0
    assert units(home) == []


def test_nobody_to_ask(cli: Any, machine: Machine, home: Path, paths: Paths) -> None:
    """Without a terminal and without --yes nothing is done."""
    status, _, err = cli("breaks", "install")
    assert status == 2
    assert "no terminal on which to ask\n--yes asks nothing; --print only shows." in err
    cli("breaks", "install", "--yes")
    status, _, err = cli("breaks", "uninstall")
    assert (status, "--yes asks nothing." in err) == (2, True)
    assert units(home)


@pytest.mark.parametrize("option", ["--print", "--yes"])
@pytest.mark.parametrize("text", [None, "", "[breaks]\nevery_min = 30\n", "[breaks.hours]\nmon = []\n"])
def test_no_hours(option: str, text: str | None, cli: Any, machine: Machine, home: Path, paths: Paths) -> None:
    """Without working hours it says what to write and where, and that can be read back."""
    paths.settings.unlink()
    if text is not None:
        paths.settings.write_text(text)
    status, out, err = cli("breaks", "install", option)
    assert (status, out) == (2, "")
    assert "no working hours are set" in err
    assert str(paths.settings) in err
    assert machine.calls() == []
    sample = "\n".join(line.strip() for line in err.splitlines() if line.startswith("  "))
    paths.settings.write_text(sample)
    assert cli("breaks", "install", "--yes")[0] == 0


def test_fixed_times_alone(cli: Any, machine: Machine, home: Path, paths: Paths) -> None:
    """Fixed times need no hours."""
    paths.settings.write_text('[breaks]\nevery_min = 0\n[[breaks.at]]\ntime = "15:00"\n')
    status, out, _ = cli("breaks", "install", "--yes")
    assert status == 0
    assert "  OnCalendar=*-*-* 15:00..15/5:00\n" in out


def test_settings_that_cannot_be_read(cli: Any, machine: Machine, home: Path, paths: Paths) -> None:
    """A fault in the settings is told of as ever; taking the timer away needs no settings."""
    cli("breaks", "install", "--yes")
    paths.settings.write_text('[breaks.hours]\nmon = ["9-12"]\n')
    status, _, err = cli("breaks", "install", "--yes")
    assert (status, "settings.toml:2" in err) == (2, True)
    assert cli("breaks", "uninstall", "--yes")[0] == 0
    assert units(home) == []


def test_no_session(cli: Any, machine: Machine, home: Path, paths: Paths) -> None:
    """Where the person has no systemd of their own that is said, with what helps instead, and nothing stays."""
    machine.fails("daemon-reload")
    before = tree(home)
    status, _, err = cli("breaks", "install", "--yes")
    assert status == 1
    flat = " ".join(err.split())
    assert f"systemctl --user daemon-reload did not work: {SESSIONLESS}" in flat
    assert "What it had written was taken back." in flat
    assert "trainer breaks reminds while it is open" in flat
    assert tree(home) == before


def test_not_ours(cli: Any, machine: Machine, home: Path, paths: Paths) -> None:
    """A file of that name that somebody else wrote stays as it is."""
    there = home / UNITS["linux"] / "trainer-breaks.timer"
    there.parent.mkdir(parents=True)
    there.write_text("[Timer]\nOnCalendar=daily\n")
    status, _, err = cli("breaks", "install", "--yes")
    assert (status, f"{there} is there, and was not written by trainer" in err) == (1, True)
    status, out, _ = cli("breaks", "uninstall", "--yes")
    assert status == 0
    assert "and stays." in " ".join(out.split())
    assert there.read_text() == "[Timer]\nOnCalendar=daily\n"
    assert machine.calls() == []


def test_changed_settings(cli: Any, machine: Machine, home: Path, paths: Paths) -> None:
    """After a change of the hours the timer is out of date, which is seen, and can be put right."""
    cli("breaks", "install", "--yes")
    paths.settings.write_text('[breaks.hours]\nmon = ["10:00-11:00"]\n')
    good, said = timer.timer(paths, load(paths.settings).breaks)
    assert (good, "out of date" in said) == (False, True)
    status, out, _ = cli("breaks", "install", "--yes")
    assert status == 0
    assert "It would write anew " in out
    assert timer.timer(paths, load(paths.settings).breaks)[0] is True
    paths.settings.write_text("")
    good, said = timer.timer(paths, load(paths.settings).breaks)
    assert (good, "no working hours" in said) == (False, True)


def test_switched_off_elsewhere(cli: Any, machine: Machine, home: Path, paths: Paths) -> None:
    """A timer that is there and off is switched on again."""
    cli("breaks", "install", "--yes")
    machine.on.unlink()
    status, out, _ = cli("breaks", "install", "--yes")
    assert status == 0
    assert "What it writes is there already:" in out
    assert machine.on.exists()


def test_folders_and_people(cli: Any, machine: Machine, home: Path, paths: Paths, tmp_path: Path) -> None:
    """Each person and each folder has a timer of its own, told of them; one goes without the other."""
    cli("people", "add", "anna")
    find({}).of("anna").settings.parent.mkdir(parents=True)
    find({}).of("anna").settings.write_text(OFFICE)
    assert cli("breaks", "install", "--yes")[0] == 0
    assert cli("breaks", "install", "--yes", "--person", "anna")[0] == 0
    data = tmp_path / "100% my data"
    status, out, _ = cli("--data-dir", str(data), "breaks", "install", "--yes")
    assert status == 0
    assert out.endswith(f"  trainer --data-dir '{data}' breaks uninstall\n")
    commands = {file.read_text().partition("ExecStart=")[2].splitlines()[0] for file in home.rglob("*.service")}
    assert commands == {
        "/usr/bin/env breaks remind",
        "/usr/bin/env --person anna breaks remind",
        f'/usr/bin/env --data-dir "{str(data).replace("%", "%%")}" breaks remind',
    }
    assert cli("breaks", "uninstall", "--yes")[0] == 0
    assert len(list(home.rglob("*.service"))) == 2
    status, out, _ = cli("breaks", "uninstall")
    assert status == 0
    assert "Timers of other people or folders: " in out
    assert cli("breaks", "uninstall", "--yes", "--data-dir", str(data))[0] == 0
    assert cli("--person", "anna", "breaks", "uninstall", "--yes")[0] == 0
    assert units(home) == []


@pytest.mark.parametrize("variable", ["TRAINER_DATA_DIR", "TRAINER_CONFIG_DIR", "XDG_DATA_HOME"])
def test_variables(
    variable: str, cli: Any, machine: Machine, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a variable of the shell names is carried over, since a timer knows none of them."""
    named = tmp_path / "elsewhere"
    named.mkdir()
    (named / "settings.toml").write_text(OFFICE)
    monkeypatch.setenv(variable, str(named))
    status, out, _ = cli("breaks", "install", "--print")
    assert status == 0
    option = "--config-dir" if "CONFIG" in variable else "--data-dir"
    folder = named / "trainer" if "XDG" in variable else named
    assert f"ExecStart=/usr/bin/env {option} {folder} breaks remind\n" in out


def test_a_relative_folder(
    cli: Any, machine: Machine, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is named from here is told of by its whole name."""
    monkeypatch.chdir(tmp_path)
    assert f" --data-dir {tmp_path}/here breaks" in cli("--data-dir", "here", "breaks", "install", "--print")[1]


def test_the_folder_of_units(cli: Any, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Units lie in XDG_CONFIG_HOME where that is a whole path."""
    config = tmp_path / "xdg"
    (config / "trainer").mkdir(parents=True)
    (config / "trainer/settings.toml").write_text(OFFICE)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    assert f"It would write {config}/systemd/user/trainer-breaks-" in cli("breaks", "install", "--print")[1]


def test_a_line_end_in_a_name(cli: Any, machine: Machine, home: Path, paths: Paths) -> None:
    """A folder with a line end in its name is refused, and nothing is written."""
    status, _, err = cli("--data-dir", "/a\nExecStart=/bin/false", "breaks", "install", "--yes")
    assert (status, "allowed: a name without line ends" in err) == (2, True)
    assert units(home) == []


def test_a_program_that_only_runs_here(
    cli: Any, machine: Machine, home: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a timer could not run the program, none is set."""
    monkeypatch.setattr(installing, "program", lambda: (sys.executable, "-c", "import sys; sys.exit(1)"))
    status, _, err = cli("breaks", "install", "--yes")
    assert (status, "does not run by itself" in err) == (1, True)
    assert units(home) == []


def test_another_system(cli: Any, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a system without such timers that is said."""
    monkeypatch.setattr(timer, "system", lambda: "freebsd14")
    status, _, err = cli("breaks", "install", "--yes")
    assert (status, "no timer that could be set" in err) == (2, True)
    assert cli("breaks", "uninstall", "--yes")[0] == 0
    assert timer.timer(paths, load(paths.settings).breaks) == (None, "not for this system")


def test_a_task_of_somebody_else(
    cli: Any, machine: Machine, home: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A task of that name that Windows has from elsewhere is not written over."""
    monkeypatch.setattr(timer, "system", lambda: "win32")
    machine.on.write_text("<Task/>")
    status, _, err = cli("breaks", "install", "--yes")
    assert (status, "a task trainer-breaks is there" in err) == (1, True)
    assert machine.on.read_text() == "<Task/>"


def test_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A timer runs this very interpreter, on Windows the one without a window where there is one."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))
    assert PROGRAM() == (str(tmp_path / "python.exe"), "-P", "-m", "trainer")
    (tmp_path / "pythonw.exe").touch()
    assert PROGRAM()[0] == str(tmp_path / "python.exe")
    monkeypatch.setattr(timer, "system", lambda: "win32")
    assert PROGRAM()[0] == str(tmp_path / "pythonw.exe")


def test_the_usual_folders_on_macos(cli: Any, machine: Machine, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the folders are those that macOS names, the timer has its plain name."""
    from platformdirs.macos import MacOS

    usual = MacOS("trainer", appauthor=False)
    monkeypatch.setattr(timer, "system", lambda: "darwin")
    found = Paths(usual.user_config_path, usual.user_data_path)
    assert timer.placed(found).name == "trainer-breaks"


def test_no_home(cli: Any, machine: Machine, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a home folder there is no place for a timer."""
    monkeypatch.setattr(timer.os.path, "expanduser", lambda path: path)
    status, _, err = cli("--data-dir", "/d", "--config-dir", str(paths.config), "breaks", "install", "--yes")
    assert (status, "no home folder is known" in err) == (2, True)
