"""A program in a pseudo-terminal of its own, seen from outside: what it paints, when, and what that costs.

It answers what a screen program asks at its start, so that no program waits for a reply that never comes.
Linux only: times on the CPU and memory are read from `/proc`.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

KEYS = {
    "space": " ", "enter": "\r", "escape": "\x1b", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C",
    "left": "\x1b[D", "ctrl+q": "\x11",
}  # fmt: skip

_MODE = re.compile(r"\x1b\[\?([0-9;]+)([hl])")
_ASKED_MODE = re.compile(r"\x1b\[\?(\d+)\$p")
# What pyte does not read: private prefixes, intermediate bytes, and strings other than titles.
_UNREAD = re.compile(r"\x1b\[(?:[<=>][0-9;:]*[ -/]*[@-~]|[?]?[0-9;:]*[ -/]+[@-~])|\x1b[P_^X][^\x1b]*\x1b\\")
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;:<=>?]*[ -/]*|[\]P_^X][^\x07\x1b]*\x1b?)?$")


def sample(pid: int) -> tuple[int, int]:
    """Nanoseconds on the CPU of one process, all threads, and how often they gave it up of themselves."""
    cpu_ns = switches = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        cpu_ns += int((task / "schedstat").read_text().split()[0])
        switches += int(re.search(r"voluntary_ctxt_switches:\s*(\d+)", (task / "status").read_text())[1])  # type: ignore[index]
    return cpu_ns, switches


def threads(pid: int) -> dict[int, int]:
    """How often each thread of a process gave the CPU up of itself, by the thread's number."""
    found = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        found[int(task.name)] = int(
            re.search(r"\nvoluntary_ctxt_switches:\s*(\d+)", (task / "status").read_text())[1]  # type: ignore[index]
        )
    return found


