"""The hour: what counting to the next break costs beside a bare screen, whether it grows, and how soon `due` answers.

What is watched stands side by side through the same minutes, so that a machine that is busy is busy for all of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from statistics import median

import years
from programs import ROOT, Place, ours, place
from table import Row, compare
from terminal import Terminal, children, sample, threads

MINUTES = 3
DAYS = 30
SESSIONS = 20_000

_TICKS = {"without idle": 2, "with idle": 12}
"""How often a minute the loop may look."""
_CPU = {"without idle": 1.5, "with idle": 1.75}
"""CPU against the bare screen: what so many looks and one paint a minute may add. Of what both take, almost all is
Textual's, which asks the terminal for keys ten times a second."""
_LOOK_S = 0.1
_APART_S = 1.0
"""What wakes up within it woke up once: a look, the paint that it leads to, and the thread that writes it."""
_SETTLED_S = 4.0
_UNASKED = "care_shown = true\n[breaks]\nwatch_idle = false\n"
_DESKTOP = (
    "DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "XDG_RUNTIME_DIR", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY",
    "WSL_DISTRO_NAME", "WSL_INTEROP", "TMUX", "STY",
)  # fmt: skip
_NO_BUS = "unix:path=/nonexistent"


def breaks() -> Iterator[Row]:
    """All of it, in about five minutes."""
    yield from _waits()
    yield from _month()
    yield from _due()
    yield from _starts()


def _away(here: Place) -> dict[str, str]:
    """An environment without a desktop, whatever this machine has."""
    environment = {name: value for name, value in here.environment.items() if name not in _DESKTOP}
    return environment | {"DBUS_SESSION_BUS_ADDRESS": _NO_BUS, "DBUS_SYSTEM_BUS_ADDRESS": _NO_BUS}


# --- waiting -------------------------------------------------------------------------------------


class Watched:
    """A program that waits in a terminal of its own, and what it spends meanwhile.

    One thread of it asks the terminal for keys ten times a second, as Textual has it everywhere: the busiest one.
    """

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.moments = 0
        """How often anything in it woke up beside that thread."""
        self._switches = threads(terminal.pid)
        self._asks = 0
        self._last_s = 0.0
        self._from = (0, 0), 0, 0
        self.cpu_ms: list[float] = []
        """Of each minute."""

    def settled(self, earlier: dict[int, int]) -> None:
        """Begin to count; `earlier` is what each thread had done some seconds before."""
        self._switches = threads(self.terminal.pid)
        self._asks = max(self._switches, key=lambda one: self._switches[one] - earlier.get(one, 0))
        self.moments = 0
        self._from = sample(self.terminal.pid), self.terminal.paints, self.terminal.bytes

    def look(self) -> None:
        """Take what it writes, and note whether it woke up."""
        self.terminal.read(0)
        before, self._switches = self._switches, threads(self.terminal.pid)
        if any(count != before.get(one, 0) for one, count in self._switches.items() if one != self._asks):
            now_s = time.monotonic()
            self.moments += now_s - self._last_s > _APART_S
            self._last_s = now_s

    def minute_over(self) -> None:
        """Note what the CPU did since the last one."""
        self.cpu_ms.append((sample(self.terminal.pid)[0] - self._from[0][0]) / 1e6 - sum(self.cpu_ms))

    @property
    def spent(self) -> tuple[int, int, int]:
        """Wake-ups of all threads, paints and bytes."""
        (_, switches), paints, count = self._from
        return sample(self.terminal.pid)[1] - switches, self.terminal.paints - paints, self.terminal.bytes - count


def _waits() -> Iterator[Row]:
    # Whatever its phase, a window somewhat shorter holds two looks a minute that are half a minute apart, and no more.
    minute_s = 60 - 1.0 / MINUTES
    with ExitStack() as stack:
        display = stack.enter_context(_display())
        here = stack.enter_context(place())
        unasked, asked = stack.enter_context(place(_UNASKED)), stack.enter_context(place())
        bare = Watched(stack.enter_context(Terminal(here.bare, environment=_away(here))))
        loops = {
            "without idle": _loop(stack, _away(unasked), "unknown"),
            "with idle": _loop(stack, _away(asked) | {"DISPLAY": display}, "from X11"),
        }
        every = [bare, *loops.values()]
        _watch(every, _SETTLED_S)
        earlier = [threads(one.terminal.pid) for one in every]
        _watch(every, _SETTLED_S)
        for one, before in zip(every, earlier, strict=True):
            one.settled(before)
        for _ in range(MINUTES):
            _watch(every, minute_s)
            for one in every:
                one.minute_over()
        base_switches, base_paints, base_bytes = bare.spent
        window_s = MINUTES * minute_s
        for name, one in loops.items():
            switches, paints, written = one.spent
            said = f"waiting {name}"
            ratios = tuple(mine / theirs for mine, theirs in zip(one.cpu_ms, bare.cpu_ms, strict=True))
            cpu_ms, bare_ms = median(one.cpu_ms), median(bare.cpu_ms)
            yield Row(f"{said}, looks a minute", one.moments / MINUTES, "", bare.moments / MINUTES, limit=_TICKS[name])
            yield Row(f"{said}, wake-ups a second", switches / window_s, "", base_switches / window_s)
            yield Row(f"{said}, CPU a minute", cpu_ms, "ms", bare_ms, ratios, _CPU[name])
            yield Row(f"{said}, paints a minute", paints / MINUTES, "", base_paints / MINUTES, limit=1)
            yield Row(f"{said}, bytes a minute", written / MINUTES, "", base_bytes / MINUTES)
            yield Row(f"{said}, processes beside", len(children(one.terminal.pid)), "", limit=0)


