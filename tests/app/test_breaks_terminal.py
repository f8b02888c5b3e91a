"""The loop in a real terminal, and two of them as real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sessions import Logbook
from trainer.breaks.lock import Place

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc and needs a pseudo-terminal"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]
ROOT = Path(__file__).parents[2]
QUIET = "care_shown = true\nsound = false\n[breaks]\nwatch_idle = false\ndesktop = false\nbell = false\n"


@pytest.fixture
def environment(tmp_path):
    """Folders of one's own, and settings by which nothing is asked of the desktop."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text(QUIET)
    return {
        **{key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LD_LIBRARY_PATH")},
        "TERM": "xterm-256color",
        "HOME": str(tmp_path),
        "TRAINER_DATA_DIR": str(tmp_path / "data"),
        "TRAINER_CONFIG_DIR": str(tmp_path / "config"),
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture
def start(tmp_path, environment):
    """Starts `trainer` in a terminal of its own."""
    from tests.benchmarks.terminal import Terminal

    def begin(*arguments):
        return Terminal([sys.executable, "-m", "trainer", *arguments], environment=environment, folder=tmp_path)

    return begin


@pytest.fixture
def command(tmp_path, environment):
    """Gives a command in another process, and returns what it says."""

    def run(*words):
        done = subprocess.run(
            [sys.executable, "-m", "trainer", *words],
            env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return done.returncode, done.stdout.strip(), done.stderr

    return run


def kinds(tmp_path):
    logbook = Logbook.open_existing(tmp_path / "data" / "logbook.sqlite")
    assert logbook is not None
    with logbook:
        return [fact.kind for fact in logbook.facts()]


def end(terminal, limit_s=10.0):
    """Wait for the program's end; its exit status as a shell would give it, and what it wrote last."""
    written = []
    take = terminal._take
    terminal._take = lambda text: (written.append(text), take(text))
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        if pid:
            terminal.ended = True
            for _ in range(20):
                terminal.read(0.02)
            code = os.waitstatus_to_exitcode(status)
            return (code if code >= 0 else 128 - code), "".join(written)
        terminal.read(0.02)
    raise TimeoutError(f"still there:\n{terminal.text()}")


@pytest.mark.pty
@pytest.mark.parametrize(("by", "status"), [("q", 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_it_gives_the_terminal_back_as_it_was(start, tmp_path, by, status):
    """By its key or by a signal: status, terminal, and that nobody counts any more."""
    with start("breaks") as terminal:
        terminal.wait_for("Idle time: unknown")
        assert "Next break in 1 h" in terminal.text()
        terminal.press(by) if isinstance(by, str) else os.kill(terminal.pid, by)
        ended, last = end(terminal)
    assert ended == status
    for restored in ("\x1b[?1049l", "\x1b[?1000l", "\x1b[?25h"):  # own screen, no mouse, a cursor
        assert restored in last
    assert kinds(tmp_path) == ["watch_begun", "watch_ended"]
    assert not (tmp_path / "data" / "breaks.seen").exists()


@pytest.mark.pty
def test_stopped_for_a_moment_it_goes_on(start, tmp_path):
    """A short stop is no rest, and no end of the count."""
    with start("breaks") as terminal:
        terminal.wait_for("Idle time: unknown")
        os.kill(terminal.pid, signal.SIGTSTP)
        terminal.watch(0.2)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.press("k")
        terminal.wait_for("Next break in 2 h")
        terminal.press("q")
        assert end(terminal)[0] == 0
    assert kinds(tmp_path) == ["watch_begun", "break_settled", "watch_ended"]


@pytest.mark.pty
def test_a_command_reaches_the_screen_at_once(start, command):
    """A pause from another terminal is seen long before the next look of its own."""
    with start("breaks") as terminal:
        terminal.wait_for("Idle time: unknown")
        assert command("breaks", "pause", "tomorrow")[0] == 0
        terminal.wait_for("Paused until tomorrow", 10)
        assert command("due")[1].startswith("Breaks paused until tomorrow")


class Lines:
    """`trainer breaks --plain` as a process, with its input held open."""

    def __init__(self, environment, folder):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "trainer", "breaks", "--plain"],
            env=environment, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def until(self, text):
        for line in self.process.stdout:
            if text in line:
                return line
        raise AssertionError(f"{text!r} never came")

    def type(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()


@pytest.fixture
def lines(environment, tmp_path):
    """Starts loops line by line; all of them have ended afterwards."""
    begun = []

    def begin():
        begun.append(Lines(environment, tmp_path))
        return begun[-1]

    yield begin
    for one in begun:
        one.process.kill()
        one.process.wait()
        one.process.stdin.close()
        one.process.stdout.close()


def test_the_second_takes_over_when_the_first_is_killed(lines, tmp_path, command):
    """It looks on first; then a look is enough, whatever made it look."""
    first = lines()
    first.until("Next break in")
    second = lines()
    second.until("Another loop on this machine counts already")
    assert f"open, process {first.process.pid}" in command("breaks", "status")[1]
    first.process.send_signal(signal.SIGKILL)
    first.process.wait()
    second.type("w")
    second.until("Next break in")
    second.until("Next break in")
    assert Place(tmp_path / "data").holder() == second.process.pid
    assert kinds(tmp_path) == ["watch_begun", "watch_ended", "watch_begun"]
    second.type("q")
    assert second.process.wait(10) == 0


def test_a_signal_ends_it_and_that_is_taken_down(lines, tmp_path):
    """The status tells of the signal."""
    one = lines()
    one.until("Next break in")
    one.process.send_signal(signal.SIGTERM)
    assert one.process.wait(10) == 143
    assert kinds(tmp_path) == ["watch_begun", "watch_ended"]


def test_a_command_wakes_the_loop_line_by_line(lines, tmp_path, command):
    """It hears of a skip at once, and counts to the one after."""
    one = lines()
    one.until("Next break in")
    assert command("breaks", "skip")[0] == 0
    one.type("w")
    one.until("Next break in 2 h")
    one.process.stdin.close()
    assert command("breaks", "status")[1].count(f"open, process {one.process.pid}")  # it counts on
