"""Notices through the real tmux and GNU screen, to a terminal that is read byte by byte."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .test_sequences import OSC_99

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal"),
]
ROOT = Path(__file__).parents[3]
IS_KITTY = b"\x1bP>|kitty(0.36.1)\x1b\\"
"""What a terminal answers that is asked what it is."""
GIVE_UP_S = 60
SENDS = """\
import os, sys
sys.path.insert(0, {root!r})
from trainer.breaks import tmux
from trainer.breaks.notices import Notice, send, ways

def write(text):
    sys.stdout.write(text)
    sys.stdout.flush()

while tmux.is_inside(os.environ) and not ((outer := tmux.ask(os.environ)) and outer.termtype):
    pass  # until the terminal has answered tmux
found = ways(os.environ, write, desktop=False, bell=True)
why_not = found[0].why_not()
name = send(Notice("Time to move", "Desk break, about 1 min."), found)
write(f"<{{name}}|{{why_not}}>")
sys.stdin.readline()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short name, for sockets; with the program that sends."""
    path = Path(tempfile.mkdtemp(prefix="mux"))
    (path / "sends.py").write_text(SENDS.format(root=str(ROOT)), "utf-8")
    yield path
    shutil.rmtree(path)


def shown(command: list[str], environ: dict[str, str]) -> bytes:
    """All that a command writes to its terminal until the program in it has told its result."""
    import pty
    from fcntl import ioctl
    from termios import TIOCSCTTY

    outside, inside = pty.openpty()
    child = subprocess.Popen(
        command,
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
        env={"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", **environ},
        preexec_fn=lambda: ioctl(0, TIOCSCTTY, 0),
    )
    os.close(inside)
    seen, answered, until = b"", False, time.monotonic() + GIVE_UP_S
    try:
        while b">" not in seen.rpartition(b"<")[2] or b"|" not in seen.rpartition(b"<")[2]:
            assert time.monotonic() < until, seen
            if not select.select([outside], [], [], 1)[0]:
                continue
            seen += os.read(outside, 65536)
            if b"\x1b[>q" in seen and not answered:
                answered = True
                os.write(outside, IS_KITTY)
        os.write(outside, b"\r")
        while True:
            try:
                if not os.read(outside, 65536):
                    break
            except OSError:  # the far end was closed
                break
        return seen
    finally:
        child.kill()
        child.wait()
        os.close(outside)


def in_tmux(folder: Path, passthrough: str) -> bytes:
    if not shutil.which("tmux"):
        pytest.skip("needs tmux")
    (folder / "tmux.conf").write_text(f"set -g allow-passthrough {passthrough}\nset -g status off\n", "utf-8")
    command = ["tmux", "-S", str(folder / "socket"), "-f", str(folder / "tmux.conf"), "new-session"]
    return shown([*command, sys.executable, str(folder / "sends.py")], {})


def test_through_tmux(folder: Path) -> None:
    """With its leave, the sequence arrives at the terminal as it was meant, and nothing rings."""
    seen = in_tmux(folder, "on")
    assert OSC_99.encode() in seen
    assert b"<terminal|>" in seen
    assert b"\a" not in seen


def test_tmux_gives_no_leave(folder: Path) -> None:
    """Nothing of the notice arrives; the bell, which tmux hands on, does."""
    seen = in_tmux(folder, "off")
    assert b"]99;" not in seen
    assert b"<bell|tmux holds notices back" in seen
    assert b"\a" in seen


def test_through_screen(folder: Path) -> None:
    """GNU screen hands the sequence on."""
    if not shutil.which("screen"):
        pytest.skip("needs GNU screen")
    (folder / "screenrc").write_text("startup_message off\nvbell off\n", "utf-8")
    (folder / "sockets").mkdir(mode=0o700)
    seen = shown(
        ["screen", "-c", str(folder / "screenrc"), sys.executable, str(folder / "sends.py")],
        {"SCREENDIR": str(folder / "sockets"), "LC_TERMINAL": "iTerm2", "HOME": str(folder)},
    )
    assert b"\x1b]9;Time to move: Desk break, about 1 min.\a" in seen
    assert b"<terminal|>" in seen
