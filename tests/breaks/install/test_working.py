"""Putting a timer in place and taking it away, with commands that stand in for the system's."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from tests.breaks.install import weeks
from tests.breaks.install.machine import SESSIONLESS, Machine, tree
from trainer.breaks.install import Command, Plan, Whose, place, plan, working
from trainer.breaks.settings import At, Breaks

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the commands that stand in are shell scripts")

OFFICE = Breaks(hours=weeks.OFFICE)
OTHER = Breaks(every_min=0, at=(At("15:00"),))
SYSTEMS = ["linux", "darwin", "win32"]
NAME = "trainer-breaks"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def machine(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path / "machine", home / "systemd/user", monkeypatch)


def of(system: str, home: Path, wishes: Breaks = OFFICE, whose: Whose | None = None) -> Plan:
    return plan(system, ("/bin/x",), wishes, whose or Whose(), home / "systemd/user", uid=501)


@pytest.mark.parametrize("system", SYSTEMS)
def test_there_and_back(system: str, machine: Machine, home: Path) -> None:
    """What is put in place is what was planned, is on, and goes without leaving anything."""
    planned = of(system, home)
    assert working.installed(planned.place, planned) == working.Standing()
    working.put(planned)
    assert {file.path: Path(file.path).read_bytes() for file in planned.files} == {
        file.path: file.content for file in planned.files
    }
    assert {stat.S_IMODE(Path(file.path).stat().st_mode) for file in planned.files} == {0o644}
    assert working.is_on(planned.place)
    found = working.installed(planned.place, planned)
    assert (found.current, found.foreign) == (True, ())
    machine.calls()
    taken = working.take_away(planned.place)
    assert (taken.gone, taken.trouble) == (list(found.there), [])
    assert not machine.on.exists()
    assert [one for one in tree(home) if one not in ("systemd", "systemd/user")] == []
    assert working.installed(planned.place, planned) == working.Standing()


def test_what_is_run(machine: Machine, home: Path) -> None:
    """systemd reads the units before it enables them, and once more when they are gone."""
    planned = of("linux", home)
    working.put(planned)
    control, timer = "systemctl --user", f"{NAME}.timer"
    assert machine.calls() == [f"{control} daemon-reload", f"{control} enable {timer}", f"{control} restart {timer}"]
    working.take_away(planned.place)
    failed = f"{control} is-failed --quiet {NAME}.service"
    assert machine.calls() == [f"{control} disable --now {timer}", f"{control} daemon-reload", failed]
    assert tree(home) == []


def test_what_is_run_on_macos(machine: Machine, home: Path) -> None:
    """An agent that is loaded is unloaded before the new one comes; one that is not is left alone."""
    planned = of("darwin", home)
    shows, out = f"launchctl print gui/501/{NAME}", f"launchctl bootout gui/501/{NAME}"
    into = f"launchctl bootstrap gui/501 {planned.files[0].path}"
    working.put(planned)
    assert machine.calls() == [shows, into]
    working.put(of("darwin", home, OTHER))
    assert machine.calls() == [shows, out, into]


@pytest.mark.parametrize("system", SYSTEMS)
def test_other_wishes(system: str, machine: Machine, home: Path) -> None:
    """After a change of the settings what is installed is out of date, until it is put in place anew."""
    working.put(of(system, home))
    other = of(system, home, Breaks(hours=weeks.OFFICE, every_min=0, at=(At("15:02"),)))
    assert not working.installed(other.place, other).current
    working.put(other)
    assert working.installed(other.place, other).current
    assert working.take_away(place(system, Whose(), home / "systemd/user", 501)).trouble == []
    assert not machine.on.exists()


@pytest.mark.parametrize("part", ["daemon-reload", "enable", "restart", "bootstrap", "/Create"])
def test_what_fails_is_taken_back(part: str, machine: Machine, home: Path) -> None:
    """Where a command fails nothing is left of what was written, and what it said is told."""
    system = {"bootstrap": "darwin", "/Create": "win32"}.get(part, "linux")
    machine.fails(part)
    with pytest.raises(working.NotPutInPlace, match=f"{part}.* did not work: {SESSIONLESS}"):
        working.put(of(system, home))
    assert tree(home) == []
    assert not machine.on.exists()


@pytest.mark.parametrize("part", ["daemon-reload", "enable", "restart"])
def test_a_failed_change_leaves_what_was(part: str, machine: Machine, home: Path) -> None:
    """Where a change of a timer fails the earlier files are there again, byte for byte."""
    planned = of("linux", home)
    working.put(planned)
    before = tree(home)
    machine.fails(part)
    with pytest.raises(working.NotPutInPlace):
        working.put(of("linux", home, OTHER))
    assert working.installed(planned.place, planned).current
    assert [one for one in before if "wants" not in one] == [one for one in tree(home) if "wants" not in one]


def test_no_such_command(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the system has no such command that is said, and nothing stays."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(working.NotPutInPlace, match="it is not on this machine"):
        working.put(of("linux", home))
    assert tree(home) == []


def test_a_command_that_hangs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that does not come to its end is given up."""
    monkeypatch.setattr(working, "_LIMIT_S", 0.05)
    planned = of("linux", home)
    slow = Plan(planned.place, planned.files, (Command(("sleep", "30")),))
    with pytest.raises(working.NotPutInPlace, match="took longer"):
        working.put(slow)
    assert tree(home) == []


