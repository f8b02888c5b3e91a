"""The program in a real terminal: signals, kills, two at once, no sound device."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from sessions import Logbook

pytestmark = [
    pytest.mark.pty,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc and needs a pseudo-terminal"),
    # The test's process has other threads; the child only executes the program.
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

KILLS = 12


@pytest.fixture
def start(tmp_path):
    """Starts `trainer` in a terminal of its own, with the notes on care already read."""
    from tests.benchmarks.terminal import Terminal

    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text("care_shown = true\n")
    environment = {
        **{key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LD_LIBRARY_PATH")},
        "TERM": "xterm-256color",
        "HOME": str(tmp_path),
        "TRAINER_DATA_DIR": str(tmp_path / "data"),
        "TRAINER_CONFIG_DIR": str(tmp_path / "config"),
        "PULSE_SERVER": str(tmp_path / "none"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }

    def begin(*arguments):
        return Terminal([sys.executable, "-m", "trainer", *arguments], environment=environment, folder=tmp_path)

    return begin


def facts(tmp_path):
    logbook = Logbook.open_existing(tmp_path / "data" / "logbook.sqlite")
    if logbook is None:
        return []
    with logbook:
        assert logbook.health().ok
        return [(fact.kind, fact.parsed()) for fact in logbook.facts()]


def end(terminal, limit_s=10.0):
    """Wait for the program's end; its exit status as a shell would give it."""
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        if pid:
            terminal.ended = True
            for _ in range(20):
                terminal.read(0.02)
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        terminal.read(0.02)
    raise TimeoutError(f"still there:\n{terminal.text()}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_keeps_what_was_done_and_gives_the_terminal_back(start, tmp_path, number):
    """The exit status is 128 and the signal's number, and the work under way is in the log."""
    with start("run", "tilted-pelvis") as terminal:
        terminal.wait_for("Pain now, before")
        terminal.press("3")
        terminal.wait_for("Get ready")
        terminal.press("n")
        terminal.wait_for("Hold")
        terminal.wait_for(r"\b3:\d\d left|2:\d\d left")
        terminal.watch(1.3)
        os.kill(terminal.pid, number)
        written = []
        take = terminal._take
        terminal._take = lambda text: (written.append(text), take(text))
        assert end(terminal) == 128 + number
        last = "".join(written)
        for restored in ("\x1b[?1049l", "\x1b[?1000l", "\x1b[?25h"):  # own screen, no mouse, a cursor
            assert restored in last
    kinds = [kind for kind, _ in facts(tmp_path)]
    assert kinds == ["session_begun", "pain_rated", "work_done"]
    work = facts(tmp_path)[-1][1]
    assert work.outcome == "cut_short"
    assert 1000 <= work.actual_ms < 30_000


def test_a_rating_that_the_screen_has_taken_survives_a_kill(start, tmp_path):
    """Killed again and again right after the screen moved on: every rating is there."""
    for number in range(KILLS):
        with start("run", "desk-break") as terminal:
            terminal.wait_for("Pain now, before|not ended")
            terminal.press("a")  # a broken-off session of before is left as it is
            terminal.wait_for("Pain now, before")
            terminal.press(str(number % 10))
            terminal.wait_for("Get ready")
            os.kill(terminal.pid, signal.SIGKILL)
            end(terminal)
        rated = [body.nrs for kind, body in facts(tmp_path) if kind == "pain_rated"]
        assert rated == [n % 10 for n in range(number + 1)]


def test_a_process_that_was_stopped_comes_back_paused(start):
    """Stopped for longer than two seconds, the hold has not gone on."""
    with start("run", "tilted-pelvis") as terminal:
        terminal.wait_for("Pain now, before")
        terminal.press("space")
        terminal.wait_for("Get ready")
        terminal.press("n")
        terminal.wait_for("Hold")
        os.kill(terminal.pid, signal.SIGSTOP)
        terminal.watch(2.6)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait_for("Paused")


def test_without_a_sound_device_nothing_is_written_over_the_screen_and_leaving_is_quick(start, tmp_path):
    """No library's complaint reaches the terminal, and the program ends within a second."""
    with start("run", "desk-break") as terminal:
        terminal.wait_for("Pain now, before")
        terminal.press("space")
        terminal.wait_for("Get ready")
        terminal.watch(1.0)
        assert "ALSA" not in terminal.text()
        terminal.press("q")
        terminal.wait_for("Stop here")
        terminal.press("l")
        began = time.monotonic()
        assert end(terminal) == 1
        assert time.monotonic() - began < 1.0 + float(os.environ.get("PATIENCE_S", "2"))
        assert "ALSA" not in terminal.text()


def test_two_at_once_lose_nothing(start, tmp_path):
    """Two terminals on one logbook both keep what was rated in them."""
    with start("run", "desk-break") as one:
        one.wait_for("Pain now, before")
        with start("run", "tilted-pelvis") as two:
            two.wait_for("Pain now, before")
            one.press("1")
            two.press("2")
            one.wait_for("Get ready")
            two.wait_for("Get ready")
            assert sorted(body.nrs for kind, body in facts(tmp_path) if kind == "pain_rated") == [1, 2]


def test_a_rehearsal_runs_through_by_itself_and_leaves_no_trace(start, tmp_path):
    """At twenty times the speed the desk break ends within seconds, and no logbook is made."""
    with start("run", "desk-break", "--rehearse") as terminal:
        terminal.wait_for("Desk break: done", 30)
        terminal.press("q")
        assert end(terminal) == 0
    assert not (tmp_path / "data").exists()


def test_resizing_to_a_single_cell_and_back_keeps_the_session(start):
    """SIGWINCH at any size changes the layout only."""
    import fcntl
    import struct
    import termios

    with start("run", "desk-break") as terminal:
        terminal.wait_for("Pain now, before")
        terminal.press("space")
        terminal.wait_for("Get ready|Breathe")
        for rows, columns in ((1, 1), (15, 40), (24, 80)):
            fcntl.ioctl(terminal.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.kill(terminal.pid, signal.SIGWINCH)
            terminal.watch(0.3)
        terminal.screen.reset()
        terminal.wait_for("Mountain pose|Get ready|Breathe")