def children(pid: int) -> list[int]:
    """The processes that `pid` started and that still run."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def peak_mb(pid: int) -> float:
    """The most memory that the process has held, in MiB."""
    return int(re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024  # type: ignore[index]


def drain(terminals: Sequence[Terminal], seconds: float, *, until: bytes | None = None) -> None:
    """Take what programs write and only count it, since to read a picture costs more than to paint it.

    Ends early where one of them writes `until`. What their screens show is not known afterwards.
    """
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        ready, _, _ = select.select([terminal.fd for terminal in terminals], [], [], left)
        for terminal in terminals:
            if terminal.fd in ready:
                data = os.read(terminal.fd, 1 << 20)
                terminal.bytes += len(data)
                if until is not None and until in data:
                    return
    if until is not None:
        raise TimeoutError(f"{until!r} never came")


class Terminal:
    """Runs a command in a terminal of `columns` × `rows`; used in a `with` statement."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        folder: Path | None = None,
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.paints = 0
        """Synchronised updates that were closed."""
        self.bytes = 0
        self.ended = False
        self.changed_at = 0.0
        """The moment (`time.monotonic`) at which what is seen last changed."""
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._open = False  # inside a synchronised update
        self._rows: dict[int, object] = {}
        self._size = rows, columns
        self.fd, inner = os.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.began = time.monotonic()
        self.pid = os.fork()
        if not self.pid:
            try:
                os.login_tty(inner) if hasattr(os, "login_tty") else _login(inner)
                if folder is not None:
                    os.chdir(folder)
                os.execve(command[0], list(command), dict(environment))
            finally:
                os._exit(127)
        os.close(inner)
        os.set_blocking(self.fd, False)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the program: politely, then not."""
        for number, wait_s in ((signal.SIGTERM, 2.0), (signal.SIGKILL, 2.0)):
            if self._gone():
                break
            os.kill(self.pid, number)
            until = time.monotonic() + wait_s
            while not self._gone() and time.monotonic() < until:
                self.read(0.02)  # a program that restores its terminal waits until that is read
        os.close(self.fd)

    def _gone(self) -> bool:
        if not self.ended:
            self.ended = os.waitpid(self.pid, os.WNOHANG)[0] != 0
        return self.ended

    # --- what it shows ---------------------------------------------------------------------------

    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.screen.display)

    def read(self, timeout_s: float) -> bool:
        """Take what the program writes next; whether what is seen changed."""
        ready, _, _ = select.select([self.fd], [], [], max(0.0, timeout_s))
        if not ready:
            return False
        try:
            data = os.read(self.fd, 1 << 20)
        except OSError:  # the program has ended
            time.sleep(min(timeout_s, 0.01))
            return False
        at = time.monotonic()
        self.bytes += len(data)
        self._take(self._rest + self._decoder.decode(data))
        if self._open or not self._differs():
            return False
        self.changed_at = at
        return True

    def wait_for(self, pattern: str, timeout_s: float = 20.0) -> float:
        """Milliseconds from the start until the screen shows `pattern`. Raises TimeoutError."""
        until = time.monotonic() + timeout_s
        while self._open or not re.search(pattern, self.text()):  # half of an update is not yet seen
            if time.monotonic() > until or self._gone():
                raise TimeoutError(f"{pattern!r} never came:\n{self.text()}")
            self.read(0.05)
        return (self.changed_at - self.began) * 1000

    def watch(self, seconds: float) -> None:
        """Go on reading for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.read(left)

    def settle(self, quiet_s: float = 0.4, at_most_s: float = 5.0) -> None:
        """Go on reading until nothing has come for `quiet_s`."""
        until, seen, since = time.monotonic() + at_most_s, -1, time.monotonic()
        while time.monotonic() < until and (seen != self.bytes or time.monotonic() - since < quiet_s):
            if seen != self.bytes:
                seen, since = self.bytes, time.monotonic()
            self.read(0.02)

    def _take(self, text: str) -> None:
        if unfinished := _UNFINISHED.search(text):
            text, self._rest = text[: unfinished.start()], unfinished[0]
        else:
            self._rest = ""
        self._answer(text)
        for modes, end in _MODE.findall(text):
            if "2026" in modes.split(";"):
                self.paints += self._open and end == "l"
                self._open = end == "h"
        self._stream.feed(_UNREAD.sub("", text))

    def _answer(self, text: str) -> None:
        rows, columns = self._size
        for mode in _ASKED_MODE.findall(text):
            self.write(f"\x1b[?{mode};{2 if mode in ('2026', '2048') else 0}$y")
        answers: dict[str, Callable[[], str]] = {
            "\x1b[c": lambda: "\x1b[?62;22c",
            "\x1b[>c": lambda: "\x1b[>41;354;0c",
            "\x1b[6n": lambda: f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R",
            "\x1b[5n": lambda: "\x1b[0n",
            "\x1b[?2048h": lambda: f"\x1b[48;{rows};{columns};0;0t",
            "\x1b[?u": lambda: "\x1b[?0u",
            "\x1b[18t": lambda: f"\x1b[8;{rows};{columns}t",
        }
        for question, answer in answers.items():
            for _ in range(text.count(question)):
                self.write(answer())

    def _differs(self) -> bool:
        """Whether any line, or the cursor, differs from when this was last asked."""
        differs = False
        for y in [*self.screen.dirty]:
            line = self.screen.buffer[y]
            seen = tuple(line[x] for x in range(self.screen.columns))
            differs |= self._rows.get(y) != seen
            self._rows[y] = seen
        self.screen.dirty.clear()
        cursor = self.screen.cursor
        where = None if cursor.hidden else (cursor.x, cursor.y)
        differs |= self._rows.get(-1) != where
        self._rows[-1] = where
        return differs

    # --- what it is told -------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Send bytes as if typed."""
        os.write(self.fd, text.encode())

    def press(self, key: str) -> None:
        """Press a key by its name, or type a character."""
        self.write(KEYS.get(key, key))

    def key_to_paint_ms(self, key: str, timeout_s: float = 2.0) -> float | None:
        """Milliseconds from a key to the first paint that follows, None where none does."""
        began = time.monotonic()
        self.press(key)
        while (left := began + timeout_s - time.monotonic()) > 0:
            if self.read(left):
                return (self.changed_at - began) * 1000
        return None


def _login(fd: int) -> None:
    os.setsid()
    fcntl.ioctl(fd, termios.TIOCSCTTY, 0)
    for number in range(3):
        os.dup2(fd, number)
    if fd > 2:
        os.close(fd)