def test_interrupted(machine: Machine, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever interrupts it has nothing left of it either."""

    def interrupt(words: tuple[str, ...]) -> working.Ran:
        raise KeyboardInterrupt

    monkeypatch.setattr(working, "_run", interrupt)
    with pytest.raises(KeyboardInterrupt):
        working.put(of("linux", home))
    assert tree(home) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_takes_nothing(machine: Machine, home: Path) -> None:
    """Where the folder cannot be made that is said, and nothing is run."""
    home.chmod(0o500)
    with pytest.raises(working.NotPutInPlace, match="denied"):
        working.put(of("linux", home))
    home.chmod(0o700)
    assert machine.calls() == []


def test_a_file_in_the_folders_place(machine: Machine, home: Path) -> None:
    """A file where a folder should be is told of, and stays."""
    (home / "systemd").write_text("mine")
    with pytest.raises(working.NotPutInPlace, match="systemd"):
        working.put(of("linux", home))
    assert (home / "systemd").read_text() == "mine"
    assert machine.calls() == []


@pytest.mark.parametrize("kind", ["file", "link", "folder", "mask"])
def test_what_is_not_ours(kind: str, machine: Machine, home: Path) -> None:
    """What somebody else put there is seen, never removed, and never run over."""
    planned = of("linux", home)
    there = Path(planned.files[1].path)
    there.parent.mkdir(parents=True)
    other = home / "other"
    other.write_text("[Timer]\n")
    {
        "file": lambda: there.write_text("[Timer]\n"),
        "link": lambda: there.symlink_to(other),
        "folder": there.mkdir,
        "mask": lambda: there.symlink_to(os.devnull),
    }[kind]()
    found = working.installed(planned.place, planned)
    assert (found.there, found.foreign, found.current) == ((), (there,), False)
    assert working.take_away(planned.place) == working.Taken([], [])
    assert os.path.lexists(there)
    assert machine.calls() == []
    before = tree(home)
    with pytest.raises(working.NotPutInPlace, match="was not written by trainer"):
        working.put(planned)
    assert tree(home) == before
    assert machine.calls() == []


def test_what_comes_between(machine: Machine, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what somebody puts there after the look is not written over, and what was written before goes."""
    planned = of("linux", home)
    service, timer = (Path(file.path) for file in planned.files)
    timer.parent.mkdir(parents=True)
    timer.symlink_to(os.devnull)
    monkeypatch.setattr(working, "installed", lambda place: working.Standing())
    with pytest.raises(working.NotPutInPlace, match="is a link"):
        working.put(planned)
    assert timer.is_symlink()
    assert not service.exists()


def test_what_is_left_of_one(machine: Machine, home: Path) -> None:
    """Also a service without its timer, and a link without either, are taken away."""
    planned = of("linux", home)
    working.put(planned)
    Path(planned.files[1].path).unlink()
    taken = working.take_away(planned.place)
    assert taken.trouble == []
    assert [one.name for one in taken.gone] == [f"{NAME}.service", f"{NAME}.timer"]
    assert tree(home) == []
    assert "disable" not in " ".join(machine.calls())


def test_of_others(machine: Machine, home: Path) -> None:
    """Another person's timer stays, and so do units that are none of ours."""
    mine, annas = of("linux", home), of("linux", home, whose=Whose("anna"))
    working.put(mine)
    working.put(annas)
    own = home / "systemd/user/timers.target.wants/other.timer"
    own.symlink_to("/usr/lib/systemd/user/other.timer")
    assert working.others(mine.place) == [annas.place.name]
    working.take_away(mine.place)
    assert working.installed(annas.place, annas).current
    assert own.is_symlink()
    working.take_away(annas.place)
    assert tree(home / "systemd/user") == ["timers.target.wants", "timers.target.wants/other.timer"]


def test_no_session_any_more(machine: Machine, home: Path) -> None:
    """Where systemd cannot be asked the files go all the same, and that is told."""
    planned = of("linux", home)
    working.put(planned)
    machine.fails("systemctl")
    taken = working.take_away(planned.place)
    assert tree(home) == []
    assert [one.partition(" did")[0] for one in taken.trouble] == [
        f"systemctl --user disable --now {NAME}.timer",
        "systemctl --user daemon-reload",
    ]


def test_a_task_without_its_file(machine: Machine, home: Path) -> None:
    """A task that Windows keeps goes also where its file is gone, and one of somebody else's does not."""
    planned = of("win32", home)
    working.put(planned)
    Path(planned.files[0].path).unlink()
    assert working.kept_inside(planned.place) is True
    assert working.take_away(planned.place).trouble == []
    assert not machine.on.exists()
    assert working.kept_inside(planned.place) is None
    machine.on.write_text("<Task/>")
    assert working.kept_inside(planned.place) is False
    assert working.take_away(planned.place).gone == []
    assert machine.on.exists()