def _loop(stack: ExitStack, environment: dict[str, str], idle: str) -> Watched:
    terminal = stack.enter_context(Terminal(ours("breaks"), environment=environment))
    terminal.wait_for(f"Idle time: {idle}")
    return Watched(terminal)


def _watch(every: list[Watched], seconds: float) -> None:
    until_s = time.monotonic() + seconds
    while time.monotonic() < until_s:
        time.sleep(_LOOK_S)
        for one in every:
            one.look()


@contextmanager
def _display() -> Iterator[str]:
    """A display that answers for how long nothing was typed; yields its name."""
    number = 40_000 + os.getpid() % 20_000
    script = Path(__file__).with_name("desk.py")
    process = subprocess.Popen(
        [sys.executable, str(script), str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        if process.stdout.readline().strip() != "ready":
            raise RuntimeError("the stand-in for a display did not start")
        yield f":{number}"
    finally:
        with suppress(OSError):
            process.stdin.close()
        process.wait(10)
        process.stdout.close()


# --- a month -------------------------------------------------------------------------------------


def _month() -> Iterator[Row]:
    script = Path(__file__).with_name("month.py")
    for what, name, limit in (("traced", "Python's objects", 64.0), ("resident", "the process", 1024.0)):
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, str(script), str(DAYS), what], cwd=ROOT, capture_output=True, text=True, check=True
        )
        took_s = time.perf_counter() - began
        first, half, last, ticks, offers = map(int, done.stdout.split())
        yield Row(f"{DAYS} days, {name}: held after the first", first / 2**20, "MiB")
        yield Row(f"{DAYS} days, {name}: grown since", (last - first) / 1024, "KiB", limit=limit)
        yield Row(f"{DAYS} days, {name}: of that in the second half", (last - half) / 1024, "KiB", limit=limit / 2)
    yield Row(f"{DAYS} days, a tick (of {ticks:,}; {offers} breaks)", took_s * 1e6 / ticks, "µs")


# --- the commands --------------------------------------------------------------------------------


def _due() -> Iterator[Row]:
    for sessions in (0, SESSIONS):
        with place() as here:
            data = here.folder / "data"
            data.mkdir()
            years.make(data / "logbook.sqlite", sessions).close()
            told = f"{sessions:,} sessions" if sessions else "an empty logbook"

            def cold(here: Place = here) -> float:
                (here.folder / "data" / "due.txt").unlink(missing_ok=True)
                return _run_ms(here, ours("due"))

            def bare(here: Place = here) -> float:
                return _run_ms(here, [sys.executable, "-c", "pass"])

            for name, command in _dues().items():
                yield compare(
                    f"{name}, {told}",
                    lambda here=here, command=command: _run_ms(here, command),  # type: ignore[misc]
                    bare,
                    unit="ms",
                    limit=4.0,
                    pairs=20,
                )
            yield compare(f"trainer due after a change, {told}", cold, bare, unit="ms", limit=None)
            yield compare(
                f"trainer breaks remind, {told}",
                lambda here=here: _run_ms(here, ours("breaks", "remind")),  # type: ignore[misc]
                bare,
                unit="ms",
                limit=None,
                pairs=5,
            )


def _dues() -> dict[str, list[str]]:
    """The ways to ask for `due`: by the module, and by the installed command where there is one beside Python."""
    found = {"trainer due": ours("due"), "trainer due --json": ours("due", "--json")}
    script = Path(sys.executable).with_name("trainer")
    if script.exists():
        found["trainer due, as installed"] = [str(script), "due"]
    return found


def _run_ms(here: Place, command: list[str]) -> float:
    began = time.perf_counter()
    status = subprocess.run(command, env=_away(here), cwd=ROOT, stdout=subprocess.DEVNULL).returncode
    took_ms = (time.perf_counter() - began) * 1000
    if status not in (0, 10):
        raise RuntimeError(f"{' '.join(command)} ended with {status}")
    return took_ms


def _starts() -> Iterator[Row]:
    with place() as here:

        def first_paint_ms(command: list[str], seen: str) -> float:
            here.forget()
            with Terminal(command, environment=_away(here)) as terminal:
                return terminal.wait_for(seen)

        for name, seen in (("first paint", "Breaks|Next break"), ("counting", "Next break in")):
            yield compare(
                f"screen of breaks, {name}",
                lambda seen=seen: first_paint_ms(ours("breaks"), seen),  # type: ignore[misc]
                lambda: first_paint_ms(here.bare, "ready"),
                unit="ms",
                limit=None,
            )
