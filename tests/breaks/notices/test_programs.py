"""Notices by a system's own program, with stand-ins for `osascript` and PowerShell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.breaks.notices import Notice
from trainer.breaks.notices.macos import MacOS
from trainer.breaks.notices.windows import Windows

from .conftest import HOSTILE, NOTICE

LONG_S = 20.0
Program = Callable[[str, str], dict[str, str]]
BOTH = [(MacOS, "osascript"), (Windows, "powershell.exe")]


@pytest.mark.parametrize("text", ["Desk break", HOSTILE, '" & (do shell script "id") & "', "-e", "--help", ""])
def test_osascript_gets_the_text_as_arguments(program: Program, tmp_path: Path, text: str) -> None:
    """The script is the same whatever the text, and the text is no option of the program's."""
    environ = program("osascript", f'for one in "$@"; do printf "%s\\n" "$one"; done > {tmp_path}/told')
    assert MacOS(environ, LONG_S).send(Notice(text, text))
    said = Notice(text, text).cleaned()
    script = ["on run argv", "display notification (item 3 of argv) with title (item 2 of argv)", "end run"]
    told = (tmp_path / "told").read_text("utf-8").split("\n")
    assert told == [*(part for line in script for part in ("-e", line)), "trainer", said.title, said.body, ""]


@pytest.mark.parametrize("text", ["Desk break", HOSTILE, "'; Remove-Item x; '", "$(id) $env:PATH `n", "-Command", ""])
def test_powershell_gets_the_text_as_variables(program: Program, tmp_path: Path, text: str) -> None:
    """Nothing of it stands on the command line, which PowerShell would read as a part of the script."""
    told = (
        f'printf "%s" "$TRAINER_NOTICE_TITLE" > {tmp_path}/title\nprintf "%s" "$TRAINER_NOTICE_BODY" > {tmp_path}/body'
    )
    environ = program("powershell.exe", f'{told}\nprintf "%s\\n" "$@" > {tmp_path}/command')
    assert Windows(environ, LONG_S).send(Notice(text, text))
    said = Notice(text, text).cleaned()
    assert [(tmp_path / name).read_text("utf-8") for name in ("title", "body")] == [said.title, said.body]
    command = (tmp_path / "command").read_text("utf-8")
    assert command.startswith("-NoLogo\n-NoProfile\n-NonInteractive\n-Command\n")
    assert "$env:TRAINER_NOTICE_TITLE" in command
    assert '"' not in command
    script = command.partition("-Command\n")[2]
    assert not text or text not in script


@pytest.mark.parametrize(("way", "name"), BOTH)
def test_a_program_that_fails(program: Program, way: Any, name: str) -> None:
    """Sending did not work."""
    assert not way(program(name, "exit 1"), LONG_S).send(NOTICE)


@pytest.mark.parametrize(("way", "name"), BOTH)
def test_a_program_that_is_not_there(way: Any, name: str, tmp_path: Path) -> None:
    """It is said that it was not found."""
    one = way({"PATH": str(tmp_path)}, LONG_S)
    assert one.why_not().endswith("was not found")
    assert not one.send(NOTICE)
    one.withdraw()


@pytest.mark.parametrize(("way", "name"), BOTH)
def test_a_program_that_is_no_program(program: Program, way: Any, name: str, tmp_path: Path) -> None:
    """What cannot be run ends nothing."""
    environ = program(name, "")
    (tmp_path / "bin" / name).write_bytes(b"\x7fELF nothing of the kind")
    assert not way(environ, LONG_S).send(NOTICE)


@pytest.mark.parametrize(("way", "name"), BOTH)
def test_not_over_ssh(program: Program, way: Any, name: str, tmp_path: Path) -> None:
    """The desktop of the machine is not where the person sits."""
    environ = program(name, f"touch {tmp_path}/ran") | {"SSH_CONNECTION": "a 1 b 22"}
    one = way(environ, LONG_S)
    assert "ssh" in one.why_not()
    assert not one.send(NOTICE)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(("way", "name"), BOTH)
def test_it_can_be_used(program: Program, way: Any, name: str) -> None:
    """It says by which program."""
    one = way(program(name, ""), LONG_S)
    assert one.why_not() == ""
    assert one.how()


def test_osascript_hangs(program: Program) -> None:
    """It is ended after its time, and sending did not work."""
    assert not MacOS(program("osascript", "exec sleep 60"), 0.05).send(NOTICE)


def test_powershell_is_slow(program: Program, tmp_path: Path) -> None:
    """It may take longer than one waits, and counts as on its way; the next notice finds it ended."""
    (tmp_path / "gate").touch()
    way = Windows(program("powershell.exe", f"while test -e {tmp_path}/gate; do :; done"), 0.05)
    assert way.send(NOTICE)
    (tmp_path / "gate").unlink()
    assert way._running is not None
    way._running.wait()
    assert way.send(NOTICE)
    assert way.why_not() == ""
    if way._running is not None:
        way._running.wait()


def test_powershell_hangs(program: Program) -> None:
    """Where it still runs when the next notice is due, it is ended and not tried again."""
    way = Windows(program("powershell.exe", "exec sleep 60"), 0.05)
    assert way.send(NOTICE)
    process = way._running
    assert process is not None
    assert not way.send(NOTICE)
    assert process.poll() is not None
    assert way.why_not() == "PowerShell did not come to an end"
    assert not way.send(NOTICE)
