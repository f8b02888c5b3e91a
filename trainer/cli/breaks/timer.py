"""The timer that this machine and this person would have: its folder, its program, and how it stands."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.breaks.install.model import NoHours, NoPlan, Place, Plan, Whose
from trainer.cli.errors import Refusal
from trainer.paths import HOMELESS, Paths, find

if TYPE_CHECKING:
    from trainer.breaks.settings import Breaks

_SAMPLE = (
    "[breaks.hours]",
    *(f'{day} = ["09:00-12:30", "13:30-17:30"]' for day in ("mon", "tue", "wed", "thu", "fri")),
)


def timer(paths: Paths, wishes: Breaks) -> tuple[bool | None, str]:
    """Whether the timer is in order, and that in words; None where none is installed. Looks at files, runs nothing."""
    from trainer.breaks.install.working import installed

    try:
        place = placed(paths)
        found = installed(place)
    except NoPlan:
        return None, "not for this system"
    if found.foreign and not found.there:
        return False, f"{found.foreign[0]} is there, and was not written by trainer"
    if not found.there:
        return None, f"not installed; {again(paths)} install sets one"
    try:
        current = installed(place, planned(paths, wishes)).current
    except Refusal as refusal:
        return False, f"installed, but {refusal.lines[0].partition(': ')[2]}"
    if not current:
        return False, f"installed, but out of date: {again(paths)} install sets it as it should be now"
    return True, f"installed: {place.name}"


def planned(paths: Paths, wishes: Breaks) -> Plan:
    """The plan for this machine and this person. Raises `Refusal` where there can be none."""
    from trainer.breaks.install import plan

    try:
        return plan(
            system(),
            program(),
            wishes,
            _whose(paths),
            _folder(os.environ),
            uid=_uid(),
            user="\\".join(filter(None, (os.environ.get("USERDOMAIN"), os.environ.get("USERNAME")))),
        )
    except NoHours as error:
        into = f"Write them into {paths.settings}, such as:"
        raise Refusal(f"breaks install: {error.lines[0]}", into, *(f"  {line}" for line in _SAMPLE)) from None
    except NoPlan as error:
        raise Refusal(f"breaks install: {error.lines[0]}", *error.lines[1:]) from None


def placed(paths: Paths) -> Place:
    """Where this person's timer lies on this machine. Raises `NoPlan` where there can be none."""
    from trainer.breaks.install import place

    return place(system(), _whose(paths), _folder(os.environ), _uid())


def program() -> tuple[str, ...]:
    """How the timer runs the program: with this interpreter, and never a file of that name from where it starts."""
    python = Path(sys.executable)
    windowless = python.with_name("pythonw.exe")
    if system() == "win32" and windowless.exists():
        python = windowless  # no console opens for it
    return str(python), "-P", "-m", "trainer"


def system() -> str:
    """The system as plans name it."""
    return "linux" if sys.platform.startswith("linux") else sys.platform


def _uid() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def _whose(paths: Paths) -> Whose:
    """What differs from what the program finds by itself where no variable is set: a timer knows none of a shell's."""
    usual = _usual()
    data, config = (os.path.abspath(folder) for folder in (paths.data, paths.config))
    return Whose(
        person=paths.person,
        data_dir="" if data == usual[0] else data,
        config_dir="" if config == usual[1] else config,
    )


def _usual() -> tuple[str, str]:
    """The folders of data and of settings where no variable names others."""
    home = os.path.expanduser("~")
    if system() == "darwin":
        return (os.path.join(home, "Library", "Application Support", "trainer"),) * 2
    if system() != "win32":
        return os.path.join(home, ".local", "share", "trainer"), os.path.join(home, ".config", "trainer")
    paths = find({})
    return str(paths.data), str(paths.config)


def _folder(environ: Mapping[str, str]) -> Path:
    """The folder in which such files lie. Raises `NoPlan` where no home folder is known."""
    home = Path(os.path.expanduser("~"))
    if not home.is_absolute():
        raise NoPlan(HOMELESS)
    if system() == "darwin":
        return home / "Library" / "LaunchAgents"
    if system() == "win32":
        local = environ.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData" / "Local") / "trainer-breaks"
    named = environ.get("XDG_CONFIG_HOME", "")
    # A relative one counts as none, as the XDG Base Directory Specification has it.
    return (Path(named) if os.path.isabs(named) else home / ".config") / "systemd" / "user"


def again(paths: Paths) -> str:
    """How a person says `trainer breaks` of these folders and this person."""
    return joined(("trainer", *_whose(paths).options, "breaks"))


def joined(words: tuple[str, ...]) -> str:
    """A command as a person would type it."""
    if system() == "win32":
        import subprocess

        return subprocess.list2cmdline(words)
    return shlex.join(words)
